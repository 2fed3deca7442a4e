import { afterEach, beforeEach, describe, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import { startEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import { systemClock, testBrowser, VIEWPORT } from './chromium-host.js';
import { CONTRACT_POLICY, EVIDENCE_CONTRACT, type HostFactory } from './evidence-contract.js';
import { CAPTURE_CONTRACT } from './capture-contract.js';
import { CAPTURE_FORMS_CONTRACT } from './capture-forms-contract.js';
import { RecordingSink } from './recording-sink.js';
import { startHostileSite, type HostileSite } from '../hostile/site.js';

const chromiumHost: HostFactory = (sink, policy) => startEvidenceBrowser({ browser: testBrowser(), viewport: VIEWPORT, policy, sink, clock: systemClock });

/** Where the electron package keeps its program once it was downloaded. */
function electronBinary(): boolean {
  try {
    return existsSync(createRequire(import.meta.url).resolve('electron/dist/electron'));
  } catch {
    return false;
  }
}

const ALL = [...EVIDENCE_CONTRACT, ...CAPTURE_CONTRACT, ...CAPTURE_FORMS_CONTRACT];

describe('the Chromium host keeps the contract', () => {
  let site: HostileSite;
  let sink: RecordingSink;
  let browser: EvidenceBrowser;

  beforeEach(async () => {
    site = await startHostileSite();
    sink = new RecordingSink();
    browser = await chromiumHost(sink, CONTRACT_POLICY);
  }, 60_000);

  afterEach(async () => {
    await browser.close();
    await site.close();
  }, 60_000);

  test.each(ALL.map(({ name, holds }) => [name, holds] as const))('%s', async (_name, holds) => holds({ browser, sink, site }), 90_000);
});

describe('the Electron host', () => {
  test('is either held to the contract too, or said not to be', () => {
    if (!electronBinary()) process.stdout.write(`Electron host: ${ALL.length} contract tests not run, no Electron binary\n`);
  });
});
