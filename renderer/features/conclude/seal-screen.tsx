import { Form } from 'react-aria-components';
import { OUTCOMES } from '../../../src/investigation/policy/outcomes.js';
import { sanctionWords } from '../../../src/investigation/policy/sanctions.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { dateAndTime, number } from '../../logic/format.js';
import { goTo, useScreens } from '../../store.js';
import { Answers, type AnswerRow } from '../../ui/answers.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { Foot } from '../../ui/foot.js';
import { signedInReviewers } from '../../ui/people.js';
import { WorkProgress } from '../../ui/progress.js';
import { SignatureCards, useSignatures } from '../../ui/signatures.js';
import { useAction } from '../../ui/use-action.js';
import { ToldLines } from '../review/conclusion-words.js';
import { showConclusion } from '../review/looking.js';
import { ClosedCase } from './closed-case.js';
import { NotTold } from './not-told.js';

/** A summary that both read, and two signatures that seal the case. */
export function SealScreen() {
  const app = useScreens((screens) => screens.app);
  const reviewers = signedInReviewers(app?.reviewers ?? [], app?.signedIn ?? null);
  const signatures = useSignatures(reviewers);
  const action = useAction();
  if (app?.case == null) return null;
  const { id, entries } = app.case;
  const addToConclusion = (): void => {
    showConclusion(id);
    goTo('review');
  };
  const submit = async (): Promise<void> => {
    if (!action.check(signatures.missing())) return;
    const credentials = signatures.take();
    await action.run(() => client.call('seal', { ...credentials, read: entries }));
  };
  return (
    <ClosedCase app={app} view={app.case} title="Read this, then seal the case">
      <ErrorSummary problems={action.problems} />
      <Answers rows={summaryOf(app.case)} />
      <NotTold app={app} view={app.case} advice={<>You can seal all the same. If one of them has been told, <Button look="link" onPress={addToConclusion}>add it to the conclusion</Button> first.</>} />
      <p>When you both sign, no page, exhibit, concern or note can be added to this case any more. If something is wrong or missing, write a note that puts it right first.</p>
      <Form className="stack-wide" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <SignatureCards reviewers={reviewers} signatures={signatures} problems={action.problems} />
        <Foot button={<Button type="submit" look="primary" large pending={action.pending}>Seal the case together</Button>}><WorkProgress task="start" cancel={false} /></Foot>
      </Form>
    </ClosedCase>
  );
}

/** The case in a few lines, as both sign it. */
export function summaryOf(view: CaseView): AnswerRow[] {
  const { conclusion } = view;
  const told = [...(conclusion?.told ?? []), ...(view.toldSince ?? [])];
  const quarantined = view.exhibits.filter((exhibit) => exhibit.quarantined).length;
  const outcomes = OUTCOMES.filter((outcome) => conclusion?.outcomes.includes(outcome.id) === true).map((outcome) => outcome.title);
  return [
    { question: 'Opened', answer: dateAndTime(view.openedAt) },
    { question: 'Record', answer: `${number(view.entries)} entries` },
    { question: 'Exhibits', answer: `${number(view.exhibits.length)}${quarantined === 0 ? '' : `, of which ${quarantined} quarantined`}` },
    { question: 'Concerns', answer: number(view.concerns.length) },
    ...(conclusion === null ? [] : [
      { question: 'Substance', answer: conclusion.substance ? 'The concern has substance' : 'The concern has no substance' },
      { question: 'What happens now', answer: outcomes.join('\n') },
      ...(conclusion.sanctions === undefined ? [] : [{ question: 'Sanctions', answer: conclusion.sanctions.map(sanctionWords).join('\n') }]),
      { question: 'Who was told when', answer: told.length === 0 ? 'Nobody was written down' : <ToldLines told={told} /> },
      { question: 'Conclusion', answer: conclusion.text },
    ]),
  ];
}
