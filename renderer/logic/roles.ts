import type { ReviewerRole } from '../../src/ipc/admin-state.js';

/** What a reviewer may be in the school, in the order in which it is asked. */
export const ROLES: readonly { readonly id: ReviewerRole; readonly title: string }[] = [
  { id: 'senior-leader', title: 'Senior leader' },
  { id: 'dsl', title: 'Designated safeguarding lead' },
  { id: 'head', title: 'Head' },
  { id: 'chair-of-governors', title: 'Chair of governors' },
];

/** The words for a role. */
export function roleTitle(role: ReviewerRole | null): string {
  return ROLES.find((each) => each.id === role)?.title ?? '';
}
