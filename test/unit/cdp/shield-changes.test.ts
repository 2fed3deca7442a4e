import { describe, expect, test } from '@jest/globals';
import { FrameChanges, type RawPicture } from '../../../src/cdp/shield-changes.js';

/** A frame of white with boxes of a shade: x, y, width, height, shade. */
function frame(...boxes: readonly (readonly [number, number, number, number, number])[]): RawPicture {
  const [width, height] = [320, 160];
  const data = Buffer.alloc(3 * width * height, 255);
  for (const [x, y, w, h, shade] of boxes) for (let row = Math.max(0, y); row < Math.min(height, y + h); row += 1) data.fill(shade, 3 * (row * width + x), 3 * (row * width + x + w));
  return { data, width, height };
}

const TOP = { x: 0, y: 0 };

describe('since when parts of a frame stand there', () => {
  test('everything is new in the first frame, and nothing in another that is the same', () => {
    const changes = new FrameChanges();
    changes.take(frame(), TOP, 1_000);
    expect(changes.after(999)).toHaveLength(5);
    expect(changes.after(1_000)).toEqual([]);
    changes.take(frame(), TOP, 1_100);
    expect(changes.after(1_000)).toEqual([]);
  });

  test('what comes and goes between two frames is young in both, and nothing around it is', () => {
    const changes = new FrameChanges();
    changes.take(frame(), TOP, 0);
    changes.take(frame([64, 64, 64, 32, 10]), TOP, 1_000);
    expect(changes.after(900)).toEqual([{ x: 64, y: 64, width: 64, height: 32 }]);
    changes.take(frame(), TOP, 1_015);
    expect(changes.after(1_000)).toEqual([{ x: 64, y: 64, width: 64, height: 32 }]);
    expect(changes.after(1_015)).toEqual([]);
  });

  test('what scrolls along stays as old as it was, what comes into sight is young, and so is what stood under it', () => {
    const changes = new FrameChanges();
    changes.take(frame([0, 96, 320, 32, 40]), TOP, 0);
    changes.take(frame([0, 64, 320, 32, 40], [0, 128, 320, 32, 90]), { x: 0, y: 32 }, 1_000);
    expect(changes.after(900)).toEqual([{ x: 0, y: 128, width: 320, height: 32 }]);
  });

  test('a bar that stays in place while the page scrolls is not young', () => {
    const changes = new FrameChanges();
    changes.take(frame([0, 0, 320, 32, 20], [0, 96, 320, 32, 40]), TOP, 0);
    changes.take(frame([0, 0, 320, 32, 20], [0, 64, 320, 32, 40]), { x: 0, y: 32 }, 1_000);
    expect(changes.after(900).some(({ y }) => y === 0)).toBe(false);
  });

  test('a caret and a typed letter are too little to be a picture', () => {
    const changes = new FrameChanges();
    changes.take(frame(), TOP, 0);
    changes.take(frame([70, 70, 2, 20, 0]), TOP, 1_000);
    expect(changes.after(900)).toEqual([]);
  });

  test('a frame of another size, and the first after everything was forgotten, begin anew', () => {
    const changes = new FrameChanges();
    changes.take(frame(), TOP, 0);
    const kept = frame();
    changes.take(kept, TOP, 500);
    changes.forget();
    expect(kept.data.every((byte) => byte === 0)).toBe(true);
    expect(changes.after(0)).toEqual([]);
    changes.take(frame(), TOP, 1_000);
    expect(changes.after(900)).toHaveLength(5);
  });
});
