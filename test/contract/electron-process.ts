import { randomUUID } from 'node:crypto';
import { app, BrowserWindow, session } from 'electron/main';
import { startEvidenceBrowser } from '../../main/electron/evidence-host.js';
import { hardenApp } from '../../main/electron/hardening.js';
import { stopProcess } from '../../main/electron/stop-process.js';
import { startHostileSite } from '../hostile/site.js';
import { systemClock, VIEWPORT } from './chromium-host.js';
import type { ContractOutcome } from './electron-run.js';
import { CONTRACT_POLICY, type HostFactory, type Promised } from './evidence-contract.js';
import { RecordingSink } from './recording-sink.js';
import { WHOLE_CONTRACT } from './whole-contract.js';

/*
 * A program for Electron's main process, where no test runner is: holds the Electron host to the promises whose names begin as its
 * arguments do, to all of them without arguments, and writes one line of JSON for each. `electron-run.ts` starts it.
 */

/** For one promise, in milliseconds. */
const LIMIT = 90_000;

const open: HostFactory = (sink, policy) => startEvidenceBrowser(
  {
    session: (partition) => session.fromPartition(partition), window: (options) => new BrowserWindow(options), userAgent: app.userAgentFallback, chrome: /Chrome\/([\d.]+)/.exec(app.userAgentFallback)?.[1] ?? '', stop: stopProcess,
    unique: () => `evidence-${randomUUID()}`,
  },
  { viewport: VIEWPORT, policy, sink, clock: systemClock },
);

async function outcomeOf({ name, holds }: Promised): Promise<ContractOutcome> {
  const site = await startHostileSite();
  const sink = new RecordingSink();
  let browser: Awaited<ReturnType<HostFactory>> | null = null;
  try {
    browser = await open(sink, CONTRACT_POLICY);
    await inTime(holds({ browser, sink, site }));
    return { promise: name, broken: null };
  } catch (error) {
    return { promise: name, broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    await browser?.close();
    await site.close();
  }
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, fail) => { timer = setTimeout(() => { fail(new Error(`not kept within ${LIMIT} ms`)); }, LIMIT); });
  await Promise.race([work, late]).finally(() => { clearTimeout(timer); });
}

hardenApp(app);
await app.whenReady();
// What Electron's and Chromium's own switches are is not for us.
const begins = process.argv.filter((word) => word.startsWith('promise:')).map((word) => word.slice('promise:'.length));
for (const promise of WHOLE_CONTRACT.filter(({ name }) => begins.length === 0 || begins.some((begin) => name.startsWith(begin)))) {
  process.stdout.write(`${JSON.stringify(await outcomeOf(promise))}\n`);
}
process.exit(0);
