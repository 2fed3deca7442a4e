import { addressHash, canonicalEntry } from './address-form.js';
import {
  hashTypeOf, HexValues, listFault, ListCounter, MAX_LINE, MAX_PDQ_VALUES, type ListCount, type ListReader, type ListSink, type ListValueType,
} from './list-format.js';

/** Pictures of a lower quality are not compared (DOMAIN.md section 5, PDQ). */
export const LEAST_PDQ_QUALITY = 50;

/** Cuts text into lines, of which none may be longer than {@link MAX_LINE}. */
abstract class Lines implements ListReader {
  protected readonly sink: ListSink;
  protected readonly hex = new HexValues();
  protected readonly counter: ListCounter;
  protected line = 0;
  #rest = '';

  constructor(sink: ListSink, counter: ListCounter) {
    this.sink = sink;
    this.counter = counter;
  }

  push(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#whole(this.#rest + text.slice(from, end));
      this.#rest = '';
      from = end + 1;
    }
    this.#rest += text.slice(from);
    if (this.#rest.length > MAX_LINE) throw this.#tooLong(this.line + 1);
  }

  end(): ListCount {
    if (this.#rest !== '') this.#whole(this.#rest);
    return this.counter.end();
  }

  #whole(raw: string): void {
    this.line += 1;
    if (raw.length > MAX_LINE) throw this.#tooLong(this.line);
    const text = raw.trim();
    if (text !== '' && !text.startsWith('#')) this.take(text);
  }

  #tooLong(line: number): Error {
    return listFault('line-too-long', line, `this line has more than ${MAX_LINE.toLocaleString('en-GB')} characters.`);
  }

  protected give(type: ListValueType, text: string): void {
    const bytes = this.hex.read(type, text, this.line);
    this.counter.one();
    this.sink(type, bytes);
  }

  protected abstract take(text: string): void;
}

/** One address a line. */
export class AddressLines extends Lines {
  constructor(sink: ListSink) {
    super(sink, new ListCounter());
  }

  protected take(text: string): void {
    const form = canonicalEntry(text);
    if (form === null) throw listFault('bad-address', this.line, 'this is not an address.');
    this.counter.one();
    this.sink('address', addressHash(form));
  }
}

/** Which columns of a table hold what; `hash` takes a hash of any of the three lengths. */
type Columns = readonly ('md5' | 'sha1' | 'sha256' | 'hash' | 'quality' | null)[];

/**
 * Hashes, one or more a line: alone, with a file name behind them as `sha256sum` writes it, or in a table with commas,
 * semicolons or tabs, whose columns are known by their names or, without names, by the shape of the first line.
 */
export class HashLines extends Lines {
  readonly #only: 'address' | 'pdq' | null;
  #separator: string | null = null;
  #columns: Columns | null = null;

  /** `only`: what every value is where it is not the hash of a file. */
  constructor(sink: ListSink, only: 'address' | 'pdq' | null) {
    super(sink, new ListCounter(only === 'pdq' ? MAX_PDQ_VALUES : undefined));
    this.#only = only;
  }

  protected take(text: string): void {
    if (this.#columns === null) {
      this.#separator = /[,;\t]/.exec(text)?.[0] ?? null;
      const cells = this.#cells(text);
      const named = cells.map((cell) => this.#columnNamed(cell));
      // A first line with a hash in it is a line like any other.
      const isHeading = !cells.some((cell) => hashTypeOf(cell) !== null) && named.some((column) => column !== null && column !== 'quality');
      this.#columns = isHeading ? named : this.#columnsByShape(cells);
      if (isHeading) return;
    }
    this.#row(this.#cells(text), this.#columns);
  }

  #row(cells: readonly string[], columns: Columns): void {
    if (this.#only === 'pdq' && this.#isPoor(cells, columns)) {
      this.counter.skipped += 1;
      return;
    }
    let found = 0;
    columns.forEach((column, at) => {
      const cell = cells[at] ?? '';
      if (column === null || column === 'quality' || cell === '') return;
      found += 1;
      this.give(this.#typeOf(column, cell), cell);
    });
    if (found === 0) throw listFault('bad-hash', this.line, 'there is no hash in this line.');
  }

  #typeOf(column: 'md5' | 'sha1' | 'sha256' | 'hash', cell: string): ListValueType {
    if (this.#only !== null) return this.#only;
    if (column !== 'hash') return column;
    const type = hashTypeOf(cell);
    if (type === null) throw listFault('bad-hash', this.line, 'this is not an MD5, SHA-1 or SHA-256 hash.');
    return type;
  }

  #isPoor(cells: readonly string[], columns: Columns): boolean {
    const quality = cells[columns.indexOf('quality')] ?? '';
    if (quality === '') return false;
    if (!/^\d{1,3}$/.test(quality) || Number(quality) > 100) throw listFault('bad-quality', this.line, 'the quality is not a number from 0 to 100.');
    return Number(quality) < LEAST_PDQ_QUALITY;
  }

  #columnNamed(cell: string): Columns[number] {
    const name = cell.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (this.#only === 'pdq') return name === 'quality' ? 'quality' : /^(?:pdq|hash|pdqhash|signal)$/.test(name) ? 'hash' : null;
    if (this.#only === 'address') return /^(?:hash|sha256|urlhash|addresshash)$/.test(name) ? 'hash' : null;
    if (name === 'md5' || name === 'sha1' || name === 'sha256') return name;
    return /^(?:md5|sha1|sha256)(?:hash)$/.test(name) ? (name.slice(0, -4) as 'md5' | 'sha1' | 'sha256') : name === 'hash' || name === 'filehash' ? 'hash' : null;
  }

  #columnsByShape(cells: readonly string[]): Columns {
    const columns = cells.map((cell): Columns[number] => {
      const type = hashTypeOf(cell);
      return type === null || (this.#only !== null && type !== 'sha256') ? null : this.#only === null && this.#separator !== null ? type : 'hash';
    });
    const hash = columns.findIndex((column) => column !== null);
    if (hash < 0) throw listFault('bad-hash', this.line, this.#only === null ? 'there is no MD5, SHA-1 or SHA-256 hash in this line.' : 'there is no hash of 64 digits in this line.');
    if (this.#only === 'pdq' && /^\d{1,3}$/.test(cells[hash + 1] ?? '')) return columns.map((column, at) => (at === hash + 1 ? 'quality' : column));
    return columns;
  }

  #cells(text: string): string[] {
    // What sha256sum writes: the hash, a space, a space or a star, the name of a file.
    if (this.#separator === null) return [/^\S+/.exec(text)?.[0].toLowerCase() ?? ''];
    if (!text.includes('"')) return text.split(this.#separator).map((cell) => cell.trim());
    return quoted(text, this.#separator, this.line);
  }
}

/** The cells of a line in which some stand in quotation marks (RFC 4180 section 2, without line breaks inside). */
function quoted(text: string, separator: string, line: number): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    if (text[at] !== '"') {
      const end = text.indexOf(separator, at);
      cells.push(text.slice(at, end < 0 ? undefined : end).trim());
      at = end < 0 ? text.length : end;
      continue;
    }
    let cell = '';
    for (at += 1; ; at += 1) {
      if (at >= text.length) throw listFault('cut-short', line, 'a quotation mark is opened and not closed.');
      if (text[at] !== '"') cell += text[at] ?? '';
      else if (text[at + 1] === '"') cell += text[(at += 1)] ?? '';
      else break;
    }
    cells.push(cell.trim());
    at += 1;
  }
  return cells;
}
