import { createCipheriv, createHmac, pbkdf2, randomBytes, type Cipher } from 'node:crypto';
import { promisify } from 'node:util';

/*
 * A ZIP with one encrypted file, written piece by piece (APPNOTE 6.3.10; https://www.winzip.com/en/support/aes-encryption/): AE-2 with
 * AES-256, nothing compressed; sizes by ZIP64, since nobody knows beforehand how long it will be.
 */
const SALT = 16;
const TEST = 2;
const CODE = 10;
const KEY = 32;
const ROUNDS = 1000;
const BLOCK = 16;
/** Bytes encrypted at a time: whole blocks. */
const PIECE = 2 ** 20;

const METHOD_AES = 99;
const ENCRYPTED = 1;
/** Version 5.1, in which AES came; made on Unix. */
const VERSION = 51;
const MADE_BY = (3 << 8) | VERSION;
const REGULAR_FILE = 0o100600;
const ZIP64 = 0xffffffff;

/** Writes bytes at a place of the file. */
export type WriteAt = (bytes: Uint8Array, position: number) => Promise<void>;

/** The outer ZIP of an encrypted bundle: what is given to {@link write} becomes its one file. */
export class Carrier {
  readonly #name: Buffer;
  readonly #at: Date;
  readonly #opening: Buffer;
  readonly #write: WriteAt;
  readonly #cipher: Cipher;
  readonly #code: ReturnType<typeof createHmac>;
  readonly #pending = Buffer.alloc(PIECE);
  /** Numbers of a piece's blocks; of each the two lower words change. */
  readonly #numbers = new Uint32Array(PIECE / 4);
  /** The piece that is being written while the next one is encrypted. */
  #writing: Promise<void> = Promise.resolve();
  #filled = 0;
  #blocks = 0;
  #position: number;
  #size = 0;

  private constructor(name: string, at: Date, salt: Buffer, keys: Buffer, write: WriteAt) {
    this.#name = Buffer.from(name, 'latin1');
    this.#at = at;
    this.#write = write;
    this.#cipher = createCipheriv('aes-256-ecb', keys.subarray(0, KEY), null).setAutoPadding(false);
    this.#code = createHmac('sha1', keys.subarray(KEY, 2 * KEY));
    this.#opening = Buffer.concat([salt, keys.subarray(2 * KEY)]);
    this.#position = localHeader(this.#name, at, 0).length + this.#opening.length;
  }

  /** @param name of the one file, in ASCII */
  static async begin(name: string, at: Date, passphrase: string, write: WriteAt): Promise<Carrier> {
    const salt = randomBytes(SALT);
    return new Carrier(name, at, salt, await promisify(pbkdf2)(passphrase, salt, ROUNDS, 2 * KEY + TEST, 'sha1'), write);
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + PIECE - this.#filled);
      this.#pending.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === PIECE) await this.#flush();
    }
  }

  /** Ends the ZIP. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#put(this.#code.digest().subarray(0, CODE));
    await this.#writing;
    // Only now it is known how long the file is.
    await this.#write(Buffer.concat([localHeader(this.#name, this.#at, this.#size), this.#opening]), 0);
    const directoryAt = this.#position;
    const directory = directoryRecord(this.#name, this.#at, this.#size);
    await this.#put(Buffer.concat([directory, endRecords(directoryAt, directory.length)]));
    await this.#writing;
  }

  async #flush(): Promise<void> {
    if (this.#filled === 0) return;
    const bytes = this.#encrypted(this.#pending.subarray(0, this.#filled));
    this.#size += this.#filled;
    this.#filled = 0;
    this.#code.update(bytes);
    await this.#put(bytes);
  }

  /** Begins to write once the piece before is written, and does not wait. */
  async #put(bytes: Uint8Array): Promise<void> {
    await this.#writing;
    this.#writing = this.#write(bytes, this.#position);
    // Told of when the next piece comes, or the end.
    this.#writing.catch(() => undefined);
    this.#position += bytes.length;
  }

  /** Counter mode with the block's number, from 1, as a little-endian integer. */
  #encrypted(plain: Uint8Array): Uint8Array {
    const count = Math.ceil(plain.length / BLOCK);
    const numbers = this.#numbers.subarray(0, count * 4);
    for (let block = 0; block < count; block += 1) {
      this.#blocks += 1;
      numbers[block * 4] = this.#blocks;
      numbers[block * 4 + 1] = this.#blocks / 2 ** 32;
    }
    const made = this.#cipher.update(new Uint8Array(numbers.buffer, 0, numbers.byteLength));
    // A small buffer may share memory, and begin where no word does.
    const stream = made.byteOffset % 4 === 0 ? made : new Uint8Array(made);
    const [out, words] = [new Int32Array(stream.buffer, stream.byteOffset, stream.length / 4), new Int32Array(plain.buffer, plain.byteOffset, Math.floor(plain.length / 4))];
    for (let i = 0; i < words.length; i += 1) out[i] = (out[i] ?? 0) ^ (words[i] ?? 0);
    for (let i = words.length * 4; i < plain.length; i += 1) stream[i] = (stream[i] ?? 0) ^ (plain[i] ?? 0);
    return stream.subarray(0, plain.length);
  }
}

/** From the version needed to the checksum, which AE-2 leaves empty: what a file's local header and its record in the directory share. */
function sharedFields(at: Date): Buffer {
  const fields = Buffer.alloc(14);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(ENCRYPTED, 2);
  fields.writeUInt16LE(METHOD_AES, 4);
  fields.writeUInt16LE((at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1), 6);
  fields.writeUInt16LE(((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate(), 8);
  return fields;
}

/** Sizes by ZIP64 (id 1), then what was encrypted and how (id 0x9901: AE-2, strength 3, stored). */
function extraFields(size: number): Buffer {
  const extra = Buffer.alloc(31);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(size + SALT + TEST + CODE), 12);
  extra.writeUInt16LE(0x9901, 20);
  extra.writeUInt16LE(7, 22);
  extra.writeUInt16LE(2, 24);
  extra.write('AE', 26, 'latin1');
  extra.writeUInt8(3, 28);
  return extra;
}

function localHeader(name: Buffer, at: Date, size: number): Buffer {
  const extra = extraFields(size);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(ZIP64, 0);
  sizes.writeUInt32LE(ZIP64, 4);
  sizes.writeUInt16LE(name.length, 8);
  sizes.writeUInt16LE(extra.length, 10);
  return Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), sharedFields(at), sizes, name, extra]);
}

function directoryRecord(name: Buffer, at: Date, size: number): Buffer {
  const extra = extraFields(size);
  const rest = Buffer.alloc(26);
  rest.writeUInt32LE(ZIP64, 0);
  rest.writeUInt32LE(ZIP64, 4);
  rest.writeUInt16LE(name.length, 8);
  rest.writeUInt16LE(extra.length, 10);
  rest.writeUInt32LE((REGULAR_FILE << 16) >>> 0, 18);
  const made = Buffer.alloc(2);
  made.writeUInt16LE(MADE_BY, 0);
  return Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), made, sharedFields(at), rest, name, extra]);
}

/** The end that every reader looks for; before it, where the directory lies beyond 4 GiB, ZIP64's end and where that lies. */
function endRecords(directoryAt: number, length: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(Math.min(directoryAt, ZIP64), 16);
  if (directoryAt < ZIP64) return end;
  const far = Buffer.alloc(76);
  far.write('PK\u0006\u0006', 0, 'latin1');
  far.writeBigUInt64LE(44n, 4);
  far.writeUInt16LE(MADE_BY, 12);
  far.writeUInt16LE(VERSION, 14);
  far.writeBigUInt64LE(1n, 24);
  far.writeBigUInt64LE(1n, 32);
  far.writeBigUInt64LE(BigInt(length), 40);
  far.writeBigUInt64LE(BigInt(directoryAt), 48);
  far.write('PK\u0006\u0007', 56, 'latin1');
  far.writeBigUInt64LE(BigInt(directoryAt + length), 64);
  far.writeUInt32LE(1, 72);
  return Buffer.concat([far, end]);
}
