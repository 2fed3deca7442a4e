import { useEffect, useRef } from 'react';
import type { ReviewView } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { listOf, shortDateAndTime } from '../../logic/format.js';
import { NotTold } from '../conclude/not-told.js';
import { Added } from './added.js';
import { ConclusionWords } from './conclusion-words.js';
import { useReviewLook } from './looking.js';

/** The conclusion with what was added to it, and who is still not down as told for as long as that can be added. */
export function ConclusionCard({ app, view, review }: { readonly app: AppState; readonly view: CaseView; readonly review: ReviewView }) {
  const { conclusion } = review;
  const heading = useRef<HTMLHeadingElement>(null);
  const toConclusion = useReviewLook((look) => look.toConclusion);
  useEffect(() => {
    if (!toConclusion) return;
    heading.current?.focus();
    useReviewLook.setState({ toConclusion: false });
  }, [toConclusion]);
  if (conclusion === null || view.conclusion === null) return null;
  return (
    <section className="stack" aria-labelledby="review-conclusion">
      <h2 id="review-conclusion" ref={heading} tabIndex={-1}>Conclusion</h2>
      <div className="card stack conclusion-card">
        <p className="small muted">{listOf(conclusion.by)}, {shortDateAndTime(conclusion.at)}</p>
        <ConclusionWords conclusion={view.conclusion} since={[]} />
        <Added app={app} view={view} to={conclusion.seq} what="the conclusion" added={conclusion.added} canAdd={review.canAdd} tells>
          <NotTold app={app} view={view} advice="If one of them has been told, add it here." />
        </Added>
      </div>
    </section>
  );
}
