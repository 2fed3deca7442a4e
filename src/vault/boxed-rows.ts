import { z } from 'zod';
import { fromUtf8 } from '../record/bytes.js';
import { canonicalBytes, type JsonValue } from '../record/canonical-json.js';
import type { Random } from '../record/ports.js';
import type { Database, Sql } from './database.js';
import { parseRows } from './rows.js';
import { contextBytes, openBox, sealBox } from './sealed-box.js';
import { altered } from './storage-error.js';

const MOST_ROWS = 10_000;
const rowsSchema = z.array(z.strictObject({ id: z.string(), box: z.instanceof(Buffer) })).max(MOST_ROWS);

/** A table of boxes under the vault key to which rows are only added: `id`, 32 hexadecimal digits, and `box`. */
export type BoxedTable = 'backups' | 'destructions';

/** What a row's box is bound to. */
export function boxedContext(table: BoxedTable, id: string): Uint8Array {
  return contextBytes({ purpose: `Countersign ${table} v1`, id });
}

/** Adds a row, inside the caller's turn or transaction. */
export async function addBoxed(sql: Sql, table: BoxedTable, id: string, value: JsonValue, vaultKey: Uint8Array, random: Random): Promise<void> {
  await sql.run(`INSERT INTO ${table} (id, box) VALUES (?, ?)`, id, sealBox(vaultKey, canonicalBytes(value), boxedContext(table, id), random));
}

/** Every row, oldest first. `goOn` is asked before the key is used. @throws CodedError `vault.altered`. */
export function boxedRows<T>(database: Database, table: BoxedTable, schema: z.ZodType<T>, vaultKey: Uint8Array, goOn: () => void): Promise<T[]> {
  return database.inTurn(async (sql) => {
    const rows = parseRows(rowsSchema, await sql.all(`SELECT id, box FROM ${table} ORDER BY number LIMIT ${MOST_ROWS}`));
    goOn();
    return rows.map(({ id, box }) => {
      const plain = openBox(vaultKey, box, boxedContext(table, id));
      const parsed = plain === null ? null : schema.safeParse(JSON.parse(fromUtf8(plain)));
      if (parsed?.success !== true) throw altered(`A row of ${table} was changed.`, `${table}/${id}`);
      return parsed.data;
    });
  });
}
