import { CodedError } from '../record/coded-error.js';
import { hex } from '../record/bytes.js';
import { wellFormed, type JsonValue } from '../record/canonical-json.js';
import { entryHash, nextHeader, statementBytes, type Entry, type EntryBody, type EntryHeader, type EntrySignature } from '../record/entry.js';
import { KIND_SCHEMAS, SIGNED_KINDS, type EntryData, type EntryKind } from '../record/kinds.js';
import type { Clock, Random, Sha256 } from '../record/ports.js';
import { hashWords } from '../record/words.js';
import { applyEntry, type AppliedEntry, type CaseState } from '../investigation/case-state.js';
import type { CaseStore, Signer, StagedObject } from '../vault/vault.js';
import type { ClockWatch } from './clock-watch.js';

/** After so many entries {@link CaseRecord.load} tells how far it is. */
const TOLD_EVERY = 1_000;

/** An entry of our own record: its body is never withheld. */
export type WholeEntry = Entry & { readonly body: EntryBody };

/** What {@link CaseRecord} needs besides its store. */
export interface CaseRecordPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly sha256: Sha256;
  /** One for every record of an engine. */
  readonly watch: ClockWatch;
}

interface AddOptions {
  /** Objects that become part of the case together with the entry. */
  readonly objects?: readonly StagedObject[];
  /** Signers who have just given their passphrases for this very entry; without them the machine signs. */
  readonly acting?: readonly Signer[];
}

/**
 * The record of one open case: gives each new entry its place in the chain, has it signed, stores it durably, and only
 * then counts it. Additions are made one after another in the order of the calls; an entry's time is the time of its
 * call. When a write fails the record takes nothing more until it is loaded again.
 */
export class CaseRecord {
  readonly #store: CaseStore;
  readonly #ports: CaseRecordPorts;
  readonly #signers: readonly Signer[];
  readonly #entries: WholeEntry[] = [];
  readonly #listeners = new Set<(entry: WholeEntry) => void>();
  #state: CaseState | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(store: CaseStore, signers: readonly Signer[], ports: CaseRecordPorts) {
    this.#store = store;
    this.#signers = signers;
    this.#ports = ports;
  }

  /** Reads a stored case whole, or starts with none when the store is new. @throws CodedError `vault.*` when it does not verify. */
  static async load(store: CaseStore, signers: readonly Signer[], ports: CaseRecordPorts, onRead: (done: number, total: number) => void = () => undefined): Promise<CaseRecord> {
    const record = new CaseRecord(store, signers, ports);
    const total = (store.head?.seq ?? -1) + 1;
    for await (const entry of store.entries()) {
      record.#take(entry);
      if (record.#entries.length % TOLD_EVERY === 0) onRead(record.#entries.length, total);
    }
    return record;
  }

  /** The case as its entries make it. @throws RangeError before `case-opened`. */
  get state(): CaseState {
    if (this.#state === null) throw new RangeError('this record has no entry yet');
    return this.#state;
  }

  /** The entries so far, in order. */
  get entries(): readonly WholeEntry[] {
    return this.#entries;
  }

  /** Where the objects of this case are kept. */
  get store(): CaseStore {
    return this.#store;
  }

  /** Hears of each entry once it is safely stored; gives a function that stops listening. */
  onEntry(listener: (entry: WholeEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Adds an entry and resolves once it is durable.
   *
   * @param by initials of who did it, or `app`
   * @throws CodedError `vault.disk-full`, `vault.write-failed`: nothing was added
   */
  add<K extends EntryKind>(kind: K, by: readonly string[], data: EntryData<K>, options: AddOptions = {}): Promise<WholeEntry> {
    return this.addWith(kind, by, () => data, options);
  }

  /** Like {@link add}, for data that depends on the entries before it: `make` runs when its turn has come. */
  addWith<K extends EntryKind>(kind: K, by: readonly string[], make: () => EntryData<K>, options: AddOptions = {}): Promise<WholeEntry> {
    const at = this.#ports.clock.now();
    // Nothing can stand before the opening of a case: what jumped until then is told right after it.
    const jump = this.#state === null ? null : this.#ports.watch.look();
    if (jump !== null) void this.#queued(() => this.#append('clock-jump', ['app'], at, jump, {})).catch(() => undefined);
    return this.#queued(() => this.#append(kind, by, at, make(), options));
  }

  #queued(work: () => Promise<WholeEntry>): Promise<WholeEntry> {
    const added = this.#queue.then(work);
    this.#queue = added.catch(() => undefined);
    return added;
  }

  /** Adds a checkpoint over all entries so far and gives its eight words. */
  async checkpoint(reason: EntryData<'checkpoint'>['reason']): Promise<readonly string[]> {
    const entry = await this.addWith('checkpoint', ['app'], () => {
      const head = this.#store.head;
      if (head === null) throw new RangeError('a checkpoint needs an entry before it');
      return { reason, head: head.hash, count: head.seq + 1, words: hashWords(head.hash) };
    });
    return (entry.body.data as EntryData<'checkpoint'>).words;
  }

  /** Resolves once everything that was added is stored or has failed. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  async #append<K extends EntryKind>(kind: K, by: readonly string[], at: string, data: EntryData<K>, options: AddOptions): Promise<WholeEntry> {
    const checked = KIND_SCHEMAS[kind].safeParse(data);
    if (!checked.success) throw new CodedError('record.bad-data', 'This cannot be written to the record: something in it is missing or too long.', { cause: checked.error });
    const body: EntryBody = { nonce: hex(this.#ports.random.bytes(16)), data: wellFormed(checked.data) as { [key: string]: JsonValue } };
    const header = nextHeader(this.#store.head, { case: this.#store.id, at, kind, by, body }, this.#ports.sha256);
    const entry: WholeEntry = { header, body, signatures: this.#sign(header, options.acting) };
    await this.#store.append(entry, options.objects ?? []);
    this.#take(entry);
    for (const listener of this.#listeners) listener(entry);
    return entry;
  }

  #sign(header: EntryHeader, acting: readonly Signer[] | undefined): EntrySignature[] {
    if (!SIGNED_KINDS.has(header.kind)) return [];
    const how = acting === undefined ? 'machine' : 'act';
    const statement = statementBytes(entryHash(header, this.#ports.sha256), how);
    return (acting ?? this.#signers).map((signer) => ({
      by: signer.initials,
      certificate: signer.certificate,
      how,
      value: Buffer.from(signer.sign(statement)).toString('base64'),
    }));
  }

  #take(entry: WholeEntry): void {
    this.#entries.push(entry);
    this.#state = applyEntry(this.#state, { header: entry.header, kind: entry.header.kind, data: entry.body.data } as unknown as AppliedEntry);
  }
}
