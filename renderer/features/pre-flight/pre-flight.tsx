import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { CaseView } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import type { CallResult } from '../../../src/ipc/contract.js';
import { client } from '../../client.js';
import { Answers } from '../../ui/answers.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { Foot } from '../../ui/foot.js';
import { Loading } from '../../ui/loading.js';
import { WorkProgress } from '../../ui/progress.js';
import { useAction } from '../../ui/use-action.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { MadeUp, madeUpBeginning } from '../practice/made-up.js';
import { ClockQuestion, useClockAnswer } from './clock-question.js';
import { OwnChecks } from './own-checks.js';
import { emptyAnswers, FILTERS, keptAnswers, rememberedAnswers } from './pre-flight-answers.js';
import { PreFlightQuestions } from './pre-flight-questions.js';
import './pre-flight.css';

const read = (): Promise<CallResult<'pre-flight.read'>> => client.call('pre-flight.read', {});

/** Before the first browsing since two signed in: what the app checked, what it asks, and the browser's start. */
export function PreFlight({ app, view, onStarted }: { readonly app: AppState; readonly view: CaseView; readonly onStarted: () => void }) {
  const { loaded, reload } = useLoaded(read);
  return (
    <div className="pre-flight">
      <div className="pre-flight-column stack-wide">
        <div className="stack-tight">
          <h2 className="pre-flight-title">Before you begin</h2>
          <p>The answers go into the record of this case. They show later that you were allowed to look, and that you looked with care.</p>
        </div>
        <Loading what="what the app has checked" loaded={loaded} reload={reload}>
          {({ checks, remembered }) => <Asked app={app} view={view} checks={checks} remembered={remembered} onStarted={onStarted} />}
        </Loading>
      </div>
    </div>
  );
}

function Asked({ app, view, checks, remembered, onStarted }: CallResult<'pre-flight.read'> & { readonly app: AppState; readonly view: CaseView; readonly onStarted: () => void }) {
  const [answers, setAnswers] = useState(() => (remembered === null ? emptyAnswers(app.computer.location) : rememberedAnswers(remembered)));
  const [confirming, setConfirming] = useState(remembered !== null);
  const clock = useClockAnswer(view);
  const action = useAction();
  const submit = async (): Promise<void> => {
    const checked = keptAnswers(answers);
    if ('problems' in checked) {
      action.check(checked.problems);
      return;
    }
    await action.run(async () => {
      await clock.leave();
      await client.call('pre-flight.add', checked.kept);
      await client.call('browse.start', {});
      onStarted();
    });
  };
  return (
    <Form className="stack-wide" validationBehavior="aria" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <ul className="bullets">
        <li><b>If a page could show the sexual abuse of a child, press <kbd>F9</kbd> at once.</b> Do not look again to be sure.</li>
        <li>Every address that you visit is recorded, for both of you. No picture is kept unless you capture it.</li>
        <li>Downloads, uploads, pop-up windows, the camera and the microphone are refused.</li>
        {view.subject === 'staff' && <li>This concerns a member of staff. Open only what the LADO or the police said that you may open.</li>}
      </ul>
      <OwnChecks checks={checks} />
      <ErrorSummary problems={action.problems} />
      {confirming
        ? (
          <section className="stack" aria-labelledby="pre-flight-same">
            <h3 id="pre-flight-same">Is this still right?</h3>
            <Answers
              rows={[
                { question: 'Who authorised this', answer: `${answers.name}\n${answers.position}` },
                { question: 'Room', answer: answers.room },
                { question: 'The screen', answer: answers.hidden === 'yes' ? 'Nobody else can see it' : 'Others may see it' },
                { question: 'The filter', answer: [FILTERS.find(({ id }) => id === answers.exception)?.title ?? '', answers.exceptionWords].filter((part) => part !== '').join('\n') },
                { question: 'Numbers to call', answer: answers.numbers === 'yes' ? 'At hand' : 'Not all at hand' },
              ]}
            />
            <p><Button look="link" onPress={() => { setConfirming(false); }}>Change the answers</Button></p>
          </section>
        )
        : (
          <>
            <MadeUp says="In this practice the app can answer these questions for you." button="Put in made-up answers" done="The questions are answered. You can leave the clock out, and start the browser." onUse={() => { setAnswers(madeUpBeginning(app.computer.location)); }} />
            <PreFlightQuestions answers={answers} onChange={(part) => { setAnswers((before) => ({ ...before, ...part })); }} contacts={app.contacts} problems={action.problems} />
          </>
        )}
      <ClockQuestion answer={clock} />
      <Foot button={<Button type="submit" look="primary" large pending={action.pending}>{confirming ? 'Yes. Start the browser' : 'Start the browser'}</Button>}><WorkProgress task="start" /></Foot>
    </Form>
  );
}
