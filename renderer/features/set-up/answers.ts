import type { Contacts } from '../../../src/ipc/state.js';
import { NOBODY, type NewReviewer } from '../../ui/reviewer-fields.js';

/** What the set-up asks, without the passphrases. */
export interface SetUpAnswers {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly contacts: Contacts;
  readonly reviewers: readonly [NewReviewer, NewReviewer];
}

/** Before anything is typed. The two that are the same for every school stand there already. */
export const EMPTY_ANSWERS: SetUpAnswers = {
  organisation: '',
  computer: { name: '', location: '' },
  contacts: { policeForce: '', safeguardingLead: '', lado: '', support: '', iwf: 'iwf.org.uk', ceop: 'ceop.police.uk' },
  reviewers: [NOBODY, NOBODY],
};

/** Props of every page of the set-up. */
export interface PageProps {
  readonly answers: SetUpAnswers;
  readonly onChange: (part: Partial<SetUpAnswers>) => void;
  readonly onDone: () => void;
  readonly onBack: () => void;
}
