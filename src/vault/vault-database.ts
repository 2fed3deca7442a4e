import { join } from 'node:path';
import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';
import { Database } from './database.js';
import { checkSchema, migrate } from './migrations.js';

/**
 * What makes a committed transaction survive a power cut, and what was deleted unreadable. `fullfsync` matters on
 * macOS alone. `cell_size_check` and `trusted_schema` are for files that were made to harm.
 */
export const PRAGMAS: readonly string[] = [
  'PRAGMA synchronous = FULL',
  'PRAGMA fullfsync = ON',
  'PRAGMA checkpoint_fullfsync = ON',
  'PRAGMA secure_delete = ON',
  'PRAGMA foreign_keys = ON',
  'PRAGMA recursive_triggers = ON',
  'PRAGMA trusted_schema = OFF',
  'PRAGMA cell_size_check = ON',
  'PRAGMA temp_store = MEMORY',
];

const journalRows = z.tuple([z.strictObject({ journal_mode: z.literal('wal') })]);

/** Opens `vault.db`, brings it to the newest version and checks its structure. @throws CodedError see `migrate` and `checkSchema`. */
export async function openDatabase(folder: string): Promise<Database> {
  const database = await Database.open(join(folder, 'vault.db'));
  try {
    for (const pragma of PRAGMAS) await database.all(pragma);
    if (!journalRows.safeParse(await database.all('PRAGMA journal_mode = WAL')).success) throw noJournal();
    await migrate(database);
    await checkSchema(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function noJournal(): CodedError {
  return new CodedError('vault.write-failed', 'The vault cannot be kept safely in this place. Use a disk inside this computer, not a network drive.');
}
