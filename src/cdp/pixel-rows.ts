import sharp from 'sharp';

/**
 * The rows of a PNG from top to bottom, three bytes (red, green, blue) a pixel; transparency is dropped.
 *
 * @param image a PNG
 */
export async function* pixelRows(image: Uint8Array): AsyncGenerator<Uint8Array> {
  const { data, info } = await sharp(image, { limitInputPixels: false, unlimited: true }).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const stride = info.width * info.channels;
  for (let row = 0; row < info.height; row += 1) yield data.subarray(row * stride, (row + 1) * stride);
}
