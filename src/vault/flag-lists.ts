import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { fromUtf8, hex } from '../record/bytes.js';
import { canonicalBytes, type JsonValue } from '../record/canonical-json.js';
import { CodedError, isCoded } from '../record/coded-error.js';
import type { Random } from '../record/ports.js';
import type { Database, Sql } from './database.js';
import { parseRows } from './rows.js';
import { contextBytes, KEY_BYTES, openBox, sealBox } from './sealed-box.js';
import { altered } from './storage-error.js';

/** The key of all lists; what they hold; what is known of them. Migration 6. */
export const FLAG_LISTS = `
CREATE TABLE flag_list_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  box BLOB NOT NULL
) STRICT;
CREATE TABLE flag_lists (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  box BLOB NOT NULL
) STRICT;
CREATE TABLE flag_list_parts (
  list TEXT NOT NULL REFERENCES flag_lists (id),
  part INTEGER NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (list, part)
) STRICT;
`;

/** How many lists are kept in all, removed ones included. */
const MOST_LISTS = 1_000;
/** Bytes of one part, before it is encrypted. */
const LARGEST_PART = 1024 * 1024;
/** Bytes of the number of lists that lies beside their key. */
const COUNT_BYTES = 4;

/** A list as the vault knows it: what it is, as whoever keeps it wrote it down, and how many parts it has. */
export interface KeptFlagList {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly about: JsonValue;
  /** 0 once it was removed. */
  readonly parts: number;
}

/**
 * Flag lists: for each what it is, and its values in parts of at most 1 MiB, all encrypted under a key of their own, which lies under the
 * vault key. The vault does not know what the parts mean. After the vault is locked every method throws `auth.locked`.
 */
export interface FlagListStore {
  /** The key from which keyed digests are made; 32 bytes, the caller's own copy. Made when it is first asked for. */
  key(): Promise<Uint8Array>;
  /** Every list, oldest first, removed ones included. @throws CodedError `vault.altered`, also when a row was put in or taken out by other hands */
  all(): Promise<readonly KeptFlagList[]>;
  /**
   * Keeps a list, in one transaction: after a crash all of it is there or nothing. Gives its id. `parts` may have any lengths.
   *
   * @throws CodedError `lists.too-many-lists`, `vault.disk-full`, `vault.write-failed`
   */
  add(about: JsonValue, parts: Iterable<Uint8Array>): Promise<string>;
  /** The parts in order, as they were cut. @throws CodedError `vault.altered` when one is missing or was changed */
  parts(id: string): AsyncIterable<Uint8Array>;
  /** Deletes the values of a list for good and keeps `about` of it. @throws CodedError `lists.unknown`, `vault.*` */
  remove(id: string, about: JsonValue): Promise<void>;
}

/** What the box of the lists' key is bound to. */
export const FLAG_LIST_KEY_CONTEXT = contextBytes({ purpose: 'Countersign flag list key v1' });

const boxRows = z.array(z.strictObject({ box: z.instanceof(Buffer) })).max(1);
const listRows = z.array(z.strictObject({ id: z.string(), box: z.instanceof(Buffer) })).max(MOST_LISTS);
const countRow = z.tuple([z.strictObject({ n: z.int() })]);
const aboutSchema = z.strictObject({ about: z.json(), parts: z.int().min(0) });

/** See {@link FlagListStore}. */
export class VaultFlagLists implements FlagListStore {
  readonly #database: Database;
  readonly #vaultKey: Uint8Array;
  readonly #random: Random;
  readonly #demandUnlocked: () => void;

  /** `demandUnlocked` throws once `vaultKey` is zeroed; it is asked before every use. */
  constructor(database: Database, vaultKey: Uint8Array, random: Random, demandUnlocked: () => void) {
    this.#database = database;
    this.#vaultKey = vaultKey;
    this.#random = random;
    this.#demandUnlocked = demandUnlocked;
  }

  key(): Promise<Uint8Array> {
    return this.#database.inTurn((sql) => this.#key(sql));
  }

  all(): Promise<readonly KeptFlagList[]> {
    return this.#database.inTurn(async (sql) => {
      const rows = parseRows(listRows, await sql.all(`SELECT id, box FROM flag_lists ORDER BY number LIMIT ${MOST_LISTS}`));
      const held = await this.#held(sql);
      if (rows.length !== (held?.lists ?? 0)) throw altered('The flag lists are not those that were kept: one was put in or taken out by other hands.', 'flag_lists');
      if (held === null) return [];
      const key = boxKeyOf(held.key);
      return rows.map(({ id, box }) => {
        const plain = openBox(key, box, aboutContext(id));
        const parsed = plain === null ? null : aboutSchema.safeParse(JSON.parse(fromUtf8(plain)));
        if (parsed?.success !== true) throw altered('What is known of a flag list was changed.', `flag_lists/${id}`);
        return { id, ...parsed.data };
      });
    });
  }

  async add(about: JsonValue, parts: Iterable<Uint8Array>): Promise<string> {
    const id = hex(this.#random.bytes(16));
    await this.#database.transaction(async (sql) => {
      const [{ n }] = parseRows(countRow, await sql.all('SELECT count(*) AS n FROM flag_lists'));
      if (n >= MOST_LISTS) throw new CodedError('lists.too-many-lists', `This computer has kept ${MOST_LISTS} lists, and takes no more.`);
      const { key: listKey, lists } = (await this.#held(sql)) ?? { key: await this.#key(sql), lists: 0 };
      await this.#hold(sql, listKey, lists + 1);
      const key = boxKeyOf(listKey);
      const put = (box: Buffer): Promise<void> => sql.run('INSERT INTO flag_lists (id, box) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET box = excluded.box', id, box);
      await put(this.#sealAbout(key, id, { about, parts: 0 }));
      let part = 0;
      for (const bytes of cut(parts)) {
        await sql.run('INSERT INTO flag_list_parts (list, part, box) VALUES (?, ?, ?)', id, part, sealBox(key, bytes, partContext(id, part), this.#random));
        part += 1;
      }
      this.#demandUnlocked();
      await put(this.#sealAbout(key, id, { about, parts: part }));
    });
    await this.#emptyJournal();
    return id;
  }

  async *parts(id: string): AsyncGenerator<Uint8Array> {
    const kept = (await this.all()).find((list) => list.id === id);
    for (let part = 0; part < (kept?.parts ?? 0); part += 1) {
      yield await this.#database.inTurn(async (sql) => {
        const key = await this.#boxKey(sql);
        const [row] = parseRows(boxRows, await sql.all('SELECT box FROM flag_list_parts WHERE list = ? AND part = ?', id, part));
        const plain = row === undefined ? null : openBox(key, row.box, partContext(id, part));
        if (plain === null) throw altered('A flag list was changed.', `flag_list_parts/${id}/${part}`);
        return plain;
      });
    }
  }

  async remove(id: string, about: JsonValue): Promise<void> {
    await this.#database.transaction(async (sql) => {
      const key = await this.#boxKey(sql);
      const [known] = parseRows(boxRows, await sql.all('SELECT box FROM flag_lists WHERE id = ?', id));
      if (known === undefined) throw new CodedError('lists.unknown', 'There is no such list.');
      await sql.run('DELETE FROM flag_list_parts WHERE list = ?', id);
      await sql.run('UPDATE flag_lists SET box = ? WHERE id = ?', this.#sealAbout(key, id, { about, parts: 0 }), id);
    });
    await this.#emptyJournal();
  }

  /** What was deleted is not to stay in the journal, nor a large list twice. A disk that cannot now does it at the next close. */
  async #emptyJournal(): Promise<void> {
    await this.#database.all('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined);
  }

  #sealAbout(key: Uint8Array, id: string, value: { about: JsonValue; parts: number }): Buffer {
    return sealBox(key, canonicalBytes(value), aboutContext(id), this.#random);
  }

  async #boxKey(sql: Sql): Promise<Uint8Array> {
    return boxKeyOf(await this.#key(sql));
  }

  async #key(sql: Sql): Promise<Uint8Array> {
    const held = await this.#held(sql);
    if (held !== null) return held.key;
    const made = this.#random.bytes(KEY_BYTES);
    await this.#hold(sql, made, 0);
    return made;
  }

  /** The lists' key, and how many lists were ever kept under it: a row that is taken out by other hands is missed. */
  async #held(sql: Sql): Promise<{ key: Uint8Array; lists: number } | null> {
    const [row] = parseRows(boxRows, await sql.all('SELECT box FROM flag_list_key'));
    // In its turn only: the vault key may be replaced while others are waiting.
    this.#demandUnlocked();
    if (row === undefined) return null;
    const plain = openBox(this.#vaultKey, row.box, FLAG_LIST_KEY_CONTEXT);
    if (plain?.length !== KEY_BYTES + COUNT_BYTES) throw altered('The key of the flag lists was changed.', 'flag_list_key');
    const held = { key: Uint8Array.from(plain.subarray(0, KEY_BYTES)), lists: new DataView(plain.buffer, plain.byteOffset).getUint32(KEY_BYTES) };
    plain.fill(0);
    return held;
  }

  async #hold(sql: Sql, key: Uint8Array, lists: number): Promise<void> {
    const plain = new Uint8Array(KEY_BYTES + COUNT_BYTES);
    plain.set(key);
    new DataView(plain.buffer).setUint32(KEY_BYTES, lists);
    await sql.run('INSERT INTO flag_list_key (id, box) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET box = excluded.box', sealBox(this.#vaultKey, plain, FLAG_LIST_KEY_CONTEXT, this.#random));
    plain.fill(0);
  }
}

/** What of the flag lists is not as it was kept, as places in the database; each part is opened. @throws CodedError `auth.locked` */
export async function damagedFlagLists(store: FlagListStore, database: Database): Promise<string[]> {
  const damaged: string[] = [];
  const look = async <T>(work: () => Promise<T>): Promise<T | null> => work().catch((error: unknown) => {
    if (!isCoded(error, 'vault.altered')) throw error;
    damaged.push(error.where ?? 'flag_lists');
    return null;
  });
  const lists = await look(() => store.all());
  for (const { id } of lists ?? []) {
    await look(async () => {
      for await (const part of store.parts(id)) part.fill(0);
    });
  }
  const [{ n }] = parseRows(countRow, await database.all('SELECT count(*) AS n FROM flag_list_parts'));
  if (lists !== null && n !== lists.reduce((sum, { parts }) => sum + parts, 0)) damaged.push('flag_list_parts');
  return damaged;
}

function boxKeyOf(key: Uint8Array): Uint8Array {
  const derived = new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), 'Countersign flag lists v1 boxes', KEY_BYTES));
  key.fill(0);
  return derived;
}

function aboutContext(id: string): Uint8Array {
  return contextBytes({ purpose: 'Countersign flag list v1', list: id });
}

function partContext(id: string, part: number): Uint8Array {
  return contextBytes({ purpose: 'Countersign flag list part v1', list: id, part });
}

function* cut(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  const part = Buffer.alloc(LARGEST_PART);
  let filled = 0;
  for (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const taken = Math.min(LARGEST_PART - filled, piece.length - from);
      part.set(piece.subarray(from, from + taken), filled);
      filled += taken;
      from += taken;
      if (filled < LARGEST_PART) continue;
      yield part;
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}
