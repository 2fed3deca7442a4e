import { useState } from 'react';
import { client } from '../../client.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import type { Problem } from '../../ui/error-summary.js';
import { NewPassphrase, NOTHING_TYPED, passphraseProblems } from '../../ui/new-passphrase.js';
import { WorkProgress } from '../../ui/progress.js';
import { NOBODY, personProblems, ReviewerFields, reviewerFieldOf } from '../../ui/reviewer-fields.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { Finished } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

/** Enrols somebody: who they are, their passphrase, and both signatures. */
export function EnrolPage({ app, admin, signedIn }: RegisterPageProps) {
  const [person, setPerson] = useState(NOBODY);
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [enrolled, setEnrolled] = useState<string | null>(null);
  const signatures = useSignatures(signedIn);
  const action = useAction(reviewerFieldOf);
  const own = [person.name, person.position, app.organisation, app.computer.name];
  const enrol = async (): Promise<void> => {
    const missing = [...personProblems(person, admin.reviewers), ...signatures.missing()];
    const taken = typed;
    let problems: readonly Problem[] = missing;
    await action.run(async () => { problems = [...missing, ...(await passphraseProblems(taken, own))]; });
    const { name, position, initials, role } = person;
    if (!action.check(problems) || role === null) return;
    const credentials = signatures.take();
    setTyped(NOTHING_TYPED);
    if (await action.run(() => client.call('reviewers.enrol', { ...credentials, reviewer: { name, position, initials, role, passphrase: taken.once } }))) setEnrolled(name);
  };
  if (enrolled !== null) {
    return (
      <Finished title={`${enrolled} is enrolled`}>
        <p>From now on {enrolled} can sign in with any other reviewer.</p>
        <p>Save and print the enrolment sheet again, so that it names all of you.</p>
        <p className="row"><Button look="primary" onPress={() => { goTo('enrolment-sheet'); }}>Go to the enrolment sheet</Button><Button onPress={() => { goTo('reviewers'); }}>Back to the reviewers</Button></p>
      </Finished>
    );
  }
  return (
    <RegisterForm
      title="Enrol a reviewer" action={action} submit="Enrol this reviewer" onSubmit={() => { void enrol(); }} onBack={{ label: 'Cancel', go: () => { goTo('reviewers'); } }}
      intro={<p className="lead">All three of you must be in the room. The new reviewer types their own passphrase; you two sign at the end.</p>}
    >
      <ReviewerFields value={person} onChange={setPerson} problems={action.problems} />
      <NewPassphrase name={person.name.trim() === '' ? 'the new reviewer' : person.name} own={own} typed={typed} onType={setTyped} problems={action.problems} />
      <h2>Both of you sign</h2>
      <SignatureCards reviewers={signedIn} signatures={signatures} problems={action.problems} />
      <WorkProgress task="reviewers" />
    </RegisterForm>
  );
}
