import sharp from 'sharp';

/** The largest picture that is decoded for its likeness, in pixels. */
const MAX_PIXELS = 64 * 2 ** 20;
/** Pictures are brought down to this on each side before they are compared. */
const SIDE = 512;

/** Pixels row by row, red, green and blue, 8 bits each. */
export interface ImagePixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/**
 * Decodes a picture (JPEG, PNG, WebP, AVIF, the first frame of a GIF) in memory, at most 512 pixels on a side; transparent parts
 * are black. Null for what is none of these, is broken, or has more than 64 million pixels.
 */
export async function imagePixels(bytes: Uint8Array): Promise<ImagePixels | null> {
  try {
    const image = sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS, pages: 1, sequentialRead: true });
    const { data, info } = await image
      .resize({ width: SIDE, height: SIDE, fit: 'fill', withoutEnlargement: true, kernel: 'linear' })
      .flatten({ background: '#000000' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels === 3) return { width: info.width, height: info.height, rgb: data };
    if (info.channels !== 1) return null;
    const rgb = new Uint8Array(3 * data.length);
    data.forEach((grey, at) => rgb.fill(grey, 3 * at, 3 * at + 3));
    return { width: info.width, height: info.height, rgb };
  } catch {
    return null;
  }
}
