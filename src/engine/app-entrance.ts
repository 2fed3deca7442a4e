import { randomInt } from 'node:crypto';
import type { Handlers } from '../ipc/dispatch.js';
import { CodedError } from '../record/coded-error.js';
import { removeSetUpDraft, writeSetUpDraft } from '../vault/set-up-draft.js';
import type { AppContext } from './app.js';
import type { CaseCalls } from './app-cases.js';
import type { Shown } from './app-shown.js';
import { suggestPassphrase } from './passphrases.js';

type EntranceCalls = 'passphrase.suggest' | 'set-up' | 'set-up.draft' | 'set-up.skip' | 'contacts.save' | 'sign-in' | 'resume' | 'sign-out.read' | 'sign-out' | 'farewell.done';

/** What the screens ask when the computer is set up, and when two people come and go. `folder`: the vault's, where a set-up that was left lies. */
export function entranceHandlers({ engine, exports }: AppContext, shown: Shown, folder: string, cases: CaseCalls): Pick<Handlers, EntranceCalls> {
  return {
    'passphrase.suggest': ({ own }) => Promise.resolve({ words: suggestPassphrase(4, randomInt, own) }),
    'set-up': async (details) => {
      await shown.during('set-up', 'Making the keys', async () => {
        await engine.setUp(details);
        shown.draft = null;
        await removeSetUpDraft(folder);
      });
      return shown.done();
    },
    'set-up.draft': async ({ draft }) => {
      if (engine.installation !== null) throw new CodedError('set-up.done', 'This computer has been set up already. Sign in instead.');
      if (draft === null) await removeSetUpDraft(folder);
      else await writeSetUpDraft(folder, draft);
      shown.draft = draft;
      return shown.done();
    },
    'set-up.skip': async ({ steps }) => {
      if (engine.admin === null) throw new CodedError('auth.not-signed-in', 'Two people have to sign in first.');
      await engine.admin.saveSkipped(steps);
      return shown.done();
    },
    'contacts.save': async (contacts) => {
      await engine.school.saveContacts(contacts);
      return shown.done();
    },
    'sign-in': async ({ first, second }) => {
      shown.farewell = null;
      await shown.during('sign-in', 'Checking both passphrases', async () => {
        await engine.signIn(first, second);
        if (engine.haltedCase === null) return;
        await engine.showCase(engine.haltedCase.id);
        cases.follow();
      });
      return shown.done();
    },
    resume: async ({ first, second }) => {
      await shown.during('sign-in', 'Checking both passphrases', () => engine.resume(first, second));
      return engine.case === null ? shown.done() : cases.follow();
    },
    'sign-out.read': async () => {
      const sums = await engine.prepareSignOut();
      exports.length = 0;
      shown.changed();
      return { cases: sums };
    },
    'sign-out': async ({ signatures }) => {
      const signedOut = await engine.signOut(signatures === null ? null : [signatures.first, signatures.second]);
      exports.length = 0;
      shown.farewell = signedOut.length === 0 ? null : signedOut;
      shown.changed();
      return { cases: signedOut };
    },
    'farewell.done': () => {
      shown.farewell = null;
      return Promise.resolve(shown.done());
    },
  };
}
