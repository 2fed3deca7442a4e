import type { ReviewerView } from '../../../src/ipc/admin-state.js';
import { client } from '../../client.js';
import { useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Person } from '../../ui/people.js';
import { WorkProgress } from '../../ui/progress.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { Finished } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { useState } from 'react';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

/** What removing somebody means, and both passphrases for it. */
export function RemoveReviewer({ signedIn, reviewer, onClose }: RegisterPageProps & { readonly reviewer: ReviewerView; readonly onClose: () => void }) {
  const [done, setDone] = useState(false);
  const signatures = useSignatures(signedIn);
  const action = useAction();
  const working = useScreens((screens) => screens.progress?.task === 'reviewers');
  const remove = async (): Promise<void> => {
    if (!action.check(signatures.missing())) return;
    const credentials = signatures.take();
    setDone(await action.run(() => client.call('reviewers.remove', { ...credentials, initials: reviewer.initials })));
  };
  if (done) {
    return (
      <Finished title={`${reviewer.name} is removed`}>
        <p>They can no longer sign in on this computer. What they signed before stays valid.</p>
        <p>Save and print the enrolment sheet again, and make a new backup: whoever holds an older backup can still open it with the passphrases of that time.</p>
        <Button onPress={onClose}>Back to the reviewers</Button>
      </Finished>
    );
  }
  return (
    <RegisterForm title={`Remove ${reviewer.name}?`} action={action} submit="Remove this reviewer" onSubmit={() => { void remove(); }} onBack={{ label: 'Keep this reviewer', go: onClose }}>
      <Person reviewer={reviewer} />
      <ul className="bullets">
        <li>{reviewer.name} can no longer sign in on this computer.</li>
        <li>The key of this computer’s cases is replaced, so the old passphrase opens nothing here.</li>
        <li>What {reviewer.name} signed before stays valid. Bundles that you make from now on say when they were removed.</li>
        <li>A backup that was made before still opens with the passphrases of that time.</li>
      </ul>
      <SignatureCards reviewers={signedIn} signatures={signatures} problems={action.problems} />
      {working && <WorkProgress task="reviewers" />}
    </RegisterForm>
  );
}
