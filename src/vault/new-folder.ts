import { access, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../record/coded-error.js';
import { makeFolder } from './durable-file.js';
import { takeInstanceLock } from './instance-lock.js';
import { beginMarker, finishMarker, isFree, SET_UP_NAMES } from './marker.js';
import { storageError } from './storage-error.js';

/** The lock is held while the rest goes. */
const CLEARED = SET_UP_NAMES.filter((name) => name !== 'vault.lock');

/**
 * Lets `fill` put a vault into a folder that is absent, empty, or holds one that was cut short. It is a vault only once
 * all of it is there; when anything fails the folder is left empty, or absent when it was.
 *
 * @throws CodedError `vault.not-empty`, `vault.in-use`, `vault.disk-full`, `vault.write-failed`, and what `fill` throws.
 */
export async function fillNewFolder<T>(folder: string, fill: () => Promise<T>): Promise<T> {
  if (!(await isFree(folder))) throw notEmpty();
  const wasThere = await access(folder).then(() => true, () => false);
  await makeFolder(folder);
  const lock = await takeInstanceLock(folder);
  let begun = false;
  let done = false;
  try {
    if (!(await isFree(folder))) throw notEmpty();
    begun = true;
    await clear(folder, CLEARED);
    await beginMarker(folder);
    await makeFolder(join(folder, 'objects'));
    const result = await fill();
    await finishMarker(folder);
    done = true;
    return result;
  } catch (error) {
    throw storageError(error, 'write');
  } finally {
    if (!done && begun) await clear(folder, CLEARED).catch(() => undefined);
    await lock.release();
    if (!done && begun) await clear(folder, ['vault.lock']).catch(() => undefined);
    if (!done && !wasThere) await rmdir(folder).catch(() => undefined);
  }
}

async function clear(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}

/** The folder holds something. */
export function notEmpty(): CodedError {
  return new CodedError('vault.not-empty', 'There is already something in this folder. Choose an empty one.');
}
