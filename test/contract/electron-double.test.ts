import { afterEach, beforeEach, describe, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import { startEvidenceBrowser } from '../../main/electron/evidence-host.js';
import { stopProcess } from '../../main/electron/stop-process.js';
import { app, BrowserWindow, session } from '../fakes/electron/main.js';
import { startHostileSite, type HostileSite } from '../hostile/site.js';
import { CAPTURE_CONTRACT } from './capture-contract.js';
import { CAPTURE_FORMS_CONTRACT } from './capture-forms-contract.js';
import { systemClock, VIEWPORT } from './chromium-host.js';
import { CONTRACT_POLICY, EVIDENCE_CONTRACT, type HostFactory } from './evidence-contract.js';
import { RecordingSink } from './recording-sink.js';

/*
 * The Electron host, unchanged, on the double of Electron in test/fakes/electron. This is no run of Electron: what the double
 * cannot show is in its README.
 */

jest.setTimeout(90_000);

const doubleHost: HostFactory = (sink, policy) => startEvidenceBrowser(
  {
    session: (partition) => session.fromPartition(partition), window: (options) => new BrowserWindow(options), userAgent: app.userAgentFallback, chrome: '156.0.0.0', stop: stopProcess,
    unique: () => `evidence-${randomUUID()}`,
  },
  { viewport: VIEWPORT, policy, sink, clock: systemClock },
);

/** Promises in which the two hosts differ most; the long run holds the double to all of them. */
const SAMPLE = [
  'each hop of a redirect chain is recorded', 'frames are recorded, also those in another process', 'a new window is never opened', 'windows that a page opens by itself are refused', 'downloads are refused',
  'a page cannot keep anyone from leaving it', 'what the policy refuses is never asked for', 'frames of the view arrive', 'mouse, keys and text reach the page',
];

const ALL = [...EVIDENCE_CONTRACT, ...CAPTURE_CONTRACT, ...CAPTURE_FORMS_CONTRACT];
const CHOSEN = process.env['COUNTERSIGN_LONG'] === undefined ? ALL.filter(({ name }) => SAMPLE.some((begin) => name.startsWith(begin))) : ALL;

describe("the Electron host keeps the contract on Electron's double", () => {
  let site: HostileSite;
  let sink: RecordingSink;
  let browser: EvidenceBrowser;

  beforeEach(async () => {
    site = await startHostileSite();
    sink = new RecordingSink();
    browser = await doubleHost(sink, CONTRACT_POLICY);
  });

  afterEach(async () => {
    await browser.close();
    await site.close();
  });

  test.each(CHOSEN.map(({ name, holds }) => [name, holds] as const))('%s', async (_name, holds) => holds({ browser, sink, site }));
});
