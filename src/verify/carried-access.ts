import type { FileEntry } from '@zip.js/zip.js';
import { utf8 } from '../record/bytes.js';
import { CodedError } from '../record/coded-error.js';
import type { RandomAccess } from './source.js';
import { damaged, dataPlace } from './zip-data.js';
import type { CarriedCipher, ZipPorts } from './zip-ports.js';

/* WinZip's AES encryption (https://www.winzip.com/en/support/aes-encryption/), 256 bits: salt, two bytes to test the passphrase by, data, authentication code. */
const SALT = 16;
const TEST = 2;
const CODE = 10;
const KEY = 32;
const ROUNDS = 1000;
const STRENGTH_256 = 3;
const STORED = 0;

const BLOCK = 16;
/** Bytes decrypted at a time, where the ports say nothing of it. */
const PIECE = 2 ** 20;
/** How many pieces are held, for small steps back, and how many are on their way. */
const HELD = 2;
const AHEAD = 4;

/** Whether {@link CarriedAccess} opens a file of a ZIP: AES-256, and not compressed. */
export function canBeCarried(entry: FileEntry): boolean {
  const aes = entry.extraFieldAES;
  return aes?.strength === STRENGTH_256 && entry.compressionMethod === STORED && entry.compressedSize === entry.uncompressedSize + SALT + TEST + CODE;
}

/**
 * A file that is encrypted in a ZIP and not compressed, read as if it lay open. Who reads forwards has it decrypted and
 * authenticated piece by piece, the next ones while the last is used; what is wanted from elsewhere is decrypted by itself. {@link settle}
 * reads what is left.
 */
export class CarriedAccess implements RandomAccess {
  readonly size: number;
  readonly #file: RandomAccess;
  readonly #entry: FileEntry;
  readonly #from: number;
  readonly #decrypt: ReturnType<ZipPorts['aesCounter']>;
  readonly #cipher: CarriedCipher;
  readonly #piece: number;
  #held: Piece[] = [];
  /** Up to where pieces were taken, the pieces behind it that are on their way, and up to where those reach. */
  #taken = 0;
  #coming: Promise<Piece>[] = [];
  #begun = 0;
  /** Until the cipher was given the piece that was begun last: it takes them in order. */
  #given: Promise<unknown> = Promise.resolve();
  #turn: Promise<unknown> = Promise.resolve();
  #settled: Promise<void> | null = null;

  private constructor(file: RandomAccess, entry: FileEntry, from: number, decrypt: ReturnType<ZipPorts['aesCounter']>, cipher: CarriedCipher, piece: number) {
    this.size = entry.uncompressedSize;
    this.#file = file;
    this.#entry = entry;
    this.#from = from;
    this.#decrypt = decrypt;
    this.#cipher = cipher;
    this.#piece = piece;
  }

  /** @throws CodedError `bundle.wrong-passphrase`, `bundle.damaged` */
  static async over(file: RandomAccess, entry: FileEntry, passphrase: string, ports: ZipPorts): Promise<CarriedAccess> {
    const { from } = await dataPlace(file, entry);
    const start = await file.read(from, SALT + TEST);
    const keys = await ports.pbkdf2Sha1(utf8(passphrase), start.slice(0, SALT), ROUNDS, 2 * KEY + TEST);
    if (!sameBytes(keys.subarray(2 * KEY), start.subarray(SALT))) {
      throw new CodedError('bundle.wrong-passphrase', 'This passphrase does not open the ZIP. Check each word and try again.');
    }
    const [key, authenticationKey] = [keys.slice(0, KEY), keys.slice(KEY, 2 * KEY)];
    const cipher = await ports.carriedCipher?.(key, authenticationKey) ?? cipherOf(ports, key, authenticationKey);
    return new CarriedAccess(file, entry, from + SALT + TEST, ports.aesCounter(key), cipher, ports.carriedPiece ?? PIECE);
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.#inTurn(() => this.#read(offset, length));
  }

  readSome(offset: number, most: number): Promise<Uint8Array> {
    return this.#inTurn(() => this.#readSome(offset, most));
  }

  /** Reads what was not read yet and holds the authentication code against all of it. @throws CodedError `bundle.damaged` */
  settle(): Promise<void> {
    this.#settled ??= this.#inTurn(() => this.#settle());
    return this.#settled;
  }

  close(): void {
    this.#cipher.close();
  }

  /** One stream serves one reader at a time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #read(offset: number, length: number): Promise<Uint8Array> {
    const first = await this.#readSome(offset, length);
    if (first.length === length) return first;
    const all = new Uint8Array(length);
    for (let done = 0, part = first; ; part = await this.#readSome(offset + done, length - done)) {
      all.set(part, done);
      done += part.length;
      if (done === length) return all;
    }
  }

  /** What lies in one piece is given without a copy of it. */
  async #readSome(offset: number, most: number): Promise<Uint8Array> {
    if (offset < 0 || offset + most > this.size) throw damaged(this.#entry);
    // A small step forwards is read as well; a large one, or one back, leaves the stream where it is.
    const first = this.#held[0]?.start ?? 0;
    if (most === 0 || offset < first || offset > this.#taken + this.#piece) return this.#apart(offset, most);
    const { start, bytes } = await this.#pieceAt(offset);
    return bytes.subarray(offset - start, offset - start + most);
  }

  async #apart(offset: number, length: number): Promise<Uint8Array> {
    const start = offset - (offset % BLOCK);
    const bytes = await this.#file.read(this.#from + start, offset + length - start);
    return this.#decrypt(bytes, start / BLOCK + 1).subarray(offset - start);
  }

  async #pieceAt(at: number): Promise<Piece> {
    const held = this.#held.find((piece) => piece.start <= at && at < piece.start + piece.bytes.length);
    if (held !== undefined) return held;
    for (;;) {
      const piece = await this.#take();
      if (at < this.#taken) return piece;
    }
  }

  /** The next piece of the stream; those behind it are begun. */
  async #take(): Promise<Piece> {
    this.#begin();
    const [coming] = this.#coming;
    if (coming === undefined) throw damaged(this.#entry);
    const piece = await coming;
    this.#coming = this.#coming.slice(1);
    this.#taken += piece.bytes.length;
    this.#held = [...this.#held, piece].slice(-HELD);
    this.#begin();
    return piece;
  }

  #begin(): void {
    while (this.#coming.length < AHEAD && this.#begun < this.size) {
      const start = this.#begun;
      const read = this.#file.read(this.#from + start, Math.min(this.#piece, this.size - start));
      const given = this.#given.then(async () => {
        const bytes = await read;
        return { plain: this.#cipher.next(bytes) };
      });
      const piece = given.then(async ({ plain }) => ({ start, bytes: await plain }));
      // Nobody waits for them when the reader stops half-way.
      read.catch(() => undefined);
      piece.catch(() => undefined);
      this.#begun += Math.min(this.#piece, this.size - start);
      this.#given = given;
      this.#coming.push(piece);
    }
  }

  async #settle(): Promise<void> {
    while (this.#taken < this.size) await this.#take();
    const stated = await this.#file.read(this.#from + this.size, CODE);
    if (!sameBytes((await this.#cipher.code()).subarray(0, CODE), stated)) throw damaged(this.#entry);
  }
}

/** Decrypted bytes, and where they begin. */
interface Piece {
  readonly start: number;
  readonly bytes: Uint8Array;
}

function cipherOf(ports: ZipPorts, key: Uint8Array, authenticationKey: Uint8Array): CarriedCipher {
  const decrypt = ports.aesCounter(key);
  const code = ports.hmacSha1(authenticationKey);
  let block = 1;
  return {
    next: (bytes) => {
      code.update(bytes);
      const plain = decrypt(bytes, block);
      block += bytes.length / BLOCK;
      return Promise.resolve(plain);
    },
    code: () => Promise.resolve(code.digest()),
    close: () => undefined,
  };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
