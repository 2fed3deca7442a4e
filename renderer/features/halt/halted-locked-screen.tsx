import { OctagonX } from 'lucide-react';
import { Form } from 'react-aria-components';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { dateAndTime, unbroken } from '../../logic/format.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { signedInReviewers } from '../../ui/people.js';
import { WorkProgress } from '../../ui/progress.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { useAction } from '../../ui/use-action.js';
import { DoNot } from './do-not.js';
import './halt.css';
import './halt-question.css';

/** A halted computer that locked itself: it says what to do, and lets both back in. Nobody is signed out, and nothing is closed. */
export function HaltedLockedScreen({ app, crisis, locked }: { readonly app: AppState; readonly crisis: NonNullable<AppState['crisis']>; readonly locked: NonNullable<AppState['locked']> }) {
  const reviewers = signedInReviewers(app.reviewers, locked.reviewers);
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const submit = async (): Promise<void> => {
    if (!action.check(signatures.missing())) return;
    const credentials = signatures.take();
    await action.run(() => client.call('resume', credentials));
  };
  const { policeForce, safeguardingLead } = app.contacts;
  return (
    <main className="halt-page">
      <div className="halt-question stack-wide">
        <div>
          <p className="halt-kicker"><OctagonX size={22} aria-hidden="true" />Case {crisis.caseReference}, since {dateAndTime(crisis.at)}</p>
          <PageHeading title="This computer is halted" />
          <p className="lead halt-lead">Leave it on and as it is. The steps and calls are saved behind this screen; both of you open it again with your passphrases.</p>
        </div>
        <div className="numbers halt-locked-numbers">
          <p><b>999</b>a child is in danger now</p>
          <p><b>101</b>otherwise{policeForce === '' ? '' : ` · ${unbroken(policeForce)}`}</p>
          {safeguardingLead !== '' && <p><b className="number-words">Safeguarding lead</b>{unbroken(safeguardingLead)}</p>}
        </div>
        <section><h2 className="do-not-title">Do not</h2><DoNot /></section>
        <ErrorSummary problems={action.problems} />
        <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <SignatureCards reviewers={reviewers} signatures={signatures} problems={action.problems} />
          <div className="row"><Button type="submit" look="primary" large pending={action.pending}>Continue together</Button><Button look="link" onPress={() => { goTo('log-call'); }}>Write down a call on your own</Button></div>
          <WorkProgress task="sign-in" />
        </Form>
      </div>
    </main>
  );
}
