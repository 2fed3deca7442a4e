import { describe, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describeContract, WHOLE_CONTRACT } from './contract-suite.js';
import { SharedBrowser } from './shared-browser.js';

/** Where the electron package keeps its program once it was downloaded. */
function electronBinary(): boolean {
  try {
    return existsSync(createRequire(import.meta.url).resolve('electron/dist/electron'));
  } catch {
    return false;
  }
}

const shared = new SharedBrowser();
describeContract('the Chromium host keeps the contract', WHOLE_CONTRACT, (sink, policy) => shared.open(sink, policy), () => shared.end());

describe('the Electron host', () => {
  test('is either held to the contract too, or said not to be', () => {
    if (!electronBinary()) process.stdout.write(`Electron host: ${WHOLE_CONTRACT.length} contract tests not run, no Electron binary\n`);
  });
});
