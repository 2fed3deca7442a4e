import { afterAll, expect, test } from '@jest/globals';
import { CONCERN_CATEGORIES } from '../../../src/investigation/policy/concerns.js';
import { recordLine } from '../../../src/engine/record-lines.js';
import { removeFolders } from '../vault/support.js';
import { CASE, codeOf, signedIn, told } from './support.js';

afterAll(removeFolders);

const OWN = { kind: 'added', title: 'Filming in changing rooms', meaning: 'Somebody filmed where people change.', police: true } as const;

test('a school adds a kind of concern of its own; the record says what it was called, and the table who added it', async () => {
  const started = await signedIn();
  const { engine } = started;
  await engine.changePolicy(OWN);
  expect(engine.policy?.view.history).toEqual([{ at: expect.any(String), by: ['PAS', 'JMK'], line: 'Added: Filming in changing rooms' }]);
  await engine.openCase(CASE);
  await engine.addConcern('PAS', 'own-1', 'A film');
  await engine.addConcern('PAS', 'bullying', 'A joke');
  expect(told(started, 'concern').map(({ category, title }) => [category, title])).toEqual([['own-1', 'Filming in changing rooms'], ['bullying', undefined]]);
  const [concern] = told(started, 'concern');
  if (concern === undefined) throw new Error('no concern');
  expect(recordLine('concern', concern, ['PAS']).line).toBe('Concern by PAS: filming in changing rooms');
  await engine.close();
});

test('a kind that is no longer offered is refused, offered again it is taken, and what goes to the police is always offered', async () => {
  const { engine } = await signedIn();
  await engine.changePolicy({ kind: 'hidden', id: 'copyright' });
  await engine.openCase(CASE);
  expect(await codeOf(() => engine.addConcern('PAS', 'copyright', 'x'))).toBe('concern.unknown-category');
  await engine.changePolicy({ kind: 'shown', id: 'copyright' });
  await engine.addConcern('PAS', 'copyright', 'x');
  for (const { id } of CONCERN_CATEGORIES.filter(({ police }) => police)) expect(await codeOf(() => engine.changePolicy({ kind: 'hidden', id }))).toBe('policy.police');
  expect(await codeOf(() => engine.changePolicy({ kind: 'hidden', id: 'own-1' }))).toBe('policy.unknown');
  expect(await codeOf(() => engine.changePolicy({ ...OWN, title: 'bullying or HARASSMENT' }))).toBe('policy.taken');
  expect(engine.policy?.view.history.map(({ line }) => line)).toEqual(['Offered again: Copyright or data protection', 'No longer offered: Copyright or data protection']);
  await engine.close();
});
