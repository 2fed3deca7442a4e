import { createHash } from 'node:crypto';
import type { ListCount, ListFormat, ListReader, ListSink } from './list-format.js';
import { AddressLines, HashLines } from './list-lines.js';
import { TextPieces } from './list-text.js';
import { VicsReader } from './vics.js';

/** What a whole file came to. */
export interface ListRead extends ListCount {
  /** SHA-256 of the file as it was handed over, hexadecimal. */
  readonly file: string;
}

/** Reads a list file piece by piece and hands each value to its sink. Nothing counts before {@link end} has given its answer. */
export class ListFile {
  readonly #text = new TextPieces();
  readonly #reader: ListReader;
  readonly #hash = createHash('sha256');

  constructor(format: ListFormat, sink: ListSink) {
    this.#reader = readerFor(format, sink);
  }

  /** The next bytes. @throws CodedError `lists.*`, whose sentence names the line */
  push(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#reader.push(this.#text.push(bytes));
  }

  /** @throws CodedError `lists.*` when the file is not whole or holds nothing */
  end(): ListRead {
    this.#reader.push(this.#text.end());
    return { ...this.#reader.end(), file: this.#hash.digest('hex') };
  }
}

function readerFor(format: ListFormat, sink: ListSink): ListReader {
  switch (format) {
    case 'addresses':
      return new AddressLines(sink);
    case 'hashed-addresses':
      return new HashLines(sink, 'address');
    case 'hashes':
      return new HashLines(sink, null);
    case 'pdq':
      return new HashLines(sink, 'pdq');
    case 'vics':
      return new VicsReader(sink);
  }
}
