import { z } from 'zod';
import { fromUtf8, hex } from '../record/bytes.js';
import { canonicalBytes, type JsonValue } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import { instantSchema } from '../record/entry.js';
import type { Clock, Random } from '../record/ports.js';
import type { Database, Sql } from './database.js';
import { openSealed, sealTo } from './hpke.js';
import { agreementPublicKey } from './reviewer-secret.js';
import { parseRows } from './rows.js';
import { contextBytes, KEY_BYTES, openBox, sealBox } from './sealed-box.js';

/** What was posted while nobody could read the vault. `kind` is `unreadable` where a row does not open or makes no sense. */
export interface InboxItem {
  readonly id: number;
  readonly kind: string;
  /** By this computer's clock, when it was posted; null when it is unreadable. */
  readonly at: string | null;
  readonly data: JsonValue;
}

/** What the vault itself posts. */
export const WRONG_PASSPHRASE = 'wrong-passphrase';
/** A replacement was enrolled with the recovery sheet. */
export const RECOVERED = 'recovered';

const UNREADABLE = 'unreadable';

/** So many items wait at most, of what people post and of what the vault posts by itself, each counted apart. */
export const MOST_ITEMS = 1_000;
const LARGEST_ITEM = 64 * 1024;
const CONTEXT = contextBytes({ purpose: 'Countersign inbox v1' });
const USE = 'Countersign inbox v1';
const kindSchema = z.string().regex(/^[a-z][a-z-]{0,63}$/);
const itemSchema = z.strictObject({ kind: kindSchema, at: instantSchema, data: z.json() });
const rowsSchema = z.array(z.strictObject({ id: z.int(), sealed: z.instanceof(Buffer) }));
const countRows = z.tuple([z.strictObject({ count: z.int() })]);
const keyRows = z.array(z.strictObject({ box: z.instanceof(Buffer) })).max(1);

/** What the private key's box is bound to. */
export const INBOX_KEY_CONTEXT = contextBytes({ purpose: 'Countersign inbox key v1' });

/** An inbox's keys: the public one (X25519, hexadecimal), and the private one under the vault key. */
export interface InboxKeys {
  readonly publicKey: string;
  readonly box: Buffer;
}

/** Draws an inbox's keys. */
export function newInboxKeys(vaultKey: Uint8Array, random: Random): InboxKeys {
  const privateKey = Buffer.from(random.bytes(KEY_BYTES));
  try {
    return { publicKey: hex(agreementPublicKey(privateKey)), box: sealBox(vaultKey, privateKey, INBOX_KEY_CONTEXT, random) };
  } finally {
    privateKey.fill(0);
  }
}

/** Puts them where {@link Inbox.read} finds them, inside the transaction of the roster that names the public key. */
export async function insertInboxKeys(sql: Sql, keys: InboxKeys): Promise<void> {
  await sql.run('INSERT INTO inbox_key (id, box) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET box = excluded.box', keys.box);
}

/** Whose doing a post is: a person's waits until it is read; of the vault's own the oldest go when there are too many. */
type Lane = 'person' | 'vault';

/**
 * What must be written without both reviewers: sealed (HPKE) to a key whose private half lies under the vault key.
 * Anyone with the disk can add to it or empty it; nobody reads it without two reviewers.
 */
export class Inbox {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** @throws CodedError `inbox.bad-item`, `inbox.full`, `vault.disk-full`, `vault.write-failed`. */
  async post(publicKey: Uint8Array, kind: string, data: JsonValue, lane: Lane): Promise<void> {
    const reserved = lane === 'person' && [WRONG_PASSPHRASE, RECOVERED, UNREADABLE].includes(kind);
    const item = itemSchema.safeParse({ kind, at: this.#clock.now(), data });
    const plain = item.success && !reserved ? canonicalBytes({ kind, at: item.data.at, data }) : null;
    if (plain === null || plain.length > LARGEST_ITEM) throw new CodedError('inbox.bad-item', 'This could not be kept for later. Write it down on paper.');
    const sealed = await sealTo(publicKey, plain, CONTEXT, USE);
    await this.#database.transaction(async (sql) => {
      const [{ count }] = parseRows(countRows, await sql.all('SELECT count(*) AS count FROM inbox WHERE lane = ?', lane));
      if (count >= MOST_ITEMS && lane === 'person') throw new CodedError('inbox.full', 'Too much is waiting for two reviewers to sign in. Write this down on paper.');
      if (count >= MOST_ITEMS) await sql.run('DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE lane = ?1 ORDER BY id LIMIT (SELECT count(*) - ?2 FROM inbox WHERE lane = ?1))', lane, MOST_ITEMS - 1);
      await sql.run('INSERT INTO inbox (lane, sealed) VALUES (?, ?)', lane, sealed);
    });
  }

  /** Everything that waits, oldest first. `goOn` is asked before the vault key is used. */
  async read(vaultKey: Uint8Array, goOn: () => void): Promise<InboxItem[]> {
    const privateKey = await this.#database.inTurn(async (sql) => {
      const [row] = parseRows(keyRows, await sql.all('SELECT box FROM inbox_key LIMIT 2'));
      goOn();
      return row === undefined ? null : openBox(vaultKey, row.box, INBOX_KEY_CONTEXT);
    });
    try {
      const rows = parseRows(rowsSchema, await this.#database.all('SELECT id, sealed FROM inbox WHERE length(sealed) <= ? ORDER BY id LIMIT ?', 2 * LARGEST_ITEM, 2 * MOST_ITEMS));
      const items: InboxItem[] = [];
      for (const { id, sealed } of rows) {
        const plain = privateKey === null ? null : await openSealed(privateKey, sealed, CONTEXT, USE);
        const item = plain === null ? null : parse(plain);
        items.push(item === null ? { id, kind: UNREADABLE, at: null, data: null } : { id, ...item });
      }
      return items;
    } finally {
      privateKey?.fill(0);
    }
  }

  /** Removes items once the record has them. */
  async clear(ids: readonly number[]): Promise<void> {
    await this.#database.transaction(async (sql) => {
      for (const id of ids) await sql.run('DELETE FROM inbox WHERE id = ?', id);
    });
  }
}

function parse(plain: Buffer): z.infer<typeof itemSchema> | null {
  try {
    return itemSchema.parse(JSON.parse(fromUtf8(plain)));
  } catch {
    return null;
  }
}
