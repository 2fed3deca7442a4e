import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { client } from '../../client.js';
import { useScreens } from '../../store.js';
import { AlertBanner } from '../../ui/alert-banner.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { ErrorSummary, problemOf } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { signedInReviewers } from '../../ui/people.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import './halt.css';
import './halt-question.css';

const ANSWERS = [
  { id: 'not-suspected', title: 'No, nothing like that', meaning: 'The case goes on. The browser starts again.' },
  { id: 'suspected', title: 'Yes, it could', meaning: 'A suspicion is enough. The case is halted.' },
  { id: 'unsure', title: 'We are not sure', meaning: 'This counts in the same way. Do not look again.' },
] as const;

type Answer = (typeof ANSWERS)[number]['id'];

/** The app or the browser stopped by itself while a page was open: asks about that page before anything goes on. */
export function InterruptedScreen({ url }: { readonly url: string }) {
  const app = useScreens((screens) => screens.app);
  const reviewers = signedInReviewers(app?.reviewers ?? [], app?.signedIn ?? null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [by, setBy] = useState<string | null>(null);
  const action = useAction();
  const submit = async (): Promise<void> => {
    const problems = [...(answer === null ? [{ field: 'interrupted', sentence: 'Choose an answer' }] : []), ...(by === null ? [{ field: 'interrupted-by', sentence: 'Choose who answers' }] : [])];
    if (!action.check(problems) || answer === null || by === null) return;
    await action.run(() => client.call('interruption.answer', { by, answer }));
  };
  return (
    <div className="case-question">
      <AlertBanner />
      <main className="halt-question">
        <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <ErrorSummary problems={action.problems} />
          <div>
            <p className="halt-kicker" role="status"><CircleAlert size={22} aria-hidden="true" />Something stopped by itself</p>
            <PageHeading title="A page was open when it stopped" />
            <p className="lead halt-lead">Everything recorded until then is safe, and the page is closed. Before you go on: could it have shown the sexual abuse of a child?</p>
            <p className="small muted wrap-anywhere halt-address">{url}</p>
          </div>
          <RadioGroup id="interrupted" label="Could that page have shown the sexual abuse of a child?" options={ANSWERS} value={answer} onChange={(id) => { setAnswer(id as Answer); }} error={problemOf(action.problems, 'interrupted')} />
          <Who id="interrupted-by" label="Who answers?" reviewers={reviewers} value={by} onChange={setBy} error={problemOf(action.problems, 'interrupted-by')} />
          <Button type="submit" look="primary" large pending={action.pending}>Continue</Button>
        </Form>
      </main>
    </div>
  );
}
