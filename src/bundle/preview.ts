import sharp, { type Sharp } from 'sharp';
import { cutRows, type PieceSizes } from './cut-rows.js';

/** A piece of a picture: a JPEG, and which rows of the original it shows. */
export interface PreviewPiece {
  readonly jpeg: Uint8Array;
  readonly fromRow: number;
  readonly toRow: number;
}

/** Pictures of an exhibit that fit pages of the report, from the top down; at least one. Two that follow each other may share a few rows. Sizes in pixels of the original. */
export interface Preview {
  readonly pieces: readonly PreviewPiece[];
  readonly width: number;
  readonly height: number;
}

const MAX_WIDTH = 1_100;
/** How good a JPEG is; and where it takes more bytes than that, which photographs do, how good and how wide it is then, and packed with more work,
 * a fifth smaller at the same looks: a report holds hundreds, and for each megabyte of its PDF the printing browser takes six. */
const QUALITY = 76;
const LARGE = 96 * 2 ** 10;
const LARGE_QUALITY = 60;
const LARGE_WIDTH = 800;
/** Height by width of the tallest picture that fits under an exhibit's label on A4, and of one that has a page of its own. */
const FIRST_RATIO = 0.86;
const PAGE_RATIO = 1.25;
/** What is little taller than the first piece stays whole, somewhat smaller: a page of its own for a few rows says nothing. */
const WHOLE_RATIO = 1.15;
/** A page as tall as 15 windows ends here; the whole is in the exhibit's own file. */
const MAX_PIECES = 12;
/** Pixels that an original may have: 1,280 by 800,000. */
const MAX_PIXELS = 2 ** 30;

/**
 * The preview of a PNG, or null when it cannot be read as one: an export must not fail for want of a picture.
 *
 * @param room how many bytes the pictures may have; the first piece is made even when there is none left
 */
export async function previewOf(png: Uint8Array, room: number): Promise<Preview | null> {
  try {
    const { width, height } = await sharp(png, OPTIONS).metadata();
    const sizes = piecesOf(width, height, room > 0 ? MAX_PIECES : 1);
    const top = await reduced(png, { width, height: Math.min(height, sizes.first + (sizes.most - 1) * sizes.tallest) });
    const pieces: PreviewPiece[] = [];
    let left = room;
    for (const [from, to] of cutRows({ pixels: top.pixels, ...top.raw }, { first: scaled(sizes.first, top), tallest: scaled(sizes.tallest, top), most: sizes.most })) {
      if (left <= 0 && pieces.length > 0) break;
      const jpeg = await pieceOf(top, from, to);
      pieces.push({ jpeg, fromRow: Math.round(from / top.scale), toRow: Math.round(to / top.scale) });
      left -= jpeg.length;
    }
    return { pieces, width, height };
  } catch {
    return null;
  }
}

/** How tall pieces may be, in rows of the original: the first as its place allows, each other one as a page does. */
function piecesOf(width: number, height: number, most: number): PieceSizes {
  const first = height <= Math.round(width * WHOLE_RATIO) ? height : Math.max(1, Math.round(width * FIRST_RATIO));
  return { first, tallest: Math.max(1, Math.round(width * PAGE_RATIO)), most };
}

function scaled(rows: number, { scale }: Reduced): number {
  return Math.max(1, Math.round(rows * scale));
}

const OPTIONS = { limitInputPixels: MAX_PIXELS, sequentialRead: true, pages: 1 } as const;

/** The rows that pieces are cut from, as pixels at the width of the report; `scale`: rows of these by rows of the original. */
interface Reduced {
  readonly pixels: Buffer;
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 3 };
  readonly scale: number;
}

/** Reads the picture once, from the top: reading it again for each piece took four times as long. At most 12 pages, 55 MB. */
async function reduced(png: Uint8Array, { width, height }: { width: number; height: number }): Promise<Reduced> {
  const { data: pixels, info } = await sharp(png, OPTIONS)
    .extract({ left: 0, top: 0, width, height })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize({ width: Math.min(width, MAX_WIDTH), withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new RangeError('not three colours');
  return { pixels, raw: { width: info.width, height: info.height, channels: 3 }, scale: info.height / height };
}

async function pieceOf({ pixels, raw }: Reduced, top: number, end: number): Promise<Uint8Array> {
  const height = end - top;
  const piece = (): Sharp => sharp(pixels, { raw }).extract({ left: 0, top, width: raw.width, height });
  const made = await piece().jpeg({ quality: QUALITY, mozjpeg: false }).toBuffer();
  return made.length <= LARGE ? made : piece().resize({ width: LARGE_WIDTH, withoutEnlargement: true }).jpeg({ quality: LARGE_QUALITY, mozjpeg: true }).toBuffer();
}
