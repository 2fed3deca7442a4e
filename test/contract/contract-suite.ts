import { afterAll, afterEach, beforeEach, describe, test } from '@jest/globals';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import { startHostileSite, type HostileSite } from '../hostile/site.js';
import { CONTRACT_POLICY, type HostFactory, type Promised } from './evidence-contract.js';
import { RecordingSink } from './recording-sink.js';

/** Holds the host that `open` makes to these promises, each with a fresh evidence browser and a site of its own; `end` follows the last. */
export function describeContract(name: string, promises: readonly Promised[], open: HostFactory, end: () => Promise<void> = () => Promise.resolve()): void {
  describe(name, () => {
    let site: HostileSite;
    let sink: RecordingSink;
    let browser: EvidenceBrowser;

    beforeEach(async () => {
      site = await startHostileSite();
      sink = new RecordingSink();
      browser = await open(sink, CONTRACT_POLICY);
    }, 60_000);

    afterEach(async () => {
      await browser.close();
      await site.close();
    }, 60_000);

    afterAll(end, 60_000);

    test.each(promises.map(({ name: promise, holds }) => [promise, holds] as const))('%s', async (_promise, holds) => holds({ browser, sink, site }), 90_000);
  });
}
