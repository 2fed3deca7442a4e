import { isAbsolute } from 'node:path';
import { CodedError } from '../record/coded-error.js';
import type { Handlers } from '../ipc/dispatch.js';
import type { AppContext } from './app.js';
import { passphraseStrength } from './passphrase-strength.js';

type ReviewerCalls = 'passphrase.strength' | 'passphrase.change' | 'passphrase-rules.save' | 'reviewers.enrol' | 'reviewers.remove' | 'reviewers.change-keys' | 'recovery.make' | 'recover' | 'enrolment-sheet.save' | 'policy.change' | 'sanctions.change' | 'retention.save';

/** What the screens ask about the reviewers, their passphrases and the recovery sheet. */
export function reviewerHandlers({ engine, changed }: AppContext): Pick<Handlers, ReviewerCalls> {
  const { reviewers } = engine;
  const then = async (work: Promise<unknown>): Promise<null> => {
    await work;
    changed();
    return null;
  };
  return {
    'passphrase.strength': ({ passphrase, own }) => {
      const { organisation, computer } = engine.installation ?? {};
      return passphraseStrength(passphrase, [...own, organisation ?? '', computer?.name ?? ''], reviewers.rules);
    },
    'passphrase.change': ({ initials, passphrase, newPassphrase }) => then(reviewers.changePassphrase({ initials, passphrase }, newPassphrase)),
    'passphrase-rules.save': (rules) => then(reviewers.saveRules(rules)),
    'reviewers.enrol': ({ first, second, reviewer }) => then(reviewers.enrol(first, second, reviewer)),
    'reviewers.remove': ({ first, second, initials }) => then(reviewers.remove(first, second, initials)),
    'reviewers.change-keys': ({ first, second, initials }) => then(reviewers.changeKeys(first, second, initials)),
    'recovery.make': async ({ first, second, holder }) => {
      const words = await reviewers.makeRecoverySheet(first, second, holder);
      changed();
      return { words };
    },
    recover: ({ initials, passphrase, words, reviewer }) => then(reviewers.recover({ initials, passphrase }, words, reviewer)),
    'enrolment-sheet.save': ({ folder }) => {
      if (folder !== null && (!isAbsolute(folder) || folder.includes('\0'))) throw new CodedError('folders.not-absolute', 'Give the whole path of the folder, from the root or the drive on.', { where: 'folder' });
      return reviewers.saveEnrolmentSheet(folder);
    },
    'policy.change': ({ change }) => then(engine.school.changePolicy(change)),
    'sanctions.change': ({ change }) => then(engine.school.changeSanctions(change)),
    'retention.save': ({ first, second, months }) => then(reviewers.saveRetention(first, second, months)),
  };
}
