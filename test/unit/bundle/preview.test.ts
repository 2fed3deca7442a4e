import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { cutRows } from '../../../src/bundle/cut-rows.js';
import { previewOf, type PreviewPiece } from '../../../src/bundle/preview.js';

/** A picture whose rows get lighter from the top (0) to the bottom (255). */
async function ramp(width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let row = 0; row < height; row += 1) pixels.fill(Math.round((row * 255) / (height - 1)), row * width * 3, (row + 1) * width * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } }).png().toBuffer();
}

/** How light the first and the last row of a piece are. */
async function ends({ jpeg }: PreviewPiece): Promise<[first: number, last: number]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  return [data[0] ?? -1, data[(info.height - 1) * info.width * info.channels] ?? -1];
}

describe('the pictures of a report', () => {
  test('a page that is little taller than its place is shown whole', async () => {
    for (const height of [300, 344, 460]) expect((await previewOf(await ramp(400, height), 1e9))?.pieces.map(({ fromRow, toRow }) => [fromRow, toRow])).toEqual([[0, height]]);
  });

  test('a taller one follows in pieces without a gap, each showing the rows that it says, and none is a sliver', async () => {
    const height = 2_000;
    const preview = await previewOf(await ramp(400, height), 1e9);
    const pieces = preview?.pieces ?? [];
    expect(pieces.length).toBeGreaterThan(2);
    for (const [at, piece] of pieces.entries()) {
      expect(piece.fromRow).toBe(pieces[at - 1]?.toRow ?? 0);
      if (at > 0) expect(piece.toRow - piece.fromRow).toBeGreaterThan(200);
      const light = await ends(piece);
      for (const [which, row] of [piece.fromRow, piece.toRow - 1].entries()) expect(Math.abs((light[which] ?? -99) - (row * 255) / (height - 1))).toBeLessThan(4);
    }
    expect(pieces.at(-1)?.toRow).toBe(height);
  });

  test('a page of text is cut between its lines, at a paragraph where one is near', async () => {
    const [width, height, line] = [1_000, 5_000, 40];
    // 22 rows of ink in 40, and no line at all in every ninth place.
    const isInk = (row: number): boolean => row % line < 22 && Math.floor(row / line) % 9 !== 0;
    const pixels = Buffer.alloc(width * height * 3, 255);
    for (let row = 0; row < height; row += 1) {
      if (!isInk(row)) continue;
      for (let x = 100; x < 900; x += 8) pixels.fill(0, (row * width + x) * 3, (row * width + x + 3) * 3);
    }
    const pieces = (await previewOf(await sharp(pixels, { raw: { width, height, channels: 3 } }).png().toBuffer(), 1e9))?.pieces ?? [];
    expect(pieces.length).toBeGreaterThan(3);
    for (const [at, { fromRow, toRow }] of pieces.entries()) {
      expect(fromRow).toBe(pieces[at - 1]?.toRow ?? 0);
      expect(toRow - fromRow).toBeLessThanOrEqual(1_250);
      if (at === pieces.length - 1) continue;
      const around = Array.from({ length: 12 }, (_, i) => toRow - 6 + i);
      expect(around.filter(isInk)).toEqual([]);
    }
    expect(pieces.at(-1)?.toRow).toBe(height);
  });

  test('where no row is quiet the next piece begins a little earlier, so that one of the two has each line whole', () => {
    const [width, height] = [400, 2_000];
    const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => (Math.floor(at / 3) % 2) * 255);
    const pieces = cutRows({ pixels, width, height }, { first: 344, tallest: 500, most: 12 });
    for (const [at, [from, to]] of pieces.entries()) {
      if (at > 0) expect((pieces[at - 1]?.[1] ?? 0) - from).toBe(12);
      expect(to - from).toBeLessThanOrEqual(500);
    }
    expect(pieces.at(-1)?.[1]).toBe(height);
    expect(cutRows({ pixels, width, height }, { first: 344, tallest: 500, most: 3 })).toHaveLength(3);
  });

  test('where there is no room left, the first piece alone is made', async () => {
    expect((await previewOf(await ramp(400, 2_000), 0))?.pieces).toHaveLength(1);
  });

  test('a wide picture is made smaller, one with holes is laid on white, and what is no picture is none', async () => {
    const wide = await previewOf(await sharp({ create: { width: 3_000, height: 1_500, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer(), 1e9);
    expect([wide?.width, wide?.height, wide?.pieces.length]).toEqual([3_000, 1_500, 1]);
    const [piece] = wide?.pieces ?? [];
    expect(piece === undefined ? [] : await ends(piece)).toEqual([255, 255]);
    expect(await previewOf(Buffer.from('no picture'), 1e9)).toBeNull();
  });
});
