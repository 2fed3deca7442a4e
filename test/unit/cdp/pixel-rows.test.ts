import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { pixelRows } from '../../../src/cdp/pixel-rows.js';

/** A picture that needs every kind of filter: stripes, slopes and noise. */
function pixels(width: number, height: number, channels: 3 | 4): Buffer {
  return Buffer.from(Array.from({ length: width * height * channels }, (_, i) => {
    const [x, y, c] = [Math.floor(i / channels) % width, Math.floor(i / channels / width), i % channels];
    if (c === 3) return 255;
    return y % 4 === 0 ? (x * 7 + c) & 255 : y % 4 === 1 ? (y * 3) & 255 : y % 4 === 2 ? (x * y * 31 + c * 17) & 255 : (x + y) & 255;
  }));
}

async function rowsOf(png: Uint8Array): Promise<Buffer> {
  const rows: Buffer[] = [];
  for await (const row of pixelRows(png)) rows.push(Buffer.from(row));
  return Buffer.concat(rows);
}

describe('the rows of a picture', () => {
  test.each([[3, true], [3, false], [4, true], [4, false]] as const)('are those that another decoder finds: %s channels, adaptive filters %s', async (channels, adaptiveFiltering) => {
    const raw = pixels(203, 97, channels);
    const png = await sharp(raw, { raw: { width: 203, height: 97, channels } }).png({ adaptiveFiltering, palette: false }).toBuffer();
    const { data } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect((await rowsOf(png)).equals(data)).toBe(true);
  });

  test('of a picture that is cut short or altered are refused, not guessed', async () => {
    const png = await sharp(pixels(203, 97, 3), { raw: { width: 203, height: 97, channels: 3 } }).png({ palette: false }).toBuffer();
    const taller = Buffer.from(png);
    taller.writeUInt32BE(98, 20);
    const torn = Buffer.from(png);
    torn.fill(0xff, 60, 90);
    for (const bad of [taller, torn, png.subarray(0, 100), new Uint8Array(0)]) await expect(rowsOf(bad)).rejects.toMatchObject({ code: 'capture.bad-image' });
  });
});
