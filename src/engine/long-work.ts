import type { Progress } from '../ipc/state.js';
import { CodedError, isCoded } from '../record/coded-error.js';
import type { Announcer } from './case-context.js';

/** Tells how far a work is; `total` 0 when the end is not known. */
export type Step = (step: string, done: number, total: number) => void;

/** What a work is called, and how much else may go on meanwhile. */
interface Work {
  readonly task: Progress['task'];
  readonly canCancel: boolean;
  /** Whether cases must stay closed until it ends. */
  readonly blocksCases: boolean;
}

/** Long work on the whole installation: one at a time, with progress, and stopped by {@link cancel}. */
export class LongWork {
  readonly #announce: Pick<Announcer, 'progress' | 'progressDone' | 'changed'>;
  #running: { readonly work: Work; readonly stop: AbortController } | null = null;

  constructor(announce: Pick<Announcer, 'progress' | 'progressDone' | 'changed'>) {
    this.#announce = announce;
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** @throws CodedError `work.busy` while no case may be opened. */
  demandCasesFree(): void {
    if (this.#running?.work.blocksCases === true) throw new CodedError('work.busy', 'Everything is being checked, or a case is being destroyed. Wait until that is finished.');
  }

  /** Does `work`; it hears of {@link cancel} by its signal. @throws CodedError `work.busy`, and what `work` throws. */
  async run<T>(about: Work, work: (step: Step, signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#running !== null) throw new CodedError('work.busy', 'Something else is still under way. Wait for it, or cancel it.');
    const stop = new AbortController();
    this.#running = { work: about, stop };
    try {
      return await work(this.#step(about), stop.signal);
    } catch (error) {
      if (!stop.signal.aborted || !isCoded(error, 'auth.locked')) throw error;
      throw new CodedError('vault.cancelled', 'This was stopped, because the app was locked or you signed out. Nothing in the vault was changed.', { cause: error });
    } finally {
      this.#running = null;
      this.#announce.progressDone();
      this.#announce.changed();
    }
  }

  /** Asks what can be stopped to stop. */
  cancel(): void {
    if (this.#running?.work.canCancel === true) this.#running.stop.abort();
  }

  /** Files and entries come by the thousand: a step is announced when its words or its hundredth change. */
  #step({ task, canCancel }: Work): Step {
    let last = '';
    return (step, done, total) => {
      const now = `${step} ${total === 0 ? '' : Math.floor((100 * done) / total)}`;
      if (now !== last) this.#announce.progress(task, step, done, total, canCancel);
      last = now;
    };
  }
}
