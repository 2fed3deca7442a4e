import type { Clock } from '../record/ports.js';

/** How long nobody may do anything before the app locks, in minutes, when no setting says otherwise. */
export const DEFAULT_IDLE_MINUTES = 10;

/** Says when nobody has done anything for so long that the app must lock. */
export class IdleLock {
  readonly #clock: Clock;
  #wallMs = 0;
  #monotonicMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.touch();
  }

  /** Somebody did something. */
  touch(): void {
    this.#wallMs = Date.parse(this.#clock.now());
    this.#monotonicMs = this.#clock.monotonicMs();
  }

  /**
   * Whether `minutes` have passed since. The later of both clocks counts: the monotonic one stands still while a
   * computer sleeps, and the other one can be set back.
   */
  isDue(minutes: number): boolean {
    const wall = Date.parse(this.#clock.now()) - this.#wallMs;
    return Math.max(wall, this.#clock.monotonicMs() - this.#monotonicMs) >= minutes * 60_000;
  }
}
