import { createReadStream } from 'node:fs';
import { lstat, mkdir, open, readdir, rename } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { UnfinishedBundle } from './bundle-input.js';
import { eraseFolder } from './erase.js';
import { partialName, refuseExisting, syncFolder, type BagWriter } from './target.js';

/** A writer of a bundle as a folder at `path`. @throws CodedError `export.exists`. */
export async function folderWriter(path: string): Promise<BagWriter> {
  await refuseExisting(path);
  const partial = partialName(path);
  await mkdir(partial, { mode: 0o700 });
  const folders = new Set<string>([partial]);

  async function add(name: string, bytes: Uint8Array): Promise<void> {
    const file = join(partial, ...name.split('/'));
    await makeFolders(file);
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async function makeFolders(file: string): Promise<void> {
    const folder = dirname(file);
    if (folders.has(folder)) return;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let each = folder; !folders.has(each); each = dirname(each)) folders.add(each);
  }

  async function complete(): Promise<UnfinishedBundle> {
    for (const folder of folders) await syncFolder(folder);
    return { form: 'folder', list, read: (name) => createReadStream(join(partial, ...name.split('/')), { highWaterMark: 2 ** 20 }) };
  }

  /** What lies on the disk, and not what was meant to. */
  async function list(): Promise<{ path: string; size: number }[]> {
    const found: { path: string; size: number }[] = [];
    for (const item of await readdir(partial, { recursive: true, withFileTypes: true })) {
      if (item.isDirectory()) continue;
      const file = join(item.parentPath, item.name);
      found.push({ path: relative(partial, file).split(sep).join('/'), size: (await lstat(file)).size });
    }
    return found;
  }

  async function finish(): Promise<void> {
    await refuseExisting(path);
    await rename(partial, path);
    await syncFolder(dirname(path));
  }

  return { add, complete, finish, abandon: () => eraseFolder(partial) };
}
