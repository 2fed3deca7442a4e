import { constants, type Dirent } from 'node:fs';
import { lstat, open, opendir, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeZipPorts } from '../../src/engine/node-zip.js';
import { CodedError } from '../../src/record/coded-error.js';
import { LIMITS } from '../../src/verify/limits.js';
import type { BundleSource, RandomAccess } from '../../src/verify/source.js';
import { openZip } from '../../src/verify/zip.js';

/** Folders may lie in each other this deep; a bundle needs three. */
const MAX_DEPTH = 8;
const PIECE = 2 ** 20;
/** What was a file when it was listed may have become a link since. Windows has no such flag. */
const NO_LINKS = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;

/**
 * Opens the bundle at `path`: a folder, or a ZIP (encrypted or not). No link inside it is followed and no special file is
 * opened.
 *
 * @throws CodedError `bundle.not-found`, `bundle.not-a-bundle`, `bundle.link`, `bundle.too-many-files`, and what
 * {@link openZip} throws. The source's `read` throws `bundle.unreadable` where the disk fails.
 */
export async function openBundle(path: string, options: { passphrase?: string | undefined } = {}): Promise<BundleSource> {
  const found = await stat(path).catch((error: unknown) => {
    throw new CodedError('bundle.not-found', 'There is no bundle there. Check the name of the file or folder.', { cause: error });
  });
  if (found.isDirectory()) return folderSource(path);
  if (!found.isFile()) throw new CodedError('bundle.not-a-bundle', 'This is neither a folder nor a ZIP file.');
  return zipFileSource(path, found.size, options.passphrase);
}

async function zipFileSource(path: string, size: number, passphrase: string | undefined): Promise<BundleSource> {
  const file = await openForReading(path, 0);
  try {
    const access: RandomAccess = { size, read: (offset, length) => readExactly(file, offset, length) };
    const source = await openZip(access, { passphrase, ports: nodeZipPorts });
    const close = async (): Promise<void> => {
      await source.close();
      await file.close();
    };
    return { ...source, close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, offset + done).catch(unreadable);
    if (bytesRead === 0) throw new CodedError('bundle.cut-short', 'This ZIP is cut short: a part of it is missing. Copy it again and retry.');
    done += bytesRead;
  }
  return bytes;
}

async function folderSource(root: string): Promise<BundleSource> {
  const files = new Map<string, number>();
  await walk(root, '', 0, files);
  if (!files.has('bagit.txt')) throw new CodedError('bundle.not-a-bundle', 'This folder is not a bundle: it has no bagit.txt. Choose the folder that holds VERIFY.txt.');
  const list = [...files].map(([path, size]) => ({ path, size }));
  return {
    list: () => Promise.resolve(list),
    read: (path) => {
      if (!files.has(path)) throw new CodedError('bundle.not-found', 'A file of this bundle is no longer there.', { where: path });
      return pieces(join(root, ...path.split('/')), path);
    },
    close: () => Promise.resolve(),
  };
}

async function walk(root: string, prefix: string, depth: number, files: Map<string, number>): Promise<void> {
  if (depth > MAX_DEPTH) throw new CodedError('bundle.not-a-bundle', 'This folder is not a bundle: its folders lie too deep in each other.');
  const folder = await opendir(join(root, ...prefix.split('/'))).catch(unreadable);
  for await (const item of folder) {
    const path = `${prefix}${item.name}`;
    if (item.isDirectory()) await walk(root, `${path}/`, depth + 1, files);
    else files.set(path, await regularSize(join(root, ...path.split('/')), item, path));
    if (files.size > LIMITS.files) throw new CodedError('bundle.too-many-files', 'This folder holds more files than a bundle can.');
  }
}

async function regularSize(path: string, item: Dirent, where: string): Promise<number> {
  const found = await lstat(path).catch(unreadable);
  if (!item.isFile() || !found.isFile()) throw new CodedError('bundle.link', 'This folder holds a link or a special file. A bundle never does that.', { where });
  return found.size;
}

async function* pieces(path: string, where: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await openForReading(path, NO_LINKS);
  try {
    // Two buffers in turn: while one is hashed, the disk fills the other.
    const buffers = [new Uint8Array(PIECE), new Uint8Array(PIECE)] as const;
    let turn = 0;
    let next = file.read(buffers[0], 0, PIECE);
    for (;;) {
      const { bytesRead, buffer } = await next.catch(unreadable);
      if (bytesRead === 0) return;
      turn = 1 - turn;
      next = file.read(turn === 0 ? buffers[0] : buffers[1], 0, PIECE);
      next.catch(() => undefined);
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw error instanceof CodedError ? new CodedError(error.code, error.sentence, { where, cause: error }) : error;
  } finally {
    await file.close();
  }
}

async function openForReading(path: string, flags: number): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | flags).catch(unreadable);
}

function unreadable(error: unknown): never {
  throw new CodedError('bundle.unreadable', 'A part of this bundle cannot be read from the disk. Copy it again and retry.', { cause: error });
}
