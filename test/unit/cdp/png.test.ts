import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { CompositeImage, type Tile } from '../../../src/cdp/composite-image.js';
import { pngSize } from '../../../src/cdp/png.js';

const strip = (width: number, height: number, red: number): Promise<Buffer> => sharp({ create: { width, height, channels: 3, background: { r: red, g: 1, b: 2 } } }).png().toBuffer();
const tile = async (top: number, height: number, red: number, width = 40): Promise<Tile> => ({ png: await strip(width, height, red), top, height });

describe('the composite', () => {
  test('of one strip is that strip, byte for byte', async () => {
    const only = await tile(0, 30, 7);
    const image = await CompositeImage.of([only], 40, 30);
    expect(image.png).toBe(only.png);
  });

  test('of strips of different height has each row of each, and no other', async () => {
    const image = await CompositeImage.of([await tile(0, 30, 10), await tile(30, 30, 20), await tile(60, 5, 30)], 40, 65);
    const { data, info } = await sharp(image.png).raw().toBuffer({ resolveWithObject: true });
    expect({ width: info.width, height: info.height, channels: info.channels }).toEqual({ width: 40, height: 65, channels: 3 });
    const reds = Array.from({ length: 65 }, (_, row) => data[row * 40 * 3]);
    expect(reds).toEqual([...Array.from({ length: 30 }, () => 10), ...Array.from({ length: 30 }, () => 20), ...Array.from({ length: 5 }, () => 30)]);
  });

  test('is refused when a strip is missing, of the wrong size, or no picture', async () => {
    const refused = { code: 'capture.bad-image' };
    await expect(CompositeImage.of([await tile(0, 30, 1), await tile(40, 20, 1)], 40, 60)).rejects.toMatchObject(refused);
    await expect(CompositeImage.of([await tile(0, 30, 1), await tile(30, 30, 1, 39)], 40, 60)).rejects.toMatchObject(refused);
    await expect(CompositeImage.of([], 40, 0)).rejects.toMatchObject(refused);
    const whole = await strip(40, 30, 1);
    expect(() => pngSize(whole.subarray(0, whole.length - 1))).toThrow(expect.objectContaining(refused));
    expect(() => pngSize(Buffer.alloc(100))).toThrow(expect.objectContaining(refused));
    expect(pngSize(whole)).toEqual({ width: 40, height: 30, channels: 3 });
  });
});
