import { CAME_UP_WAYS, SUBJECTS } from '../../../src/investigation/policy/outcomes.js';
import type { ReviewerBadge } from '../../../src/ipc/state.js';
import { Answers } from '../../ui/answers.js';
import type { Problem } from '../../ui/error-summary.js';
import { WorkProgress } from '../../ui/progress.js';
import { QuestionPage } from '../../ui/question-page.js';
import { SignatureCards, type Signatures } from '../../ui/signatures.js';
import { sortedAddresses, type CaseAnswers } from './case-answers.js';
import type { CaseStep } from './open-case-screen.js';

/** Props of {@link CheckCasePage}. */
export interface CheckCasePageProps {
  readonly answers: CaseAnswers;
  readonly caption: string;
  readonly onChange: (step: CaseStep) => void;
  readonly onDone: () => void;
  readonly onBack: () => void;
  readonly reviewers: readonly ReviewerBadge[];
  readonly signatures: Signatures;
  readonly pending: boolean;
  readonly problems: readonly Problem[];
}

/** Everything that was answered, and both passphrases, before the case is opened. */
export function CheckCasePage({ answers, caption, onChange, onDone, onBack, reviewers, signatures, pending, problems }: CheckCasePageProps) {
  const { never, reported } = sortedAddresses(answers);
  const way = CAME_UP_WAYS.find(({ id }) => id === answers.way)?.title ?? '';
  return (
    <QuestionPage title="Check your answers" caption={caption} problems={problems} submit="Open the case" wide pending={pending} onSubmit={onDone} onBack={onBack} aside={<WorkProgress task="start" />}>
      <Answers
        rows={[
          { question: 'Reference', answer: answers.reference, onChange: () => { onChange('reference'); } },
          { question: 'Reason', answer: answers.reason, onChange: () => { onChange('reason'); } },
          { question: 'How it came up', answer: answers.wayWords.trim() === '' ? way : `${way}\n${answers.wayWords.trim()}`, onChange: () => { onChange('came-up'); } },
          { question: 'Who it is about', answer: SUBJECTS.find((subject) => subject.id === answers.subject)?.title ?? '', onChange: () => { onChange('subject'); } },
          { question: 'Addresses reported', answer: reported.length === 0 ? 'None' : reported.join('\n'), onChange: () => { onChange('addresses'); } },
          { question: 'Never to be opened', answer: never.length === 0 ? 'None of them' : never.join('\n'), onChange: () => { onChange('addresses'); } },
          { question: 'Free to look', answer: 'Both of you declared that it is not about you, your partner or a relative', onChange: () => { onChange('declare'); } },
        ]}
      />
      <p>With your passphrases you sign for these answers and for what you declared. The record of this case starts then. Nothing in it can be changed or taken out later; you can add notes that put things right.</p>
      <SignatureCards reviewers={reviewers} signatures={signatures} problems={problems} />
    </QuestionPage>
  );
}
