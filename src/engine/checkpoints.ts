import type { Clock } from '../record/ports.js';
import type { CaseRecord } from './case-record.js';

/** How old the last checkpoint of a changing case may become. */
export const CHECKPOINT_EVERY_MS = 10 * 60_000;

/** Makes a checkpoint every ten minutes while a case changes. */
export class IntervalCheckpoints {
  readonly #record: CaseRecord;
  readonly #clock: Clock;
  #sinceMs: number;
  #making = false;

  /** The ten minutes begin now. */
  constructor(record: CaseRecord, clock: Clock) {
    this.#record = record;
    this.#clock = clock;
    this.#sinceMs = clock.monotonicMs();
    record.onEntry((entry) => {
      if (entry.header.kind === 'checkpoint') this.#sinceMs = clock.monotonicMs();
    });
  }

  /** Makes one if it is due and anything was added since the last. @throws CodedError `vault.*` */
  async tick(): Promise<void> {
    const changed = this.#record.newestBut()?.header.kind !== 'checkpoint';
    if (this.#making || !changed || this.#clock.monotonicMs() - this.#sinceMs < CHECKPOINT_EVERY_MS) return;
    this.#making = true;
    // A disk that is full now is asked again in ten minutes, not every second.
    this.#sinceMs = this.#clock.monotonicMs();
    try {
      await this.#record.checkpoint('interval');
    } finally {
      this.#making = false;
    }
  }
}
