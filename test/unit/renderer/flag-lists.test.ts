import { describe, expect, test } from '@jest/globals';
import { MAX_LIST_BYTES, type FlagListView } from '../../../src/ipc/lists-contract.js';
import { LIST_FORMATS } from '../../../src/safety/list-format.js';
import { LARGEST_LIST, LIST_FORMAT_WORDS, listsInForce, listsRemoved, listsStand } from '../../../renderer/logic/flag-lists.js';

const list = (id: string, change: Partial<FlagListView> = {}): FlagListView => ({
  id, source: id, givenBy: 'An officer', note: '', format: 'hashes', values: 1_200, skipped: 0, file: '0'.repeat(64), at: '2026-11-24T10:00:00.000Z', by: ['PAS', 'TRE'], removed: null, damaged: false, ...change,
});
const gone = (id: string, at: string) => list(id, { removed: { at, by: ['PAS', 'TRE'] } });

describe('flag lists on the screens', () => {
  test('every format that the engine reads has words, and the largest file is the engine’s', () => {
    expect(LIST_FORMAT_WORDS.map(({ id }) => id)).toEqual([...LIST_FORMATS]);
    expect(LARGEST_LIST).toBe(MAX_LIST_BYTES);
  });

  test('those in force and those removed stand apart, the newest first', () => {
    const lists = [list('a'), gone('b', '2026-11-20T10:00:00.000Z'), list('c'), gone('d', '2026-11-22T10:00:00.000Z')];
    expect([listsInForce(lists).map(({ id }) => id), listsRemoved(lists).map(({ id }) => id)]).toEqual([['c', 'a'], ['d', 'b']]);
  });

  test('where they stand is one line, and a damaged one comes first', () => {
    expect(listsStand([])).toEqual({ text: 'None in force', open: false });
    expect(listsStand([list('a'), list('b', { values: 1 }), gone('c', '2026-11-20T10:00:00.000Z')])).toEqual({ text: '2 lists in force, 1,201 values', open: false });
    expect(listsStand([list('a'), list('b', { damaged: true })])).toEqual({ text: '1 list is damaged: no browser starts', open: true });
  });
});
