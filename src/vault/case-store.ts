import { hex } from '../record/bytes.js';
import { followChain } from '../record/chain.js';
import { CodedError } from '../record/coded-error.js';
import { entryTexts, hashesOfTexts, type EntryTexts, type Head } from '../record/entry.js';
import { exhibitSchema, partSchema, type EntryKind } from '../record/kinds.js';
import type { Random, Sha256 } from '../record/ports.js';
import type { CaseKeys } from './case-keys.js';
import { CaseReader } from './case-reader.js';
import type { Database, Sql } from './database.js';
import { isWellFormed } from './entry-form.js';
import { entryAltered, toRow, type EntryRow, type WholeEntry } from './entry-row.js';
import { LARGEST_OBJECT, type ObjectFolder } from './object-file.js';
import { fromObjectRow, objectContext, objectPlace, toObjectRow, type ObjectFacts, type ObjectRow } from './object-row.js';
import { putState, readState, type KeptState } from './kept-state.js';
import type { CaseStore, StagedObject } from './stored-case.js';

/** No entry that fits its kind's schema is larger. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** What a case store works with. */
export interface CaseContext {
  readonly database: Database;
  readonly objects: ObjectFolder;
  readonly random: Random;
  readonly sha256: Sha256;
  /** Writes the case itself, in the transaction of its first entry. */
  enter(sql: Sql): Promise<void>;
  /** @throws CodedError `auth.locked` once the vault is locked. */
  demandUnlocked(): void;
}

/** The one writer and reader of one case; see {@link CaseStore} for what each method promises. */
export class VaultCaseStore implements CaseStore {
  readonly id: string;
  readonly #keys: CaseKeys;
  readonly #context: CaseContext;
  readonly #reader: CaseReader;
  /** Staged and not yet appended or discarded, by file. */
  readonly #staged = new Map<string, ObjectFacts>();
  #head: Head | null = null;
  #objects = 0;
  #inDatabase = false;
  /** The last write failed in a way that leaves open what is on the disk. */
  #doubtful = false;
  #ended = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(id: string, keys: CaseKeys, context: CaseContext) {
    this.id = id;
    this.#keys = keys;
    this.#context = context;
    this.#reader = new CaseReader(context.database, id, keys, context.sha256, () => { context.demandUnlocked(); });
  }

  get head(): Head | null {
    return this.#head;
  }

  /** Takes the head from the database and checks the record's end. Gives false when there is no such case. */
  async load(): Promise<boolean> {
    const end = await this.#reader.end();
    this.#head = end?.head ?? null;
    this.#objects = end?.objects ?? 0;
    this.#inDatabase = end !== null;
    this.#doubtful = false;
    return end !== null;
  }

  append(entry: WholeEntry, objects: readonly StagedObject[] = []): Promise<void> {
    const result = this.#last.then(() => this.#append(entry, objects), () => this.#append(entry, objects));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #append(entry: WholeEntry, objects: readonly StagedObject[]): Promise<void> {
    this.#demandUnlocked();
    if (this.#doubtful) await this.load();
    this.#demandUnlocked();
    const { head, texts } = this.#demandFollowing(entry);
    const facts = objects.map((object) => this.#stagedFacts(object));
    for (const { file, exhibit, name } of facts) await this.#demandNew(exhibit, name, facts.filter((f) => f.file !== file));
    this.#demandUnlocked();
    const count = this.#objects + facts.length;
    const row = toRow(entry.header, texts, this.#keys, this.#context.random);
    if (row.body.length > LARGEST_BODY) throw new CodedError('case.entry-too-large', 'This step says more than one entry of the record can hold. It was not kept.');
    const mac = this.#keys.headMac(head, count);
    const objectRows = facts.map((f) => toObjectRow(this.id, head.seq, f, this.#keys.objects, this.#context.random));
    try {
      await this.#commit(row, count, mac, objectRows);
    } catch (error) {
      await this.#afterFailure();
      throw error;
    }
    this.#head = head;
    this.#objects = count;
    this.#inDatabase = true;
    for (const { file } of facts) {
      this.#staged.delete(file);
      // The entry is kept whether or not the mark goes now; opening the vault sees to it otherwise.
      await this.#context.objects.keep(file).catch(() => undefined);
    }
  }

  /** An entry alone is one statement and so one transaction; SQLite needs no telling. */
  async #commit(row: EntryRow, count: number, mac: Buffer, objectRows: readonly ObjectRow[]): Promise<void> {
    const { database } = this.#context;
    const insert = (sql: Sql): Promise<void> =>
      sql.run('INSERT INTO appends (case_id, seq, kind, header, signatures, body, objects, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', row.case_id, row.seq, row.kind, row.header, row.signatures, row.body, count, mac);
    if (this.#inDatabase && objectRows.length === 0) {
      await insert(database);
      return;
    }
    await database.transaction(async (sql) => {
      if (!this.#inDatabase) await this.#context.enter(sql);
      await insert(sql);
      for (const o of objectRows) {
        await sql.run('INSERT INTO objects (case_id, exhibit, part, seq, file, cipher_sha256, box) VALUES (?, ?, ?, ?, ?, ?, ?)', o.case_id, o.exhibit, o.part, o.seq, o.file, o.cipher_sha256, o.box);
      }
    });
  }

  /** After a failure the disk says what stands, not we; when it cannot be asked now, it is before the next append. */
  async #afterFailure(): Promise<void> {
    this.#doubtful = true;
    await this.load().catch(() => undefined);
  }

  async *entries(after: Head | null = null): AsyncGenerator<WholeEntry> {
    this.#demandUnlocked();
    const end = this.#head;
    let reached = after?.seq ?? -1;
    for await (const entry of this.#reader.entries(reached + 1, after)) {
      reached = entry.header.seq;
      yield entry;
    }
    if (end !== null && reached < end.seq) throw entryAltered(this.id, reached + 1);
  }

  between(from: number, to: number): Promise<WholeEntry[]> {
    this.#demandUnlocked();
    return this.#reader.between(from, to, this.#head);
  }

  ofKinds(kinds: readonly EntryKind[], from: number): Promise<WholeEntry[]> {
    this.#demandUnlocked();
    return this.#reader.ofKinds(kinds, from);
  }

  async keepState(text: string): Promise<void> {
    this.#demandUnlocked();
    const { database, random } = this.#context;
    if (this.#head !== null) await putState(database, this.id, { head: this.#head, text }, this.#keys.states, random);
  }

  async keptState(): Promise<KeptState | null> {
    const kept = await readState(this.#context.database, this.id, () => {
      this.#demandUnlocked();
      return this.#keys.states;
    });
    if (typeof kept === 'string' || kept.head.seq > (this.#head?.seq ?? -1)) return null;
    return (await this.#reader.hashOf(kept.head.seq)) === kept.head.hash ? kept : null;
  }

  async stage(exhibit: string, part: { readonly name: string; readonly mediaType: string }, bytes: Uint8Array): Promise<StagedObject> {
    this.#demandUnlocked();
    if (bytes.length > LARGEST_OBJECT) throw new CodedError('case.object-too-large', 'This is larger than one gigabyte and cannot be kept in one piece.');
    const { name, mediaType } = part;
    const named = exhibitSchema.safeParse(exhibit).success && partSchema.shape.name.safeParse(name).success && partSchema.shape.mediaType.safeParse(mediaType).success;
    if (!named) throw new CodedError('case.bad-part', 'This part of an exhibit has a name that the record does not allow. It was not kept.');
    const written = await this.#context.objects.write(this.#keys.objects, bytes, objectContext(this.id, exhibit, name));
    const facts: ObjectFacts = { exhibit, name, mediaType, size: bytes.length, sha256: hex(this.#context.sha256.of(bytes)), ...written };
    this.#staged.set(facts.file, facts);
    return facts;
  }

  async discard(objects: readonly StagedObject[]): Promise<void> {
    for (const { file } of objects) {
      if (!this.#staged.delete(file)) continue;
      await this.#context.objects.discard(file);
    }
  }

  async readPart(exhibit: string, partName: string): Promise<Uint8Array> {
    const facts = await this.#facts(exhibit, partName);
    const found = await this.#context.objects.read(this.#keys.objects, facts.file, facts.size, objectContext(this.id, exhibit, partName));
    this.#demandUnlocked();
    if (found === null || hex(this.#context.sha256.of(found)) !== facts.sha256) throw this.#objectAltered(exhibit, partName);
    return found;
  }

  async cipherHash(exhibit: string, partName: string): Promise<string> {
    const facts = await this.#facts(exhibit, partName);
    if ((await this.#context.objects.hash(facts.file)) !== facts.cipherSha256) throw this.#objectAltered(exhibit, partName);
    return facts.cipherSha256;
  }

  /** Waits for what is being written; from then on every method throws `case.destroyed`. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#last;
  }

  /** Forgets the keys, once the vault is locked. */
  zero(): void {
    this.#keys.zero();
  }

  async #facts(exhibit: string, part: string): Promise<ObjectFacts> {
    this.#demandUnlocked();
    const rows = await this.#context.database.all('SELECT case_id, exhibit, part, seq, file, cipher_sha256, box FROM objects WHERE case_id = ? AND exhibit = ? AND part = ?', this.id, exhibit, part);
    this.#demandUnlocked();
    if (rows.length === 0) throw new CodedError('case.unknown-part', `Exhibit ${exhibit} has no part called ${part}.`, { where: objectPlace(this.id, exhibit, part) });
    return fromObjectRow(rows[0], this.id, this.#keys.objects);
  }

  #stagedFacts(object: StagedObject): ObjectFacts {
    const facts = this.#staged.get(object.file);
    if (facts === undefined) throw new CodedError('case.not-staged', 'A part of this exhibit is no longer waiting to be kept. Capture it again.', { where: objectPlace(this.id, object.exhibit, object.name) });
    return facts;
  }

  async #demandNew(exhibit: string, part: string, others: readonly ObjectFacts[]): Promise<void> {
    const rows = await this.#context.database.all('SELECT 1 FROM objects WHERE case_id = ? AND exhibit = ? AND part = ?', this.id, exhibit, part);
    if (rows.length > 0 || others.some((o) => o.exhibit === exhibit && o.name === part)) throw new CodedError('case.part-exists', `Exhibit ${exhibit} already has a part called ${part}. Nothing was changed.`, { where: objectPlace(this.id, exhibit, part) });
  }

  /** The head after `entry`, and its texts, once it is shown to be well formed and to follow the head before. */
  #demandFollowing(entry: WholeEntry): { head: Head; texts: EntryTexts } {
    if (!isWellFormed(entry)) throw doesNotFollow();
    const { sha256 } = this.#context;
    const texts = entryTexts(entry);
    const { next, faults } = followChain({ case: this.id, head: this.#head, at: null }, entry, sha256, hashesOfTexts(texts, sha256));
    if (next.head === null || faults.length > 0) throw doesNotFollow(faults);
    return { head: next.head, texts };
  }

  #demandUnlocked(): void {
    this.#context.demandUnlocked();
    if (this.#ended) throw new CodedError('case.destroyed', 'This case is no longer open. If it was destroyed, its certificate of destruction says when and why.');
  }

  #objectAltered(exhibit: string, part: string): CodedError {
    return new CodedError('vault.object-altered', `The file ${part} of exhibit ${exhibit} is missing or was changed. Countersign did not do this. Leave the computer as it is and tell the person responsible for it.`, { where: objectPlace(this.id, exhibit, part) });
  }
}

function doesNotFollow(cause?: unknown): CodedError {
  return new CodedError('case.does-not-follow', 'This step does not fit the record of the case and was not kept.', { cause });
}
