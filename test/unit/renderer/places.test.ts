import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { filterItems, mergeItems, missingContacts, opensNow, placeAfter } from '../../../renderer/logic/places.js';
import { AT_FIRST, earlierPages, newestPages } from '../../../renderer/logic/record-pages.js';
import { addStretch, seenPercent, slicesOf, type Stretch } from '../../../renderer/logic/slices.js';
import type { RecordItem } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';

function item(seq: number, line = `line ${seq}`): RecordItem {
  return { seq, at: '2026-11-24T10:00:00.000Z', kind: 'note', by: ['PAS'], line, detail: null, tone: 'plain', signed: false };
}

const STATE: AppState = {
  screen: 'cases', version: '1', organisation: '', computer: { name: '', location: '' }, contacts: { policeForce: 'x', safeguardingLead: ' ', lado: '', support: 'y' }, reviewers: [], signedIn: null, cases: [],
  case: null, locked: null, farewell: null, network: { proxy: null, privateAddresses: true, blockPages: [], rdap: 'https://rdap.org', publicAddress: null }, admin: null, settings: { idleMinutes: 10, sntpServer: null }, crisis: null, progress: null, alert: null,
};

describe('the record on the screen', () => {
  test('however lines arrive, each stands once and in order', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 60 }))), (batches) => {
      const merged = batches.reduce<readonly RecordItem[]>((items, batch) => mergeItems(items, batch.map((seq) => item(seq))), []);
      expect(merged.map((each) => each.seq)).toEqual([...new Set(batches.flat())].sort((a, b) => a - b));
    }));
  });

  test('a line that comes again replaces the earlier one', () => {
    expect(mergeItems([item(0), item(1)], [item(1, 'again')]).map((each) => each.line)).toEqual(['line 0', 'again']);
  });

  test('of a very long record the newest lines are asked for first, and the earlier ones in one go', async () => {
    const asked: number[][] = [];
    const list = (from: number, count: number) => {
      asked.push([from, count]);
      return Promise.resolve({ items: Array.from({ length: count }, (_, at) => item(from + at)) });
    };
    let record: readonly RecordItem[] = [];
    for await (const items of newestPages(list, 5_700)) record = mergeItems(record, items);
    expect([record[0]?.seq, record.length]).toEqual([700, AT_FIRST]);
    for await (const items of earlierPages(list, 700)) record = mergeItems(record, items);
    expect(record.map(({ seq }) => seq)).toEqual(Array.from({ length: 5_700 }, (_, seq) => seq));
    expect(asked).toEqual([[4_700, 1_000], [3_700, 1_000], [2_700, 1_000], [1_700, 1_000], [700, 1_000], [0, 700]]);
  });

  test('nothing new leaves the same list', () => {
    const items = [item(0)];
    expect(mergeItems(items, [])).toBe(items);
  });

  test('a filter finds lines that hold every word', () => {
    const items = [item(0, 'Download refused: chat.zip'), item(1, 'Camera refused')];
    expect(filterItems(items, ' REFUSED chat ').map((each) => each.seq)).toEqual([0]);
    expect(filterItems(items, '  ')).toBe(items);
  });
});

describe('where the reviewers are', () => {
  test('a change within a screen leaves them where they are, a new screen starts at its beginning', () => {
    expect(placeAfter(STATE, { ...STATE, version: '2' }, 'contacts')).toBe('contacts');
    expect(placeAfter(STATE, { ...STATE, screen: 'sign-in' }, 'contacts')).toBe('home');
    expect(placeAfter(null, STATE, 'verify')).toBe('home');
  });

  test('a bundle that the app is opened with leads to its check, unless somebody would lose what they do: a case, a halt, a form', () => {
    const offered = { id: 'b1', name: 'bundle.zip', size: 7, encrypted: null };
    const opened = (next: Partial<AppState>, place: Parameters<typeof placeAfter>[2], before: AppState | null = STATE): string => placeAfter(before, { ...STATE, ...next, offered }, place);
    expect([opened({}, 'home', null), opened({}, 'home'), opened({ screen: 'sign-in' }, 'home'), opened({ screen: 'locked' }, 'verify'), opened({}, 'register')]).toEqual(Array.from({ length: 5 }, () => 'verify'));
    const halted = { caseReference: '2026-014', at: '2026-11-24T10:00:00.000Z' };
    expect([opened({ crisis: halted }, 'home', null), opened({ crisis: halted }, 'home'), opened({ case: {} as AppState['case'] }, 'home'), opened({ farewell: [] }, 'home'), opened({}, 'open-case')]).toEqual(['home', 'home', 'home', 'home', 'open-case']);
    // Once they have gone elsewhere it does not call them back; another bundle does.
    expect(opened({}, 'home', { ...STATE, offered })).toBe('home');
    expect(opened({}, 'home', { ...STATE, offered: { ...offered, id: 'b0' } })).toBe('verify');
  });

  test('a bundle that waited opens once nothing is typed, halted or locked, and none opens where none waits', () => {
    const offered = { id: 'b1', name: 'bundle.zip', size: 7, encrypted: null };
    const opens = (next: Partial<AppState>, place: Parameters<typeof opensNow>[1]): boolean => opensNow({ ...STATE, offered, ...next }, place);
    expect([opens({}, 'home'), opens({ screen: 'sign-in' }, 'home'), opensNow(STATE, 'home')]).toEqual([true, true, false]);
    expect([opens({ screen: 'locked' }, 'home'), opens({ case: {} as AppState['case'] }, 'home'), opens({}, 'open-case'), opens({ farewell: [] }, 'home')]).toEqual([false, false, false, false]);
  });

  test('missing numbers are named; spaces count as missing', () => {
    expect(missingContacts(STATE.contacts)).toEqual(['the designated safeguarding lead', 'the LADO', 'the head', 'the chair of governors', 'the head of HR', 'the chief executive', 'the IWF', 'CEOP']);
  });
});

describe('a tall image', () => {
  test('slices cover every row once', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 200, max: 4_000 }), (height, most) => {
      const slices = slicesOf(height, most);
      expect(slices.reduce((row, slice) => (slice.row === row && slice.height >= 1 && slice.height <= most ? row + slice.height : Number.NaN), 0)).toBe(height);
    }));
  });

  test('only what has been on the screen counts as seen, and twice counts once', () => {
    const seen = [{ from: 0, to: 0.2 }, { from: 0.6, to: 0.8 }, { from: 0.1, to: 0.3 }].reduce<readonly Stretch[]>(addStretch, []);
    expect(seen).toEqual([{ from: 0, to: 0.3 }, { from: 0.6, to: 0.8 }]);
    expect(seenPercent(seen)).toBe(50);
    expect(addStretch(seen, { from: 0.1, to: 0.2 })).toBe(seen);
  });

  test('all of it is seen only when all of it was', () => {
    expect([seenPercent([{ from: 0, to: 1 }]), seenPercent([{ from: 0, to: 0.998 }]), seenPercent([])]).toEqual([100, 99, 0]);
  });
});
