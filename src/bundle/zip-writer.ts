import { open, rm, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { UnfinishedBundle } from './bundle-input.js';
import { Carrier, type StartCarrierCipher, type WriteAt } from './carrier.js';
import { eraseFile } from './erase.js';
import { StoredZip, type Sink } from './stored-zip.js';
import { giveFileItsName, partialName, refuseExisting, type BagWriter } from './target.js';

/** So many bytes may wait in the system's memory before the disk is told to take them; all of them at the end take long when nothing else is to be done. */
const UNSYNCED = 64 * 2 ** 20;
/** Bytes written at a time. */
const PIECE = 2 ** 20;
/** The one file of an encrypted ZIP. */
const CARRIED = 'bundle.zip';

/** What a ZIP is written with: the fixed time of its files, the passphrase that makes it an encrypted one, and what encrypts. */
export interface ZipOptions {
  readonly at: string;
  readonly passphrase: string | undefined;
  readonly cipher: StartCarrierCipher;
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
  const sync = backgroundSync(file);
  const writeAt: WriteAt = async (bytes, position) => {
    await writeExactly(file, bytes, position);
    sync.wrote(bytes.length);
  };
  const sink = options.passphrase === undefined ? plainSink(writeAt) : await Carrier.begin(CARRIED, lastModDate, options.passphrase, options.cipher, writeAt);
  const zip = new StoredZip(lastModDate, sink);
  const top = topFolder(path);
  let closed = false;

  async function complete(): Promise<UnfinishedBundle> {
    await zip.finish();
    await sink.close();
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

  async function abandon(): Promise<boolean> {
    await sink.close();
    await sync.settled().catch(() => undefined);
    if (!closed) await file.close().catch(() => undefined);
    // What is encrypted says nothing: its passphrase was given to nobody.
    return options.passphrase === undefined ? eraseFile(partial) : rm(partial, { force: true }).then(() => true, () => false);
  }

  return { add: (name, bytes) => zip.add(`${top}/${name}`, bytes), complete, finish, abandon };
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

/** Gathers small pieces, and writes as they are those that are large. */
function plainSink(writeAt: WriteAt): Sink {
  const pending = Buffer.alloc(PIECE);
  let filled = 0;
  let position = 0;
  let writing: Promise<void> = Promise.resolve();
  const begin = (bytes: Uint8Array): void => {
    writing = writeAt(bytes, position);
    // Told of when the next bytes come, or the end.
    writing.catch(() => undefined);
    position += bytes.length;
  };
  const flush = (): void => {
    begin(pending.subarray(0, filled));
    filled = 0;
  };
  const write = async (bytes: Uint8Array): Promise<void> => {
    await writing;
    if (filled + bytes.length > PIECE) {
      flush();
      await writing;
    }
    if (bytes.length >= PIECE) {
      begin(bytes);
      return;
    }
    pending.set(bytes, filled);
    filled += bytes.length;
  };
  const finish = async (): Promise<void> => {
    await writing;
    flush();
    await writing;
  };
  return { write, finish, close: () => writing.catch(() => undefined) };
}

/** The folder inside the ZIP: the file's own name without `.zip`, in characters that every system takes. */
export function topFolder(path: string): string {
  const name = basename(path).replace(/\.zip$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
  return name === '' ? 'bundle' : name.slice(0, 100);
}
