import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Sink } from './stored-zip.js';
import { directoryRecord, endRecords, localHeader, ZIP64, zip64Extra, type ZipFile } from './zip-records.js';

/*
 * A ZIP with one encrypted file, written piece by piece (https://www.winzip.com/en/support/aes-encryption/): AE-2 with AES-256,
 * nothing compressed; sizes by ZIP64, since nobody knows beforehand how long it will be.
 */
const SALT = 16;
const TEST = 2;
const CODE = 10;
const KEY = 32;
const ROUNDS = 1000;
/** Bytes encrypted at a time: whole blocks. */
const PIECE = 2 ** 20;
/** Pieces in memory: one is filled while one is encrypted and one is written, and one waits. */
const PIECES = 4;

const METHOD_AES = 99;
const ENCRYPTED = 1;
/** Version 5.1, in which AES came. */
const VERSION = 51;

/** Writes bytes at a place of the file. */
export type WriteAt = (bytes: Uint8Array, position: number) => Promise<void>;

/** Encrypts and authenticates a file (WinZip's AES-256) in order, one piece after the other, beside what else is to be done. */
export interface CarrierCipher {
  /** The ciphertext of the next bytes, whole blocks but for the last ones, in the same memory, which is given away until then. May be called again before it has answered. */
  next(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** HMAC-SHA-1 of all ciphertext, after the last. */
  code(): Promise<Uint8Array>;
  /** Lets go of what it holds; nothing may be asked afterwards. */
  close(): void;
}

/** @param key of AES-256 in counter mode, a block's number from 1 as a little-endian integer. @param authenticationKey of HMAC-SHA-1 */
export type StartCarrierCipher = (key: Uint8Array, authenticationKey: Uint8Array) => CarrierCipher;

/** The outer ZIP of an encrypted bundle: what is given to {@link write} becomes its one file. */
export class Carrier implements Sink {
  readonly #name: Buffer;
  readonly #at: Date;
  readonly #opening: Buffer;
  readonly #write: WriteAt;
  readonly #cipher: CarrierCipher;
  /** Memory for pieces that nothing is done with. */
  readonly #free = Array.from({ length: PIECES }, () => new Uint8Array(PIECE));
  /** Pieces that are being encrypted or written, in their order. */
  readonly #underWay: Promise<void>[] = [];
  #filled = 0;
  #position: number;
  #size = 0;

  private constructor(name: string, at: Date, opening: Buffer, cipher: CarrierCipher, write: WriteAt) {
    this.#name = Buffer.from(name, 'latin1');
    this.#at = at;
    this.#opening = opening;
    this.#cipher = cipher;
    this.#write = write;
    this.#position = localHeader(this.#file()).length + this.#opening.length;
  }

  /** @param name of the one file, in ASCII */
  static async begin(name: string, at: Date, passphrase: string, start: StartCarrierCipher, write: WriteAt): Promise<Carrier> {
    const salt = randomBytes(SALT);
    const keys = await promisify(pbkdf2)(passphrase, salt, ROUNDS, 2 * KEY + TEST, 'sha1');
    const opening = Buffer.concat([salt, keys.subarray(2 * KEY)]);
    return new Carrier(name, at, opening, start(keys.subarray(0, KEY), keys.subarray(KEY, 2 * KEY)), write);
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      const piece = await this.#piece();
      const part = bytes.subarray(from, from + PIECE - this.#filled);
      piece.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === PIECE) this.#flush(piece);
    }
  }

  /** Ends the ZIP. */
  async finish(): Promise<void> {
    if (this.#filled > 0) this.#flush(await this.#piece());
    for (const each of this.#underWay) await each;
    await this.#append((await this.#cipher.code()).subarray(0, CODE));
    // Only now it is known how long the file is.
    await this.#write(Buffer.concat([localHeader(this.#file()), this.#opening]), 0);
    const directory = directoryRecord(this.#file());
    await this.#append(Buffer.concat([directory, endRecords(1, this.#position, directory.length)]));
  }

  /** Lets go of the cipher, at the end or where there will be none. Nothing is written once this is done. */
  async close(): Promise<void> {
    this.#cipher.close();
    await Promise.allSettled(this.#underWay);
  }

  /** The piece that is being filled, once one is free. */
  async #piece(): Promise<Uint8Array<ArrayBuffer>> {
    for (;;) {
      const [piece] = this.#free;
      if (piece !== undefined) return piece;
      await this.#underWay.shift();
    }
  }

  /** Has the piece that was filled encrypted, and written once the one before is. */
  #flush(piece: Uint8Array<ArrayBuffer>): void {
    this.#free.shift();
    const [length, position, before] = [this.#filled, this.#position, this.#underWay.at(-1) ?? Promise.resolve()];
    const underWay = this.#cipher.next(piece.subarray(0, length)).then(async (made) => {
      await before;
      await this.#write(made, position);
      this.#free.push(new Uint8Array(made.buffer));
    });
    // Told of when the next piece is asked for, or the end.
    underWay.catch(() => undefined);
    this.#underWay.push(underWay);
    this.#filled = 0;
    this.#size += length;
    this.#position += length;
  }

  /** The one file, as long as it is by now. The checksum is one that AE-2 leaves empty. */
  #file(): ZipFile {
    const extra = Buffer.concat([zip64Extra([this.#size, this.#size + SALT + TEST + CODE]), aesExtra()]);
    return { name: this.#name, at: this.#at, version: VERSION, flags: ENCRYPTED, method: METHOD_AES, crc32: 0, packedSize: ZIP64, size: ZIP64, offset: 0, extra, directoryExtra: Buffer.alloc(0) };
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#write(bytes, this.#position);
    this.#position += bytes.length;
  }
}

/** What was encrypted and how (id 0x9901): AE-2, strength 3, stored. */
function aesExtra(): Buffer {
  const extra = Buffer.alloc(11);
  extra.writeUInt16LE(0x9901, 0);
  extra.writeUInt16LE(7, 2);
  extra.writeUInt16LE(2, 4);
  extra.write('AE', 6, 'latin1');
  extra.writeUInt8(3, 8);
  return extra;
}
