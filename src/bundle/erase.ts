import { open, readdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const PIECE = 2 ** 20;

/**
 * Writes zeros over a file and takes it away, so that what was in it does not stay in the free space of the disk. Flash memory may keep
 * old blocks all the same (DOMAIN.md section 6); more than this cannot be asked for. Never throws.
 *
 * @returns whether the file is gone
 */
export async function eraseFile(path: string): Promise<boolean> {
  await overwrite(path).catch(() => undefined);
  return unlink(path).then(() => true, isGone);
}

/** {@link eraseFile} for every file in a folder, and then the folder. Never throws. */
export async function eraseFolder(path: string): Promise<boolean> {
  const found = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const item of found) if (item.isFile()) await eraseFile(join(item.parentPath, item.name));
  return rm(path, { recursive: true, force: true }).then(() => true, () => false);
}

async function overwrite(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const zeros = Buffer.alloc(Math.min(PIECE, size));
    for (let done = 0; done < size; ) done += (await file.write(zeros, 0, Math.min(PIECE, size - done), done)).bytesWritten;
    await file.sync();
  } finally {
    await file.close();
  }
}

function isGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
