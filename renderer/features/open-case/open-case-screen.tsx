import { useState } from 'react';
import { client } from '../../client.js';
import { goTo, useScreens } from '../../store.js';
import { Page } from '../../ui/page.js';
import { signedInReviewers } from '../../ui/people.js';
import { useSignatures } from '../../ui/signatures.js';
import { useAction } from '../../ui/use-action.js';
import { MadeUp, madeUpCase } from '../practice/made-up.js';
import { CheckCasePage } from './check-case-page.js';
import { AddressesPage } from './addresses-page.js';
import { EMPTY_CASE, sortedAddresses, type CaseAnswers } from './case-answers.js';
import { CameUpPage, ReasonPage, ReferencePage, StaffPage, SubjectPage } from './case-pages.js';
import { DeclarePage } from './declare-page.js';

/** One page of opening a case. */
export type CaseStep = 'reference' | 'reason' | 'came-up' | 'subject' | 'staff' | 'addresses' | 'declare' | 'check';

/** Opens a case: one question a page, then the answers to check. */
export function OpenCaseScreen() {
  const [step, setStep] = useState<CaseStep>('reference');
  const [answers, setAnswers] = useState<CaseAnswers>(EMPTY_CASE);
  const [checking, setChecking] = useState(false);
  const app = useScreens((screens) => screens.app);
  const reviewers = signedInReviewers(app?.reviewers ?? [], app?.signedIn ?? null);
  const signatures = useSignatures(reviewers);
  const action = useAction();
  const steps: readonly CaseStep[] = ['reference', 'reason', 'came-up', 'subject', ...(answers.subject === 'staff' ? ['staff'] as const : []), 'addresses', 'declare', 'check'];
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
    const { reference, reason, subject, way, wayWords } = answers;
    if (!action.check(signatures.missing()) || subject === null || way === null) return;
    const { never, reported } = sortedAddresses(answers);
    const credentials = signatures.take();
    await action.run(() => client.call('case.open', { reference, reason, subject, cameUp: { way, words: wayWords }, reported, suspected: never, notConcerned: true, ...credentials }));
  };
  const caption = `Open a case, step ${steps.indexOf(step) + 1} of ${steps.length}`;
  const common = { answers, caption, onChange: (part: Partial<CaseAnswers>) => { setAnswers((before) => ({ ...before, ...part })); }, onDone: next, onBack: back };
  return (
    <Page>
      {step === 'reference' && (
        <ReferencePage {...common}>
          <MadeUp says="In this practice the app can answer the questions about the case for you. You see every answer before you sign." button="Use a made-up case" onUse={(site) => { setAnswers(madeUpCase(site)); setStep('declare'); }} />
        </ReferencePage>
      )}
      {step === 'reason' && <ReasonPage {...common} />}
      {step === 'came-up' && <CameUpPage {...common} />}
      {step === 'subject' && <SubjectPage {...common} />}
      {step === 'staff' && <StaffPage {...common} />}
      {step === 'addresses' && <AddressesPage {...common} />}
      {step === 'declare' && <DeclarePage {...common} reviewers={reviewers} />}
      {step === 'check' && <CheckCasePage answers={answers} caption={caption} onChange={setStep} onDone={() => { void open(); }} onBack={back} reviewers={reviewers} signatures={signatures} pending={action.pending} problems={action.problems} />}
    </Page>
  );
}
