import { CodedError } from '../record/coded-error.js';

/** A sign-in, a sign-out, or a case that opens or closes: one at a time, and nothing locks the app halfway through one. */
export class Turns {
  readonly #lock: () => void;
  #busy = false;
  /** Both asked to step out while something was busy that must not be cut short. */
  #lockNext = false;

  /** @param lock locks the app for two who step out */
  constructor(lock: () => void) {
    this.#lock = lock;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Both step out (or, with false, they did not ask to) while {@link busy}. */
  lockNext(asked: boolean): void {
    this.#lockNext = asked;
  }

  /** @throws CodedError `case.busy` */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new CodedError('case.busy', 'Something is still being opened or closed. Wait a moment.');
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  /** Like {@link alone}; who steps out meanwhile is locked out once `work` has ended, so that no key goes halfway through. */
  async unlocked<T>(work: () => Promise<T>): Promise<T> {
    this.#lockNext = false;
    try {
      return await this.alone(work);
    } finally {
      if (this.#takeLockNext()) this.#lock();
    }
  }

  #takeLockNext(): boolean {
    const asked = this.#lockNext;
    this.#lockNext = false;
    return asked;
  }
}
