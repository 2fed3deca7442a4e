import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { AppState, LockView } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { Brand } from '../../ui/mark.js';
import { Note } from '../../ui/note.js';
import { Page } from '../../ui/page.js';
import { signedInReviewers } from '../../ui/people.js';
import { ProgressBar, WorkProgress } from '../../ui/progress.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { useAction } from '../../ui/use-action.js';
import { CrisisBanner } from '../sign-in/crisis-banner.js';
import '../sign-in/sign-in.css';

/** Nothing of the case: both names, and both passphrases to go on. */
export function LockedScreen() {
  const app = useScreens((screens) => screens.app);
  return app?.locked == null ? null : <Locked app={app} lock={app.locked} />;
}

function Locked({ app, lock }: { readonly app: AppState; readonly lock: LockView }) {
  const reviewers = signedInReviewers(app.reviewers, lock.reviewers);
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const submit = async (): Promise<void> => {
    if (!action.check(signatures.missing())) return;
    const credentials = signatures.take();
    await action.run(() => client.call('resume', credentials));
  };
  return (
    <Page bare>
      <div className="sign-in stack-wide">
        {app.crisis !== null && <CrisisBanner app={app} crisis={app.crisis} onCall={() => { goTo('log-call'); }} />}
        <div className="stack-tight">
          <Brand />
          <PageHeading title="Locked" />
          <p className="lead">{whyLocked(lock.reason, app.settings.idleMinutes)} Everything recorded so far is saved.</p>
        </div>
        {lock.waiting && <Waiting />}
        <ErrorSummary problems={action.problems} />
        <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <SignatureCards reviewers={reviewers} signatures={signatures} problems={action.problems} />
          <div className="row sign-in-actions">
            <Button type="submit" look="primary" large pending={action.pending}>Continue together</Button>
            <Button look="link" onPress={() => { goTo('verify'); }}>Check a bundle</Button>
          </div>
          <WorkProgress task="sign-in" />
          <WorkProgress task="start" />
        </Form>
        <Leave />
      </div>
    </Page>
  );
}

/** The steps of an export name exhibits, so only how far it is shows. */
function Waiting() {
  const progress = useScreens((screens) => screens.progress);
  const done = progress?.task === 'export' ? progress.done : 0;
  const total = progress?.task === 'export' ? progress.total : 0;
  return (
    <div className="card stack-tight" role="status">
      <p><b>The bundle is still being made.</b> Everything else is locked already, and nothing of the case is shown.</p>
      <ProgressBar label="Making the bundle" done={done} total={total} />
    </div>
  );
}

function Leave() {
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const leave = (): void => { void action.run(() => client.call('sign-out', {})); };
  if (!asking) return <p><Button look="link" onPress={() => { setAsking(true); }}>Is one of you not coming back?</Button></p>;
  return (
    <Note tone="warn">
      <div className="stack-tight">
        <p>You can sign out instead. The browser closes, and the record says that nobody signed. Two reviewers can then sign in as usual.</p>
        <ErrorSummary problems={action.problems} />
        <p className="row"><Button onPress={leave} pending={action.pending}>Sign out without signing</Button><Button onPress={() => { setAsking(false); }}>Stay locked</Button></p>
      </div>
    </Note>
  );
}

function whyLocked(reason: LockView['reason'], idleMinutes: number): string {
  if (reason === 'step-out') return 'You stepped out, so the page is hidden and the app is locked.';
  if (reason === 'computer') return 'The computer went to sleep or its screen was locked, so the page was hidden and the app locked itself.';
  return `Nothing was pressed or moved for ${idleMinutes === 1 ? 'a minute' : `${String(idleMinutes)} minutes`}, so the page was hidden and the app locked itself.`;
}
