import { SUBJECTS } from '../../../src/investigation/policy/outcomes.js';
import type { ReviewerBadge } from '../../../src/ipc/state.js';
import { Answers } from '../../ui/answers.js';
import type { Problem } from '../../ui/error-summary.js';
import { QuestionPage } from '../../ui/question-page.js';
import { SignatureCards, type Signatures } from '../../ui/signatures.js';
import { suspectedAddresses, type CaseAnswers } from './case-answers.js';
import type { CaseStep } from './open-case-screen.js';

/** Props of {@link CheckCasePage}. */
export interface CheckCasePageProps {
  readonly answers: CaseAnswers;
  readonly onChange: (step: CaseStep) => void;
  readonly onDone: () => void;
  readonly onBack: () => void;
  readonly reviewers: readonly ReviewerBadge[];
  readonly signatures: Signatures;
  readonly pending: boolean;
  readonly problems: readonly Problem[];
}

/** Everything that was answered, and both passphrases, before the case is opened. */
export function CheckCasePage({ answers, onChange, onDone, onBack, reviewers, signatures, pending, problems }: CheckCasePageProps) {
  const suspected = suspectedAddresses(answers.suspected);
  return (
    <QuestionPage title="Check your answers" caption="Open a case" problems={problems} submit="Open the case" wide pending={pending} onSubmit={onDone} onBack={onBack}>
      <Answers
        rows={[
          { question: 'Reference', answer: answers.reference, onChange: () => { onChange('reference'); } },
          { question: 'Reason', answer: answers.reason, onChange: () => { onChange('reason'); } },
          { question: 'Whom it concerns', answer: SUBJECTS.find((subject) => subject.id === answers.subject)?.title ?? '', onChange: () => { onChange('subject'); } },
          { question: 'Never opened', answer: suspected.length === 0 ? 'No addresses' : suspected.join('\n'), onChange: () => { onChange('suspected'); } },
        ]}
      />
      <p>The record of this case starts when you both sign. Nothing in it can be changed or taken out later; you can add notes that put things right.</p>
      <SignatureCards reviewers={reviewers} signatures={signatures} problems={problems} />
    </QuestionPage>
  );
}
