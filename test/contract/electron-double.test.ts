import { randomUUID } from 'node:crypto';
import { startEvidenceBrowser } from '../../main/electron/evidence-host.js';
import { stopProcess } from '../../main/electron/stop-process.js';
import { app, BrowserWindow, session } from '../fakes/electron/main.js';
import { systemClock, VIEWPORT } from './chromium-host.js';
import { describeContract, WHOLE_CONTRACT } from './contract-suite.js';
import type { HostFactory } from './evidence-contract.js';

/*
 * The Electron host, unchanged, on the double of Electron in test/fakes/electron. This is no run of Electron: what the double
 * cannot show is in its README.
 */

const doubleHost: HostFactory = (sink, policy) => startEvidenceBrowser(
  {
    session: (partition) => session.fromPartition(partition), window: (options) => new BrowserWindow(options), userAgent: app.userAgentFallback, chrome: '156.0.0.0', stop: stopProcess,
    unique: () => `evidence-${randomUUID()}`,
  },
  { viewport: VIEWPORT, policy, sink, clock: systemClock },
);

/** Promises in which the two hosts differ most; the long run holds the double to all of them. */
const SAMPLE = [
  'each hop of a redirect chain is recorded', 'frames are recorded, also those in another process', 'a new window is never opened', 'downloads are refused',
  'a page cannot keep anyone from leaving it', 'what the policy refuses is never asked for', 'frames of the view arrive', 'mouse, keys and text reach the page',
];

const CHOSEN = process.env['COUNTERSIGN_LONG'] === undefined ? WHOLE_CONTRACT.filter(({ name }) => SAMPLE.some((begin) => name.startsWith(begin))) : WHOLE_CONTRACT;

describeContract("the Electron host keeps the contract on Electron's double", CHOSEN, doubleHost);
