import type { CaseSummary } from '../../src/ipc/state.js';

/** How long before its date a case is marked, in days. */
const SOON_DAYS = 30;

/** Whether a sealed case is to be looked at again: `overdue` since its date, `soon` in the 30 days before it, else null. `now` in milliseconds since 1970. */
export function reviewState(reviewOn: string | null, now: number): 'overdue' | 'soon' | null {
  if (reviewOn === null) return null;
  const due = Date.parse(reviewOn);
  if (Number.isNaN(due)) return null;
  if (due <= now) return 'overdue';
  return due - now <= SOON_DAYS * 86_400_000 ? 'soon' : null;
}

/** Which cases a list shows. */
export type CaseFilter = 'all' | 'review' | CaseSummary['phase'];

/** Whether a filter leaves a case in the list. */
export function passes(filter: CaseFilter, each: CaseSummary, now: number): boolean {
  if (filter === 'all') return true;
  return filter === 'review' ? reviewState(each.reviewOn, now) !== null : each.phase === filter;
}

/** Cases that are due for review, the longest overdue first; then the others as they stood. */
export function dueFirst(cases: readonly CaseSummary[], now: number): readonly CaseSummary[] {
  const due = cases.filter((each) => reviewState(each.reviewOn, now) !== null).sort((a, b) => Date.parse(a.reviewOn ?? '') - Date.parse(b.reviewOn ?? ''));
  return [...due, ...cases.filter((each) => reviewState(each.reviewOn, now) === null)];
}
