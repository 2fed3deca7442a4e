import { create } from 'zustand';

/** The ways to look at a case. */
export const REVIEW_TABS = ['timeline', 'sheet', 'form'] as const;

/** See {@link REVIEW_TABS}. */
export type ReviewTab = (typeof REVIEW_TABS)[number];

/** Where the reviewers are within the review; it outlives a look at the record and ends with the case. */
export interface ReviewLook {
  readonly caseId: string | null;
  readonly tab: ReviewTab;
  /** The exhibit that is open, and which redacted copy of it; null for the original. */
  readonly exhibit: string | null;
  readonly redaction: number | null;
  readonly redacting: boolean;
  /** The conclusion is to be shown first, wherever on the page it stands. */
  readonly toConclusion: boolean;
}

const START: ReviewLook = { caseId: null, tab: 'timeline', exhibit: null, redaction: null, redacting: false, toConclusion: false };

/** See {@link ReviewLook}. */
export const useReviewLook = create<ReviewLook>(() => START);

/** Begins anew for another case. */
export function lookAt(caseId: string): void {
  if (useReviewLook.getState().caseId !== caseId) useReviewLook.setState({ ...START, caseId });
}

/** Shows the case another way. */
export function showTab(key: unknown): void {
  useReviewLook.setState({ tab: REVIEW_TABS.find((tab) => tab === key) ?? 'timeline' });
}

/** Shows the conclusion of a case. */
export function showConclusion(caseId: string): void {
  useReviewLook.setState({ ...START, caseId, toConclusion: true });
}

/** Opens an exhibit, or goes back to all of them. */
export function openExhibit(exhibit: string | null, redaction: number | null = null): void {
  useReviewLook.setState({ exhibit, redaction, redacting: false });
}
