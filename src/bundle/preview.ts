import sharp from 'sharp';

/** A picture of an exhibit that fits a page of the report: `data:` URI, and what it shows of the whole. */
export interface Preview {
  readonly dataUri: string;
  /** Pixels of the original. */
  readonly width: number;
  readonly height: number;
  /** How many rows of the original, from the top, the picture shows. */
  readonly shownRows: number;
}

const MAX_WIDTH = 1_100;
/** Height by width of the tallest picture that fits under an exhibit's label on A4. */
const MAX_RATIO = 0.86;
/** Pixels that an original may have: 1,280 by 800,000. */
const MAX_PIXELS = 2 ** 30;

/** The preview of a PNG, or null when it cannot be read as one: an export must not fail for want of a picture. */
export async function previewOf(png: Uint8Array): Promise<Preview | null> {
  try {
    const options = { limitInputPixels: MAX_PIXELS, sequentialRead: true, pages: 1 } as const;
    const { width, height } = await sharp(png, options).metadata();
    const shownRows = Math.min(height, Math.max(1, Math.round(width * MAX_RATIO)));
    const jpeg = await sharp(png, options)
      .extract({ left: 0, top: 0, width, height: shownRows })
      .flatten({ background: '#ffffff' })
      .resize({ width: Math.min(width, MAX_WIDTH), withoutEnlargement: true })
      .jpeg({ quality: 82, mozjpeg: false })
      .toBuffer();
    return { dataUri: `data:image/jpeg;base64,${jpeg.toString('base64')}`, width, height, shownRows };
  } catch {
    return null;
  }
}
