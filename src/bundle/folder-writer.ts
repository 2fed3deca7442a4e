import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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

  async function finish(): Promise<void> {
    for (const folder of folders) await syncFolder(folder);
    await refuseExisting(path);
    await rename(partial, path);
    await syncFolder(dirname(path));
  }

  return { add, finish, abandon: () => rm(partial, { recursive: true, force: true }).catch(() => undefined) };
}
