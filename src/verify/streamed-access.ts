import { CodedError } from '../record/coded-error.js';
import { LIMITS } from './limits.js';
import type { RandomAccess } from './source.js';

/** How much is held of a stream that is read as if it were a file. */
export interface StreamedLimits {
  /** Bytes at the end, which are always held: a ZIP's list of files lies there, and what is written last. */
  readonly tail: number;
  /** Bytes behind the place that was read last, for small steps back. */
  readonly behind: number;
  /** How often the stream is begun again for a larger step back before it is read into memory whole. */
  readonly restarts: number;
}

const DEFAULT_LIMITS: StreamedLimits = { tail: 48 * 2 ** 20, behind: 4 * 2 ** 20, restarts: 4 };

/**
 * A file that can only be streamed (because it is decrypted on the way), read as if it were on a disk. Who reads forwards
 * needs little memory, however large it is; who jumps about gets it read into memory, if it is not too large for that.
 */
export class StreamedAccess implements RandomAccess {
  readonly size: number;
  readonly #open: () => AsyncIterable<Uint8Array>;
  readonly #limits: StreamedLimits;
  #tail = new Uint8Array();
  #tailStart: number;
  #held: { start: number; bytes: Uint8Array }[] = [];
  #heldBytes = 0;
  #pieces: AsyncIterator<Uint8Array> | null = null;
  #position = 0;
  #restarts = 0;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(size: number, open: () => AsyncIterable<Uint8Array>, limits: StreamedLimits) {
    this.size = size;
    this.#open = open;
    this.#limits = limits;
    this.#tailStart = Math.max(0, size - limits.tail);
  }

  /**
   * Reads the stream once to its end, which also shows that it can be decrypted whole.
   *
   * @param open begins the stream anew; it must give `size` bytes every time
   * @throws CodedError `bundle.damaged` when it gives another number, and what the stream throws.
   */
  static async over(size: number, open: () => AsyncIterable<Uint8Array>, limits: StreamedLimits = DEFAULT_LIMITS): Promise<StreamedAccess> {
    const made = new StreamedAccess(size, open, limits);
    await made.#readTail();
    return made;
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    // One stream serves one reader at a time.
    const read = this.#turn.then(() => this.#read(offset, length));
    this.#turn = read.catch(() => undefined);
    return read;
  }

  async #readTail(): Promise<void> {
    this.#tail = new Uint8Array(this.size - this.#tailStart);
    let position = 0;
    for await (const bytes of this.#open()) {
      if (position + bytes.length > this.size) throw damaged();
      const from = Math.max(0, this.#tailStart - position);
      if (from < bytes.length) this.#tail.set(bytes.subarray(from), position + from - this.#tailStart);
      position += bytes.length;
    }
    if (position !== this.size) throw damaged();
  }

  async #read(offset: number, length: number): Promise<Uint8Array> {
    if (offset < 0 || offset + length > this.size) throw damaged();
    const all = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const at = offset + done;
      const { start, bytes } = at >= this.#tailStart ? { start: this.#tailStart, bytes: this.#tail } : await this.#pieceAt(at);
      const part = bytes.subarray(at - start, at - start + length - done);
      all.set(part, done);
      done += part.length;
    }
    return all;
  }

  async #pieceAt(at: number): Promise<{ start: number; bytes: Uint8Array }> {
    const held = this.#held.find((piece) => piece.start <= at && at < piece.start + piece.bytes.length);
    if (held !== undefined) return held;
    if (this.#pieces === null || at < this.#position) await this.#restart();
    if (at >= this.#tailStart) return { start: this.#tailStart, bytes: this.#tail };
    for (;;) {
      const next = await this.#pieces?.next();
      if (next === undefined || next.done === true) throw damaged();
      const piece = { start: this.#position, bytes: next.value.slice() };
      this.#position += piece.bytes.length;
      this.#hold(piece);
      if (at < this.#position) return piece;
    }
  }

  #hold(piece: { start: number; bytes: Uint8Array }): void {
    this.#held.push(piece);
    this.#heldBytes += piece.bytes.length;
    while (this.#held.length > 1 && this.#heldBytes > this.#limits.behind) this.#heldBytes -= this.#held.shift()?.bytes.length ?? 0;
  }

  async #restart(): Promise<void> {
    await this.#pieces?.return?.();
    this.#pieces = null;
    this.#held = [];
    this.#heldBytes = 0;
    this.#position = 0;
    this.#restarts += 1;
    if (this.#restarts <= this.#limits.restarts) {
      this.#pieces = this.#open()[Symbol.asyncIterator]();
      return;
    }
    if (this.size > LIMITS.decrypted) throw new CodedError('bundle.too-large', 'This encrypted ZIP is too large to open here. Unpack it with 7-Zip and choose the folder.');
    this.#tailStart = 0;
    await this.#readTail();
  }
}

function damaged(): CodedError {
  return new CodedError('bundle.damaged', 'A part of this ZIP is damaged. Copy it again and retry.');
}
