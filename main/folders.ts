import { access, constants, opendir, open, readdir, readFile, realpath, rm, stat, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, parse, resolve } from 'node:path';
import type { FolderList } from '../src/ipc/admin-state.js';
import { CodedError } from '../src/record/coded-error.js';
import type { FolderPort } from '../src/engine/ports.js';
import { namedDrives } from './linux-drives.js';

type Drive = FolderList['drives'][number];

/** So many folders are shown, of so many names that are looked at. */
const MOST_FOLDERS = 1_000;
const MOST_NAMES = 20_000;
const MOST_DRIVES = 50;
const MOST_COPIES = 1_000;

/** The folders of this computer. `home`: where a reviewer begins. */
export function folderPort(home: string = homedir(), platform: NodeJS.Platform = process.platform): FolderPort {
  return {
    async list(path, files) {
      const folder = await existing(path ?? home);
      const { more, ...found } = await namesIn(folder, files === undefined ? null : `.${files}`);
      const parent = dirname(folder);
      const [drives, writable, free] = await Promise.all([drivesOf(platform), isWritable(folder), freeBytes(folder)]);
      return { path: folder, parent: parent === folder ? null : parent, ...found, more, drives, writable, free };
    },
    read: readFileWithin,
    save: (folder, name, bytes) => saveNew(folder, name, bytes),
  };
}

/** @throws CodedError `folders.not-absolute`, `folders.unreadable` */
async function existing(path: string): Promise<string> {
  if (!isAbsolute(path) || path.includes('\0')) throw new CodedError('folders.not-absolute', 'Give the whole path of the folder, from the root or the drive on.', { where: 'path' });
  const folder = resolve(path);
  const is = await stat(folder).catch((error: unknown) => { throw unreadable(error); });
  if (!is.isDirectory()) throw unreadable();
  return folder;
}

/** Folders and, where an `ending` is asked for, files with it. Sorted as people sort; hidden ones are left out. */
async function namesIn(folder: string, ending: string | null): Promise<Pick<FolderList, 'folders' | 'files' | 'more'>> {
  const names: string[] = [];
  const files: string[] = [];
  let looked = 0;
  try {
    for await (const entry of await opendir(folder)) {
      looked += 1;
      if (looked > MOST_NAMES) break;
      if (/^[.$]/.test(entry.name) || entry.name === 'System Volume Information') continue;
      if (entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToFolder(join(folder, entry.name))))) names.push(entry.name);
      else if (ending !== null && entry.isFile() && entry.name.toLowerCase().endsWith(ending)) files.push(entry.name);
    }
  } catch (error) {
    throw unreadable(error);
  }
  const { compare } = new Intl.Collator('en-GB', { numeric: true });
  const shown = (some: string[]): { name: string; path: string }[] => some.sort(compare).slice(0, MOST_FOLDERS).map((name) => ({ name, path: join(folder, name) }));
  const more = names.length > MOST_FOLDERS || files.length > MOST_FOLDERS || looked > MOST_NAMES;
  return { folders: shown(names), ...(ending === null ? {} : { files: shown(files) }), more };
}

/** @throws CodedError `folders.not-absolute`, `folders.unreadable`, `folders.too-large` */
async function readFileWithin(path: string, most: number): Promise<Uint8Array> {
  if (!isAbsolute(path) || path.includes('\0')) throw new CodedError('folders.not-absolute', 'Give the whole path of the file, from the root or the drive on.', { where: 'path' });
  // What is no plain file, such as a pipe, could keep whoever opens it waiting for ever.
  const is = await stat(path).catch((error: unknown) => { throw unreadable(error); });
  if (!is.isFile()) throw unreadable();
  if (is.size > most) throw new CodedError('folders.too-large', 'This file is too large to be what was asked for. Choose another.');
  const file = await open(path, 'r').catch((error: unknown) => { throw unreadable(error); });
  try {
    // One byte more than may be there: a file that has grown since is found out.
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most + 1), 0, most + 1, 0);
    if (bytesRead > most) throw new CodedError('folders.too-large', 'This file is too large to be what was asked for. Choose another.');
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then((is) => is.isDirectory(), () => false);
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(() => true, () => false);
}

function freeBytes(folder: string): Promise<number | null> {
  return statfs(folder).then(({ bavail, bsize }) => bavail * bsize, () => null);
}

/** Roots and mounted drives. `removable` as far as Node can tell: on Windows it cannot. */
async function drivesOf(platform: NodeJS.Platform): Promise<readonly Drive[]> {
  if (platform === 'win32') return windowsDrives();
  const root: Drive = { name: 'This computer', path: '/', removable: false };
  return [root, ...(platform === 'darwin' ? await macDrives() : await namedDrives(await readFile('/proc/self/mounts', 'utf8').catch(() => '')))].slice(0, MOST_DRIVES);
}

async function windowsDrives(): Promise<Drive[]> {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  const there = await Promise.all(letters.map((letter) => access(`${letter}:\\`).then(() => true, () => false)));
  return letters.filter((_, i) => there[i] === true).map((letter) => ({ name: `${letter}:`, path: `${letter}:\\`, removable: false }));
}

/** `/Volumes` holds every drive; the one that leads to the root is the computer's own. */
async function macDrives(): Promise<Drive[]> {
  const names = await readdir('/Volumes').catch(() => []);
  const paths = await Promise.all(names.map((name) => realpath(`/Volumes/${name}`).catch(() => '/')));
  return names.filter((_, i) => paths[i] !== '/').map((name) => ({ name, path: `/Volumes/${name}`, removable: true }));
}

/** Writes a file that is new, durably: the bytes, then the folder that names it. */
async function saveNew(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const into = await existing(folder);
  const { name: stem, ext } = parse(name);
  for (let copy = 1; copy <= MOST_COPIES; copy += 1) {
    const path = join(into, copy === 1 ? name : `${stem}-${copy}${ext}`);
    const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
      throw notWritten(error);
    });
    if (file === null) continue;
    try {
      await file.writeFile(bytes);
      await file.sync();
    } catch (error) {
      // Half a file is no file.
      await rm(path, { force: true }).catch(() => undefined);
      throw notWritten(error);
    } finally {
      await file.close();
    }
    await syncFolder(into);
    return path;
  }
  throw notWritten();
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle for a folder.
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function unreadable(cause?: unknown): CodedError {
  return new CodedError('folders.unreadable', 'This folder cannot be read. It may have been removed, or you may not be allowed to look into it. Choose another one.', { cause });
}

function notWritten(cause?: unknown): CodedError {
  const full = ['ENOSPC', 'EDQUOT'].includes((cause as NodeJS.ErrnoException | undefined)?.code ?? '');
  return new CodedError(full ? 'folders.full' : 'folders.not-writable', full ? 'There is not enough space in this folder. Choose another one.' : 'Nothing can be written into this folder. Choose another one.', { cause });
}
