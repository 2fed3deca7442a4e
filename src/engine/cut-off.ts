import { CUT_OFF_STEPS, type EntryData } from '../record/kinds.js';
import type { Captures } from './captures.js';
import type { CaseContext } from './case-context.js';
import type { Sitting } from './sitting.js';

/** How long a halt waits for a bundle's last bytes to be gone before it writes down what was done. */
const GONE_MS = 1_000;

/** What a halt acts on. */
export interface HaltTargets {
  readonly captures: Captures;
  readonly sitting: () => Sitting | null;
  /** References of the exhibits that are on the screen. */
  readonly shown: () => readonly string[];
  /** Stops long work that could keep or hand out bytes; resolves once nothing of it goes on. */
  readonly cancelWork: () => Promise<unknown>;
}

/** What a halt does at once, in its order: refuse, blank, wipe, cancel; then frames, lines and processes of the browser. */
export class CutOff {
  readonly #context: CaseContext;
  readonly #targets: HaltTargets;
  #key = 0;
  #workGone: Promise<unknown> = Promise.resolve();

  constructor(context: CaseContext, targets: HaltTargets) {
    this.#context = context;
    this.#targets = targets;
  }

  /** The part that must not wait for anything. Gives the page in the view. */
  seize(): { view: string | null; url: string | null } {
    this.#key = this.#context.ports.clock.monotonicMs();
    this.#context.stopped = true;
    this.#context.announce.blank();
    this.#targets.captures.wipe();
    this.#workGone = this.#targets.cancelWork();
    return this.#targets.sitting()?.place ?? { view: null, url: null };
  }

  /** Frames, then every session off line, then the processes. Gives what was done, to be recorded. */
  async run(): Promise<EntryData<'cut-off'>> {
    const at = (): number => Math.max(0, Math.round(this.#context.ports.clock.monotonicMs() - this.#key));
    const early = at();
    const gone = within(this.#workGone, GONE_MS);
    const stands = await this.#stand();
    const late = at();
    const removed = await gone;
    const exports = { afterMs: at(), done: removed };
    const { elsewhere, machine } = this.#context;
    return {
      steps: CUT_OFF_STEPS.map((step) => ({ step, ...(step === 'exports' ? exports : step === 'offline' || step === 'processes' ? { afterMs: late, done: stands } : { afterMs: early, done: true }) })),
      ...(elsewhere && machine !== null ? { machine } : {}),
    };
  }

  /** Whether the browser stands still now. */
  async #stand(): Promise<boolean> {
    try {
      await this.#targets.sitting()?.cutOff();
      return true;
    } catch {
      // The browser may be gone or hang: closing is worse than leaving it frozen, but an unfrozen one must not go on.
      await this.#targets.sitting()?.dispose();
      return false;
    }
  }
}

/** Whether `work` has ended, one way or the other, within so many milliseconds. */
async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => { timer = setTimeout(() => { resolve(false); }, ms); });
  const ended = work.then(() => true, () => true);
  return Promise.race([ended, late]).finally(() => { clearTimeout(timer); });
}
