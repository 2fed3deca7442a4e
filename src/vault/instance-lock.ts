import { join } from 'node:path';
import { Database } from './database.js';

/** Held for as long as a vault is open. */
export interface InstanceLock {
  release(): Promise<void>;
}

/**
 * Takes the vault for this process: an exclusive lock of SQLite on an otherwise empty database. The operating system
 * drops it when the process ends in whatever way, so a crash leaves none behind. Nothing else may open `vault.lock`:
 * on Linux and macOS, closing any other handle on a file drops the process's locks on it.
 *
 * @throws CodedError `vault.in-use`.
 */
export async function takeInstanceLock(folder: string): Promise<InstanceLock> {
  const database = await Database.open(join(folder, 'vault.lock'));
  try {
    // Nothing is ever written to this file; so no journal needs to lie beside it.
    await database.all('PRAGMA journal_mode = MEMORY');
    await database.run('BEGIN EXCLUSIVE');
  } catch (error) {
    await database.close();
    throw error;
  }
  return { release: () => database.close() };
}
