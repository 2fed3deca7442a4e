import type { KeyObject } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { CodedError } from '../record/coded-error.js';
import { DigestGatherer } from '../safety/digest-set.js';
import { KeyedDigests } from '../safety/keyed-digest.js';
import type { ListFormat } from '../safety/list-format.js';
import { ListFile } from '../safety/list-reader.js';
import { PDQ_WORDS } from '../safety/pdq-hash.js';

/** What both say of a list when they import it. */
export interface ListDetails {
  /** What the list is: the name under which it is spoken of. */
  readonly source: string;
  /** Who handed it over. */
  readonly givenBy: string;
  readonly note: string;
  readonly format: ListFormat;
  /** Size of the file in bytes. */
  readonly size: number;
}

/** A list that was read whole. */
export interface ReadList {
  /** Different values. */
  readonly size: number;
  readonly skipped: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly file: string;
  /** The values as they are kept; for one reading. */
  parts(): Iterable<Uint8Array>;
}

/** How much is read at once, in bytes: some milliseconds of work, so that STOP and everything else gets its turn in between. */
const SLICE = 64 * 1024;

/** Reads one list in memory. Its values are turned into keyed digests as they come; nothing touches the disk. */
export class FlagListImport {
  readonly details: ListDetails;
  readonly #file: ListFile;
  readonly #digests = new DigestGatherer();
  readonly #pictures = new Pictures();
  readonly #keyed: KeyedDigests;
  #received = 0;
  #cancelled = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(details: ListDetails, key: KeyObject) {
    this.details = details;
    this.#keyed = new KeyedDigests(key);
    this.#file = new ListFile(details.format, (type, bytes) => {
      if (type === 'pdq') this.#pictures.add(bytes);
      else this.#digests.add(this.#keyed.of(type, bytes));
    });
  }

  /** The next bytes; gives how many have come. @throws CodedError `lists.*` */
  push(bytes: Uint8Array): Promise<number> {
    const pushed = this.#last.then(() => this.#push(bytes));
    this.#last = pushed;
    pushed.catch(() => undefined);
    return pushed;
  }

  async #push(bytes: Uint8Array): Promise<number> {
    if (this.#received + bytes.length > this.details.size) throw new CodedError('lists.too-long', 'The file is longer than it said. Choose it again. Nothing of this list was taken.');
    for (let at = 0; at < bytes.length; at += SLICE) {
      this.#demandWanted();
      this.#file.push(bytes.subarray(at, at + SLICE));
      await breathe();
    }
    this.#received += bytes.length;
    return this.#received;
  }

  /** @throws CodedError `lists.*` when it is not whole */
  async finish(): Promise<ReadList> {
    await this.#last;
    this.#demandWanted();
    if (this.#received !== this.details.size) throw new CodedError('lists.cut-short', 'The file did not arrive whole. Choose it again. Nothing of this list was taken.');
    const { file, skipped } = this.#file.end();
    this.#keyed.forget();
    if (this.details.format === 'pdq') return { size: this.#pictures.size, skipped, file, parts: () => [this.#pictures.bytes] };
    const parts: Uint8Array[] = [];
    let size = 0;
    for (const part of this.#digests.sorted()) {
      this.#demandWanted();
      parts.push(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
      size += part.length / 2;
      await breathe();
    }
    return { size, skipped, file, parts: () => parts };
  }

  cancel(): void {
    this.#cancelled = true;
    this.#keyed.forget();
  }

  #demandWanted(): void {
    if (this.#cancelled) throw new CodedError('lists.cancelled', 'The import was cancelled. Nothing of this list was taken.');
  }
}

/** PDQ hashes one after another, as words in the processor's order. */
class Pictures {
  #words = new Uint32Array(1_024 * PDQ_WORDS);
  size = 0;

  add(hash: Uint8Array): void {
    const from = this.size * PDQ_WORDS;
    if (from + PDQ_WORDS > this.#words.length) {
      const larger = new Uint32Array(2 * this.#words.length);
      larger.set(this.#words);
      this.#words = larger;
    }
    const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
    for (let at = 0; at < PDQ_WORDS; at += 1) this.#words[from + at] = view.getUint32(4 * at);
    this.size += 1;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#words.buffer, 0, this.size * PDQ_WORDS * 4);
  }
}
