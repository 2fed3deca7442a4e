import { useState } from 'react';
import type { ReviewerView } from '../../../src/ipc/admin-state.js';
import { client } from '../../client.js';
import { useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Person } from '../../ui/people.js';
import { WorkProgress } from '../../ui/progress.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { Finished } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

/** When and why somebody gets new keys, what it means, and both passphrases for it. */
export function ReplaceKeys({ signedIn, reviewer, onClose }: RegisterPageProps & { readonly reviewer: ReviewerView; readonly onClose: () => void }) {
  const [done, setDone] = useState(false);
  const signatures = useSignatures(signedIn);
  const action = useAction();
  const working = useScreens((screens) => screens.progress?.task === 'reviewers');
  const replace = async (): Promise<void> => {
    if (!action.check(signatures.missing())) return;
    const credentials = signatures.take();
    setDone(await action.run(() => client.call('reviewers.change-keys', { ...credentials, initials: reviewer.initials })));
  };
  if (done) {
    return (
      <Finished title={`${reviewer.name} has new keys`}>
        <p>The passphrase is the same as before. What {reviewer.name} signed before stays valid.</p>
        <p>Save, print and sign the enrolment sheet again: it shows the new certificate. Then make a new backup, because an older one still holds the old keys.</p>
        <Button onPress={onClose}>Back to the reviewers</Button>
      </Finished>
    );
  }
  return (
    <RegisterForm title={`Replace the keys of ${reviewer.name}?`} action={action} submit="Replace the keys" onSubmit={() => { void replace(); }} onBack={{ label: 'Keep the keys', go: onClose }}
      intro={<p>Do this when somebody may have seen {reviewer.name}’s passphrase, or may have copied this computer’s disk. Change the passphrase first, then replace the keys.</p>}
    >
      <Person reviewer={reviewer} />
      <ul className="bullets">
        <li>{reviewer.name} signs with a new certificate from now on. The passphrase stays as it is.</li>
        <li>What was signed before stays valid. Bundles that you make from now on say when the old certificate was withdrawn.</li>
        <li>The key of this computer’s cases is replaced. A copy of the disk from before still opens with the passphrases of that time.</li>
      </ul>
      <SignatureCards reviewers={signedIn} signatures={signatures} problems={action.problems} />
      {working && <WorkProgress task="reviewers" />}
    </RegisterForm>
  );
}
