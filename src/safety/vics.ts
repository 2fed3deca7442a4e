import { HexValues, listFault, ListCounter, listRefused, type ListCount, type ListReader, type ListSink } from './list-format.js';

/** How deep a VICS file nests at most; ours come to six. */
const MAX_DEPTH = 32;
/** The longest string that is looked at: a hash, a key or the address that names the format. Longer ones are passed over unread. */
const MAX_KEPT = 256;
const FORMAT = /^https?:\/\/github\.com\/(?:VICSDATAMODEL\/ProjectVic\/DataModels\/2\.\d|ICMEC\/ProjectVic\/DataModels\/1\.[23])\.xml\b/i;

type Expecting = 'value' | 'key' | 'colon' | 'comma' | 'nothing';

/**
 * Reads VICS 2.0 and 1.3 (JSON): the values of `MD5` and `SHA1` wherever they stand, and nothing else: every other string
 * is passed over without being kept. A reader of our own, because such a file may have hundreds of megabytes in one line, a
 * parser that builds objects would hold all of it, and the rest of it is none of the app's business.
 */
export class VicsReader implements ListReader {
  readonly #sink: ListSink;
  readonly #hex = new HexValues();
  readonly #counter = new ListCounter();
  readonly #stack: ('{' | '[')[] = [];
  #expecting: Expecting = 'value';
  #key = '';
  #line = 1;
  /** A string or a bare word that is being read; null between them. */
  #inside: 'string' | 'word' | null = null;
  #escaped = false;
  /** Digits that a `\\u` still wants. */
  #digits = 0;
  #kept = '';
  #tooLong = false;
  #isVics = false;
  /** After a comma something must follow. */
  #afterComma = false;

  constructor(sink: ListSink) {
    this.#sink = sink;
  }

  push(text: string): void {
    for (let at = 0; at < text.length; ) {
      if (this.#inside === 'string') at = this.#string(text, at);
      else if (this.#inside === 'word') at = this.#word(text, at);
      else {
        this.#mark(text[at] ?? '');
        at += 1;
      }
    }
  }

  end(): ListCount {
    if (this.#inside === 'word') this.#endWord();
    if (this.#expecting !== 'nothing') throw listFault('cut-short', this.#line, 'the file ends before it is complete.');
    if (!this.#isVics) throw listRefused('not-vics', 'This file does not say that it is VICS 2.0 or 1.3.');
    return this.#counter.end();
  }

  #mark(c: string): void {
    if (c === '\n') this.#line += 1;
    if (c === ' ' || c === '\n' || c === '\r' || c === '\t') return;
    if (c === '"' && (this.#expecting === 'value' || this.#expecting === 'key')) {
      this.#inside = 'string';
      this.#kept = '';
      this.#tooLong = false;
    } else if ((c === '{' || c === '[') && this.#expecting === 'value') this.#open(c);
    else if ((c === '}' || c === ']') && this.#mayClose(c)) this.#close();
    else if (c === ':' && this.#expecting === 'colon') this.#expecting = 'value';
    else if (c === ',' && this.#expecting === 'comma') {
      this.#expecting = this.#stack.at(-1) === '{' ? 'key' : 'value';
      this.#afterComma = true;
    } else if (this.#expecting === 'value' && /[-0-9tfn]/.test(c)) {
      this.#inside = 'word';
      this.#kept = c;
    } else throw this.#fault();
  }

  #open(c: '{' | '['): void {
    if (this.#stack.length >= MAX_DEPTH) throw listFault('too-deep', this.#line, `this file nests more than ${MAX_DEPTH} deep.`);
    this.#stack.push(c);
    this.#expecting = c === '{' ? 'key' : 'value';
    this.#afterComma = false;
    this.#key = '';
  }

  #mayClose(c: '}' | ']'): boolean {
    if (this.#stack.at(-1) !== (c === '}' ? '{' : '[') || this.#afterComma) return false;
    return this.#expecting === 'comma' || this.#expecting === (c === '}' ? 'key' : 'value');
  }

  #close(): void {
    this.#stack.pop();
    this.#ended();
  }

  #ended(): void {
    this.#afterComma = false;
    this.#key = '';
    this.#expecting = this.#stack.length === 0 ? 'nothing' : 'comma';
  }

  #string(text: string, from: number): number {
    if (this.#escaped) {
      this.#escaped = false;
      const escape = text[from] ?? '';
      if (!'"\\/bfnrtu'.includes(escape)) throw this.#fault();
      if (escape === 'u') this.#digits = 4;
      // A slash may be written with a stroke before it; no key and no hash is written with any other escape.
      this.#keep(escape);
      return from + 1;
    }
    if (this.#digits > 0) {
      this.#digits -= 1;
      if (!/[0-9a-f]/i.test(text[from] ?? '')) throw this.#fault();
      return from + 1;
    }
    let at = from;
    while (at < text.length && text[at] !== '"' && text[at] !== '\\') {
      if (text.charCodeAt(at) < 0x20) throw this.#fault();
      at += 1;
    }
    this.#keep(text.slice(from, at));
    if (text[at] === '\\') {
      this.#escaped = true;
      return at + 1;
    }
    if (text[at] !== '"') return at;
    this.#endString();
    return at + 1;
  }

  #keep(text: string): void {
    this.#tooLong ||= this.#kept.length + text.length > MAX_KEPT;
    this.#kept = this.#tooLong ? '' : this.#kept + text;
  }

  #endString(): void {
    this.#inside = null;
    if (this.#expecting === 'key') {
      this.#key = this.#kept;
      this.#expecting = 'colon';
      this.#afterComma = false;
      return;
    }
    const key = this.#key.toLowerCase();
    if (key === 'md5' || key === 'sha1') this.#hash(key);
    else if (this.#stack.length === 1 && (key === '@odata.context' || key === 'odata.metadata') && FORMAT.test(this.#kept)) this.#isVics = true;
    this.#ended();
  }

  #hash(type: 'md5' | 'sha1'): void {
    if (this.#kept === '' && !this.#tooLong) return;
    const bytes = this.#hex.read(type, this.#kept, this.#line);
    this.#counter.one();
    this.#sink(type, bytes);
  }

  #word(text: string, from: number): number {
    let at = from;
    while (at < text.length && /[-+.0-9a-zE]/.test(text[at] ?? '')) at += 1;
    this.#kept += text.slice(from, at);
    if (this.#kept.length > 64) throw this.#fault();
    if (at < text.length) this.#endWord();
    return at;
  }

  #endWord(): void {
    this.#inside = null;
    if (!/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/.test(this.#kept)) throw this.#fault();
    this.#ended();
  }

  #fault(): Error {
    return listFault('not-json', this.#line, 'this is not JSON.');
  }
}
