import { open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError } from '../record/coded-error.js';
import { makeFolders } from '../vault/made-folders.js';

/** So many names are tried where others are taken by files of another content. */
const TRIES = 50;

/**
 * Puts the page that checks a bundle beside the bundle at `bundlePath`. A page that is there already and is the same stays;
 * no other file is ever replaced. Gives its path, or null where there is no page or it could not be written: the bundle is
 * whole without it.
 *
 * @param read gives the page (HTML)
 */
export async function putVerifyPage(read: (() => Promise<Uint8Array>) | undefined, bundlePath: string): Promise<string | null> {
  if (read === undefined) return null;
  const folder = dirname(bundlePath);
  try {
    const page = await read();
    for (let number = 1; number <= TRIES; number += 1) {
      const path = join(folder, number === 1 ? 'verify.html' : `verify-${number}.html`);
      if (await isThere(path, page)) return path;
      if (await writeNew(path, page)) return path;
    }
  } catch {
    // A full or vanished drive: what matters is on it already, or its own error was told.
  }
  return null;
}

/** Saves the page by itself into `folder`, which is made where it is missing. @throws CodedError `verify.page-not-saved` */
export async function saveVerifyPage(read: (() => Promise<Uint8Array>) | undefined, folder: string): Promise<{ path: string }> {
  await makeFolders(folder).catch(() => undefined);
  const path = await putVerifyPage(read, join(folder, 'verify.html'));
  if (path === null) throw new CodedError('verify.page-not-saved', 'The page could not be saved. Check that the disk is not full, then try again.');
  return { path };
}

async function isThere(path: string, page: Uint8Array): Promise<boolean> {
  const found = await readFile(path).catch(() => null);
  return found?.equals(page) === true;
}

async function writeNew(path: string, page: Uint8Array): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(page);
      await file.sync();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
