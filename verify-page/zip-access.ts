import { CodedError } from '../src/record/coded-error.js';
import type { RandomAccess } from '../src/verify/source.js';
import { OnwardReader } from './onward-reader.js';

/** Bytes read from the file at a time. */
const WINDOW = 4 * 2 ** 20;
/** How many windows are held. */
const HELD = 3;

/**
 * A chosen ZIP, read in windows: many small files cost few readings, and while one window is used, the next is read. What it gives is a part of a
 * window and must stay as it is, but for what is as large as a window, which is read by itself, piece after piece.
 */
export class ZipAccess implements RandomAccess {
  readonly size: number;
  readonly #file: Blob;
  readonly #windows = new Map<number, Promise<Uint8Array>>();
  #last = -1;
  #onward: OnwardReader | null = null;

  constructor(file: Blob) {
    this.size = file.size;
    this.#file = file;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = offset + length;
    if (length === 0 || offset < 0 || end > this.size) return this.#bytes(offset, length);
    if (length >= WINDOW) return this.#large(offset, length);
    const [first, last] = [Math.floor(offset / WINDOW), Math.floor((end - 1) / WINDOW)];
    const from = offset - first * WINDOW;
    const reading = this.#window(first);
    const behind = last === first ? null : this.#window(last);
    // Only who reads forwards will want what follows.
    if ((last === this.#last || last === this.#last + 1) && (last + 1) * WINDOW < this.size) this.#window(last + 1).catch(() => undefined);
    this.#last = last;
    behind?.catch(() => undefined);
    const window = await reading;
    if (behind === null) return window.subarray(from, from + length);
    const all = new Uint8Array(length);
    all.set(window.subarray(from));
    all.set((await behind).subarray(0, end - last * WINDOW), WINDOW - from);
    return all;
  }

  #window(index: number): Promise<Uint8Array> {
    const held = this.#windows.get(index);
    if (held !== undefined) return held;
    const read = this.#bytes(index * WINDOW, Math.min(WINDOW, this.size - index * WINDOW));
    this.#windows.set(index, read);
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= HELD) break;
      this.#windows.delete(oldest);
    }
    return read;
  }

  async #bytes(offset: number, length: number): Promise<Uint8Array> {
    return whole(new Uint8Array(await readable(this.#file.slice(offset, offset + length).arrayBuffer())), length);
  }

  async #large(offset: number, length: number): Promise<Uint8Array> {
    if (this.#onward?.next !== offset) {
      this.#onward?.end();
      this.#onward = OnwardReader.from(this.#file, offset);
    }
    return this.#onward === null ? this.#bytes(offset, length) : whole(await readable(this.#onward.read(length)), length);
  }
}

function whole(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new CodedError('bundle.cut-short', 'This ZIP is cut short: a part of it is missing. Copy it again and retry.');
  return bytes;
}

/** What a file that a person chose gives. @throws CodedError `bundle.unreadable` */
export async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new CodedError('bundle.unreadable', 'A part of this bundle cannot be read from the disk. Choose it again. If that does not help, copy it again and retry.', { cause: error });
  }
}
