import { afterAll, expect, test } from '@jest/globals';
import { recordLine } from '../../../src/engine/record-lines.js';
import { reviewOf } from '../../../src/engine/review.js';
import { toldSince, type ToldRow } from '../../../src/investigation/told.js';
import { KIND_SCHEMAS } from '../../../src/record/kinds.js';
import { JMK, PAS, removeFolders } from '../vault/support.js';
import { CASE, codeOf, kindsOf, recordOf, signedIn, told } from './support.js';

afterAll(removeFolders);

const row = (change: Partial<ToldRow> = {}): ToldRow => ({ who: 'head', name: '', at: '2026-11-24T09:00:00.000Z', by: 'PAS', byName: '', ...change });
const CONCLUSION = { substance: true, outcomes: ['internal' as const], text: 'Handled.' };

test('a conclusion keeps who was told, in the order in which they were, and the record says it in words', async () => {
  const started = await signedIn();
  const { engine } = started;
  await engine.openCase(CASE);
  await engine.conclude({ ...CONCLUSION, told: [row({ at: '2026-11-24T09:30:00.000Z', who: 'parents', name: 'of the pupil', by: null, byName: 'The form tutor' }), row({ byName: 'left over' })] });
  const [conclusion] = told(started, 'conclusion');
  expect(conclusion?.told).toEqual([row(), row({ at: '2026-11-24T09:30:00.000Z', who: 'parents', name: 'of the pupil', by: null, byName: 'The form tutor' })]);
  if (conclusion === undefined) throw new Error('no conclusion');
  expect(recordLine('conclusion', conclusion, ['PAS', 'JMK']).detail).toBe('Handled. · Told: The head, by PAS, at 2026-11-24 09:00:00 UTC · Told: Parents or carers: of the pupil, by The form tutor, at 2026-11-24 09:30:00 UTC');
  await engine.close();
});

test('nobody told by nobody, nobody without a name, and nothing that has yet to come is taken; the case stays open', async () => {
  const started = await signedIn();
  const { engine } = started;
  await engine.openCase(CASE);
  const conclude = (change: Partial<ToldRow>): Promise<string> => codeOf(() => engine.conclude({ ...CONCLUSION, told: [row(change)] }));
  const later = new Date(Date.parse(started.clock.now()) + 3_600_000).toISOString();
  expect([await conclude({ who: 'other' }), await conclude({ by: null }), await conclude({ by: 'XYZ' }), await conclude({ at: later })]).toEqual(['told.no-name', 'told.no-teller', 'told.no-teller', 'told.future']);
  expect(recordOf(started).state.phase).toBe('open');
  await engine.conclude({ ...CONCLUSION, told: [] });
  expect(told(started, 'conclusion')).toEqual([CONCLUSION]);
  await engine.close();
});

test('after the conclusion either of the two adds who was told since, with or without words, until the case is sealed', async () => {
  const started = await signedIn();
  const { engine } = started;
  await engine.openCase(CASE);
  await engine.openedCase.addNote('PAS', 'A note');
  await engine.conclude({ ...CONCLUSION, told: [row()] });
  const [note, to] = [kindsOf(started).indexOf('note'), kindsOf(started).indexOf('conclusion')];
  const add = (words: string, told: readonly ToldRow[], entry = to): Promise<string> => codeOf(() => engine.openedCase.addWords('JMK', entry, words, told));
  const later = new Date(Date.parse(started.clock.now()) + 3_600_000).toISOString();
  expect([await add('', []), await add('', [row({ by: 'XYZ' })]), await add('', [row({ at: later })]), await add('x', [row()], note)]).toEqual(['addendum.empty', 'told.no-teller', 'told.future', 'addendum.told-elsewhere']);
  expect([await add('', [row({ who: 'parents', by: 'JMK' })]), await add('The chair asked.', [row({ who: 'chair', at: '2026-11-24T09:30:00.000Z' }), row({ who: 'dsl' })])]).toEqual(['none', 'none']);
  expect(told(started, 'addendum')).toEqual([{ to, text: '', told: [row({ who: 'parents', by: 'JMK' })] }, { to, text: 'The chair asked.', told: [row({ who: 'dsl' }), row({ who: 'chair', at: '2026-11-24T09:30:00.000Z' })] }]);
  expect(toldSince(recordOf(started).state).map(({ who }) => who)).toEqual(['parents', 'dsl', 'chair']);
  expect((await reviewOf(engine.openedCase.context)).conclusion?.added.map((each) => [each.by, each.text, each.told.length])).toEqual([[['JMK'], '', 1], [['JMK'], 'The chair asked.', 2]]);
  expect(recordLine('addendum', { to, text: '', told: [row()] }, ['JMK'])).toMatchObject({ line: `Added to entry ${to} by JMK`, detail: 'Told: The head, by PAS, at 2026-11-24 09:00:00 UTC' });
  // Both read the summary, and then somebody adds something.
  const { count } = engine.openedCase.context.record;
  expect([await codeOf(() => engine.openedCase.seal(PAS, JMK, count - 1)), await codeOf(() => engine.openedCase.seal(PAS, JMK, count + 1))]).toEqual(['seal.changed', 'seal.changed']);
  await engine.openedCase.seal(PAS, JMK, count);
  expect(await add('', [row()])).toBe('case.sealed');
  await engine.close();
});

test('advice that was asked for before a case about staff stands ready as told, but not who asked', async () => {
  const started = await signedIn();
  await started.engine.openCase({ ...CASE, subject: 'staff' });
  await started.engine.openedCase.addStaffAdvice('PAS', { from: 'lado', name: 'Ms R. Iqbal', advice: 'Look at the one address', advisedAt: started.clock.now() });
  expect(recordOf(started).state.told).toEqual([{ who: 'lado', name: 'Ms R. Iqbal', at: expect.any(String), by: null, byName: '' }]);
  await started.engine.close();
});

test('a record of before this was asked is still a conclusion', () => {
  expect(KIND_SCHEMAS.conclusion.safeParse(CONCLUSION).success).toBe(true);
  expect(KIND_SCHEMAS.conclusion.safeParse({ ...CONCLUSION, told: [] }).success).toBe(false);
  expect([{ to: 1, text: 'x' }, { to: 1, text: '', told: [row()] }, { to: 1, text: '', told: [] }, { to: 1, text: '', told: Array.from({ length: 51 }, () => row()) }].map((data) => KIND_SCHEMAS.addendum.safeParse(data).success)).toEqual([true, true, false, false]);
});
