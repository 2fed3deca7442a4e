import { create } from 'zustand';

/** Where the reviewers are within the review; it outlives a look at the record and ends with the case. */
export interface ReviewLook {
  readonly caseId: string | null;
  readonly tab: 'timeline' | 'sheet';
  /** The exhibit that is open, and which redacted copy of it; null for the original. */
  readonly exhibit: string | null;
  readonly redaction: number | null;
  readonly redacting: boolean;
}

const START: ReviewLook = { caseId: null, tab: 'timeline', exhibit: null, redaction: null, redacting: false };

/** See {@link ReviewLook}. */
export const useReviewLook = create<ReviewLook>(() => START);

/** Begins anew for another case. */
export function lookAt(caseId: string): void {
  if (useReviewLook.getState().caseId !== caseId) useReviewLook.setState({ ...START, caseId });
}

/** Opens an exhibit, or goes back to all of them. */
export function openExhibit(exhibit: string | null, redaction: number | null = null): void {
  useReviewLook.setState({ exhibit, redaction, redacting: false });
}
