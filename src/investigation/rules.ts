import type { CaseState } from './case-state.js';

/** What reviewers may ask of a case. */
export type CaseAction =
  | 'visit' | 'capture' | 'concern' | 'note' | 'stop' | 'answer-stop' | 'halt-step' | 'police-call' | 'release' | 'end-halt' | 'answer-interruption' | 'staff-advice' | 'not-concerned' | 'conclude' | 'seal' | 'export' | 'sitting' | 'addendum' | 'redact' | 'receive';

/** Why something may not be done: a stable code and a sentence for the screen. */
export interface Refusal {
  readonly code: string;
  readonly sentence: string;
}

const HALTED: Refusal = { code: 'case.halted', sentence: 'This case is halted. Nothing more can be opened or kept. Follow the steps on the screen and call the police.' };
const CONCLUDED: Refusal = { code: 'case.concluded', sentence: 'You have concluded this case. You can seal it and export it.' };
const SEALED: Refusal = { code: 'case.sealed', sentence: 'This case is sealed. Nothing of the review can be added to it. You can make copies of it and say who has them.' };
const ANSWERED: Refusal = { code: 'case.halted', sentence: 'You have already answered. This case is halted, and it stays halted.' };
const NOT_HALTED: Refusal = { code: 'case.not-halted', sentence: 'This case is not halted.' };
const NO_CONCLUSION: Refusal = { code: 'case.not-concluded', sentence: 'Write down your conclusion before you seal the case.' };
const NO_CALL: Refusal = { code: 'case.no-police-call', sentence: 'Write down your call to the police first. Then you can both sign.' };
const ELSEWHERE: Refusal = { code: 'machine.mismatch', sentence: 'This case was opened on another computer and belongs to it. Here you can read it, check it and export it. Continue it on its own computer.' };
const HANDED: Refusal = { code: 'case.handed-over', sentence: 'This case is with the police. Nothing can be added to it. You can make a bundle of it.' };
const UNANSWERED: Refusal = { code: 'case.stop-unanswered', sentence: 'STOP was pressed. Say first why you stopped; then a bundle can be made.' };
const ASKED: Refusal = { code: 'case.interrupted', sentence: 'The app or the browser stopped while a page was open. Say first whether that page may show the sexual abuse of a child.' };
const NOT_ASKED: Refusal = { code: 'case.not-interrupted', sentence: 'Nothing waits for this answer.' };
const STAFF: Refusal = { code: 'case.staff-advice-first', sentence: 'A member of staff is concerned. Before anything is opened, write down what the LADO or the police advised, and both declare that you are not the person concerned, nor a partner or relative.' };
const RELEASED: Refusal = { code: 'case.released', sentence: 'You have both signed already. The case stays halted.' };

/** What each phase refuses; an action that is not named is allowed. STOP is refused only where it was pressed already: exhibits are looked at and handed out after the seal too. */
const REFUSED: Readonly<Record<CaseState['phase'], Partial<Record<CaseAction, Refusal>>>> = {
  open: { 'answer-stop': NOT_HALTED, 'halt-step': NOT_HALTED, 'police-call': NOT_HALTED, release: NOT_HALTED, 'end-halt': NOT_HALTED, seal: NO_CONCLUSION },
  halted: { visit: HALTED, capture: HALTED, concern: HALTED, stop: HALTED, conclude: HALTED, seal: HALTED, sitting: HALTED, 'not-concerned': HALTED, redact: HALTED },
  concluded: {
    'answer-stop': NOT_HALTED, visit: CONCLUDED, capture: CONCLUDED, concern: CONCLUDED, conclude: CONCLUDED, sitting: CONCLUDED, 'halt-step': NOT_HALTED,
    'police-call': NOT_HALTED, release: NOT_HALTED, 'end-halt': NOT_HALTED, 'staff-advice': CONCLUDED, 'not-concerned': CONCLUDED,
  },
  sealed: {
    'answer-stop': SEALED, visit: SEALED, capture: SEALED, concern: SEALED, note: SEALED, conclude: SEALED, seal: SEALED, sitting: SEALED, addendum: SEALED, 'halt-step': SEALED,
    'police-call': SEALED, release: SEALED, 'end-halt': SEALED, 'staff-advice': SEALED, 'not-concerned': SEALED,
  },
};

/** What goes on with a case that is closed to everything else: copies of it, and who has them. */
const COPIES: ReadonlySet<CaseAction> = new Set<CaseAction>(['export', 'receive']);

/** STOP and what follows it: whatever computer an exhibit stands on, it can be stopped there. */
const HALTING: ReadonlySet<CaseAction> = new Set<CaseAction>(['stop', 'answer-stop', 'halt-step', 'police-call', 'release', 'end-halt']);

/** What waits for the answer about a page that was open when something stopped by itself. */
const WAITS_FOR_ANSWER: ReadonlySet<CaseAction> = new Set<CaseAction>(['visit', 'capture', 'sitting', 'conclude', 'export', 'redact']);

/**
 * Whether `action` may be done to a case in `state`: null when it may, else why not. `elsewhere`: the case belongs to
 * another computer.
 */
export function refusalOf(state: CaseState, action: CaseAction, elsewhere = false): Refusal | null {
  if (elsewhere && !HALTING.has(action)) {
    if (!COPIES.has(action)) return ELSEWHERE;
    if (state.halt?.answered !== false) return null;
  }
  const refusal = REFUSED[state.phase][action];
  if (refusal !== undefined) return refusal;
  if (action === 'answer-stop' && state.halt?.answered === true) return ANSWERED;
  if (state.halt?.ended != null && !COPIES.has(action) && action !== 'release') return HANDED;
  if (action === 'export' && state.halt?.answered === false) return UNANSWERED;
  if (action === 'answer-interruption') return state.interrupted === null ? NOT_ASKED : null;
  if (state.interrupted !== null && WAITS_FOR_ANSWER.has(action)) return ASKED;
  if (action === 'sitting' && state.opened.subject === 'staff' && !(state.staff.advised && state.staff.declared)) return STAFF;
  if (action === 'end-halt' && state.halt !== null) return !state.halt.answered ? UNANSWERED : state.halt.calls.length === 0 ? NO_CALL : null;
  if (action === 'release' && state.halt !== null) {
    if (state.halt.released) return RELEASED;
    if (state.halt.calls.length === 0) return NO_CALL;
  }
  return null;
}
