import { randomBytes } from 'node:crypto';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { UnfinishedBundle } from './bundle-input.js';
import { systemCode, targetExists } from './failures.js';

/** Where a bundle's files go one after another. After `finish` or `abandon` nothing else may be called. */
export interface BagWriter {
  /** Writes one file; `path` is relative, with forward slashes. */
  add(path: string, bytes: Uint8Array): Promise<void>;
  /** Makes everything durable; from now on it can be read, and nothing may be added. */
  complete(): Promise<UnfinishedBundle>;
  /** Gives the completed bundle its name. @throws CodedError `export.exists`. */
  finish(): Promise<void>;
  /** Removes everything that was written, and writes over what lay there in the clear. Gives whether it is gone. Never throws. */
  abandon(): Promise<boolean>;
}

/** A name beside `path` for what is not finished yet. */
export function partialName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.partial`);
}

/** @throws CodedError `export.exists` when anything, a dangling link included, has the name `path`. */
export async function refuseExisting(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  throw targetExists();
}

/** Makes the names in `folder` durable. Windows has no way to ask for that, and its file systems do not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK']);

/** Gives the finished file `partial` the name `path`, never in place of another file. */
export async function giveFileItsName(partial: string, path: string): Promise<void> {
  try {
    // A link fails where the name is taken, which a rename does not.
    await link(partial, path);
    await unlink(partial);
  } catch (error) {
    // Removable drives (FAT, exFAT) know no links.
    if (!NO_LINKS.has(systemCode(error))) throw error;
    await refuseExisting(path);
    await rename(partial, path);
  }
  await syncFolder(dirname(path));
}
