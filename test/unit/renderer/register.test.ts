import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { crumbsOf } from '../../../renderer/logic/folder-path.js';
import { day, shortDay } from '../../../renderer/logic/format.js';
import { isRegisterPlace } from '../../../renderer/logic/places.js';
import { fillWords, SHEET_WORDS, twoNumbers, wordsIn } from '../../../renderer/logic/recovery-words.js';
import { dueFirst, passes, reviewState } from '../../../renderer/logic/review.js';
import { roleTitle } from '../../../renderer/logic/roles.js';
import type { CaseSummary } from '../../../src/ipc/state.js';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');
const EMPTY = Array.from({ length: SHEET_WORDS }, () => '');

function summary(reference: string, reviewOn: string | null, phase: CaseSummary['phase'] = 'sealed'): CaseSummary {
  return { id: reference, reference, reason: '', phase, openedAt: '2026-01-01T00:00:00.000Z', exhibits: 0, concerns: 0, reviewOn };
}

describe('the way to a folder', () => {
  test('leads from the root, in the manner of each system', () => {
    expect(crumbsOf('/')).toEqual([{ name: '/', path: '/' }]);
    expect(crumbsOf('/media/usb disk')).toEqual([{ name: '/', path: '/' }, { name: 'media', path: '/media' }, { name: 'usb disk', path: '/media/usb disk' }]);
    expect(crumbsOf('C:\\')).toEqual([{ name: 'C:\\', path: 'C:\\' }]);
    expect(crumbsOf('C:\\Users\\Priya')).toEqual([{ name: 'C:\\', path: 'C:\\' }, { name: 'Users', path: 'C:\\Users' }, { name: 'Priya', path: 'C:\\Users\\Priya' }]);
    expect(crumbsOf('\\\\server\\share\\x').map(({ path }) => path)).toEqual(['\\\\server\\share', '\\\\server\\share\\x']);
  });

  test('a folder with a backslash in its name is one folder where that is allowed', () => {
    expect(crumbsOf('/a\\b').at(-1)).toEqual({ name: 'a\\b', path: '/a\\b' });
  });

  test('ends at the folder itself, whatever it is called', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('/'));
    fc.assert(fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), (names) => { expect(crumbsOf(`/${names.join('/')}`).at(-1)?.path).toBe(`/${names.join('/')}`); }));
  });
});

describe('a review date', () => {
  test('marks a case from 30 days before it', () => {
    expect(reviewState(null, NOW)).toBeNull();
    expect(reviewState('2026-12-24T10:00:00.000Z', NOW)).toBe('soon');
    expect(reviewState('2026-12-24T10:00:00.001Z', NOW)).toBeNull();
    expect(reviewState('2026-11-24T10:00:00.000Z', NOW)).toBe('overdue');
    expect(reviewState('2026-11-20', NOW)).toBe('overdue');
    expect(reviewState('soon', NOW)).toBeNull();
  });

  test('filters the list and puts what is longest overdue first', () => {
    const cases = [summary('a', null), summary('b', '2026-12-01T00:00:00.000Z'), summary('c', '2026-10-01T00:00:00.000Z'), summary('d', null, 'open')];
    expect(cases.filter((each) => passes('review', each, NOW)).map(({ reference }) => reference)).toEqual(['b', 'c']);
    expect(cases.filter((each) => passes('open', each, NOW)).map(({ reference }) => reference)).toEqual(['d']);
    expect(cases.filter((each) => passes('all', each, NOW))).toHaveLength(4);
    expect(dueFirst(cases, NOW).map(({ reference }) => reference)).toEqual(['c', 'b', 'a', 'd']);
  });
});

describe('the words of a recovery sheet', () => {
  test('are found whatever stands between them', () => {
    expect(wordsIn('1. Abandon  2. amount,\n3) LIAR')).toEqual(['abandon', 'amount', 'liar']);
  });

  test('typed with a space go on to the next field; without it they stay', () => {
    expect(fillWords(EMPTY, 2, 'liar')).toMatchObject({ next: 2 });
    expect(fillWords(EMPTY, 2, 'liar ')).toMatchObject({ next: 3 });
    expect(fillWords(EMPTY, 23, 'unaware ')).toMatchObject({ next: 23 });
    expect(fillWords(['x', ...EMPTY.slice(1)], 0, '').fields[0]).toBe('');
  });

  test('pasted fill the fields that follow and never more than there are', () => {
    fc.assert(fc.property(fc.nat(SHEET_WORDS - 1), fc.array(fc.constantFrom('abandon', 'amount', 'liar'), { maxLength: 40 }), (at, words) => {
      const { fields, next } = fillWords(EMPTY, at, words.join(' '));
      expect(fields).toHaveLength(SHEET_WORDS);
      expect(fields.slice(at, at + words.length)).toEqual(words.slice(0, SHEET_WORDS - at));
      expect(next >= at && next < SHEET_WORDS).toBe(true);
    }));
  });

  test('two of them are asked for, never the same one twice', () => {
    fc.assert(fc.property(fc.nat(), fc.nat(), (first, second) => {
      const picks = [first, second];
      const [low, high] = twoNumbers((below) => (picks.shift() ?? 0) % below);
      expect(low >= 1 && low < high && high <= SHEET_WORDS).toBe(true);
    }));
  });
});

describe('words of the register', () => {
  test('dates without a time', () => {
    expect([day('2026-11-24T23:30:00.000Z', 'Europe/London'), shortDay('2026-06-30T23:30:00.000Z', 'Europe/London')]).toEqual(['24 November 2026', '1 Jul 2026']);
  });

  test('roles and places', () => {
    expect([roleTitle('dsl'), roleTitle(null)]).toEqual(['Designated safeguarding lead', '']);
    expect([isRegisterPlace('backups'), isRegisterPlace('verify')]).toEqual([true, false]);
  });
});
