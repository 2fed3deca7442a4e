import { CodedError } from '../record/coded-error.js';
import type { Handlers } from '../ipc/dispatch.js';
import type { AppContext } from './app.js';

type ReviewerCalls = 'passphrase.strength' | 'passphrase.change' | 'passphrase-rules.save' | 'reviewers.enrol' | 'reviewers.remove' | 'recovery.make' | 'recover' | 'enrolment-sheet.save' | 'retention.save';

/** What the screens ask about the reviewers, their passphrases and the recovery sheet. */
export function reviewerHandlers(_context: AppContext): Pick<Handlers, ReviewerCalls> {
  const none = (): Promise<never> => Promise.reject(new CodedError('ipc.unknown-call', 'Not here.'));
  return { 'passphrase.strength': none, 'passphrase.change': none, 'passphrase-rules.save': none, 'reviewers.enrol': none, 'reviewers.remove': none, 'recovery.make': none, recover: none, 'enrolment-sheet.save': none, 'retention.save': none };
}
