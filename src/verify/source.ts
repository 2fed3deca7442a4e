import { CodedError } from '../record/coded-error.js';
import { LIMITS } from './limits.js';

/** A bundle's files, wherever they lie. Paths are relative to the bag, with forward slashes. */
export interface BundleSource {
  /** Every file; `size` in bytes. */
  list(): Promise<readonly { readonly path: string; readonly size: number }[]>;
  /** The bytes of a listed file in pieces. May throw a CodedError `bundle.*`. */
  read(path: string): AsyncIterable<Uint8Array>;
  /** Where it is there: checks, once the files were read, what of the container was not checked on the way. May throw a CodedError `bundle.*`. */
  settle?(): Promise<void>;
  close(): Promise<void>;
}

/** A file that can be read anywhere. `read` gives exactly `length` bytes or throws. */
export interface RandomAccess {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Where it is there: from one byte to `most`, as many as can be had without a copy; for who reads on anyway. `most` is not 0. */
  readSome?(offset: number, most: number): Promise<Uint8Array>;
}

const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Why `path` must not be used as a file's path on any system; null when it may. */
export function pathFault(path: string): string | null {
  if (path === '' || path.length > LIMITS.path) return 'its name is empty or too long';
  if (path.startsWith('/') || path.includes('\\') || /^[A-Za-z]:/.test(path)) return 'its name leads out of the bundle';
  // U+FFFD stands where bytes were no text: what the name is, nobody knows.
  if (/[\p{Cc}\uFFFD]/u.test(path) || !path.isWellFormed() || path !== path.normalize('NFC')) return 'its name holds characters that are not allowed';
  for (const step of path.split('/')) {
    if (step === '' || step === '.' || step === '..') return 'its name leads out of the bundle';
    if (/[. ]$/.test(step) || /[<>:"|?*]/.test(step) || DEVICE_NAME.test(step)) return 'its name cannot be used on every computer';
  }
  return null;
}

/** The key under which names that differ only in case are the same. */
export function foldedName(path: string): string {
  return path.normalize('NFC').toLowerCase().normalize('NFC');
}

/** The bytes of a small file. @throws CodedError `bundle.too-large` beyond `limit` bytes. */
export async function readWhole(source: BundleSource, path: string, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source.read(path)) {
    size += piece.length;
    if (size > limit) throw new CodedError('bundle.too-large', 'A file of this bundle is larger than it can be.', { where: path });
    pieces.push(piece);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
