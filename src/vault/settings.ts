import { z } from 'zod';
import { fromUtf8 } from '../record/bytes.js';
import { canonicalBytes, type JsonValue } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import type { Random } from '../record/ports.js';
import type { Database } from './database.js';
import { parseRows } from './rows.js';
import { contextBytes, openBox, sealBox } from './sealed-box.js';
import { altered } from './storage-error.js';

const LARGEST_SETTING = 4 * 1024 * 1024;
const boxRows = z.array(z.strictObject({ box: z.instanceof(Buffer) })).max(1);

/** The settings, each in a box of its own under the vault key. */
export class Settings {
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

  /** What was put under `name`, or undefined. @throws CodedError `vault.altered`. */
  get(name: string): Promise<JsonValue | undefined> {
    return this.#database.inTurn(async (sql) => {
      const [row] = parseRows(boxRows, await sql.all('SELECT box FROM settings WHERE name = ?', name));
      this.#demandUnlocked();
      if (row === undefined) return undefined;
      const plain = openBox(this.#vaultKey, row.box, settingContext(name));
      if (plain === null) throw altered(`The setting ${name} was changed.`, `settings/${name}`);
      return z.json().parse(JSON.parse(fromUtf8(plain)));
    });
  }

  /** Keeps `value` under `name`. @throws CodedError `vault.setting-too-large`, `vault.disk-full`, `vault.write-failed`. */
  async put(name: string, value: JsonValue): Promise<void> {
    const plain = canonicalBytes(value);
    if (plain.length > LARGEST_SETTING) throw new CodedError('vault.setting-too-large', 'This setting is too large to be kept.');
    await this.#database.inTurn(async (sql) => {
      // In its turn only: the vault key may be replaced while others are waiting.
      this.#demandUnlocked();
      const box = sealBox(this.#vaultKey, plain, settingContext(name), this.#random);
      await sql.run('INSERT INTO settings (name, box) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET box = excluded.box', name, box);
    });
  }
}

/** What a setting's box is bound to. */
export function settingContext(name: string): Uint8Array {
  return contextBytes({ purpose: 'Countersign setting v1', name });
}
