import { CodedError, isCoded } from '../record/coded-error.js';
import { hex } from '../record/bytes.js';
import { wellFormed, type JsonValue } from '../record/canonical-json.js';
import { nextHeader, type EntryBody, type Head } from '../record/entry.js';
import { KIND_SCHEMAS, type EntryData, type EntryKind } from '../record/kinds.js';
import type { Clock, Random, Sha256 } from '../record/ports.js';
import { hashWords } from '../record/words.js';
import { applyEntry, type AppliedEntry, type CaseState } from '../investigation/case-state.js';
import type { WholeEntry } from '../vault/entry-row.js';
import type { KeptState } from '../vault/kept-state.js';
import type { Signer } from '../vault/vault.js';
import type { CaseStore, StagedObject } from '../vault/stored-case.js';
import type { ClockWatch } from './clock-watch.js';
import { signaturesOf } from './entry-signatures.js';
import { keptText, parseKept } from './kept-record.js';

/** After so many entries it is told how far the reading is. */
const TOLD_EVERY = 1_000;
/** The state is kept anew once so many entries have followed it, so that opening a case reads no more than these and what one sitting adds. */
const KEEP_EVERY = 1_000;

/** What {@link CaseRecord} needs besides its store. */
export interface CaseRecordPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly sha256: Sha256;
  /** One for every record of an engine. */
  readonly watch: ClockWatch;
}

/** A record of which every entry is in memory; it grows with the record that it is of. */
export interface WholeRecord {
  readonly state: CaseState;
  readonly entries: readonly WholeEntry[];
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
 *
 * The newest entries are in memory; those before the state that was kept last are read when somebody asks for them.
 */
export class CaseRecord {
  readonly #store: CaseStore;
  readonly #ports: CaseRecordPorts;
  readonly #signers: readonly Signer[];
  readonly #listeners = new Set<(entry: WholeEntry) => void>();
  /** In memory: entries from {@link CaseRecord.#from} on. */
  #entries: WholeEntry[] = [];
  #from = 0;
  /** The newest entry of each kind. */
  readonly #newest = new Map<EntryKind, WholeEntry>();
  #state: CaseState | null = null;
  /** So many entries the kept state has. */
  #keptAt = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(store: CaseStore, signers: readonly Signer[], ports: CaseRecordPorts) {
    this.#store = store;
    this.#signers = signers;
    this.#ports = ports;
  }

  /**
   * Reads a stored case from the state that was kept last, or whole where none was; starts with none when the store is new.
   *
   * @throws CodedError `vault.*` when what is read does not verify.
   */
  static async load(store: CaseStore, signers: readonly Signer[], ports: CaseRecordPorts, onRead: (done: number, total: number) => void = () => undefined): Promise<CaseRecord> {
    const record = new CaseRecord(store, signers, ports);
    const after = record.#start(await store.keptState());
    const total = (store.head?.seq ?? -1) + 1 - record.#from;
    for await (const entry of store.entries(after)) {
      record.#take(entry);
      if (record.#entries.length % TOLD_EVERY === 0) onRead(record.#entries.length, total);
    }
    await record.#keep();
    return record;
  }

  /** The case as its entries make it. @throws RangeError before `case-opened`. */
  get state(): CaseState {
    if (this.#state === null) throw new RangeError('this record has no entry yet');
    return this.#state;
  }

  /** How many entries there are. */
  get count(): number {
    return this.#from + this.#entries.length;
  }

  /** The newest entry of any of these kinds; null when there is none. */
  newest(...kinds: readonly EntryKind[]): WholeEntry | null {
    return newestOf(kinds.flatMap((kind) => this.#newest.get(kind) ?? []));
  }

  /** The newest entry that is of none of these kinds; null when there is none. */
  newestBut(...kinds: readonly EntryKind[]): WholeEntry | null {
    return newestOf([...this.#newest.values()].filter(({ header }) => !kinds.includes(header.kind)));
  }

  /** The entries from `from` up to the one before `to`, in order. @throws CodedError `vault.altered` */
  async read(from: number, to = this.count): Promise<readonly WholeEntry[]> {
    const older = from < this.#from ? await this.#store.between(from, Math.min(to, this.#from)) : [];
    const start = from + older.length - this.#from;
    return [...older, ...this.#entries.slice(Math.max(0, start), Math.max(0, to - this.#from))];
  }

  /** Every entry of these kinds from `from` on, in order. @throws CodedError `vault.altered` */
  async ofKinds(kinds: readonly EntryKind[], from = 0): Promise<readonly WholeEntry[]> {
    const older = from < this.#from ? (await this.#store.ofKinds(kinds, from)).filter(({ header }) => header.seq < this.#from) : [];
    return [...older, ...this.#entries.filter(({ header }) => header.seq >= from && kinds.includes(header.kind))];
  }

  /**
   * Reads back as far as entry `from`, each entry held against the next: from then on {@link since} gives them at once.
   * `onRead` hears how many are there after each thousand.
   *
   * @throws CodedError `vault.altered`
   */
  async reach(from: number, onRead: (done: number, total: number) => void = () => undefined): Promise<void> {
    for (let before = this.#from; from < before; before = this.#from) {
      const start = Math.max(from, before - TOLD_EVERY);
      const older = await this.#store.between(start, before);
      // Another call may have reached back meanwhile.
      if (this.#from !== before) continue;
      this.#entries = [...older, ...this.#entries];
      this.#from = start;
      if (start > from) onRead(this.#entries.length, this.count - from);
    }
  }

  /** The entries from `from` on, in order. @throws RangeError before {@link reach} has come so far */
  since(from: number): readonly WholeEntry[] {
    if (from < this.#from) throw new RangeError(`entry ${from} has not been read`);
    return from === this.#from ? this.#entries : this.#entries.slice(from - this.#from);
  }

  /** The record with every entry, which are read back first as {@link reach} does. @throws CodedError `vault.altered` */
  async whole(onRead?: (done: number, total: number) => void): Promise<WholeRecord> {
    await this.reach(0, onRead);
    const [state, entries] = [() => this.state, () => this.since(0)];
    return { get state() { return state(); }, get entries() { return entries(); } };
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

  #queued<T>(work: () => Promise<T>): Promise<T> {
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
    void this.#queued(() => this.#keep()).catch(() => undefined);
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
    const entry: WholeEntry = { header, body, signatures: signaturesOf(header, this.#signers, options.acting, this.#ports.sha256) };
    await this.#store.append(entry, options.objects ?? []);
    this.#take(entry);
    for (const listener of this.#listeners) listener(entry);
    return entry;
  }

  /** Begins with what was kept, and gives the head after which to read on. */
  #start(kept: KeptState | null): Head | null {
    const known = kept === null ? null : parseKept(kept.text);
    if (kept === null || known === null) return null;
    this.#state = known.state;
    for (const entry of known.newest) this.#newest.set(entry.header.kind, entry);
    this.#from = kept.head.seq + 1;
    this.#keptAt = this.#from;
    return kept.head;
  }

  /** Keeps the state where it pays. It can be made anew from the entries, so a disk that does not take it is no trouble. */
  async #keep(): Promise<void> {
    const { count } = this;
    if (this.#state === null || count - this.#keptAt < KEEP_EVERY) return;
    this.#keptAt = count;
    await this.#store.keepState(keptText({ state: this.#state, newest: [...this.#newest.values()] })).catch((error: unknown) => {
      if (!isCoded(error)) throw error;
    });
  }

  #take(entry: WholeEntry): void {
    this.#entries.push(entry);
    this.#newest.set(entry.header.kind, entry);
    this.#state = applyEntry(this.#state, { header: entry.header, kind: entry.header.kind, data: entry.body.data } as unknown as AppliedEntry);
  }
}

function newestOf(entries: readonly WholeEntry[]): WholeEntry | null {
  return entries.reduce<WholeEntry | null>((newest, entry) => (newest === null || entry.header.seq > newest.header.seq ? entry : newest), null);
}
