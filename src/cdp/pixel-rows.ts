import { createInflate } from 'node:zlib';
import { CodedError } from '../record/coded-error.js';
import { pngSize } from './png.js';

const HEADER = 8;

/**
 * The rows of a PNG from top to bottom, three bytes (red, green, blue) a pixel; transparency is dropped. Each row is the
 * caller's to read until it asks for the next. Decoded here by the letter of the standard (W3C PNG, sections 7 to 10) and
 * row by row: a picture of a gigapixel needs no more memory than two rows, and what one library wrote is read by another.
 *
 * @param image a PNG as {@link pngSize} takes it, not interlaced
 * @throws CodedError `capture.bad-image`
 */
export async function* pixelRows(image: Uint8Array): AsyncGenerator<Uint8Array> {
  const { width, height, channels } = pngSize(image);
  const stride = width * channels;
  let before: Uint8Array = new Uint8Array(stride);
  let row = new Uint8Array(stride);
  const out = channels === 3 ? null : new Uint8Array(width * 3);
  const line = Buffer.alloc(stride + 1);
  let filled = 0;
  let rows = 0;
  const inflate = createInflate({ chunkSize: 1 << 20 });
  for (const piece of imageData(image)) inflate.write(piece);
  inflate.end();
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const count = chunk.copy(line, filled, at, at + line.length - filled);
        at += count;
        filled += count;
        if (filled < line.length) break;
        filled = 0;
        rows += 1;
        unfilter(line[0] ?? 0, line.subarray(1), before, row, channels);
        yield out === null ? row : opaque(row, out);
        [before, row] = [row, before as Uint8Array<ArrayBuffer>];
      }
    }
  } catch (cause) {
    throw cause instanceof CodedError ? cause : unreadable(cause);
  }
  if (rows !== height || filled !== 0) throw unreadable(null);
}

/** The pieces of the picture's compressed data. */
function* imageData(image: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  for (let at = HEADER; at + 12 <= image.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > image.length) throw unreadable(null);
    if (view.getUint32(at + 4) === 0x49444154) yield image.subarray(at + 8, at + 8 + length);
    at += 12 + length;
  }
}

function unfilter(type: number, from: Uint8Array, above: Uint8Array, to: Uint8Array, step: number): void {
  if (type === 0) return to.set(from);
  if (type > 4) throw unreadable(null);
  for (let i = 0; i < from.length; i += 1) {
    const left = i < step ? 0 : (to[i - step] ?? 0);
    const up = above[i] ?? 0;
    const guess = type === 1 ? left : type === 2 ? up : type === 3 ? (left + up) >> 1 : paeth(left, up, i < step ? 0 : (above[i - step] ?? 0));
    to[i] = (from[i] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function opaque(row: Uint8Array, out: Uint8Array): Uint8Array {
  for (let from = 0, to = 0; from < row.length; from += 4, to += 3) {
    out[to] = row[from] ?? 0;
    out[to + 1] = row[from + 1] ?? 0;
    out[to + 2] = row[from + 2] ?? 0;
  }
  return out;
}

function unreadable(cause: unknown): CodedError {
  return new CodedError('capture.bad-image', 'This picture cannot be read.', cause === null ? {} : { cause });
}
