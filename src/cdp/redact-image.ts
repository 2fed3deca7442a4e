import sharp from 'sharp';
import { CodedError } from '../record/coded-error.js';
import { pixelRows } from './pixel-rows.js';
import { pngSize } from './png.js';

// As in composite-image.ts: what is covered must not reach the disk either.
process.env['VIPS_DISC_THRESHOLD'] = '1t';
sharp.cache(false);

/** A part of a picture in its own pixels, from the top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A covered picture; where it is too tall for many viewers, the same rows again in pieces from the top. */
export interface RedactedImage {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly Uint8Array[];
}

/** Rows of one piece; what is not taller comes in one picture alone. As for captures: what common viewers still open. */
const MAX_PIECE_ROWS = 16_000;
const OPEN = { limitInputPixels: false, unlimited: true, sequentialRead: true } as const;
const PNG = { compressionLevel: 6, adaptiveFiltering: false, palette: false } as const;

/**
 * Covers boxes of a PNG with plain black, burnt into its pixels, by streaming: a page of any height takes the memory of its
 * compressed bytes. Nothing but pixels is carried over: no metadata, no transparency, no colour profile, no thumbnail.
 * The result is read back, row by row and by code of our own, before it is given: every covered pixel is black, and every other one
 * is that of the original.
 *
 * @param boxes inside the picture
 * @throws CodedError `redaction.outside`, `redaction.not-exact`, `redaction.cancelled`, `capture.bad-image`
 */
export async function redactImage(png: Uint8Array, boxes: readonly Box[], signal?: AbortSignal): Promise<RedactedImage> {
  const { width, height } = pngSize(png);
  if (boxes.some((box) => box.x + box.width > width || box.y + box.height > height)) throw new CodedError('redaction.outside', 'A box reaches beyond the picture. Draw it again.');
  const covers = boxes.map(({ x, y, width: w, height: h }) => ({ input: { create: { width: w, height: h, channels: 3 as const, background: '#000000' } }, left: x, top: y }));
  const covered = await sharp(png, OPEN).removeAlpha().toColourspace('srgb').composite(covers).removeAlpha().png(PNG).toBuffer();
  await demandExact(png, covered, { width, height, boxes }, signal);
  const pieces: Uint8Array[] = [];
  for (let top = 0; height > MAX_PIECE_ROWS && top < height; top += MAX_PIECE_ROWS) {
    stopIf(signal);
    pieces.push(await sharp(covered, OPEN).extract({ left: 0, top, width, height: Math.min(MAX_PIECE_ROWS, height - top) }).removeAlpha().png(PNG).toBuffer());
  }
  return { png: covered, width, height, pieces };
}

async function demandExact(png: Uint8Array, covered: Uint8Array, { width, height, boxes }: { width: number; height: number; boxes: readonly Box[] }, signal: AbortSignal | undefined): Promise<void> {
  const size = pngSize(covered);
  if (size.width !== width || size.height !== height || size.channels !== 3) throw notExact();
  const results = pixelRows(covered)[Symbol.asyncIterator]();
  const wanted = Buffer.alloc(width * 3);
  let row = 0;
  for await (const original of pixelRows(png)) {
    if (row % 512 === 0) stopIf(signal);
    wanted.set(original);
    for (const box of boxes) if (row >= box.y && row < box.y + box.height) wanted.fill(0, box.x * 3, (box.x + box.width) * 3);
    const result = await results.next();
    if (result.done === true || Buffer.compare(wanted, result.value) !== 0) throw notExact();
    row += 1;
  }
}

function stopIf(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CodedError('redaction.cancelled', 'You stopped the redacted copy. Nothing was kept of it.');
}

function notExact(): CodedError {
  return new CodedError('redaction.not-exact', 'The redacted copy did not come out exactly, so nothing was kept of it. The exhibit itself is safe. Try again, and ask for help if it happens once more.');
}
