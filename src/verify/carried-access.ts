import type { FileEntry } from '@zip.js/zip.js';
import { utf8 } from '../record/bytes.js';
import { CodedError } from '../record/coded-error.js';
import type { RandomAccess } from './source.js';
import { damaged, dataPlace } from './zip-data.js';
import type { ZipPorts } from './zip-ports.js';

/* WinZip's AES encryption (https://www.winzip.com/en/support/aes-encryption/), 256 bits: salt, two bytes to test the passphrase by, data, authentication code. */
const SALT = 16;
const TEST = 2;
const CODE = 10;
const KEY = 32;
const ROUNDS = 1000;
const STRENGTH_256 = 3;
const STORED = 0;

const BLOCK = 16;
/** Bytes read at a time for the authentication code alone. */
const PIECE = 2 ** 20;

/** Whether {@link CarriedAccess} opens a file of a ZIP: AES-256, and not compressed. */
export function canBeCarried(entry: FileEntry): boolean {
  const aes = entry.extraFieldAES;
  return aes?.strength === STRENGTH_256 && entry.compressionMethod === STORED && entry.compressedSize === entry.uncompressedSize + SALT + TEST + CODE;
}

/**
 * A file that is encrypted in a ZIP and not compressed, read as if it lay open: each part is decrypted where it is wanted. Who
 * reads forwards has it authenticated on the way; {@link settle} reads what is left.
 */
export class CarriedAccess implements RandomAccess {
  readonly size: number;
  readonly #file: RandomAccess;
  readonly #entry: FileEntry;
  readonly #from: number;
  readonly #decrypt: ReturnType<ZipPorts['aesCounter']>;
  readonly #code: ReturnType<ZipPorts['hmacSha1']>;
  /** How many bytes of the ciphertext the authentication code has seen. */
  #seen = 0;
  #settled: Promise<void> | null = null;

  private constructor(file: RandomAccess, entry: FileEntry, from: number, keys: Uint8Array, ports: ZipPorts) {
    this.size = entry.uncompressedSize;
    this.#file = file;
    this.#entry = entry;
    this.#from = from;
    this.#decrypt = ports.aesCounter(keys.slice(0, KEY));
    this.#code = ports.hmacSha1(keys.slice(KEY, 2 * KEY));
  }

  /** @throws CodedError `bundle.wrong-passphrase`, `bundle.damaged` */
  static async over(file: RandomAccess, entry: FileEntry, passphrase: string, ports: ZipPorts): Promise<CarriedAccess> {
    const { from } = await dataPlace(file, entry);
    const start = await file.read(from, SALT + TEST);
    const keys = await ports.pbkdf2Sha1(utf8(passphrase), start.slice(0, SALT), ROUNDS, 2 * KEY + TEST);
    if (!sameBytes(keys.subarray(2 * KEY), start.subarray(SALT))) {
      throw new CodedError('bundle.wrong-passphrase', 'This passphrase does not open the ZIP. Check each word and try again.');
    }
    return new CarriedAccess(file, entry, from + SALT + TEST, keys, ports);
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (offset < 0 || offset + length > this.size) throw damaged(this.#entry);
    // A small step forwards is read as well, so that the authentication code misses nothing on the way.
    const wanted = this.#seen < offset && offset - this.#seen <= PIECE ? this.#seen : offset;
    const start = wanted - (wanted % BLOCK);
    const bytes = await this.#file.read(this.#from + start, offset + length - start);
    this.#authenticate(bytes, start);
    return this.#decrypt(bytes, start / BLOCK + 1).subarray(offset - start);
  }

  /** Reads what was not read yet and holds the authentication code against all of it. @throws CodedError `bundle.damaged` */
  settle(): Promise<void> {
    this.#settled ??= this.#settle();
    return this.#settled;
  }

  async #settle(): Promise<void> {
    while (this.#seen < this.size) {
      const start = this.#seen;
      this.#authenticate(await this.#file.read(this.#from + start, Math.min(PIECE, this.size - start)), start);
    }
    const stated = await this.#file.read(this.#from + this.size, CODE);
    if (!sameBytes(this.#code.digest().subarray(0, CODE), stated)) throw damaged(this.#entry);
  }

  #authenticate(bytes: Uint8Array, start: number): void {
    const end = start + bytes.length;
    if (start > this.#seen || end <= this.#seen) return;
    this.#code.update(bytes.subarray(this.#seen - start));
    this.#seen = end;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
