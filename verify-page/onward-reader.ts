/**
 * Reads a file from a place onwards, piece after piece, each into memory that the browser fills itself: that takes half the work of a slice of the
 * file for each, and the file is not opened anew.
 */
export class OnwardReader {
  readonly #reader: ReadableStreamBYOBReader;
  #next: number;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(reader: ReadableStreamBYOBReader, at: number) {
    this.#reader = reader;
    this.#next = at;
  }

  /** Null in a browser that gives a file in pieces of its own making only. */
  static from(file: Blob, at: number): OnwardReader | null {
    return fillsMemory() ? new OnwardReader(file.slice(at).stream().getReader({ mode: 'byob' }), at) : null;
  }

  /** Where the next piece begins: behind the last one that was asked for. */
  get next(): number {
    return this.#next;
  }

  /** The next `length` bytes, fewer at the end of the file. May be asked again before it has answered. */
  read(length: number): Promise<Uint8Array> {
    this.#next += length;
    const piece = this.#turn.then(() => this.#filled(length));
    this.#turn = piece.catch(() => undefined);
    return piece;
  }

  /** Lets go of the file once what was asked for is read; nothing may be asked afterwards. */
  end(): void {
    void this.#turn.then(() => this.#reader.cancel()).catch(() => undefined);
  }

  async #filled(length: number): Promise<Uint8Array> {
    let memory = new ArrayBuffer(length);
    let filled = 0;
    while (filled < length) {
      const { value, done } = await this.#reader.read(new Uint8Array(memory, filled, length - filled));
      if (value === undefined) break;
      // The memory goes to the browser and comes back in another buffer.
      memory = value.buffer;
      filled += value.length;
      if (done) break;
    }
    return new Uint8Array(memory, 0, filled);
  }
}

let known: boolean | null = null;

/** Asked of a small file and once: a browser that cannot has by then begun to read all that it was asked for, and keeps it. */
function fillsMemory(): boolean {
  if (known !== null) return known;
  try {
    void new Blob(['x']).stream().getReader({ mode: 'byob' }).cancel();
    known = true;
  } catch {
    known = false;
  }
  return known;
}
