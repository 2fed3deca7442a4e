import sharp from 'sharp';

/** The largest picture that is decoded for its likeness, in pixels: 150 MB while it is. */
const MAX_PIXELS = 50_000_000;
/** Pictures that are larger than this both ways are brought down to it before they are compared, as the reference hasher does. */
const SIDE = 512;

/** Pixels row by row, red, green and blue, 8 bits each. */
export interface ImagePixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/**
 * Decodes a picture (JPEG, PNG, WebP, AVIF, the first frame of a GIF) in memory, at most 512 pixels on a side where it was larger
 * both ways; transparent parts are black. Null for what is none of these, is broken, or has more than 50 million pixels.
 */
export async function imagePixels(bytes: Uint8Array): Promise<ImagePixels | null> {
  try {
    const image = sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS, pages: 1, sequentialRead: true });
    const { data, info } = await image.flatten({ background: '#000000' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    if (info.channels !== 3 && info.channels !== 1) return null;
    const small = info.width > SIDE && info.height > SIDE;
    if (!small && info.channels === 3) return { width: info.width, height: info.height, rgb: data };
    const pixels = picked(data, info, small ? SIDE : info.width, small ? SIDE : info.height);
    data.fill(0);
    return pixels;
  } catch {
    return null;
  }
}

/** Every pixel nearest to the upper left of its place, as the reference hasher's image library takes them; other choices differ by up to 8 bits from its hashes. */
function picked(data: Uint8Array, from: { width: number; height: number; channels: number }, width: number, height: number): ImagePixels {
  const rgb = new Uint8Array(3 * width * height);
  let to = 0;
  for (let row = 0; row < height; row += 1) {
    const line = Math.floor((row * from.height) / height) * from.width;
    for (let column = 0; column < width; column += 1) {
      const at = (line + Math.floor((column * from.width) / width)) * from.channels;
      for (let channel = 0; channel < 3; channel += 1) rgb[to + channel] = data[from.channels === 3 ? at + channel : at] ?? 0;
      to += 3;
    }
  }
  return { width, height, rgb };
}
