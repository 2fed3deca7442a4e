import { z } from 'zod';
import { fromUtf8 } from '../record/bytes.js';
import { canonicalBytes } from '../record/canonical-json.js';
import { headerSchema } from '../record/entry.js';
import type { Random } from '../record/ports.js';
import { unwrapCaseKey, wrapCaseKey } from './case-keys.js';
import type { Database, Sql } from './database.js';
import { parseRows } from './rows.js';
import { contextBytes, openBox, sealBox } from './sealed-box.js';
import { altered } from './storage-error.js';

const boxRows = z.array(z.strictObject({ box: z.instanceof(Buffer) })).max(1);
const idRows = z.array(z.strictObject({ id: headerSchema.shape.case }));
const wrapRows = z.array(z.strictObject({ wrapped_key: z.instanceof(Buffer) })).max(1);
const idList = z.array(headerSchema.shape.case).max(100_000);
/** What the list's box is bound to. */
export const CASE_LIST_CONTEXT = contextBytes({ purpose: 'Countersign case list v1' });

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
    return this.#database.inTurn((sql) => this.#listed(sql));
  }

  /** Whether the list has this case. @throws CodedError `vault.altered` when rows and list differ about it. */
  async has(caseId: string): Promise<boolean> {
    const listed = (await this.ids()).includes(caseId);
    const rows = parseRows(idRows, await this.#database.all('SELECT id FROM cases WHERE id = ?', caseId));
    if (listed !== rows.length > 0) throw altered(`The case ${caseId} was ${listed ? 'removed from' : 'put into'} the vault.`, `cases/${caseId}`);
    return listed;
  }

  /** The key of a case that {@link has} found. The caller zeroes it. @throws CodedError `vault.altered`. */
  keyOf(caseId: string): Promise<Buffer> {
    return this.#database.inTurn(async (sql) => {
      const [row] = parseRows(wrapRows, await sql.all('SELECT wrapped_key FROM cases WHERE id = ?', caseId));
      this.#demandUnlocked();
      const caseKey = row === undefined ? null : unwrapCaseKey(this.#vaultKey, caseId, row.wrapped_key);
      if (caseKey === null) throw altered(`The key of the case ${caseId} was changed.`, `cases/${caseId}`);
      return caseKey;
    });
  }

  /** Adds a case inside the transaction of its first entry. */
  async add(sql: Sql, caseId: string, caseKey: Uint8Array): Promise<void> {
    const ids = [...(await this.#listed(sql)), caseId];
    this.#demandUnlocked();
    await sql.run('INSERT INTO cases (id, wrapped_key) VALUES (?, ?)', caseId, wrapCaseKey(this.#vaultKey, caseId, caseKey, this.#random));
    await this.#put(sql, ids);
  }

  /** Takes a case and its wrapped key off, inside the transaction that destroys it. */
  async remove(sql: Sql, caseId: string): Promise<void> {
    const ids = (await this.#listed(sql)).filter((id) => id !== caseId);
    await sql.run('DELETE FROM cases WHERE id = ?', caseId);
    await this.#put(sql, ids);
  }

  async #put(sql: Sql, ids: readonly string[]): Promise<void> {
    this.#demandUnlocked();
    const box = sealBox(this.#vaultKey, canonicalBytes(ids), CASE_LIST_CONTEXT, this.#random);
    await sql.run('INSERT INTO case_list (id, box) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET box = excluded.box', box);
  }

  async #listed(sql: Sql): Promise<string[]> {
    const [row] = parseRows(boxRows, await sql.all('SELECT box FROM case_list LIMIT 2'));
    const [any] = parseRows(idRows, await sql.all('SELECT id FROM cases LIMIT 1'));
    this.#demandUnlocked();
    if (row === undefined && any === undefined) return [];
    const plain = row === undefined ? null : openBox(this.#vaultKey, row.box, CASE_LIST_CONTEXT);
    if (plain === null) throw altered('The list of cases was changed.', 'case-list');
    return idList.parse(JSON.parse(fromUtf8(plain)));
  }
}
