import type { ReviewerBadge } from '../../src/ipc/state.js';

/** A reviewer's initials in a disc; filled for the one who has the controls. */
export function Badge({ initials, held = false, small = false }: { readonly initials: string; readonly held?: boolean; readonly small?: boolean }) {
  return <span className={['badge', held && 'badge-held', small && 'badge-small'].filter(Boolean).join(' ')} aria-hidden="true">{initials}</span>;
}

/** A reviewer with name and position. */
export function Person({ reviewer, heading = false }: { readonly reviewer: ReviewerBadge; readonly heading?: boolean }) {
  const Name = heading ? 'h2' : 'p';
  return (
    <div className="person">
      <Badge initials={reviewer.initials} />
      <div><Name className="person-name">{reviewer.name}</Name><p className="muted small">{reviewer.position}</p></div>
    </div>
  );
}

/** The reviewers who are signed in, in the order of signing in. */
export function signedInReviewers(reviewers: readonly ReviewerBadge[], signedIn: readonly string[] | null): ReviewerBadge[] {
  return (signedIn ?? []).flatMap((initials) => reviewers.filter((reviewer) => reviewer.initials === initials));
}
