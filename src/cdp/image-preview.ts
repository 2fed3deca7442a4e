import sharp from 'sharp';

/**
 * A small picture of a kept one, for a list.
 *
 * @param image a PNG
 * @param maxWidth the widest it may be, in pixels; of a tall page the top three widths are shown
 * @returns a PNG, made in memory
 */
export async function imagePreview(image: Uint8Array, maxWidth: number): Promise<Uint8Array> {
  const source = sharp(image, { limitInputPixels: false, unlimited: true });
  const { width, height } = await source.metadata();
  const rows = Math.min(height, 3 * width);
  return source.extract({ left: 0, top: 0, width, height: rows }).resize({ width: maxWidth, withoutEnlargement: true }).png({ compressionLevel: 3 }).toBuffer();
}

/**
 * Rows of a kept picture, scaled down to at most `maxWidth` pixels.
 *
 * @param image a PNG that has those rows
 * @returns a PNG, made in memory
 */
export async function imageSlice(image: Uint8Array, { row, height, maxWidth }: { readonly row: number; readonly height: number; readonly maxWidth: number }): Promise<Uint8Array> {
  const source = sharp(image, { limitInputPixels: false, unlimited: true, sequentialRead: true });
  const { width } = await source.metadata();
  const slice = source.extract({ left: 0, top: row, width, height });
  return (maxWidth < width ? slice.resize({ width: maxWidth }) : slice).png({ compressionLevel: 1 }).toBuffer();
}
