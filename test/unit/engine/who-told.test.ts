import { afterAll, expect, test } from '@jest/globals';
import { recordLine } from '../../../src/engine/record-lines.js';
import type { ToldRow } from '../../../src/investigation/told.js';
import { KIND_SCHEMAS } from '../../../src/record/kinds.js';
import { removeFolders } from '../vault/support.js';
import { CASE, codeOf, recordOf, signedIn, told } from './support.js';

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
});
