import { useState } from 'react';
import { Button } from '../../ui/button.js';
import type { Problem } from '../../ui/error-summary.js';
import { NewPassphrase, NOTHING_TYPED, passphraseProblems } from '../../ui/new-passphrase.js';
import { QuestionPage } from '../../ui/question-page.js';
import { personProblems, ReviewerFields, type NewReviewer } from '../../ui/reviewer-fields.js';
import { useAction } from '../../ui/use-action.js';
import type { SetUpAnswers } from './answers.js';

/** Props of {@link ReviewerPage}. */
export interface ReviewerPageProps {
  readonly at: 0 | 1;
  readonly answers: SetUpAnswers;
  readonly onChange: (part: Partial<SetUpAnswers>) => void;
  /** Whether this reviewer has chosen a passphrase before; it is never shown again. */
  readonly chosen: boolean;
  readonly onBack: () => void;
  /** Gets the new passphrase, or null to keep the one chosen before. */
  readonly onDone: (passphrase: string | null) => void;
}

/** Asks one reviewer who they are and for a passphrase. */
export function ReviewerPage({ at, answers, onChange, chosen, onBack, onDone }: ReviewerPageProps) {
  const [keep, setKeep] = useState(chosen);
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const action = useAction();
  const reviewer = answers.reviewers[at];
  const other = answers.reviewers[at === 0 ? 1 : 0];
  const own = [reviewer.name, reviewer.position, answers.organisation, answers.computer.name];
  const change = (changed: NewReviewer): void => { onChange({ reviewers: at === 0 ? [changed, other] : [other, changed] }); };
  const submit = async (): Promise<void> => {
    const person = personProblems(reviewer, [other]);
    const taken = typed;
    let problems: readonly Problem[] = person;
    await action.run(async () => { problems = [...person, ...(keep ? [] : await passphraseProblems(taken, own))]; });
    if (!action.check(problems)) return;
    setTyped(NOTHING_TYPED);
    onDone(keep ? null : taken.once);
  };
  return (
    <QuestionPage
      title={at === 0 ? 'Who is the first reviewer?' : 'Who is the second reviewer?'} caption={`Step ${at + 4} of 5`} problems={action.problems} submit="Continue" pending={action.pending} onSubmit={() => { void submit(); }} onBack={onBack}
      intro={<p>{at === 0 ? 'This person types on this page. The other looks away from the passphrase.' : 'Change places. The second reviewer types now.'}</p>}
    >
      <ReviewerFields value={reviewer} onChange={change} problems={action.problems} />
      {keep
        ? <p>A passphrase is chosen. <Button look="link" onPress={() => { setKeep(false); }}>Choose another</Button></p>
        : <NewPassphrase name={reviewer.name.trim() === '' ? 'this reviewer' : reviewer.name} own={own} typed={typed} onType={setTyped} problems={action.problems} />}
    </QuestionPage>
  );
}
