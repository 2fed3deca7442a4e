import sharp from 'sharp';
import { CodedError } from '../record/coded-error.js';
import { pngSize } from './png.js';

// libvips would spill a large picture to a temporary file; a page's pixels must not reach the disk.
process.env['VIPS_DISC_THRESHOLD'] = '1t';
sharp.cache(false);

/** One strip of the page as the browser drew it: a PNG of the page's full width. Heights are device pixels. */
export interface Tile {
  readonly png: Buffer;
  readonly top: number;
  readonly height: number;
}

/** Preview slices larger than this are refused; a screen shows a few megapixels. */
const MAX_PREVIEW_PIXELS = 100_000_000;
const OPEN = { limitInputPixels: false, unlimited: true, sequentialRead: true } as const;

/** A picture of a page, whole, in memory, made of strips. */
export class CompositeImage {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  /** The strips that it was made of, from the top. */
  readonly tiles: readonly Tile[];
  #wiped = false;

  private constructor(png: Buffer, tiles: readonly Tile[], width: number, height: number) {
    this.png = png;
    this.tiles = tiles;
    this.width = width;
    this.height = height;
  }

  /**
   * Puts strips together, row for row. A single strip is the composite as it is, byte for byte; several are decoded and
   * encoded once more by streaming, without loss.
   *
   * @throws CodedError `capture.bad-image` when a strip or the result has not exactly the size it must have.
   */
  static async of(tiles: readonly Tile[], width: number, height: number): Promise<CompositeImage> {
    let next = 0;
    for (const tile of tiles) {
      const size = pngSize(tile.png);
      if (tile.top !== next || size.width !== width || size.height !== tile.height) throw wrongSize();
      next += tile.height;
    }
    const [first] = tiles;
    if (first === undefined || next !== height) throw wrongSize();
    // Joining makes every strip as tall as the tallest: only the last may be lower.
    if (tiles.slice(0, -1).some((tile) => tile.height !== first.height) || (tiles.at(-1)?.height ?? 0) > first.height) throw wrongSize();
    const png = tiles.length === 1 ? first.png : await join(tiles, width, height);
    const whole = pngSize(png);
    if (whole.width !== width || whole.height !== height) throw wrongSize();
    return new CompositeImage(png, tiles, width, height);
  }

  /**
   * A slice of the picture for showing it, as PNG: `height` rows from `row` on (device pixels, cut to what there is),
   * scaled down to at most `maxWidth` pixels wide.
   *
   * @throws CodedError `capture.wiped` after {@link wipe}; `capture.bad-slice` when there is nothing of that kind.
   */
  async preview(row: number, height: number, maxWidth: number): Promise<Uint8Array> {
    if (this.#wiped) throw new CodedError('capture.wiped', 'This picture is no longer in memory.');
    const top = Math.max(0, Math.floor(row));
    const end = Math.min(this.height, top + Math.floor(height));
    if (!(end > top) || !(maxWidth >= 1) || (end - top) * this.width > MAX_PREVIEW_PIXELS) throw new CodedError('capture.bad-slice', 'This part of the picture cannot be shown.');
    const pieces = await Promise.all(
      this.tiles
        .filter((tile) => tile.top < end && tile.top + tile.height > top)
        .map(async (tile) => {
          const from = Math.max(0, top - tile.top);
          const rows = Math.min(tile.height, end - tile.top) - from;
          return sharp(tile.png, OPEN).extract({ left: 0, top: from, width: this.width, height: rows }).toColourspace('srgb').removeAlpha().raw().toBuffer();
        }),
    );
    const raw = Buffer.concat(pieces);
    const slice = sharp(raw, { raw: { width: this.width, height: end - top, channels: 3 }, limitInputPixels: false });
    const scaled = maxWidth < this.width ? slice.resize({ width: Math.floor(maxWidth) }) : slice;
    const png = await scaled.png({ compressionLevel: 1 }).toBuffer();
    for (const buffer of [raw, ...pieces]) buffer.fill(0);
    return png;
  }

  /** Overwrites every byte of the picture. */
  wipe(): void {
    this.#wiped = true;
    this.png.fill(0);
    for (const tile of this.tiles) tile.png.fill(0);
  }
}

async function join(tiles: readonly Tile[], width: number, height: number): Promise<Buffer> {
  // Every cell is made as tall as the tallest strip, so what the last one lacks is padding and is cut off.
  return sharp(tiles.map((tile) => tile.png), { ...OPEN, join: { across: 1 } })
    .extract({ left: 0, top: 0, width, height })
    .removeAlpha()
    .png({ compressionLevel: 3, adaptiveFiltering: false, palette: false })
    .toBuffer();
}

function wrongSize(): CodedError {
  return new CodedError('capture.bad-image', 'The browser gave a picture of the wrong size. Nothing was kept.');
}
