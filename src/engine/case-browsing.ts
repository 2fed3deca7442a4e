import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import { demand, type CaseContext } from './case-context.js';
import type { Halt } from './halt.js';
import { Sitting } from './sitting.js';
import type { Suspicion } from './suspicion.js';

/** The browser of an open case: one sitting after another, each watched for what begins a halt. */
export class CaseBrowsing {
  readonly #context: CaseContext;
  readonly #halt: () => Halt;
  #sitting: Sitting | null;

  /** @param sitting what a lock has left, or null */
  constructor(context: CaseContext, sitting: Sitting | null, halt: () => Halt) {
    this.#context = context;
    this.#halt = halt;
    this.#sitting = sitting;
    if (sitting !== null) this.#watch(sitting);
  }

  /** The browser as it stands, also after its sitting has ended in the record; null when there is none. */
  get kept(): Sitting | null {
    return this.#sitting;
  }

  /** The sitting under way, or null. */
  get sitting(): Sitting | null {
    return this.#sitting !== null && this.#context.record.state.sitting ? this.#sitting : null;
  }

  /** The sitting under way. @throws CodedError `browse.not-started`, `case.halted` */
  get demanded(): Sitting {
    demand(this.#context, 'visit');
    if (this.sitting === null) throw new CodedError('browse.not-started', 'The browser is not running. Start it first.');
    return this.sitting;
  }

  /** Starts the browser, unless it is running. */
  async start(): Promise<void> {
    const { announce } = this.#context;
    demand(this.#context, 'sitting');
    if (this.sitting !== null) return;
    announce.progress('start', 'Starting the browser', 0, 0, false);
    try {
      this.#sitting = await Sitting.start(this.#context);
      this.#watch(this.#sitting);
    } finally {
      announce.progressDone();
    }
    announce.changed();
  }

  /** Ends the sitting in the record, if one is under way, and closes the browser. */
  async end(reason: EntryData<'sitting-ended'>['reason']): Promise<void> {
    const sitting = this.#sitting;
    this.#sitting = null;
    if (sitting !== null && this.#context.record.state.sitting) await sitting.end(reason);
    await sitting?.dispose();
  }

  /** Closes the browser without a word in the record. */
  async dispose(): Promise<void> {
    await this.#sitting?.dispose();
  }

  /** Begins the halt that a suspicion asks for; nobody is asked. */
  async halt({ cause, place, found }: Suspicion): Promise<void> {
    if (this.#sitting !== null) this.#sitting.waits = null;
    await this.#halt().begin('app', cause, place, found);
  }

  /** What the filter says is suspected, or what is found on a list, begins the halt at once. Behind a lock it waits for the return, when that comes before everything else. */
  #watch(sitting: Sitting): void {
    sitting.onSuspicion = (suspicion) => {
      const { stopped, locked } = this.#context;
      if (stopped) return;
      if (locked) {
        sitting.waits ??= suspicion;
        // Once the keys are gone the record takes nothing; the file that makes it a halt needs none.
        this.#halt().mark().catch(() => undefined).finally(() => { this.#context.announce.changed(); });
        return;
      }
      this.halt(suspicion).catch((error: unknown) => {
        const why = error instanceof CodedError ? error.sentence : 'Something went wrong inside the app.';
        this.#context.announce.alert('halt.not-recorded', `The case is halted, but that could not be written to the record. Call the police. ${why}`);
      });
    };
  }
}
