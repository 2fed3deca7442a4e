import { configure, Reader, ZipReader, type Entry, type FileEntry } from '@zip.js/zip.js';
import { CodedError } from '../record/coded-error.js';
import { LIMITS } from './limits.js';
import { foldedName, pathFault, type BundleSource, type RandomAccess } from './source.js';
import { canBeCarried, CarriedAccess } from './carried-access.js';
import { StreamedAccess } from './streamed-access.js';
import { storedStream } from './zip-data.js';
import { zipFailure } from './zip-failure.js';
import type { ZipPorts } from './zip-ports.js';
import { entryStream } from './zip-stream.js';

// zip.js queues work beyond this number even without workers; a reader who stops half-way must not hold up the next.
configure({ useWebWorkers: false, maxWorkers: 64 });

const STORED = 0;
const DEFLATED = 8;
/** File type bits of a Unix mode, and the one type that is allowed. */
const MODE_TYPE = 0o170000;
const REGULAR = 0o100000;

/** What a ZIP is opened with. Without `ports` everything is decrypted and summed by zip.js, which is slow. */
export interface ZipOptions {
  readonly passphrase?: string | undefined;
  readonly ports?: ZipPorts | undefined;
}

/**
 * Opens a bundle in a ZIP. Nothing of it is trusted: names, sizes, checksums and places are checked before a byte of a
 * file is handed on. One folder at the top is taken away. An encrypted ZIP that holds one ZIP (how bundles are carried)
 * is opened in turn; it is decrypted on the way and never lies in memory whole, unless it is small or its files lie in no order.
 *
 * @throws CodedError `bundle.not-a-zip`, `bundle.cut-short`, `bundle.damaged`, `bundle.unsafe-path`, `bundle.link`,
 * `bundle.duplicate-name`, `bundle.expands`, `bundle.too-many-files`, `bundle.too-large`, `bundle.overlapping`,
 * `bundle.encrypted`, `bundle.wrong-passphrase`, `bundle.unsupported`. Reading a file may throw the same.
 */
export async function openZip(file: RandomAccess, options: ZipOptions = {}): Promise<BundleSource> {
  return open(file, options, true);
}

async function open(file: RandomAccess, options: ZipOptions, outermost: boolean): Promise<BundleSource> {
  const entries = await listed(file);
  const files = new Map<string, FileEntry>();
  const folded = new Set<string>();
  let bytes = 0;
  for (const entry of entries) {
    const path = checkedPath(entry);
    if (entry.directory) continue;
    checkEntry(entry);
    if (folded.has(foldedName(path))) throw new CodedError('bundle.duplicate-name', 'Two files in this ZIP have the same name. A bundle never does that.', { where: path });
    folded.add(foldedName(path));
    files.set(path, entry);
    bytes += entry.uncompressedSize;
    if (bytes > LIMITS.bytes) throw new CodedError('bundle.too-large', 'This ZIP unpacks to more than a bundle can hold.');
  }
  refuseFoldersAsFiles(files, entries);
  refuseOverlaps(entries);
  if (options.passphrase === undefined && [...files.values()].some((entry) => entry.encrypted)) {
    throw new CodedError('bundle.encrypted', 'This ZIP needs a passphrase. Type the one that came with it by another route.');
  }
  const [only] = files;
  if (outermost && files.size === 1 && only !== undefined && only[1].encrypted && only[0].toLowerCase().endsWith('.zip')) return openCarried(file, only, options);
  return zipSource(file, files, options);
}

async function listed(file: RandomAccess): Promise<Entry[]> {
  const reader = new ZipReader(new AccessReader(file), { strictness: 'strict' });
  const entries: Entry[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      entries.push(entry);
      if (entries.length > LIMITS.files) throw new CodedError('bundle.too-many-files', 'This ZIP holds more files than a bundle can.');
    }
  } catch (error) {
    throw zipFailure(error);
  }
  return entries;
}

/** zip.js reads through this; a part of the file that is larger than any list of files can be is refused before it is read. */
class AccessReader extends Reader<RandomAccess> {
  readonly #file: RandomAccess;
  constructor(file: RandomAccess) {
    super(file);
    this.#file = file;
    this.size = file.size;
  }
  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (length > LIMITS.directory) throw new CodedError('bundle.too-many-files', 'This ZIP holds more files than a bundle can.');
    const from = Math.min(Math.max(offset, 0), this.size);
    return this.#file.read(from, Math.min(length, this.size - from));
  }
}

function checkedPath(entry: Entry): string {
  const path = entry.directory ? entry.filename.replace(/\/$/, '') : entry.filename;
  const fault = pathFault(path);
  if (fault !== null) throw new CodedError('bundle.unsafe-path', `A file in this ZIP cannot be opened, because ${fault}. A bundle never does that.`, { where: path });
  return path;
}

function checkEntry(entry: FileEntry): void {
  const type = (entry.externalFileAttributes >>> 16) & MODE_TYPE;
  if (entry.symlink || (type !== 0 && type !== REGULAR)) throw new CodedError('bundle.link', 'This ZIP holds a link or a special file. A bundle never does that.', { where: entry.filename });
  if (entry.zipCrypto || (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)) {
    throw new CodedError('bundle.unsupported', 'This ZIP is packed in a way that cannot be read here. Unpack it with 7-Zip and choose the folder.', { where: entry.filename });
  }
  if (entry.uncompressedSize > 65_536 && entry.uncompressedSize > LIMITS.expansion * entry.compressedSize) {
    throw new CodedError('bundle.expands', 'A file in this ZIP would unpack to more than two hundred times its size. It was not unpacked.', { where: entry.filename });
  }
}

function refuseFoldersAsFiles(files: ReadonlyMap<string, FileEntry>, entries: readonly Entry[]): void {
  const folders = new Set<string>();
  for (const entry of entries) {
    const steps = entry.filename.split('/').slice(0, -1);
    for (let length = 1; length <= steps.length; length += 1) folders.add(foldedName(steps.slice(0, length).join('/')));
  }
  for (const path of files.keys()) {
    if (folders.has(foldedName(path))) throw new CodedError('bundle.duplicate-name', 'A file and a folder in this ZIP have the same name. A bundle never does that.', { where: path });
  }
}

/** Each file must lie after the one before it: a header of 30 bytes, its name, its data (APPNOTE 4.3.7). */
function refuseOverlaps(entries: readonly Entry[]): void {
  const placed = [...entries].sort((a, b) => a.offset - b.offset);
  let end = 0;
  for (const entry of placed) {
    if (entry.offset < end) throw new CodedError('bundle.overlapping', 'Two files in this ZIP share the same bytes. A bundle never does that.', { where: entry.filename });
    end = entry.offset + 30 + entry.rawFilename.length + entry.compressedSize;
  }
}

function zipSource(file: RandomAccess, files: ReadonlyMap<string, FileEntry>, { passphrase, ports }: ZipOptions): BundleSource {
  const prefix = topFolder([...files.keys()]);
  const list = [...files].map(([path, entry]) => ({ path: path.slice(prefix.length), size: entry.uncompressedSize }));
  return {
    list: () => Promise.resolve(list),
    read: (path) => {
      const entry = files.get(prefix + path);
      if (entry === undefined) throw new CodedError('bundle.damaged', 'This ZIP does not hold a file that it lists.', { where: path });
      return ports !== undefined && !entry.encrypted && entry.compressionMethod === STORED ? storedStream(file, entry, ports) : entryStream(entry, passphrase);
    },
    close: () => Promise.resolve(),
  };
}

/** `name/` when everything lies in one folder and the bag is not at the top. */
function topFolder(paths: readonly string[]): string {
  const first = paths[0]?.split('/') ?? [];
  const prefix = `${first[0] ?? ''}/`;
  return first.length > 1 && !paths.includes('bagit.txt') && paths.every((path) => path.startsWith(prefix)) ? prefix : '';
}

async function openCarried(file: RandomAccess, [name, entry]: readonly [string, FileEntry], options: ZipOptions): Promise<BundleSource> {
  const { passphrase, ports } = options;
  if (passphrase === undefined || ports === undefined || !canBeCarried(entry)) {
    const outer = zipSource(file, new Map([[name, entry]]), options);
    return open(await StreamedAccess.over(entry.uncompressedSize, () => outer.read(name)), options, false);
  }
  const carried = await CarriedAccess.over(file, entry, passphrase, ports);
  try {
    const inner = await open(carried, options, false);
    const close = async (): Promise<void> => {
      carried.close();
      await inner.close();
    };
    return { ...inner, settle: () => carried.settle(), close };
  } catch (error) {
    // Junk inside comes of damage, or of a wrong passphrase that passed its short test.
    await carried.settle().finally(() => { carried.close(); });
    throw error;
  }
}
