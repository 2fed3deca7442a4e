import type { EntryData } from '../record/kinds.js';
import type { CaseBrowsing } from './case-browsing.js';
import type { CaseContext } from './case-context.js';
import type { CaptureList } from './capture-list.js';
import type { Captures } from './captures.js';
import type { CaseReview } from './case-review.js';
import type { Halt } from './halt.js';
import type { HeldFact } from './idle-lock-held.js';
import type { Sitting } from './sitting.js';
import type { Suspicion } from './suspicion.js';

/** What a lock, or signing out of a locked app, leaves of a sitting. */
export interface LeftBehind {
  /** The browser as it stands, or null when it is gone. */
  readonly sitting: Sitting | null;
  /** What the browser told that no record has yet, where it is gone. */
  readonly facts: readonly HeldFact[];
  /** What halts the case before anything else happens in it, where the browser that found it is gone. */
  readonly waits?: Suspicion | null;
}

/** The parts of an open case that a lock reaches. */
export interface LockedParts {
  readonly captures: Captures;
  readonly list: CaptureList;
  readonly halt: Halt;
  readonly browsing: CaseBrowsing;
  readonly review: CaseReview;
  /** Resolves, or fails, once nothing is being captured or stored any more. */
  stored(): Promise<unknown>;
}

/** The steps of a lock in an open case, in the order in which {@link EngineLock} takes them, and the way back. */
export class CaseLock {
  readonly #context: CaseContext;
  readonly #parts: LockedParts;

  constructor(context: CaseContext, parts: LockedParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** The app locks: from this instant nothing is shown, taken or loaded. */
  blank(): void {
    const { halt, list, captures, review, browsing } = this.#parts;
    this.#context.locked = true;
    halt.dispose();
    list.stop();
    captures.cancel();
    review.stop();
    browsing.kept?.blank();
  }

  /** After {@link blank}: writes down that the app locks, lets go of what waits for a declaration, and brings the page to rest. */
  async goQuiet(reason: EntryData<'locked'>['reason']): Promise<void> {
    const { record, reviewers, elsewhere } = this.#context;
    await this.#parts.stored().catch(() => undefined);
    await this.#parts.review.done();
    await this.#parts.captures.discard();
    await this.#parts.browsing.kept?.clock.settle();
    if (!elsewhere) await record.add('locked', reason === 'step-out' ? [...reviewers] : ['app'], { reason });
    await this.#parts.browsing.kept?.quieten();
  }

  /** The last step before the keys go: the checkpoint. From here on the browser's facts are held. */
  async checkpoint(): Promise<void> {
    const { record, elsewhere } = this.#context;
    this.#parts.browsing.kept?.hold();
    await record.settled();
    if (!elsewhere) await record.checkpoint('lock');
  }

  /** What stays once the keys are gone. */
  leave(): LeftBehind {
    this.#context.time.dispose();
    return { sitting: this.#parts.browsing.kept, facts: [] };
  }

  /** Both came back before the keys were gone. */
  async unblank(): Promise<void> {
    const { browsing } = this.#parts;
    this.#context.locked = false;
    const waits = browsing.kept?.waits ?? null;
    if (waits !== null) this.#context.stopped = true;
    await browsing.kept?.unlock(this.#context);
    if (waits !== null) await browsing.halt(waits);
    await this.addResumed();
  }

  /** Whether the record ends in a lock that nobody has opened: they signed out of a locked app, or it was ended. */
  get standsInRecord(): boolean {
    return this.#context.record.newest('locked', 'resumed', 'sitting-ended')?.header.kind === 'locked';
  }

  /** Writes down that both are back. */
  async addResumed(): Promise<void> {
    const { record, reviewers, elsewhere } = this.#context;
    if (!elsewhere) await record.add('resumed', [...reviewers], { reviewers: [...reviewers] });
  }
}
