import { CodedError } from '../src/record/coded-error.js';
import { LIMITS } from '../src/verify/limits.js';
import { pathFault, type BundleSource } from '../src/verify/source.js';
import { openZip } from '../src/verify/zip.js';
import { readable, ZipAccess } from './zip-access.js';
import { pageZipPorts } from './zip-ports.js';

/** Bytes read from a file at a time: each reading costs about a millisecond, whatever its size. */
const PIECE = 4 * 2 ** 20;

/** What a person chose or dropped: one ZIP file, or the files of a folder. */
export type Chosen = { readonly kind: 'zip'; readonly file: File } | { readonly kind: 'folder'; readonly name: string; readonly files: readonly File[] };

/** What was chosen in a file field. A single file is taken for a ZIP. Null when nothing was. */
export function chosenFrom(files: readonly File[]): Chosen | null {
  const [first] = files;
  if (first === undefined) return null;
  const path = first.webkitRelativePath;
  return path === '' ? { kind: 'zip', file: first } : { kind: 'folder', name: path.split('/')[0] ?? '', files };
}

/** The name to show. */
export function nameOf(chosen: Chosen): string {
  return chosen.kind === 'zip' ? chosen.file.name : chosen.name;
}

/** Bytes in all. */
export function sizeOf(chosen: Chosen): number {
  return chosen.kind === 'zip' ? chosen.file.size : chosen.files.reduce((sum, file) => sum + file.size, 0);
}

/** Opens what was chosen. @throws CodedError `bundle.*` as `openZip`, and for a folder that is no bundle */
export async function openChosen(chosen: Chosen, passphrase: string | null): Promise<BundleSource> {
  if (chosen.kind === 'folder') return folderSource(chosen.files);
  return openZip(new ZipAccess(chosen.file), { passphrase: passphrase ?? undefined, ports: await pageZipPorts() });
}

/** The files of a chosen folder, their paths without the folder's own name. */
function folderSource(files: readonly File[]): BundleSource {
  if (files.length > LIMITS.files) throw new CodedError('bundle.too-many-files', 'This folder holds more files than a bundle can.');
  const found = new Map(files.map((file) => [file.webkitRelativePath.split('/').slice(1).join('/'), file]));
  if (!found.has('bagit.txt')) throw new CodedError('bundle.not-a-bundle', 'This folder is not a bundle: it has no bagit.txt. Choose the folder that holds VERIFY.txt.');
  for (const path of found.keys()) {
    const fault = pathFault(path);
    if (fault !== null) throw new CodedError('bundle.unsafe-path', `A file in this folder cannot be opened, because ${fault}. A bundle never does that.`, { where: path });
  }
  const list = [...found].map(([path, file]) => ({ path, size: file.size }));
  return {
    list: () => Promise.resolve(list),
    read: (path) => pieces(found.get(path), path),
    close: () => Promise.resolve(),
  };
}

async function* pieces(file: File | undefined, where: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (file === undefined) throw new CodedError('bundle.not-found', 'A file of this bundle is no longer there.', { where });
  for (let offset = 0; offset < file.size; offset += PIECE) yield new Uint8Array(await readable(file.slice(offset, offset + PIECE).arrayBuffer()));
}
