import { afterAll, expect, test } from '@jest/globals';
import { SANCTIONS, sanctionsFor } from '../../../src/investigation/policy/sanctions.js';
import { CONCERN_CATEGORIES } from '../../../src/investigation/policy/concerns.js';
import { recordLine } from '../../../src/engine/record-lines.js';
import { removeFolders } from '../vault/support.js';
import { CASE, codeOf, signedIn, told } from './support.js';

afterAll(removeFolders);

const OWN = { kind: 'added', title: 'Filming in changing rooms', meaning: 'Somebody filmed where people change.', police: true } as const;

test('a school adds a kind of concern of its own; the record says what it was called, and the table who added it', async () => {
  const started = await signedIn();
  const { engine } = started;
  await engine.school.changePolicy(OWN);
  expect(engine.school.policy?.view.history).toEqual([{ at: expect.any(String), by: ['PAS', 'JMK'], line: 'Added: Filming in changing rooms' }]);
  await engine.openCase(CASE);
  await engine.addConcern('PAS', 'own-1', 'A video');
  await engine.addConcern('PAS', 'bullying', 'A joke');
  expect(told(started, 'concern').map(({ category, title }) => [category, title])).toEqual([['own-1', 'Filming in changing rooms'], ['bullying', undefined]]);
  const [concern] = told(started, 'concern');
  if (concern === undefined) throw new Error('no concern');
  expect(recordLine('concern', concern, ['PAS']).line).toBe('Concern by PAS: filming in changing rooms');
  await engine.close();
});

test('a kind that is no longer offered is refused, offered again it is taken, and what goes to the police is always offered', async () => {
  const { engine } = await signedIn();
  await engine.school.changePolicy({ kind: 'hidden', id: 'copyright' });
  await engine.openCase(CASE);
  expect(await codeOf(() => engine.addConcern('PAS', 'copyright', 'x'))).toBe('concern.unknown-category');
  await engine.school.changePolicy({ kind: 'shown', id: 'copyright' });
  await engine.addConcern('PAS', 'copyright', 'x');
  for (const { id } of CONCERN_CATEGORIES.filter(({ police }) => police)) expect(await codeOf(() => engine.school.changePolicy({ kind: 'hidden', id }))).toBe('policy.police');
  expect(await codeOf(() => engine.school.changePolicy({ kind: 'hidden', id: 'own-1' }))).toBe('policy.unknown');
  expect(await codeOf(() => engine.school.changePolicy({ ...OWN, title: 'bullying or HARASSMENT' }))).toBe('policy.taken');
  expect(engine.school.policy?.view.history.map(({ line }) => line)).toEqual(['Offered again: Copyright or data protection', 'No longer offered: Copyright or data protection']);
  await engine.close();
});

test('a school’s own sanctions are chosen at the end, with a line each; the record keeps what they were called, whatever the table becomes', async () => {
  const started = await signedIn();
  const { engine } = started;
  await engine.school.changeSanctions({ kind: 'added', title: 'A talk with the school’s police officer', meaning: '', aim: 'pupil' });
  await engine.openCase(CASE);
  await engine.conclude({ substance: true, outcomes: ['internal'], text: 'Both pupils admitted it.', sanctions: [{ id: 'no-internet', details: 'Until 4 December' }, { id: 'own-1', details: '' }] });
  await engine.school.changeSanctions({ kind: 'hidden', id: 'own-1' });
  const [conclusion] = told(started, 'conclusion');
  expect(conclusion?.sanctions).toEqual([
    { id: 'no-internet', title: 'No internet access for a period', details: 'Until 4 December' }, { id: 'own-1', title: 'A talk with the school’s police officer', details: '' },
  ]);
  if (conclusion === undefined) throw new Error('no conclusion');
  expect(recordLine('conclusion', conclusion, ['PAS', 'JMK']).detail).toBe('Both pupils admitted it. · Sanction: No internet access for a period: Until 4 December · Sanction: A talk with the school’s police officer');
  expect(engine.school.policy?.view).toMatchObject({ history: [], sanctionHistory: [{ line: 'No longer offered: A talk with the school’s police officer' }, { line: 'Added: A talk with the school’s police officer' }] });
  await engine.close();
});

test('a sanction that is not offered, or is chosen twice, is refused and the case stays open; none need be chosen', async () => {
  const started = await signedIn();
  const { engine } = started;
  await engine.school.changeSanctions({ kind: 'hidden', id: 'phone' });
  await engine.openCase(CASE);
  const conclude = (...ids: string[]): Promise<void> => engine.conclude({ substance: false, outcomes: [], text: 'Nothing', sanctions: ids.map((id) => ({ id, details: '' })) });
  expect([await codeOf(() => conclude('phone')), await codeOf(() => conclude('own-1')), await codeOf(() => conclude('head', 'head'))]).toEqual(['sanction.unknown', 'sanction.unknown', 'sanction.twice']);
  expect(await codeOf(() => engine.school.changeSanctions({ kind: 'added', title: 'a WARNING', meaning: '', aim: 'staff' }))).toBe('policy.taken');
  await conclude();
  expect(told(started, 'conclusion')).toEqual([{ substance: false, outcomes: [], text: 'Nothing' }]);
  await engine.close();
});

test('a case about a pupil offers no sanction for staff, and the other way round; any other case offers all', () => {
  const aims = (subject: string): string[] => [...new Set(sanctionsFor(subject, SANCTIONS).map(({ aim }) => aim))].sort();
  expect([aims('pupil'), aims('staff'), aims('unknown')]).toEqual([['anyone', 'pupil'], ['anyone', 'staff'], ['anyone', 'pupil', 'staff']]);
  expect(new Set(SANCTIONS.map(({ title }) => title.toLowerCase())).size).toBe(SANCTIONS.length);
});
