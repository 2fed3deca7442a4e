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
