import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { client } from '../../client.js';
import { timeOfDay, zoneOf } from '../../logic/format.js';
import { useScreens } from '../../store.js';
import { AlertBanner } from '../../ui/alert-banner.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { ErrorSummary, problemOf, type Problem } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { signedInReviewers } from '../../ui/people.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { TextArea } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { TimeLeft } from './time-left.js';
import './halt.css';
import './halt-question.css';

const WHY = [
  { id: 'suspected', title: 'It may show the sexual abuse of a child', meaning: 'A suspicion is enough. You do not have to be certain.' },
  { id: 'unsure', title: 'We are not sure', meaning: 'This counts in the same way. Do not look again.' },
  { id: 'mistake', title: 'STOP was pressed by mistake', meaning: 'Neither of you saw anything like that. You must both sign.' },
] as const;

type Why = (typeof WHY)[number]['id'];

/** Asks why STOP was pressed. The page stays hidden whatever the answer is. */
export function StopQuestion() {
  const app = useScreens((screens) => screens.app);
  const reviewers = signedInReviewers(app?.reviewers ?? [], app?.signedIn ?? null);
  const [why, setWhy] = useState<Why | null>(null);
  const [by, setBy] = useState<string | null>(null);
  const [text, setText] = useState('');
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const submit = async (): Promise<void> => {
    const who = by ?? '';
    if (!action.check(problemsOf(why, by, text, signatures.missing()))) return;
    if (why === 'mistake') {
      const credentials = signatures.take();
      await action.run(() => client.call('halt.mistake', { ...credentials, reason: text }));
    } else if (why !== null) await action.run(() => client.call('halt.answer', { by: who, answer: why, sentence: text }));
  };
  return (
    <div className="halt-page">
      <AlertBanner />
      <main className="halt-question">
        <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <ErrorSummary problems={action.problems} />
          <div>
            <p className="halt-kicker" role="alert"><OctagonX size={22} aria-hidden="true" />Stopped{app?.case?.halt == null ? '' : ` · ${timeOfDay(app.case.halt.at)} ${zoneOf(app.case.halt.at)}`}</p>
            <PageHeading title="The page is hidden. Why did you stop?" />
            <p className="lead halt-lead">Nothing can be opened or captured now. Take a breath. If nobody answers, the app takes it as a suspicion and shows whom to call.</p>
            {app?.case?.halt?.answerBy !== undefined && <TimeLeft until={app.case.halt.answerBy} />}
            {app?.case?.halt?.withoutPage === true && app.case.exhibits.length > 0 && <p className="halt-lead">No page was open. Unless it was a mistake, every exhibit of this case will be quarantined (locked away, never shown or copied), because nothing says which one it was.</p>}
          </div>
          <RadioGroup id="why" label="Why did you stop?" options={WHY} value={why} onChange={(id) => { setWhy(id as Why); }} error={problemOf(action.problems, 'why')} />
          {why === 'mistake' && (
            <>
              <TextArea id="text" label="What happened?" hint="For example: F9 was pressed instead of F8." rows={2} value={text} onChange={setText} error={problemOf(action.problems, 'text')} />
              <SignatureCards reviewers={reviewers} signatures={signatures} problems={action.problems} />
            </>
          )}
          {why !== 'mistake' && (
            <>
              <Who id="by" label="Who answers?" reviewers={reviewers} value={by} onChange={setBy} error={problemOf(action.problems, 'by')} />
              <TextArea id="text" label="One neutral sentence (optional)" hint="How you came to the page. Do not describe what it showed." rows={2} value={text} onChange={setText} />
            </>
          )}
          <p className="halt-question-go"><Button type="submit" look="primary" large pending={action.pending}>{why === 'mistake' ? 'Sign and go back to the case' : 'Continue'}</Button></p>
        </Form>
      </main>
    </div>
  );
}

function problemsOf(why: Why | null, by: string | null, text: string, unsigned: readonly Problem[]): Problem[] {
  if (why === null) return [{ field: 'why', sentence: 'Choose why you stopped' }];
  if (why !== 'mistake') return by === null ? [{ field: 'by', sentence: 'Choose who answers' }] : [];
  return [...(text.trim() === '' ? [{ field: 'text', sentence: 'Say what happened' }] : []), ...unsigned];
}
