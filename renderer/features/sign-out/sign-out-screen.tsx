import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { CaseSums } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { count, number } from '../../logic/format.js';
import { stay, useScreens } from '../../store.js';
import { Answers } from '../../ui/answers.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { Note } from '../../ui/note.js';
import { Page } from '../../ui/page.js';
import { signedInReviewers } from '../../ui/people.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { useAction } from '../../ui/use-action.js';

/** What both did since they signed in; both read it and sign for it. */
export function SignOutScreen({ cases }: { readonly cases: readonly CaseSums[] }) {
  const app = useScreens((screens) => screens.app);
  const reviewers = signedInReviewers(app?.reviewers ?? [], app?.signedIn ?? null);
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const submit = async (): Promise<void> => {
    if (!action.check(signatures.missing())) return;
    const credentials = signatures.take();
    await action.run(() => client.call('sign-out', { signatures: credentials }));
  };
  return (
    <Page>
      <div className="stack-wide">
        <p><Button look="link" isDisabled={action.pending} onPress={stay}><ChevronLeft className="inline-icon" size={18} aria-hidden="true" />Stay signed in</Button></p>
        <ErrorSummary problems={action.problems} />
        <PageHeading title="Read this, then sign out" />
        {cases.map((each) => (
          <section key={each.id} className="stack">
            <h2>Case {each.reference}</h2>
            <Answers rows={rowsOf(each)} />
          </section>
        ))}
        <p>Your signatures say that this is what you two did. If something is wrong or missing, stay signed in and write a note first. For a sealed case, write it on the paper form.</p>
        <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <SignatureCards reviewers={reviewers} signatures={signatures} problems={action.problems} />
          <Button type="submit" look="primary" large pending={action.pending}>Sign and sign out</Button>
        </Form>
        <Unsigned />
      </div>
    </Page>
  );
}

function rowsOf({ sums }: CaseSums): { question: string; answer: string }[] {
  return [
    { question: 'Pages opened', answer: number(sums.pages) },
    { question: 'Captures kept', answer: number(sums.captures) },
    { question: 'Concerns and notes', answer: `${count(sums.concerns, 'concern')}, ${count(sums.notes, 'note')}` },
    { question: 'Refused', answer: number(sums.refused) },
    { question: 'New entries in the record', answer: number(sums.entries) },
  ];
}

/** For when one of the two has left already. */
function Unsigned() {
  const [asking, setAsking] = useState(false);
  const action = useAction();
  if (!asking) return <p><Button look="link" onPress={() => { setAsking(true); }}>One of us has already left</Button></p>;
  return (
    <Note tone="warn">
      <div className="stack-tight">
        <p>You can sign out without signing. The record will say that nobody signed for this time. Nothing else is lost.</p>
        <ErrorSummary problems={action.problems} />
        <Button onPress={() => { void action.run(() => client.call('sign-out', {})); }} pending={action.pending}>Sign out without signing</Button>
      </div>
    </Note>
  );
}
