import { useState } from 'react';
import { areInitials, suggestInitials } from '../../logic/initials.js';
import { Button } from '../../ui/button.js';
import { problemOf, type Problem } from '../../ui/error-summary.js';
import { QuestionPage } from '../../ui/question-page.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import type { NewReviewer, SetUpAnswers } from './answers.js';
import { NewPassphrase } from './new-passphrase.js';

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
  const [typed, setTyped] = useState({ once: '', again: '' });
  const [own, setOwn] = useState(false);
  const action = useAction();
  const reviewer = answers.reviewers[at];
  const other = answers.reviewers[at === 0 ? 1 : 0];
  const change = (part: Partial<NewReviewer>): void => {
    const changed = { ...reviewer, ...part };
    if (part.name !== undefined && !own) changed.initials = suggestInitials(part.name);
    onChange({ reviewers: at === 0 ? [changed, other] : [other, changed] });
  };
  const submit = (): void => {
    if (!action.check([...personProblems(reviewer, other), ...(keep ? [] : passphraseProblems(typed))])) return;
    const passphrase = keep ? null : typed.once;
    setTyped({ once: '', again: '' });
    onDone(passphrase);
  };
  const error = (field: string): string | undefined => problemOf(action.problems, field);
  return (
    <QuestionPage
      title={at === 0 ? 'Who is the first reviewer?' : 'Who is the second reviewer?'} caption={`Step ${at + 4} of 5`} problems={action.problems} submit="Continue" onSubmit={submit} onBack={onBack}
      intro={<p>{at === 0 ? 'This person types on this page. The other looks away from the passphrase.' : 'Change places. The second reviewer types now.'}</p>}
    >
      <TextField id="name" label="Full name" value={reviewer.name} onChange={(name) => { change({ name }); }} error={error('name')} />
      <TextField id="position" label="Position" hint="For example Deputy Head." value={reviewer.position} onChange={(position) => { change({ position }); }} error={error('position')} />
      <TextField
        id="initials" label="Three initials" narrow maxLength={3} hint="They mark exhibits, such as PAS/1. Use X if there is no middle name." value={reviewer.initials}
        onChange={(text) => {
          setOwn(true);
          change({ initials: text.toUpperCase() });
        }}
        error={error('initials')}
      />
      {keep
        ? <p>A passphrase is chosen. <Button look="link" onPress={() => { setKeep(false); }}>Choose another</Button></p>
        : <NewPassphrase name={reviewer.name.trim() === '' ? 'this reviewer' : reviewer.name} typed={typed} onType={setTyped} problems={action.problems} />}
    </QuestionPage>
  );
}

function personProblems(reviewer: NewReviewer, other: NewReviewer): Problem[] {
  const problems: Problem[] = [];
  if (reviewer.name.trim() === '') problems.push({ field: 'name', sentence: 'Enter the reviewer’s full name' });
  if (reviewer.position.trim() === '') problems.push({ field: 'position', sentence: 'Enter the reviewer’s position' });
  if (!areInitials(reviewer.initials)) problems.push({ field: 'initials', sentence: 'Initials must be three letters from A to Z' });
  else if (reviewer.initials === other.initials) problems.push({ field: 'initials', sentence: `The other reviewer already uses ${other.initials}. Choose different initials` });
  return problems;
}

function passphraseProblems({ once, again }: { once: string; again: string }): Problem[] {
  if (once === '') return [{ field: 'passphrase', sentence: 'Choose a passphrase' }];
  if ([...once.trim()].length < 8) return [{ field: 'passphrase', sentence: 'Choose a longer passphrase: at least 8 characters. Four words are better' }];
  return once === again ? [] : [{ field: 'passphrase-again', sentence: 'The two passphrases are not the same. Type it again' }];
}
