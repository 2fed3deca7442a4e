import { crc32 } from 'node:zlib';
import { directoryRecord, endRecords, localHeader, ZIP64, zip64Extra, type ZipFile } from './zip-records.js';

const STORED = 0;
const VERSION = 20;
const NO_EXTRA = Buffer.alloc(0);

/** Where a ZIP's bytes go, in their order. */
export interface Sink {
  /** May keep `bytes` and read them until it is called again. */
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** At the end, or where there will be none: nothing is written once this is done. Never throws. */
  close(): Promise<void>;
}

/**
 * Writes files into a ZIP as they are, one after the other. What a ZIP library does for every gigabyte in five seconds, since it
 * compresses, encrypts and counts on its way, takes one here; nothing is left of a ZIP then but its records.
 */
export class StoredZip {
  readonly #at: Date;
  readonly #sink: Sink;
  readonly #extra: Buffer;
  readonly #directory: Buffer[] = [];
  #position = 0;

  /** @param at when all of its files were made */
  constructor(at: Date, sink: Sink) {
    this.#at = at;
    this.#sink = sink;
    this.#extra = timeExtra(at);
  }

  /** @param name in ASCII. @param bytes fewer than 4 GiB */
  async add(name: string, bytes: Uint8Array): Promise<void> {
    const file: ZipFile = {
      name: Buffer.from(name, 'latin1'), at: this.#at, version: VERSION, flags: 0, method: STORED, crc32: crc32(bytes), packedSize: bytes.length, size: bytes.length,
      offset: Math.min(this.#position, ZIP64), extra: this.#extra, directoryExtra: this.#position < ZIP64 ? NO_EXTRA : zip64Extra([this.#position]),
    };
    this.#directory.push(directoryRecord(file));
    await this.#write(localHeader(file));
    await this.#write(bytes);
  }

  /** Writes the directory, after which nothing may be added. */
  async finish(): Promise<void> {
    const directoryAt = this.#position;
    const directory = Buffer.concat(this.#directory);
    await this.#write(directory);
    await this.#write(endRecords(this.#directory.length, directoryAt, directory.length));
    await this.#sink.finish();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#sink.write(bytes);
    this.#position += bytes.length;
  }
}

/** The time to the second and in UTC (Info-ZIP's field 0x5455): the format's own is local and counts every other second. */
function timeExtra(at: Date): Buffer {
  const extra = Buffer.alloc(9);
  extra.writeUInt16LE(0x5455, 0);
  extra.writeUInt16LE(5, 2);
  extra.writeUInt8(1, 4);
  extra.writeInt32LE(Math.floor(at.getTime() / 1000), 5);
  return extra;
}
