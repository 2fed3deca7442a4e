import type { Signer } from '../vault/vault.js';
import type { CaseStore } from '../vault/stored-case.js';
import { CaseRecord } from './case-record.js';
import type { WatchedPorts } from './ports.js';
import { TrustedTime } from './trusted-time.js';
import type { TimeAuthority } from './trusted-time-settings.js';

/** A case that is on no screen, with who stamps its checkpoints. */
interface Resting {
  readonly record: CaseRecord;
  readonly time: TrustedTime;
}

/** What {@link RestingCases} reads and stamps with. */
export interface RestingContext {
  readonly ports: WatchedPorts;
  readonly signers: readonly Signer[];
  readonly authorities: () => readonly TimeAuthority[];
}

/** The cases that two sign out of: each is read at most once for it, and its last checkpoint is time-stamped like any other. */
export class RestingCases {
  readonly #context: RestingContext;
  readonly #cases = new Map<string, Resting>();

  constructor(context: RestingContext) {
    this.#context = context;
  }

  /** A case that has just left the screen: its record is used as it stands, and its time stamps go on. */
  keep(record: CaseRecord, time: TrustedTime): void {
    this.#cases.set(record.store.id, { record, time });
  }

  /** The record of a case, read if it is not here yet. @throws CodedError `vault.*` */
  async recordOf(store: CaseStore): Promise<CaseRecord> {
    const known = this.#cases.get(store.id);
    // A write that failed leaves open what is on the disk; then the disk is read.
    if (known?.record.count === (store.head?.seq ?? -1) + 1) return known.record;
    await this.release(store.id);
    const record = await CaseRecord.load(store, this.#context.signers, this.#context.ports);
    this.keep(record, new TrustedTime({ record, ports: this.#context.ports, authorities: this.#context.authorities }));
    return record;
  }

  /** The case is about to be opened or is gone: resolves once nothing writes to it from here. */
  async release(id: string): Promise<void> {
    const known = this.#cases.get(id);
    this.#cases.delete(id);
    await known?.time.stop();
  }

  /** Gives the authorities one more chance at every newest checkpoint, all at once and for no longer than `limitMs`; then lets go. */
  async finish(limitMs: number): Promise<void> {
    const cases = [...this.#cases.values()];
    this.#cases.clear();
    await Promise.all(cases.map(({ time }) => time.finish(limitMs)));
  }

  /** Lets go at once. */
  dispose(): void {
    for (const { time } of this.#cases.values()) time.dispose();
    this.#cases.clear();
  }
}
