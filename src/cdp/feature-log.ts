import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpEvent, type CdpSession } from './connection.js';
import type { RefusalLog } from './refusal-log.js';

/**
 * What a page asks for without a word in the browser's log, by the number that Chromium counts it under (WebFeature in
 * web_feature.mojom, where a number is never given twice). Measured on Chromium 156 by asking for each alone.
 */
const HEARD: ReadonlyMap<number, string> = new Map([
  [960, 'a passkey, or a sign-in that is stored on this computer'],
  [1979, 'a new passkey on this computer'],
  [1369, 'storage on this computer that is not cleared'],
  [2394, 'every key of the keyboard'],
]);

const CATEGORY = 'disabled-by-default-blink.feature_usage';
const EVENT = 'FeatureFirstUsed';
/** How long after the last thing that happened the count is read, and how long at most after the first. */
const QUIET_MS = 1_500;
const LATEST_MS = 6_000;
/** A busy computer has been seen to take eight seconds. */
const ANSWER_MS = 60_000;
/** How many pages are remembered between two readings. */
const MAX_PAGES = 200;

/** One event of a trace, as far as it is read. */
interface Traced {
  readonly name?: unknown;
  readonly ts?: unknown;
  readonly args?: { readonly feature?: unknown };
}

/**
 * Reads the browser's own count of what pages use (its trace, of this one category, in memory) and tells of what was
 * refused without a sound. The count goes on between two readings; while it is read it stands
 * still, for a tenth of a second as a rule, and sometimes for five. A browser that gives no trace is left alone.
 */
export class FeatureLog {
  readonly #root: CdpSession;
  readonly #refusals: RefusalLog;
  readonly #pages: { readonly since: bigint; readonly view: string }[] = [];
  #wanted = false;
  #counting = false;
  #answered = false;
  #timer: NodeJS.Timeout | null = null;
  #first = 0;
  #reading: Promise<void> | null = null;
  #complete: () => void = () => undefined;

  constructor(root: CdpSession, refusals: RefusalLog) {
    this.#root = root;
    this.#refusals = refusals;
  }

  /** Begins to count, where the browser can. */
  async start(): Promise<void> {
    const traceConfig: Protocol.Tracing.TraceConfig = { recordMode: 'recordContinuously', excludedCategories: ['*'], includedCategories: [CATEGORY], traceBufferSizeInKb: 1_024 };
    this.#wanted = true;
    this.#counting = await this.#root.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig }, ANSWER_MS).then(() => true, () => false);
  }

  /** Takes the event if it is about the count. */
  take(event: CdpEvent): void {
    if (isEvent(event, 'Tracing.tracingComplete')) this.#complete();
    else if (isEvent(event, 'Tracing.dataCollected')) for (const one of event.params.value as readonly Traced[]) this.#counted(one);
  }

  /** Another page stands in the view. */
  arrived(view: string): void {
    this.#pages.push({ since: process.hrtime.bigint() / 1_000n, view });
    if (this.#pages.length > MAX_PAGES) this.#pages.shift();
    this.soon();
  }

  /** Something happened that a page may have answered by asking for something: the count is read when it has become quiet. */
  soon(): void {
    if (!this.#wanted) return;
    const now = performance.now();
    if (this.#timer === null) this.#first = now;
    else clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), Math.max(0, Math.min(QUIET_MS, this.#first + LATEST_MS - now)));
    this.#timer.unref();
  }

  /** Reads the count now and goes on counting. Never throws. */
  read(): Promise<void> {
    this.#stopWaiting();
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Reads the count a last time. A browser's first answer has been seen to take five seconds, so one that has not answered yet is not asked. */
  readLast(): Promise<void> {
    return this.#answered ? this.read() : Promise.resolve();
  }

  /** Counts no more. */
  stop(): void {
    this.#stopWaiting();
    this.#wanted = false;
    this.#complete();
  }

  async #read(): Promise<void> {
    if (!this.#wanted) return;
    if (this.#counting) await this.#end();
    if (this.#goesOn()) await this.start();
  }

  /** It may have been stopped while the count was read. */
  #goesOn(): boolean {
    return this.#wanted;
  }

  async #end(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const complete = new Promise<void>((resolve) => {
      this.#complete = resolve;
      timer = setTimeout(resolve, ANSWER_MS);
    });
    await this.#root.send('Tracing.end', undefined, ANSWER_MS).then(() => complete, () => undefined);
    this.#answered = true;
    clearTimeout(timer);
    this.#counting = false;
  }

  #stopWaiting(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #counted({ name, ts, args }: Traced): void {
    const asked = name === EVENT && typeof args?.feature === 'number' ? HEARD.get(args.feature) : undefined;
    if (asked === undefined) return;
    const at = typeof ts === 'number' ? BigInt(Math.round(ts)) : null;
    // Both clocks are the system's monotonic one, in microseconds.
    const page = at === null ? undefined : this.#pages.findLast(({ since }) => since <= at);
    this.#refusals.refuse('permission', null, `The page asked for: ${asked}.`, page?.view);
  }
}
