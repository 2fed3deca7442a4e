import sharp from 'sharp';

/** A piece of a picture: `data:` URI, and which rows of the original it shows. */
export interface PreviewPiece {
  readonly dataUri: string;
  readonly fromRow: number;
  readonly toRow: number;
}

/** Pictures of an exhibit that fit pages of the report, from the top down; at least one. Sizes in pixels of the original. */
export interface Preview {
  readonly pieces: readonly PreviewPiece[];
  readonly width: number;
  readonly height: number;
}

const MAX_WIDTH = 1_100;
/** Height by width of the tallest picture that fits under an exhibit's label on A4, and of one that has a page of its own. */
const FIRST_RATIO = 0.86;
const PAGE_RATIO = 1.25;
/** A page as tall as 15 windows ends here; the whole is in the exhibit's own file. */
const MAX_PIECES = 12;
/** Pixels that an original may have: 1,280 by 800,000. */
const MAX_PIXELS = 2 ** 30;

/**
 * The preview of a PNG, or null when it cannot be read as one: an export must not fail for want of a picture.
 *
 * @param room how many characters the pictures may have; the first piece is made even when there is none left
 */
export async function previewOf(png: Uint8Array, room: number): Promise<Preview | null> {
  try {
    const { width, height } = await sharp(png, OPTIONS).metadata();
    const wanted = cuts(width, height).slice(0, room > 0 ? undefined : 1);
    const small = await smallCopy(png, { width, rows: wanted.at(-1)?.[1] ?? height });
    const pieces: PreviewPiece[] = [];
    let left = room;
    for (const [fromRow, toRow] of wanted) {
      if (left <= 0 && pieces.length > 0) break;
      const dataUri = await pieceOf(small, fromRow, toRow);
      pieces.push({ dataUri, fromRow, toRow });
      left -= dataUri.length;
    }
    return { pieces, width, height };
  } catch {
    return null;
  }
}

/** From which row to which each piece goes: the first as its place allows, the others all of one height, so that no last one is a sliver. */
function cuts(width: number, height: number): [from: number, to: number][] {
  const first = Math.min(height, Math.max(1, Math.round(width * FIRST_RATIO)));
  const tallest = Math.max(1, Math.round(width * PAGE_RATIO));
  const pages = Math.min(MAX_PIECES - 1, Math.ceil((height - first) / tallest));
  const rows = Math.min(tallest, Math.ceil((height - first) / Math.max(1, pages)));
  return [[0, first], ...Array.from({ length: pages }, (_, i): [number, number] => [first + i * rows, Math.min(height, first + (i + 1) * rows)])];
}

const OPTIONS = { limitInputPixels: MAX_PIXELS, sequentialRead: true, pages: 1 } as const;

/** The rows of an original that are shown, made smaller: three bytes a pixel, of `scale` of the original's rows and columns. */
interface SmallCopy {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Decodes a PNG once for all of its pieces: cut from the PNG, each would decode all rows above it again. At most 60 MB, for twelve pieces. */
async function smallCopy(png: Uint8Array, { width, rows }: { width: number; rows: number }): Promise<SmallCopy> {
  const { data, info } = await sharp(png, OPTIONS)
    .extract({ left: 0, top: 0, width, height: rows })
    .flatten({ background: '#ffffff' })
    .resize({ width: Math.min(width, MAX_WIDTH), withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error('not a picture in colours');
  return { data, width: info.width, height: info.height, scale: info.height / rows };
}

async function pieceOf({ data, width, height, scale }: SmallCopy, fromRow: number, toRow: number): Promise<string> {
  const top = Math.min(height - 1, Math.round(fromRow * scale));
  const end = Math.max(top + 1, Math.min(height, Math.round(toRow * scale)));
  const rows = data.subarray(top * width * 3, end * width * 3);
  const jpeg = await sharp(rows, { raw: { width, height: end - top, channels: 3 } }).jpeg({ quality: 82, mozjpeg: false }).toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}
