import { open, unlink, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { TransformStream, WritableStream } from 'node:stream/web';
import type { UnfinishedBundle } from './bundle-input.js';
import { configure, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { giveFileItsName, partialName, refuseExisting, type BagWriter } from './target.js';

// zip.js queues work beyond this number even without workers; an outer and an inner ZIP that wait for each other must not share one place.
configure({ useWebWorkers: false, maxWorkers: 64 });

const STORED = 0;

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
  const common = { lastModDate, extendedTimestamp: true, level: 0, keepOrder: true, signal: stop.signal } as const;
  const sink = fileSink(file);
  const carrier = options.passphrase === undefined ? null : encryptedCarrier(sink, common, options.passphrase);
  const zip = new ZipWriter(carrier === null ? sink.stream : carrier.inner, common);
  const top = topFolder(path);
  let closed = false;

  async function add(name: string, bytes: Uint8Array): Promise<void> {
    // The header then carries size and checksum, and no descriptor has to follow the data.
    const passThrough = { passThrough: true, compressionMethod: STORED, uncompressedSize: bytes.length, crc32: crc32(bytes), dataDescriptor: false } as const;
    await sink.orFails(zip.add(`${top}/${name}`, new Uint8ArrayReader(bytes), bytes.length === 0 ? {} : passThrough));
  }

  async function complete(): Promise<UnfinishedBundle> {
    await sink.orFails(zip.close());
    if (carrier !== null) await sink.orFails(carrier.finish());
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
    if (!closed) await file.close().catch(() => undefined);
    await unlink(partial).catch(() => undefined);
  }

  return { add, complete, finish, abandon };
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

/** A file as a stream. `orFails` gives what `work` gives, unless a write has failed: two ZIPs in a row would then wait for each other for ever. */
interface FileSink {
  readonly stream: WritableStream<Uint8Array>;
  orFails<T>(work: Promise<T>): Promise<T>;
}

function fileSink(file: FileHandle): FileSink {
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  const stream = new WritableStream<Uint8Array>({
    write: async (chunk) => {
      try {
        for (let offset = 0; offset < chunk.length; ) offset += (await file.write(chunk, offset)).bytesWritten;
      } catch (error) {
        fail(error);
        throw error;
      }
    },
  });
  const orFails = <T>(work: Promise<T>): Promise<T> => {
    work.catch(() => undefined);
    return Promise.race([work, failed]);
  };
  return { stream, orFails };
}

/** The outer ZIP: what is written to `inner` becomes its one encrypted file. */
function encryptedCarrier(sink: FileSink, common: { lastModDate: Date; level: number; signal: AbortSignal }, password: string) {
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const outer = new ZipWriter(sink.stream, common);
  const added = outer.add('bundle.zip', { readable: pipe.readable as ReadableStream }, { password, encryptionStrength: 3, zip64: true, level: 0, signal: common.signal });
  added.catch(() => undefined);
  const finish = async (): Promise<void> => {
    await added;
    await outer.close();
  };
  return { inner: pipe.writable, finish };
}

/** The folder inside the ZIP: the file's own name without `.zip`, in characters that every system takes. */
export function topFolder(path: string): string {
  const name = basename(path).replace(/\.zip$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
  return name === '' ? 'bundle' : name.slice(0, 100);
}
