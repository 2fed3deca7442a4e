import { describe, expect, test } from '@jest/globals';
import { arrowStep, boxBetween, firstBox, movedBox, sizedBox } from '../../../renderer/logic/boxes.js';
import { instantOf, localFields } from '../../../renderer/logic/local-time.js';

const IMAGE = { width: 1_280, height: 6_240 };
const BOX = { x: 10, y: 20, width: 100, height: 50, reason: 'Name' };

describe('boxes over a picture', () => {
  test('are whole pixels inside the picture, whichever way they are drawn, and a slip is none', () => {
    expect(boxBetween({ x: 110.4, y: 70.9 }, { x: -5, y: 20.2 }, IMAGE)).toEqual({ x: 0, y: 20, width: 111, height: 51, reason: '' });
    expect(boxBetween({ x: 1_200, y: 6_200 }, { x: 9_999, y: 9_999 }, IMAGE)).toEqual({ x: 1_200, y: 6_200, width: 80, height: 40, reason: '' });
    expect(boxBetween({ x: 10, y: 10 }, { x: 12, y: 300 }, IMAGE)).toBeNull();
  });

  test('stay inside when keys move them or change their size, and keep their reason', () => {
    expect(movedBox(BOX, -50, 9_999, IMAGE)).toEqual({ ...BOX, x: 0, y: 6_190 });
    expect(sizedBox(BOX, 9_999, -9_999, IMAGE)).toEqual({ ...BOX, width: 1_270, height: 1 });
    expect([arrowStep('ArrowLeft', false), arrowStep('ArrowDown', true), arrowStep('a', true)]).toEqual([{ dx: -5, dy: 0 }, { dx: 0, dy: 50 }, null]);
  });

  test('of the keyboard begin in the middle of what is seen', () => {
    const box = firstBox(IMAGE, 0.5, 0.6);
    expect([Math.abs(box.x + box.width / 2 - 640) <= 1, Math.round(box.y + box.height / 2)]).toEqual([true, 3_432]);
    expect(firstBox({ width: 40, height: 3 }, 0, 1)).toMatchObject({ y: 0, height: 3 });
  });
});

test('a British date and a time of day mean an instant, or none', () => {
  const at = new Date(2026, 10, 24, 9, 5).toISOString();
  expect(localFields(at)).toEqual({ date: '24/11/2026', time: '09:05' });
  expect([instantOf('24/11/2026', '09:05'), instantOf(' 24-11-2026 ', '9.05')]).toEqual([at, at]);
  for (const [date, time] of [['31/02/2026', '10:00'], ['24/11/26', '10:00'], ['24/11/2026', '24:30'], ['', '']] as const) expect(instantOf(date, time)).toBeNull();
});
