import { Check } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { NOT_CONCERNED } from '../../../src/investigation/policy/declarations.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { unbroken } from '../../logic/format.js';
import { attempt, useScreens } from '../../store.js';
import { AlertBanner } from '../../ui/alert-banner.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { Note } from '../../ui/note.js';
import { signedInReviewers } from '../../ui/people.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import './halt.css';
import './halt-question.css';

const FROM = [{ id: 'lado', title: 'The LADO' }, { id: 'police', title: 'The police' }] as const;

/** Before anything is opened in a case about a member of staff: who advised what, and that neither reviewer is concerned. */
export function StaffFirstScreen() {
  const app = useScreens((screens) => screens.app);
  const view = app?.case;
  if (app == null || view == null) return null;
  return (
    <div className="case-question">
      <AlertBanner />
      <main className="halt-question stack-wide">
        <div>
          <p className="halt-kicker" role="status">Case {view.reference}: a member of staff is concerned</p>
          <PageHeading title="Before you open anything" />
          <p className="lead halt-lead">Speak to the LADO and the police first. Basic facts only: do not interview anyone, and do not tell the person.</p>
        </div>
        {view.staff?.advised === true ? <Done text="What they advised is in the record" /> : <Advice app={app} view={view} />}
        {view.staff?.declared === true ? <Done text="You have both declared that you are not concerned" /> : <Declaration app={app} />}
        <p className="row"><Button onPress={() => { attempt(client.call('case.close', {})); }}>Back to the cases</Button></p>
      </main>
    </div>
  );
}

function Done({ text }: { readonly text: string }) {
  return <p className="row"><Check size={20} aria-hidden="true" /><b>{text}</b></p>;
}

function Advice({ app, view }: { readonly app: AppState; readonly view: CaseView }) {
  const [from, setFrom] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [advice, setAdvice] = useState('');
  const [by, setBy] = useState(view.heldBy);
  const action = useAction();
  const { lado, policeForce } = app.contacts;
  const submit = async (): Promise<void> => {
    const problems = [
      ...(from === null ? [{ field: 'advice-from', sentence: 'Choose who advised you' }] : []), ...(name.trim() === '' ? [{ field: 'advice-name', sentence: 'Enter whom you spoke to' }] : []),
      ...(advice.trim() === '' ? [{ field: 'advice-text', sentence: 'Write what they advised' }] : []),
    ];
    if (!action.check(problems) || from === null) return;
    await action.run(() => client.call('staff.advice', { by, from: from === 'lado' ? 'lado' : 'police', name, advice, advisedAt: new Date().toISOString() }));
  };
  return (
    <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <h2>What were you advised?</h2>
      <ErrorSummary problems={action.problems} />
      <p>LADO: <b>{lado === '' ? 'no number is in the settings' : unbroken(lado)}</b>. Police: <b>{policeForce === '' ? '101' : unbroken(policeForce)}</b>.</p>
      <RadioGroup id="advice-from" label="Who advised you?" layout="inline" options={FROM} value={from} onChange={setFrom} error={problemOf(action.problems, 'advice-from')} />
      <TextField id="advice-name" label="Whom did you speak to?" hint="Name and job title." value={name} onChange={setName} error={problemOf(action.problems, 'advice-name')} />
      <TextArea id="advice-text" label="What did they advise?" hint="What you may look at, who may be told, what happens next." rows={3} value={advice} onChange={setAdvice} error={problemOf(action.problems, 'advice-text')} />
      <Who id="advice-by" label="Who writes this down?" reviewers={signedInReviewers(app.reviewers, app.signedIn)} value={by} onChange={setBy} />
      <Button type="submit" look="primary" pending={action.pending}>Add to the record</Button>
    </Form>
  );
}

function Declaration({ app }: { readonly app: AppState }) {
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const submit = async (): Promise<void> => {
    if (!action.check(signatures.missing())) return;
    const credentials = signatures.take();
    await action.run(() => client.call('staff.declare', credentials));
  };
  return (
    <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <h2>Both of you declare</h2>
      <ErrorSummary problems={action.problems} />
      <Note tone="warn"><p>“{NOT_CONCERNED}” If you cannot say this, close the case and let somebody else take your place.</p></Note>
      <SignatureCards reviewers={reviewers} signatures={signatures} problems={action.problems} />
      <Button type="submit" look="primary" pending={action.pending}>Declare together</Button>
    </Form>
  );
}
