import { z } from 'zod';
import type { Random } from '../record/ports.js';
import { boxedContext } from './boxed-rows.js';
import { wrapContext } from './case-keys.js';
import { CASE_LIST_CONTEXT } from './case-list.js';
import type { Sql } from './database.js';
import { FLAG_LIST_KEY_CONTEXT } from './flag-lists.js';
import { INBOX_KEY_CONTEXT } from './inbox.js';
import { parseRows } from './rows.js';
import { openBox, sealBox } from './sealed-box.js';
import { settingContext } from './settings.js';
import { altered } from './storage-error.js';

/** A column of boxes under the vault key. */
interface Boxes {
  readonly table: string;
  readonly key: string;
  readonly box: string;
  readonly context: (key: string) => Uint8Array;
}

/** Everything under the vault key but the root's key, which comes with the roster. */
const UNDER_THE_VAULT_KEY: readonly Boxes[] = [
  { table: 'cases', key: 'id', box: 'wrapped_key', context: wrapContext },
  { table: 'case_list', key: 'id', box: 'box', context: () => CASE_LIST_CONTEXT },
  { table: 'settings', key: 'name', box: 'box', context: settingContext },
  { table: 'inbox_key', key: 'id', box: 'box', context: () => INBOX_KEY_CONTEXT },
  { table: 'flag_list_key', key: 'id', box: 'box', context: () => FLAG_LIST_KEY_CONTEXT },
  { table: 'backups', key: 'id', box: 'box', context: (id) => boxedContext('backups', id) },
  { table: 'destructions', key: 'id', box: 'box', context: (id) => boxedContext('destructions', id) },
];

const keyRows = z.array(z.strictObject({ key: z.union([z.string(), z.int()]) }));
const boxRows = z.tuple([z.strictObject({ box: z.instanceof(Buffer) })]);

/** Which boxes do not open with the vault key, as `table/key`. `goOn` is asked before each and throws to stop. */
export async function damagedBoxes(sql: Sql, vaultKey: Uint8Array, goOn: () => void): Promise<string[]> {
  const damaged: string[] = [];
  // The keys of cases are named with their cases.
  for (const { table, key, box, context } of UNDER_THE_VAULT_KEY.filter((each) => each.table !== 'cases')) {
    const keys = parseRows(keyRows, await sql.all(`SELECT ${key} AS key FROM ${table} LIMIT 100000`));
    for (const { key: value } of keys) {
      const [row] = parseRows(boxRows, await sql.all(`SELECT ${box} AS box FROM ${table} WHERE ${key} = ?`, value));
      goOn();
      const plain = openBox(vaultKey, row.box, context(String(value)));
      if (plain === null) damaged.push(`${table}/${value}`);
      plain?.fill(0);
    }
  }
  return damaged;
}

/**
 * Opens every box with the old vault key and seals it anew with the new one, inside a transaction.
 *
 * @throws CodedError `vault.altered` when one does not open; then nothing may be committed.
 */
export async function rewrapAll(sql: Sql, oldKey: Uint8Array, newKey: Uint8Array, random: Random): Promise<void> {
  for (const { table, key, box, context } of UNDER_THE_VAULT_KEY) {
    const keys = parseRows(keyRows, await sql.all(`SELECT ${key} AS key FROM ${table}`));
    for (const { key: value } of keys) {
      const [row] = parseRows(boxRows, await sql.all(`SELECT ${box} AS box FROM ${table} WHERE ${key} = ?`, value));
      const plain = openBox(oldKey, row.box, context(String(value)));
      if (plain === null) throw altered('Something that the vault keeps was changed.', `${table}/${value}`);
      const anew = sealBox(newKey, plain, context(String(value)), random);
      plain.fill(0);
      await sql.run(`UPDATE ${table} SET ${box} = ? WHERE ${key} = ?`, anew, value);
    }
  }
}
