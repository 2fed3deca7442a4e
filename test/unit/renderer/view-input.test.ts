import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buttonName, fitView, isPaste, keyInput, modifierBits, shortcut, toView, wheelPixels } from '../../../renderer/logic/view-input.js';
import { viewInputSchema } from '../../../src/ipc/investigate-contract.js';

const VIEW = { width: 1280, height: 800 };
const NONE = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

describe('where things lie', () => {
  test('the view keeps its proportions and never spills over its space', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 4000 }), (width, height) => {
      const fitted = fitView({ width, height }, VIEW);
      expect(fitted.width).toBeLessThanOrEqual(width);
      expect(fitted.height).toBeLessThanOrEqual(height);
      expect(Math.abs(fitted.width * VIEW.height - fitted.height * VIEW.width)).toBeLessThanOrEqual(VIEW.width + VIEW.height);
    }));
  });

  test('the corners and the middle of the canvas are the corners and the middle of the page', () => {
    const box = { left: 14, top: 131, width: 640, height: 400 };
    expect(toView({ clientX: 14, clientY: 131 }, box, VIEW)).toEqual({ x: 0, y: 0 });
    expect(toView({ clientX: 334, clientY: 331 }, box, VIEW)).toEqual({ x: 640, y: 400 });
    expect(toView({ clientX: 654, clientY: 531 }, box, VIEW)).toEqual({ x: 1279, y: 799 });
  });

  test('a drag that leaves the canvas stays inside the page', () => {
    expect(toView({ clientX: -500, clientY: 9_000 }, { left: 0, top: 0, width: 640, height: 400 }, VIEW)).toEqual({ x: 0, y: 799 });
  });

  test('a canvas without a size does not divide by nothing', () => {
    expect(toView({ clientX: 3, clientY: 3 }, { left: 0, top: 0, width: 0, height: 0 }, VIEW)).toEqual({ x: 1279, y: 799 });
  });

  test('a wheel that counts lines or pages is told in pixels', () => {
    expect(wheelPixels({ deltaX: 0, deltaY: 3, deltaMode: 1 }, VIEW)).toEqual({ deltaX: 0, deltaY: 120 });
    expect(wheelPixels({ deltaX: 0, deltaY: -1, deltaMode: 2 }, VIEW)).toEqual({ deltaX: 0, deltaY: -800 });
    expect(wheelPixels({ deltaX: 5, deltaY: 7, deltaMode: 0 }, VIEW)).toEqual({ deltaX: 5, deltaY: 7 });
  });

  test('only the three mouse buttons that pages know are passed on', () => {
    expect([0, 1, 2, 3, 4].map(buttonName)).toEqual(['left', 'middle', 'right', 'none', 'none']);
  });
});

describe('keys', () => {
  test('a letter carries its text, a letter with Ctrl does not, AltGr does', () => {
    expect(keyInput({ ...NONE, key: 'a', code: 'KeyA' }, 'down')).toEqual({ type: 'key', event: 'down', key: 'a', code: 'KeyA', text: 'a', modifiers: 0 });
    expect(keyInput({ ...NONE, ctrlKey: true, key: 'a', code: 'KeyA' }, 'down')?.text).toBe('');
    expect(keyInput({ ...NONE, ctrlKey: true, altKey: true, key: '€', code: 'Digit4' }, 'down')?.text).toBe('€');
    expect(keyInput({ ...NONE, key: 'a', code: 'KeyA' }, 'up')?.text).toBe('');
  });

  test('Enter carries a return, Tab and the arrows carry nothing', () => {
    expect(keyInput({ ...NONE, key: 'Enter', code: 'Enter' }, 'down')?.text).toBe('\r');
    expect(keyInput({ ...NONE, key: 'Tab', code: 'Tab' }, 'down')?.text).toBe('');
    expect(keyInput({ ...NONE, key: 'ArrowDown', code: 'ArrowDown' }, 'down')?.text).toBe('');
  });

  test('the page never hears the keys of the app, a paste or half a letter', () => {
    for (const key of ['F4', 'F6', 'F9', 'Dead', 'Process']) expect(keyInput({ ...NONE, key, code: key }, 'down')).toBeNull();
    expect(keyInput({ ...NONE, ctrlKey: true, key: 'V', code: 'KeyV' }, 'down')).toBeNull();
    expect(isPaste({ ...NONE, shiftKey: true, key: 'Insert' })).toBe(true);
    expect(isPaste({ ...NONE, key: 'v' })).toBe(false);
  });

  test('every key fits the contract', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }), fc.boolean(), fc.boolean(), (key, code, altKey, ctrlKey) => {
      const input = keyInput({ ...NONE, key, code, altKey, ctrlKey }, 'down');
      expect(input === null || viewInputSchema.safeParse(input).success).toBe(true);
    }));
  });

  test('modifiers are the bits of the DevTools protocol', () => {
    expect([{ altKey: true }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }].map((pressed) => modifierBits({ ...NONE, ...pressed }))).toEqual([1, 2, 4, 8]);
  });

  test('three keys belong to the app', () => {
    expect(['F9', 'F4', 'F6', 'Escape', 'k'].map(shortcut)).toEqual(['stop', 'capture', 'switch', null, null]);
  });
});
