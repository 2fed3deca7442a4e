import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolders } from './made-folders.js';
import { damaged, isMissing, storageError } from './storage-error.js';

/*
 * Every file of the vault but SQLite's own is written here. What a function has returned from survives a power cut:
 * the bytes are on the disk before the name is, and the name is on the disk before the caller hears of it.
 */

const SLICE = 1024 * 1024;

/** What a file is called until all of it is on the disk; opening a vault removes what still bears it. */
export const TEMPORARY = '.tmp';

/**
 * Writes a file whole or not at all, replacing one of the same name.
 *
 * @throws CodedError `vault.disk-full`, `vault.write-failed`; then the file of that name is as it was before.
 */
export async function writeDurably(path: string, chunks: Iterable<Uint8Array>): Promise<void> {
  const temporary = path + TEMPORARY;
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      for (const chunk of chunks) await writeAll(handle, chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await moveDurably(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageError(error, 'write');
  }
}

/**
 * Copies a file durably; `each` sees every chunk. Gives false, and makes nothing, when there is no file at `from`.
 *
 * @throws CodedError `vault.disk-full`, `vault.write-failed`, and what `each` throws; then there is no file at `to`.
 */
export async function copyFileDurably(from: string, to: string, each: (chunk: Uint8Array) => void = () => undefined): Promise<boolean> {
  const source = await open(from, 'r').catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw storageError(error, 'read');
  });
  if (source === null) return false;
  const temporary = to + TEMPORARY;
  try {
    const target = await open(temporary, 'w', 0o600);
    try {
      const slice = Buffer.alloc(SLICE);
      for (;;) {
        const { bytesRead } = await source.read(slice, 0, SLICE, null);
        if (bytesRead === 0) break;
        each(slice.subarray(0, bytesRead));
        await writeAll(target, slice.subarray(0, bytesRead));
      }
      await target.sync();
    } finally {
      await target.close();
    }
    await moveDurably(temporary, to);
    return true;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageError(error, 'write');
  } finally {
    await source.close();
  }
}

/** Flushes a file that something else wrote, and its name. @throws CodedError `vault.disk-full`, `vault.write-failed`. */
export async function syncFile(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFolder(dirname(path));
  } catch (error) {
    throw storageError(error, 'write');
  }
}

/** Gives a file another name in the same folder, durably. @throws CodedError as {@link writeDurably}. */
export async function moveDurably(from: string, to: string): Promise<void> {
  try {
    await move(from, to);
    await syncFolder(dirname(to));
  } catch (error) {
    throw storageError(error, 'write');
  }
}

/** Removes a file, durably; none of that name is no error. @throws CodedError as {@link writeDurably}. */
export async function removeDurably(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
    await syncFolder(dirname(path));
  } catch (error) {
    throw storageError(error, 'write');
  }
}

/** Makes a folder that only this user may read, with what lies above it, durably; one that exists is no error. */
export async function makeFolder(path: string): Promise<void> {
  try {
    const made = await makeFolders(path, 0o700);
    for (const folder of made.reverse()) await syncFolder(dirname(folder));
  } catch (error) {
    throw storageError(error, 'write');
  }
}

/**
 * All bytes of a file, or null when there is none.
 *
 * @throws CodedError `vault.damaged` when it is larger than `limit` bytes, `vault.read-failed`.
 */
export async function readBounded(path: string, limit: number): Promise<Buffer | null> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      if (size > limit) throw damaged();
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isMissing(error)) return null;
    throw storageError(error, 'read');
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.length; ) from += (await handle.write(bytes, from, bytes.length - from)).bytesWritten;
}

/** Virus scanners on Windows hold a new file for a moment, and renaming it fails meanwhile. */
async function move(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || attempt === 20) throw error;
      await pause(25);
    }
  }
}

/** Flushes the names in a folder. Windows has no such call for folders; NTFS keeps names in its journal. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
