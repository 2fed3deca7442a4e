import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { imagePixels } from '../../../src/cdp/image-pixels.js';
import { pdqDistance, pdqHash, pdqText } from '../../../src/safety/pdq-hash.js';

const here = dirname(fileURLToPath(import.meta.url));
const reference = ['../../../../../shared/reference/pdq', '../../../../../../shared/reference/pdq'].map((path) => join(here, path)).find((path) => existsSync(join(path, 'reference.csv')));

const wordsOf = (text: string): Uint32Array => Uint32Array.from({ length: 8 }, (_, at) => Number.parseInt(text.slice(8 * at, 8 * at + 8), 16));

if (reference === undefined) {
  process.stdout.write('PDQ: the published pictures were not compared, the reference folder is not here\n');
} else {
  const rows = readFileSync(join(reference, 'reference.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',') as [string, string, string]);
  describe('PDQ against the reference hasher', () => {
    test.each(rows)('%s', async (file, hash, quality) => {
      const pixels = await imagePixels(readFileSync(join(reference, file)));
      if (pixels === null) throw new Error('not decoded');
      const own = pdqHash(pixels);
      if (own === null) throw new Error('not hashed');
      const distance = pdqDistance(own.words, wordsOf(hash));
      if (Number(quality) >= 80) expect(distance).toBeLessThanOrEqual(10);
      expect(Math.abs(own.quality - Number(quality))).toBeLessThanOrEqual(2);
      if (process.env['COUNTERSIGN_LONG'] !== undefined) process.stdout.write(`PDQ ${file}: ${distance} bits, quality ${own.quality} for ${quality}\n`);
    });
  });
}

describe('PDQ', () => {
  const picture = (value: (x: number, y: number) => number, side = 128) => ({
    width: side, height: side, rgb: Uint8Array.from({ length: 3 * side * side }, (_, at) => value(Math.floor(at / 3) % side, Math.floor(at / 3 / side))),
  });

  test('a plain picture has no quality', () => {
    expect(pdqHash(picture(() => 128))?.quality).toBe(0);
  });

  test('half of the bits are set, and the text has 64 digits', () => {
    const hash = pdqHash(picture((x, y) => ((x * y + 3 * x) / 7) % 256));
    if (hash === null) throw new Error('not hashed');
    expect(pdqDistance(hash.words, new Uint32Array(8))).toBe(128);
    expect(pdqText(hash.words)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a brighter copy is near and another picture is far', () => {
    const one = pdqHash(picture((x, y) => 40 + 60 * (1 + Math.sin(x / 9) * Math.cos(y / 5))));
    const brighter = pdqHash(picture((x, y) => 70 + 60 * (1 + Math.sin(x / 9) * Math.cos(y / 5))));
    const other = pdqHash(picture((x, y) => 40 + 60 * (1 + Math.sin((x + y) / 4) * Math.cos(y / 19))));
    if (one === null || brighter === null || other === null) throw new Error('not hashed');
    expect(pdqDistance(one.words, brighter.words)).toBeLessThan(32);
    expect(pdqDistance(one.words, other.words)).toBeGreaterThan(64);
  });

  test('a picture too small to mean anything has no hash', () => {
    expect(pdqHash({ width: 4, height: 4, rgb: new Uint8Array(48) })).toBeNull();
  });
});
