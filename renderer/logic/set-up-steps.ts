import type { AdminState } from '../../src/ipc/admin-state.js';
import { SET_UP_STEPS, type SetUpStepId } from '../../src/investigation/policy/installation.js';
import type { AppState } from '../../src/ipc/state.js';
import { missingContacts, type RegisterPlace } from './places.js';

/** One thing to do once the keys are made: where, why, and whether it is done. */
export interface FinishingStep {
  readonly id: SetUpStepId;
  readonly place: RegisterPlace;
  readonly title: string;
  readonly why: string;
  /** A school may decide against it. */
  readonly optional: boolean;
  /** It is done on paper, which the app cannot see: the two say that it is. */
  readonly onPaper?: true;
  readonly state: 'done' | 'open' | 'skipped';
}

const STEPS: Readonly<Record<SetUpStepId, Omit<FinishingStep, 'id' | 'state'>>> = {
  contacts: { place: 'contacts', title: 'Numbers to call', why: 'They show on the screen when something must be stopped.', optional: false },
  'recovery-sheet': { place: 'recovery-sheet', title: 'Recovery sheet', why: 'Without it, nobody can open the cases once one of you forgets the passphrase or leaves.', optional: false },
  'enrolment-sheet': { place: 'enrolment-sheet', title: 'Enrolment sheet', why: 'Shows the police and others which signatures are yours. Print it and keep it away from this computer.', optional: false, onPaper: true },
  retention: { place: 'retention', title: 'Retention', why: 'When a sealed case is looked at again. Your retention schedule says when.', optional: true },
  marking: { place: 'settings', title: 'Protective marking, lock and clock', why: 'The marking that stands on bundles, and when the app locks.', optional: true },
  time: { place: 'time', title: 'Time stamps', why: 'A service outside the school that confirms when the record was written.', optional: true },
  lists: { place: 'lists', title: 'Flag lists', why: 'Addresses and pictures that the police or your filtering provider know already.', optional: true },
  backup: { place: 'backups', title: 'First backup', why: 'The cases are on this computer alone until there is one.', optional: false },
};

/** Every step with where it stands. `lists`: how many flag lists are in force; null while that is not known. */
export function finishingSteps({ contacts, settings }: AppState, admin: AdminState, lists: number | null): readonly FinishingStep[] {
  const done: Readonly<Record<SetUpStepId, boolean>> = {
    contacts: missingContacts(contacts).length === 0, 'recovery-sheet': admin.recoverySheet !== null, 'enrolment-sheet': false, retention: admin.retentionMonths !== null, marking: settings.marking !== undefined,
    time: admin.timeAuthorities.length > 0, lists: lists !== null && lists > 0, backup: admin.lastBackupAt !== null,
  };
  const missing = missingContacts(contacts).length;
  return SET_UP_STEPS.map((id) => {
    const step = STEPS[id];
    const decided = (admin.setUpSkipped ?? []).includes(id);
    const why = id === 'contacts' && missing > 0 ? `${missing} ${missing === 1 ? 'is' : 'are'} still missing. ${step.why}` : step.why;
    return { id, ...step, why, state: done[id] || (decided && step.onPaper === true) ? 'done' : decided ? 'skipped' : 'open' };
  });
}

/** How many steps are behind the two, and the next one; null when nothing is left to decide. */
export function finishingStands(steps: readonly FinishingStep[]): { readonly behind: number; readonly next: FinishingStep | null } {
  return { behind: steps.filter(({ state }) => state !== 'open').length, next: steps.find(({ state }) => state === 'open') ?? null };
}
