import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressParts, count, dateAndTime, grouped, linesOfFour, listOf, shortDateAndTime, size, timeOfDay, timeWithSeconds, unbroken, withinWords, zoneOf } from '../../../renderer/logic/format.js';
import { areInitials, suggestInitials } from '../../../renderer/logic/initials.js';

const LONDON = 'Europe/London';

describe('dates and times', () => {
  test('a date is British and shows its zone, in winter and in summer', () => {
    expect(dateAndTime('2026-11-24T10:38:00.000Z', LONDON)).toBe('Tue 24 November 2026, 10:38 GMT');
    expect(dateAndTime('2026-07-01T10:38:00.000Z', LONDON)).toBe('Wed 1 July 2026, 11:38 BST');
    expect(shortDateAndTime('2026-11-24T10:38:00.000Z', LONDON)).toBe('24 Nov 2026, 10:38 GMT');
  });

  test('the zone of a moment follows the clocks', () => {
    expect([zoneOf('2026-11-24T10:38:00.000Z', LONDON), zoneOf('2026-07-01T10:38:00.000Z', LONDON)]).toEqual(['GMT', 'BST']);
  });

  test('midnight is 00, not 24', () => {
    expect(timeWithSeconds('2026-11-24T00:00:07.900Z', LONDON)).toBe('00:00:07');
    expect(timeOfDay('2026-11-24T00:05:00.000Z', LONDON)).toBe('00:05');
  });
});

describe('numbers and lists', () => {
  test('counts agree with their noun', () => {
    expect([count(0, 'exhibit'), count(1, 'exhibit'), count(1_306, 'entry', 'entries')]).toEqual(['0 exhibits', '1 exhibit', '1,306 entries']);
  });

  test('sizes are short and keep what matters', () => {
    expect([0, 999, 1_000, 2_500_000, 214_000_000, 999_600, 64e9].map(size)).toEqual(['0 bytes', '999 bytes', '1.0 kB', '2.5 MB', '214 MB', '1.0 MB', '64 GB']);
  });

  test('words stand in lines of four, a hash in groups of eight', () => {
    expect(linesOfFour(['a', 'b', 'c', 'd', 'e'])).toEqual([['a', 'b', 'c', 'd'], ['e']]);
    expect(grouped('0123456789abcdef')).toBe('01234567 89abcdef');
    expect(grouped('')).toBe('');
  });

  test('names read as a sentence', () => {
    expect(listOf(['Priya A. Shah', 'Tom R. Ellis'])).toBe('Priya A. Shah and Tom R. Ellis');
  });
});

describe('addresses', () => {
  test('the host stands out, and a name before an @ is never taken for it', () => {
    expect(addressParts('https://forum.example.org/thread?page=2')).toEqual({ before: 'https://', host: 'forum.example.org', after: '/thread?page=2' });
    expect(addressParts('https://bank.example@evil.example/x').host).toBe('evil.example');
    expect(addressParts('about:blank')).toEqual({ before: '', host: '', after: 'about:blank' });
  });

  test('no character is lost or added', () => {
    fc.assert(fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()), (url) => {
      const { before, host, after } = addressParts(url);
      expect(before + host + after).toBe(url);
    }));
  });
});

test('no line breaks within a telephone number', () => {
  expect(unbroken('Example Police, 01632 960 999, room 12')).toBe('Example Police, 01632\u00A0960\u00A0999, room 12');
});

describe('initials', () => {
  test('a name suggests three letters', () => {
    expect(['Priya A. Shah', 'Tom Ellis', 'Anna Maria van Dijk', 'Zoë Łucja Ó Briain', 'Siân Rhys-Jones', '  ', 'Jo'].map(suggestInitials)).toEqual(['PAS', 'TXE', 'AMD', 'ZUB', 'SRJ', '', '']);
  });

  test('whatever is typed as a name, a suggestion is three capital letters or nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const suggestion = suggestInitials(name);
      expect(suggestion === '' || areInitials(suggestion)).toBe(true);
    }));
  });
});

test('a title within a sentence begins small, and letters that stand for a name stay capitals', () => {
  expect(['Head of HR', 'LADO', 'Police force', 'IWF'].map(withinWords)).toEqual(['head of HR', 'LADO', 'police force', 'IWF']);
});
