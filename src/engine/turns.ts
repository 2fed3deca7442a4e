import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';

/** Why the app is locked. */
type LockReason = EntryData<'locked'>['reason'];

/** A sign-in, a sign-out, or a case that opens or closes: one at a time, and nothing locks the app halfway through one. */
export class Turns {
  readonly #lock: (reason: LockReason) => void;
  #busy = false;
  /** A lock was asked for while something was busy that must not be cut short. */
  #lockNext: LockReason | null = null;

  /** @param lock locks the app, where two are signed in */
  constructor(lock: (reason: LockReason) => void) {
    this.#lock = lock;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** A lock is asked for while {@link busy}: it comes as soon as that has ended. The first that asks says why. */
  lockNext(reason: LockReason): void {
    this.#lockNext ??= reason;
  }

  /** Nobody else has a turn meanwhile; who steps out meanwhile is locked out once `work` has ended. @throws CodedError `case.busy` */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new CodedError('case.busy', 'Something is still being opened or closed. Wait a moment.');
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
      const asked = this.#lockNext;
      this.#lockNext = null;
      if (asked !== null) this.#lock(asked);
    }
  }
}
