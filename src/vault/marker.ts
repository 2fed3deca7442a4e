import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalBytes } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import { moveDurably, readBounded, writeDurably } from './durable-file.js';
import { newer } from './migrations.js';
import { isMissing, storageError } from './storage-error.js';

/** The vault's layout on disk; its database has a version of its own. */
const VERSION = 1;
const NAME = 'vault.json';
const UNFINISHED = 'vault.json.unfinished';
const LARGEST_MARKER = 4 * 1024;

/** What set-up makes before the marker gets its name; all of it may go when set-up starts anew. */
export const SET_UP_NAMES: readonly string[] = [UNFINISHED, `${UNFINISHED}.tmp`, 'vault.lock', 'vault.db', 'vault.db-wal', 'vault.db-shm', 'vault.db-journal', 'objects', 'crisis.json', 'crisis.json.tmp', 'vault.db.tmp', 'vault.db-wal.tmp'];

const anyVersion = z.object({ format: z.literal('countersign-vault'), version: z.int().min(1) });

/** @throws CodedError `vault.not-a-vault`, `vault.newer`, `vault.read-failed`. */
export async function readMarker(folder: string): Promise<void> {
  const bytes = await readBounded(join(folder, NAME), LARGEST_MARKER).catch((error: unknown) => {
    if (error instanceof CodedError && error.code === 'vault.damaged') throw notAVault();
    throw error;
  });
  const marker = bytes === null ? null : parse(bytes);
  if (marker === null) throw notAVault();
  if (marker.version > VERSION) throw newer();
}

/** Says that set-up has begun: a folder with this and no marker is not a vault. */
export async function beginMarker(folder: string): Promise<void> {
  await writeDurably(join(folder, UNFINISHED), [canonicalBytes({ format: 'countersign-vault', version: VERSION })]);
}

/** Says that set-up is complete: from here on the folder is a vault. */
export async function finishMarker(folder: string): Promise<void> {
  await moveDurably(join(folder, UNFINISHED), join(folder, NAME));
}

/** Whether a vault may be set up in `folder`: it is absent, empty, or holds only a set-up that was cut short. */
export async function isFree(folder: string): Promise<boolean> {
  try {
    const names = await readdir(folder);
    const begun = names.includes(UNFINISHED) || names.includes(`${UNFINISHED}.tmp`) || names.every((name) => name === 'vault.lock');
    return names.length === 0 || (begun && names.every((name) => SET_UP_NAMES.includes(name)));
  } catch (error) {
    if (isMissing(error)) return true;
    throw storageError(error, 'read');
  }
}

function parse(bytes: Buffer): z.infer<typeof anyVersion> | null {
  try {
    return anyVersion.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}

function notAVault(): CodedError {
  return new CodedError('vault.not-a-vault', 'There is no Countersign vault in this folder. Choose another folder, or set one up.');
}
