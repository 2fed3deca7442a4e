import { open, unlink, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { TransformStream, WritableStream } from 'node:stream/web';
import { configure, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { giveFileItsName, partialName, refuseExisting, type BagWriter } from './target.js';

configure({ useWebWorkers: false });

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
  const file = await open(partial, 'wx', 0o600);
  const lastModDate = new Date(options.at);
  const common = { lastModDate, extendedTimestamp: true, level: 0, keepOrder: true } as const;
  const carrier = options.passphrase === undefined ? null : encryptedCarrier(file, common, options.passphrase);
  const zip = new ZipWriter(carrier === null ? fileStream(file) : carrier.inner, common);
  const top = topFolder(path);
  let closed = false;

  async function add(name: string, bytes: Uint8Array): Promise<void> {
    // The header then carries size and checksum, and no descriptor has to follow the data.
    const passThrough = { passThrough: true, compressionMethod: STORED, uncompressedSize: bytes.length, crc32: crc32(bytes), dataDescriptor: false } as const;
    const added = zip.add(`${top}/${name}`, new Uint8ArrayReader(bytes), bytes.length === 0 ? {} : passThrough);
    // A failure of the outer ZIP (a full disk) would otherwise leave this one waiting for ever.
    await (carrier === null ? added : Promise.race([added, carrier.failed]));
  }

  async function finish(): Promise<void> {
    await zip.close();
    await carrier?.finish();
    await file.sync();
    await file.close();
    closed = true;
    await giveFileItsName(partial, path);
  }

  async function abandon(): Promise<void> {
    if (!closed) await file.close().catch(() => undefined);
    await unlink(partial).catch(() => undefined);
  }

  return { add, finish, abandon };
}

/** The outer ZIP: what is written to `inner` becomes its one encrypted file. `failed` never resolves; it rejects when writing fails. */
function encryptedCarrier(file: FileHandle, common: { lastModDate: Date; level: number }, password: string) {
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const outer = new ZipWriter(fileStream(file), common);
  const added = outer.add('bundle.zip', { readable: pipe.readable as ReadableStream }, { password, encryptionStrength: 3, zip64: true, level: 0 });
  const failed = new Promise<never>((_, reject) => void added.catch(reject));
  failed.catch(() => undefined);
  const finish = async (): Promise<void> => {
    await added;
    await outer.close();
  };
  return { inner: pipe.writable, failed, finish };
}

function fileStream(file: FileHandle): WritableStream<Uint8Array> {
  return new WritableStream<Uint8Array>({
    write: async (chunk) => {
      for (let offset = 0; offset < chunk.length; ) offset += (await file.write(chunk, offset)).bytesWritten;
    },
  });
}

/** The folder inside the ZIP: the file's own name without `.zip`, in characters that every system takes. */
export function topFolder(path: string): string {
  const name = basename(path).replace(/\.zip$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
  return name === '' ? 'bundle' : name.slice(0, 100);
}
