import { useState } from 'react';
import { client } from '../../client.js';
import { goTo, useScreens } from '../../store.js';
import { Page } from '../../ui/page.js';
import { signedInReviewers } from '../../ui/people.js';
import { useSignatures } from '../../ui/signatures.js';
import { useAction } from '../../ui/use-action.js';
import { CheckCasePage } from './check-case-page.js';
import { EMPTY_CASE, suspectedAddresses, type CaseAnswers } from './case-answers.js';
import { ReasonPage, ReferencePage, StaffPage, SubjectPage, SuspectedPage } from './case-pages.js';

/** One page of opening a case. */
export type CaseStep = 'reference' | 'reason' | 'subject' | 'staff' | 'suspected' | 'check';

/** Opens a case: one question a page, then the answers to check. */
export function OpenCaseScreen() {
  const [step, setStep] = useState<CaseStep>('reference');
  const [answers, setAnswers] = useState<CaseAnswers>(EMPTY_CASE);
  const [checking, setChecking] = useState(false);
  const app = useScreens((screens) => screens.app);
  const reviewers = signedInReviewers(app?.reviewers ?? [], app?.signedIn ?? null);
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const steps: readonly CaseStep[] = answers.subject === 'staff' ? ['reference', 'reason', 'subject', 'staff', 'suspected', 'check'] : ['reference', 'reason', 'subject', 'suspected', 'check'];
  const next = (): void => {
    // The advice on staff is shown whenever the answer becomes staff, also on the way back from the check.
    const following = checking && !(step === 'subject' && answers.subject === 'staff') ? 'check' : steps[steps.indexOf(step) + 1] ?? 'check';
    if (following === 'check') setChecking(true);
    setStep(following);
  };
  const back = (): void => {
    const before = steps[steps.indexOf(step) - 1];
    if (checking && step !== 'check') setStep('check');
    else if (before === undefined) goTo('home');
    else setStep(before);
  };
  const open = async (): Promise<void> => {
    const { reference, reason, subject } = answers;
    if (!action.check(signatures.missing()) || subject === null) return;
    const credentials = signatures.take();
    await action.run(() => client.call('case.open', { reference, reason, subject, suspected: suspectedAddresses(answers.suspected), ...credentials }));
  };
  const common = { answers, onChange: (part: Partial<CaseAnswers>) => { setAnswers((before) => ({ ...before, ...part })); }, onDone: next, onBack: back };
  return (
    <Page>
      {step === 'reference' && <ReferencePage {...common} />}
      {step === 'reason' && <ReasonPage {...common} />}
      {step === 'subject' && <SubjectPage {...common} />}
      {step === 'staff' && <StaffPage {...common} />}
      {step === 'suspected' && <SuspectedPage {...common} />}
      {step === 'check' && <CheckCasePage answers={answers} onChange={setStep} onDone={() => { void open(); }} onBack={back} reviewers={reviewers} signatures={signatures} pending={action.pending} problems={action.problems} />}
    </Page>
  );
}
