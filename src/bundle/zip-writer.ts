import { open, unlink, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { WritableStream } from 'node:stream/web';
import type { UnfinishedBundle } from './bundle-input.js';
import { configure, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { Carrier, type WriteAt } from './carrier.js';
import { giveFileItsName, partialName, refuseExisting, type BagWriter } from './target.js';

// Files are handed on in pieces of this size; the library's own size, 64 KB, takes a second longer for a gigabyte.
configure({ chunkSize: 2 ** 20 });

const STORED = 0;
/** So many bytes may wait in the system's memory before the disk is told to take them; all of them at the end take long when nothing else is to be done. */
const UNSYNCED = 64 * 2 ** 20;
/** Bytes written at a time. */
const PIECE = 2 ** 20;
/** The one file of an encrypted ZIP. */
const CARRIED = 'bundle.zip';

/** What a ZIP is written with: the fixed time of its files, and the passphrase that makes it an encrypted one. */
export interface ZipOptions {
  readonly at: string;
  readonly passphrase: string | undefined;
}

/**
 * A writer of a bundle as a ZIP at `path`, with one folder at the top that has the file's name. Files are stored as
 * they are: most are compressed already, and a reader in fifty years needs one thing less.
 *
 * With a passphrase the ZIP is streamed into an outer one (WinZip AE-2, AES-256) under the neutral name `bundle.zip`,
 * so that neither contents nor names ever reach the disk in the clear.
 *
 * @throws CodedError `export.exists`.
 */
export async function zipWriter(path: string, options: ZipOptions): Promise<BagWriter> {
  await refuseExisting(path);
  const partial = partialName(path);
  const file = await open(partial, 'wx+', 0o600);
  const lastModDate = new Date(options.at);
  const stop = new AbortController();
  const sync = backgroundSync(file);
  const writeAt: WriteAt = async (bytes, position) => {
    await writeExactly(file, bytes, position);
    sync.wrote(bytes.length);
  };
  const sink = options.passphrase === undefined ? plainSink(writeAt) : await carrierSink(lastModDate, options.passphrase, writeAt);
  const stream = new WritableStream<Uint8Array>({ write: (bytes) => sink.write(bytes) });
  const zip = new ZipWriter(stream, { lastModDate, extendedTimestamp: true, level: 0, keepOrder: true, signal: stop.signal });
  const top = topFolder(path);
  let closed = false;

  async function add(name: string, bytes: Uint8Array): Promise<void> {
    // The header then carries size and checksum, and no descriptor has to follow the data.
    const passThrough = { passThrough: true, compressionMethod: STORED, uncompressedSize: bytes.length, crc32: crc32(bytes), dataDescriptor: false } as const;
    await zip.add(`${top}/${name}`, new Uint8ArrayReader(bytes), bytes.length === 0 ? {} : passThrough);
  }

  async function complete(): Promise<UnfinishedBundle> {
    await zip.close();
    await sink.finish();
    await sync.settled();
    await file.sync();
    const { size } = await file.stat();
    return { form: 'zip', size, passphrase: options.passphrase, read: (offset, length) => readExactly(file, offset, length) };
  }

  async function finish(): Promise<void> {
    await file.close();
    closed = true;
    await giveFileItsName(partial, path);
  }

  async function abandon(): Promise<void> {
    stop.abort();
    await sync.settled().catch(() => undefined);
    if (!closed) await file.close().catch(() => undefined);
    await unlink(partial).catch(() => undefined);
  }

  return { add, complete, finish, abandon };
}

/** Has the disk take what was written while more is being made. Of what it cannot take `settled` tells: the system says it once, and the last sync need not say it again. */
function backgroundSync(file: FileHandle): { wrote(length: number): void; settled(): Promise<void> } {
  let waiting = 0;
  let running = false;
  let synced: Promise<void> = Promise.resolve();
  return {
    wrote(length) {
      waiting += length;
      if (waiting < UNSYNCED || running) return;
      waiting = 0;
      running = true;
      synced = synced.then(() => file.datasync()).finally(() => { running = false; });
      synced.catch(() => undefined);
    },
    settled: () => synced,
  };
}

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) throw new RangeError('the unfinished bundle ends before it should');
    done += bytesRead;
  }
  return bytes;
}

async function writeExactly(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

/** Where a ZIP's bytes go, in their order. */
interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

/** Gathers small pieces, and writes as they are those that are large. */
function plainSink(writeAt: WriteAt): Sink {
  const pending = Buffer.alloc(PIECE);
  let filled = 0;
  let position = 0;
  const put = async (bytes: Uint8Array): Promise<void> => {
    await writeAt(bytes, position);
    position += bytes.length;
  };
  const flush = async (): Promise<void> => {
    await put(pending.subarray(0, filled));
    filled = 0;
  };
  const write = async (bytes: Uint8Array): Promise<void> => {
    if (filled + bytes.length > PIECE) await flush();
    if (bytes.length >= PIECE) return put(bytes);
    pending.set(bytes, filled);
    filled += bytes.length;
  };
  return { write, finish: flush };
}

/** An encrypted ZIP around the ZIP. */
function carrierSink(at: Date, passphrase: string, writeAt: WriteAt): Promise<Sink> {
  return Carrier.begin(CARRIED, at, passphrase, writeAt);
}

/** The folder inside the ZIP: the file's own name without `.zip`, in characters that every system takes. */
export function topFolder(path: string): string {
  const name = basename(path).replace(/\.zip$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
  return name === '' ? 'bundle' : name.slice(0, 100);
}
