import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { StreamedAccess } from '../../../src/verify/streamed-access.js';

const WHOLE = new Uint8Array(randomBytes(100_003));
const LIMITS = { tail: 9_000, behind: 4_000, restarts: 2 };

/** A stream of uneven pieces whose buffer is used again, as file streams do; counts how often it was begun. */
function streams(bytes: Uint8Array): { begun: number; open: () => AsyncGenerator<Uint8Array> } {
  const made = { begun: 0, open: pieces };
  async function* pieces(): AsyncGenerator<Uint8Array> {
    made.begun += 1;
    const buffer = new Uint8Array(1_777);
    for (let offset = 0; offset < bytes.length; offset += buffer.length) {
      const piece = bytes.subarray(offset, offset + buffer.length);
      buffer.set(piece);
      yield buffer.subarray(0, piece.length);
    }
  }
  return made;
}

function same(read: Uint8Array, offset: number, length: number): boolean {
  return Buffer.from(read).equals(WHOLE.subarray(offset, offset + length));
}

describe('a stream read as a file', () => {
  test('forwards, with small steps back and the end at any time, it is begun twice and no more', async () => {
    const source = streams(WHOLE);
    const access = await StreamedAccess.over(WHOLE.length, source.open, LIMITS);
    expect(same(await access.read(99_000, 1_003), 99_000, 1_003)).toBe(true);
    for (let offset = 0; offset < 95_000; offset += 2_500) {
      expect(same(await access.read(offset, 2_600), offset, 2_600)).toBe(true);
      expect(same(await access.read(100_000, 3), 100_000, 3)).toBe(true);
    }
    expect(same(await access.read(88_000, 12_003), 88_000, 12_003)).toBe(true);
    expect(source.begun).toBeLessThanOrEqual(3);
  });

  test('jumping about, it is read into memory after some restarts, and every answer is right', async () => {
    const source = streams(WHOLE);
    const access = await StreamedAccess.over(WHOLE.length, source.open, LIMITS);
    for (let i = 0; i < 200; i += 1) {
      const offset = (i * 7_919 * 13) % 99_000;
      expect(same(await access.read(offset, 900), offset, 900)).toBe(true);
    }
    expect(source.begun).toBe(4);
  });

  test('two readers at once get what each asked for', async () => {
    const access = await StreamedAccess.over(WHOLE.length, streams(WHOLE).open, LIMITS);
    const read = await Promise.all([5_000, 70_000, 200, 99_500].map(async (offset) => ({ offset, bytes: await access.read(offset, 300) })));
    for (const { offset, bytes } of read) expect(same(bytes, offset, 300)).toBe(true);
  });

  test('one that gives more or less than was said is damaged, and so is a place beyond its end', async () => {
    for (const size of [WHOLE.length - 1, WHOLE.length + 1]) await expect(StreamedAccess.over(size, streams(WHOLE).open, LIMITS)).rejects.toMatchObject({ code: 'bundle.damaged' });
    const access = await StreamedAccess.over(WHOLE.length, streams(WHOLE).open, LIMITS);
    await expect(access.read(WHOLE.length - 2, 3)).rejects.toMatchObject({ code: 'bundle.damaged' });
  });
});
