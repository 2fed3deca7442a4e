import { expect, test } from '@jest/globals';
import { PRACTICE_STEPS, practiceStep } from '../../../renderer/logic/practice.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';

const practice = { passphrases: [], site: 'http://127.0.0.1:1' };

function step(open: Partial<CaseView> | null, cases: readonly { readonly phase: string }[] = [{ phase: 'open' }]): number {
  return practiceStep({ screen: 'case', cases: cases as AppState['cases'], case: open as CaseView | null, practice }).number;
}

const OPEN = { phase: 'open', browsing: true, exhibits: [], concerns: [], composite: null, page: null, exports: [], halt: null } as unknown as Partial<CaseView>;
const exhibit = [{}] as unknown as CaseView['exhibits'];
const concern = [{}] as unknown as CaseView['concerns'];
const halt = (answered: boolean, calls: number): CaseView['halt'] => ({ answered, calls: Array.from({ length: calls }) } as unknown as CaseView['halt']);

test('a practice leads from the first case to the end, one step after another, and never back', () => {
  const way = [
    step(null, []), step({ ...OPEN, browsing: false }), step(OPEN), step({ ...OPEN, page: { view: 'v1' } as CaseView['page'] }), step({ ...OPEN, exhibits: exhibit }), step({ ...OPEN, exhibits: exhibit, concerns: concern }),
    step({ ...OPEN, phase: 'halted', halt: halt(false, 0) }), step({ ...OPEN, phase: 'halted', halt: halt(true, 0) }), step({ ...OPEN, phase: 'halted', halt: halt(true, 1) }), step({ ...OPEN, pastHalts: 1 }),
    step({ ...OPEN, phase: 'concluded' }), step({ ...OPEN, phase: 'sealed' }), step({ ...OPEN, phase: 'sealed', exports: [{}] as unknown as CaseView['exports'] }), step(null, [{ phase: 'sealed' }]),
  ];
  expect(way).toEqual([1, 2, 3, 4, 5, 6, 6, 6, 6, 7, 7, 8, 9, 9]);
  expect(Math.max(...way)).toBe(PRACTICE_STEPS);
});

test('the page with the word is named with the address of the site that is really there', () => {
  expect(practiceStep({ screen: 'case', cases: [], case: { ...OPEN, exhibits: exhibit, concerns: concern } as CaseView, practice }).needs).toBe('http://127.0.0.1:1/flagged');
});

test('the band follows the screens too: the conclusion, also without a halt, and the check', () => {
  const told = (open: Partial<CaseView> | null, cases: readonly { readonly phase: string }[], place: 'conclude' | 'verify', judged = false) => practiceStep({ screen: 'case', cases: cases as AppState['cases'], case: open as CaseView | null, practice }, { place, judged });
  expect(told({ ...OPEN, exhibits: exhibit, concerns: concern }, [{ phase: 'open' }], 'conclude')).toMatchObject({ number: 7, text: expect.stringContaining('Conclude the case') });
  expect(told(null, [{ phase: 'sealed' }], 'verify')).toMatchObject({ number: 9, text: expect.stringContaining('choose your bundle') });
  const made = { ...OPEN, phase: 'sealed', exports: [{}] as unknown as CaseView['exports'] } as Partial<CaseView>;
  expect(told(made, [{ phase: 'sealed' }], 'verify')).toMatchObject({ number: 9, text: expect.stringContaining('choose your bundle') });
  expect(told(made, [{ phase: 'sealed' }], 'verify', true)).toMatchObject({ number: 9, text: expect.stringContaining('You have practised all of it') });
});
