import { CodedError } from '../record/coded-error.js';

/** What a list can be: addresses, SHA-256 of addresses, hashes of files, a VICS file with hashes of files, PDQ hashes of pictures. */
export const LIST_FORMATS = ['addresses', 'hashed-addresses', 'hashes', 'vics', 'pdq'] as const;

/** See {@link LIST_FORMATS}. */
export type ListFormat = (typeof LIST_FORMATS)[number];

/** What one value of a list is. An `address` is the SHA-256 of a canonical form. */
export type ListValueType = 'address' | 'md5' | 'sha1' | 'sha256' | 'pdq';

/** How many values a list may have. */
export const MAX_LIST_VALUES = 10_000_000;
/** How many PDQ values a list may have: each search looks at many of them. */
export const MAX_PDQ_VALUES = 1_000_000;
/** Characters in one line of a list; the longest address that is ever opened fits. */
export const MAX_LINE = 32_768;

/** Takes each value of a list as it is read; `bytes` are its own only during the call. */
export type ListSink = (type: ListValueType, bytes: Uint8Array) => void;

/** What was read. */
export interface ListCount {
  readonly values: number;
  /** Values that were left out because they mean too little: PDQ hashes with a quality of 49 or less. */
  readonly skipped: number;
}

/** Reads the text of a list piece by piece. Whatever it throws, nothing that it handed out counts. */
export interface ListReader {
  /** @throws CodedError `lists.*`, whose `where` names the line */
  push(text: string): void;
  /** @throws CodedError `lists.*` */
  end(): ListCount;
}

/** A fault at a line of a list (counted from 1). */
export function listFault(code: string, line: number, what: string): CodedError {
  return new CodedError(`lists.${code}`, `Line ${line}: ${what} Nothing of this list was taken. Ask whoever gave it to you for a whole file.`, { where: `line ${line}` });
}

/** A fault of a list as a whole. */
export function listRefused(code: string, what: string): CodedError {
  return new CodedError(`lists.${code}`, `${what} Nothing of this list was taken.`);
}

const LENGTHS: Readonly<Record<ListValueType, number>> = { md5: 32, sha1: 40, sha256: 64, address: 64, pdq: 64 };
const NAMES: Readonly<Record<ListValueType, string>> = { md5: 'an MD5 hash', sha1: 'a SHA-1 hash', sha256: 'a SHA-256 hash', address: 'a hash of an address', pdq: 'a PDQ hash' };

const DIGITS = new Uint8Array(128).fill(255);
for (let at = 0; at < 16; at += 1) {
  DIGITS['0123456789abcdef'.charCodeAt(at)] = at;
  DIGITS['0123456789ABCDEF'.charCodeAt(at)] = at;
}

/** Reads hexadecimal into a buffer that is used again for the next. */
export class HexValues {
  readonly #buffer = new Uint8Array(32);

  /** @throws CodedError `lists.bad-hash` when `text` is not a hash of that type */
  read(type: ListValueType, text: string, line: number): Uint8Array {
    const length = LENGTHS[type];
    if (text.length !== length) throw listFault('bad-hash', line, `this is not ${NAMES[type]}, which has ${length} digits.`);
    for (let at = 0; at < length; at += 2) {
      const high = DIGITS[text.charCodeAt(at)] ?? 255;
      const low = DIGITS[text.charCodeAt(at + 1)] ?? 255;
      if ((high | low) > 15) throw listFault('bad-hash', line, `this is not ${NAMES[type]}: it holds something other than 0 to 9 and a to f.`);
      this.#buffer[at >> 1] = (high << 4) | low;
    }
    return this.#buffer.subarray(0, length >> 1);
  }
}

/** The type of a hash by its length; null for any other text. */
export function hashTypeOf(text: string): 'md5' | 'sha1' | 'sha256' | null {
  if (!/^[0-9a-f]+$/i.test(text)) return null;
  return text.length === 32 ? 'md5' : text.length === 40 ? 'sha1' : text.length === 64 ? 'sha256' : null;
}

/** Counts values and stops at the bound. */
export class ListCounter {
  readonly #most: number;
  values = 0;
  skipped = 0;

  constructor(most: number = MAX_LIST_VALUES) {
    this.#most = most;
  }

  /** @throws CodedError `lists.too-many` */
  one(): void {
    this.values += 1;
    if (this.values > this.#most) throw listRefused('too-many', `This list has more than ${this.#most.toLocaleString('en-GB')} values.`);
  }

  /** @throws CodedError `lists.empty` */
  end(): ListCount {
    if (this.values + this.skipped === 0) throw listRefused('empty', 'This file holds nothing that could be looked for.');
    return { values: this.values, skipped: this.skipped };
  }
}
