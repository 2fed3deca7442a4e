import { expect, test } from '@jest/globals';
import { draftsOf, newDraft, SOMEBODY_ELSE, toldOf, toldProblems, withWho } from '../../../renderer/logic/told.js';

const CONTACTS = { policeForce: 'Example Police, 101', safeguardingLead: '', lado: 'Ms R. Iqbal', support: '' };
const NOW = '2026-11-24T12:00:00.000Z';

test('what the record knows becomes lines; one whose teller it does not know has to be answered', () => {
  const rows = draftsOf([{ who: 'police', name: 'PC 4411', at: '2026-11-24T10:52:00.000Z', by: 'PAS', byName: '' }, { who: 'lado', name: 'Ms R. Iqbal', at: '2026-11-24T09:00:00.000Z', by: null, byName: '' }]);
  expect(toldProblems(rows, NOW)).toEqual([{ field: 'told-1-by', sentence: 'Choose who told them' }]);
  const [police, lado] = rows;
  if (police === undefined || lado === undefined) throw new Error('two lines');
  expect(toldOf([police, { ...lado, by: SOMEBODY_ELSE, byName: ' The head ' }])).toEqual([
    { who: 'police', name: 'PC 4411', at: '2026-11-24T10:52:00.000Z', by: 'PAS', byName: '' }, { who: 'lado', name: 'Ms R. Iqbal', at: '2026-11-24T09:00:00.000Z', by: null, byName: 'The head' },
  ]);
});

test('a new line asks for everything but the time, which is now; its name comes from the contacts until another is typed', () => {
  const row = newDraft([], NOW);
  expect(toldProblems([row], NOW).map(({ field }) => field)).toEqual(['told-0-who', 'told-0-by']);
  expect(newDraft([row], NOW).key).toBe(1);
  const police = withWho(row, 'police', CONTACTS);
  expect([police.name, withWho(police, 'lado', CONTACTS).name, withWho(police, 'parents', CONTACTS).name]).toEqual(['Example Police, 101', 'Ms R. Iqbal', '']);
  expect(withWho({ ...police, name: 'PC 4411' }, 'lado', CONTACTS).name).toBe('PC 4411');
});

test('a time that is none, or has not come yet, is asked for again; somebody else has a name', () => {
  const row = { ...withWho(newDraft([], NOW), 'other', CONTACTS), by: SOMEBODY_ELSE };
  const fields = (change: Partial<typeof row>): string[] => toldProblems([{ ...row, ...change }], NOW).map(({ field }) => field);
  expect(fields({})).toEqual(['told-0-name', 'told-0-by-name']);
  expect(fields({ name: 'x', byName: 'y', date: '31/02/2026' })).toEqual(['told-0-date']);
  expect(fields({ name: 'x', byName: 'y', date: '25/11/2026' })).toEqual(['told-0-date']);
  expect(fields({ name: 'x', byName: 'y' })).toEqual([]);
});
