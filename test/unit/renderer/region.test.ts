import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arrowStep, between, middleOf, moved, movedPoint, onPage, resized, type Area } from '../../../renderer/logic/region.js';

const VIEW = { width: 1280, height: 800 };
const place = fc.record({ x: fc.integer({ min: -2_000, max: 3_000 }), y: fc.integer({ min: -2_000, max: 3_000 }) });

function inside({ x, y, width, height }: Area): boolean {
  return x >= 0 && y >= 0 && width >= 1 && height >= 1 && x + width <= VIEW.width && y + height <= VIEW.height && [x, y, width, height].every(Number.isInteger);
}

describe('a part of the page', () => {
  test('begins in the middle of the view, half its size', () => {
    expect(middleOf(VIEW)).toEqual({ x: 320, y: 200, width: 640, height: 400 });
  });

  test('is drawn in any direction', () => {
    expect(between({ x: 300, y: 200 }, { x: 100.4, y: 50.6 }, VIEW)).toEqual({ x: 100, y: 50, width: 200, height: 150 });
    expect(between({ x: 10, y: 10 }, { x: 10, y: 10 }, VIEW)).toEqual({ x: 10, y: 10, width: 1, height: 1 });
  });

  test('never leaves the view and never vanishes, whatever is drawn, moved or sized', () => {
    fc.assert(fc.property(place, place, place, place, (from, to, by, size) => {
      const drawn = between(from, to, VIEW);
      const after = moved(resized(drawn, size, VIEW), by, VIEW);
      const point = movedPoint(from, by, VIEW);
      return inside(drawn) && inside(after) && point.x >= 0 && point.x < VIEW.width && point.y >= 0 && point.y < VIEW.height;
    }));
  });

  test('keeps its size when it is pushed against an edge', () => {
    expect(moved({ x: 1_000, y: 700, width: 200, height: 80 }, { x: 500, y: 500 }, VIEW)).toEqual({ x: 1_080, y: 720, width: 200, height: 80 });
  });

  test('is counted from the corner of the page, in whole pixels', () => {
    expect(onPage({ x: 10, y: 20, width: 30, height: 40 }, { x: 0, y: 1_200.5 })).toEqual({ x: 10, y: 1_221, width: 30, height: 40 });
  });

  test('moves by 10 pixels with an arrow key, by 1 finely, and not with other keys', () => {
    expect([arrowStep('ArrowLeft', false), arrowStep('ArrowDown', true), arrowStep('a', false)]).toEqual([{ x: -10, y: 0 }, { x: 0, y: 1 }, null]);
  });
});
