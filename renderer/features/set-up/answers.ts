import type { Contacts } from '../../../src/ipc/state.js';

/** What the set-up asks, without the passphrases. */
export interface SetUpAnswers {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly contacts: Contacts;
  readonly reviewers: readonly [NewReviewer, NewReviewer];
}

/** A reviewer to enrol. */
export interface NewReviewer {
  readonly name: string;
  readonly position: string;
  readonly initials: string;
}

const NOBODY: NewReviewer = { name: '', position: '', initials: '' };

/** Before anything is typed. */
export const EMPTY_ANSWERS: SetUpAnswers = {
  organisation: '',
  computer: { name: '', location: '' },
  contacts: { policeForce: '', safeguardingLead: '', lado: '', support: '' },
  reviewers: [NOBODY, NOBODY],
};

/** Props of every page of the set-up. */
export interface PageProps {
  readonly answers: SetUpAnswers;
  readonly onChange: (part: Partial<SetUpAnswers>) => void;
  readonly onDone: () => void;
  readonly onBack: () => void;
}
