import type { EntryData } from '../record/kinds.js';
import type { Clock } from '../record/ports.js';

/** How far both clocks may go apart before it is a jump. */
const JUMP_MS = 2_000;

/**
 * How much of the time since the baseline both clocks may go apart besides: 100 parts in a million. No two clocks of a computer
 * run alike. Quartz is off by up to 50 parts in a million, and time servers have the wall clock alone follow them, so an app that
 * stays open for a day would otherwise report as a jump what is drift. What this lets pass is a third of a second an hour.
 */
const DRIFT = 100e-6;

/**
 * Holds the wall clock against the monotonic one. One watch serves every record of an engine, so that a jump while no case was
 * open, or while the app was locked, is found by the next entry of any. The baseline stays until a jump is reported: small steps
 * that come one after another add up.
 */
export class ClockWatch {
  readonly #clock: Clock;
  #wallMs: number;
  #monotonicMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wallMs = Date.parse(clock.now());
    this.#monotonicMs = clock.monotonicMs();
  }

  /** Looks at both. Gives how far each has gone since the baseline where they are apart by more than 2 seconds and what clocks drift, else null. */
  look(): EntryData<'clock-jump'> | null {
    const wallMs = Date.parse(this.#clock.now());
    const monotonicMs = this.#clock.monotonicMs();
    const gone = { wallMs: Math.round(wallMs - this.#wallMs), monotonicMs: Math.round(monotonicMs - this.#monotonicMs) };
    if (Math.abs(gone.wallMs - gone.monotonicMs) <= JUMP_MS + gone.monotonicMs * DRIFT) return null;
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
    return gone;
  }
}
