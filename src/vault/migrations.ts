import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';
import { Database, type ScriptSql } from './database.js';
import { FLAG_LISTS } from './flag-lists.js';
import { APPEND_ONLY, appendOnly, APPENDING, APPLICATION_ID, BACKUPS, DESTRUCTIONS, guard, INBOX, KEPT_STATES, ROOT_KEY, TABLES } from './schema.js';
import { altered, damaged } from './storage-error.js';

/** An append-only table, and what must be possible there for once. */
export interface Exception {
  readonly table: 'reviewer_keys' | 'shares' | 'cases' | 'entries' | 'objects' | 'backups' | 'destructions';
  readonly act: 'update' | 'delete';
}

/**
 * Takes the guards of append-only tables away while `work` runs, inside its transaction; they are back before it ends.
 * For the few acts that two reviewers do on purpose: another vault key, another passphrase, the destruction of a case.
 */
export async function excepting<T>(sql: ScriptSql, exceptions: readonly Exception[], work: () => Promise<T>): Promise<T> {
  await sql.script(exceptions.map(({ table, act }) => `DROP TRIGGER ${table}_no_${act};`).join('\n'));
  const result = await work();
  await sql.script(exceptions.map(({ table, act }) => guard(table, act)).join('\n'));
  return result;
}

/** One step of the schema; its number is the version that it leads to. */
export interface Migration {
  readonly number: number;
  readonly script: string;
}

/**
 * Nothing changes in the tables, but the entries may be of kinds, or say things, that an app before does not know: it refuses the vault as
 * newer (`vault.newer`), and does not take what it cannot read for altered. A test holds the newest such step against the kinds.
 */
const KINDS_CHANGED = 'SELECT 1;';

/** Every step from an empty database, in order. A step that has been released is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, script: `PRAGMA application_id = ${APPLICATION_ID};\n${TABLES}${APPENDING}${APPEND_ONLY.map(appendOnly).join('')}` },
  { number: 2, script: ROOT_KEY },
  { number: 3, script: BACKUPS + appendOnly('backups') },
  { number: 4, script: DESTRUCTIONS + appendOnly('destructions') },
  { number: 5, script: INBOX },
  { number: 6, script: FLAG_LISTS },
  { number: 7, script: KINDS_CHANGED },
  { number: 8, script: KEPT_STATES },
];

const numberRow = z.tuple([z.record(z.string(), z.int())]).transform(([row]) => Object.values(row)[0] ?? 0);

/**
 * Brings the database to the newest version, each step in a transaction of its own.
 *
 * @throws CodedError `vault.newer` when it is ahead of this app, `vault.damaged` when it is no vault's.
 */
export async function migrate(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const version = await pragma(database, 'user_version');
  const newest = migrations.at(-1)?.number ?? 0;
  const isOurs = (await pragma(database, 'application_id')) === APPLICATION_ID;
  if (version === 0 ? (await schemaOf(database)) !== '[]' : version < 0 || !isOurs) throw damaged();
  if (version > newest) throw newer();
  for (const { number, script } of migrations.filter((m) => m.number > version)) {
    await database.transaction(async (sql) => {
      await sql.script(script);
      await sql.run(`PRAGMA user_version = ${number}`);
    });
  }
}

/** A vault of a later Countersign. */
export function newer(): CodedError {
  return new CodedError('vault.newer', 'This vault was made by a newer Countersign. Install the newest version on this computer, then open it again. Nothing was changed.');
}

/**
 * Whether the tables, views, indexes and triggers are exactly those that the migrations make. A trigger put there by
 * other hands could drop what the app believes to be kept.
 *
 * @throws CodedError `vault.altered`.
 */
export async function checkSchema(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const model = await Database.open(':memory:');
  try {
    await migrate(model, migrations);
    if ((await schemaOf(database)) !== (await schemaOf(model))) throw altered("The structure of the vault's database was changed.", 'schema');
  } finally {
    await model.close();
  }
}

async function schemaOf(database: Database): Promise<string> {
  return JSON.stringify(await database.all('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name LIMIT 1000'));
}

async function pragma(database: Database, name: string): Promise<number> {
  const rows = numberRow.safeParse(await database.all(`PRAGMA ${name}`));
  if (!rows.success) throw damaged();
  return rows.data;
}
