import { z } from 'zod';
import { fromUtf8 } from '../record/bytes.js';
import { canonicalBytes } from '../record/canonical-json.js';
import { headerSchema } from '../record/entry.js';
import type { Random } from '../record/ports.js';
import type { Database, Sql } from './database.js';
import { parseRows } from './rows.js';
import { contextBytes, openBox, sealBox } from './sealed-box.js';
import { altered } from './storage-error.js';

const boxRows = z.array(z.strictObject({ box: z.instanceof(Buffer) })).max(1);
const idRows = z.array(z.strictObject({ id: headerSchema.shape.case }));
const idList = z.array(headerSchema.shape.case).max(100_000);
const CONTEXT = contextBytes({ purpose: 'Countersign case list v1' });

/**
 * Which cases there are, twice: as rows, and under the vault key. A case that was removed or put in by other hands
 * shows as a difference between both.
 */
export class CaseList {
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

  /** Every case's id, oldest first; one whose rows are gone is still among them. @throws CodedError `vault.altered`. */
  async ids(): Promise<string[]> {
    return this.#listed(this.#database);
  }

  /** Whether the list has this case. @throws CodedError `vault.altered` when rows and list differ about it. */
  async has(caseId: string): Promise<boolean> {
    const listed = (await this.ids()).includes(caseId);
    const rows = parseRows(idRows, await this.#database.all('SELECT id FROM cases WHERE id = ?', caseId));
    if (listed !== rows.length > 0) throw altered(`The case ${caseId} was ${listed ? 'removed from' : 'put into'} the vault.`, `cases/${caseId}`);
    return listed;
  }

  /** Adds a case inside the transaction of its first entry. */
  async add(sql: Sql, caseId: string, wrappedKey: Buffer): Promise<void> {
    const ids = [...(await this.#listed(sql)), caseId];
    await sql.run('INSERT INTO cases (id, wrapped_key) VALUES (?, ?)', caseId, wrappedKey);
    this.#demandUnlocked();
    const box = sealBox(this.#vaultKey, canonicalBytes(ids), CONTEXT, this.#random);
    await sql.run('INSERT INTO case_list (id, box) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET box = excluded.box', box);
  }

  async #listed(sql: Sql): Promise<string[]> {
    const [row] = parseRows(boxRows, await sql.all('SELECT box FROM case_list LIMIT 2'));
    const [any] = parseRows(idRows, await sql.all('SELECT id FROM cases LIMIT 1'));
    this.#demandUnlocked();
    if (row === undefined && any === undefined) return [];
    const plain = row === undefined ? null : openBox(this.#vaultKey, row.box, CONTEXT);
    if (plain === null) throw altered('The list of cases was changed.', 'case-list');
    return idList.parse(JSON.parse(fromUtf8(plain)));
  }
}
