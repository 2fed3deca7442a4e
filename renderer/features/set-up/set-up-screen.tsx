import { useRef, useState } from 'react';
import { client } from '../../client.js';
import { goTo, reportProblem, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import type { NewReviewer } from '../../ui/reviewer-fields.js';
import { useAction } from '../../ui/use-action.js';
import { CheckPage } from './check-page.js';
import { ComputerPage, ContactsPage, OrganisationPage, StartPage } from './place-pages.js';
import { ReviewerPage } from './reviewer-page.js';
import { EMPTY_ANSWERS, type SetUpAnswers } from './answers.js';

const STEPS = ['start', 'organisation', 'computer', 'contacts', 'first', 'second', 'check'] as const;

/** One page of the set-up. */
export type SetUpStep = (typeof STEPS)[number];

/** The first set-up of a computer: one question a page, then the answers to check. */
export function SetUpScreen() {
  const [step, setStep] = useState<SetUpStep>('start');
  const draft = useScreens((screens) => screens.app?.setUpDraft);
  const [answers, setAnswers] = useState<SetUpAnswers>(draft ?? EMPTY_ANSWERS);
  const [checking, setChecking] = useState(false);
  // Passphrases wait here, outside everything that is drawn, until the one call that needs them.
  const passphrases = useRef<[string, string]>(['', '']);
  const action = useAction();

  const change = (part: Partial<SetUpAnswers>): void => { setAnswers((before) => ({ ...before, ...part })); };
  const next = (): void => {
    const following = checking ? 'check' : STEPS[STEPS.indexOf(step) + 1] ?? 'check';
    if (following === 'check') setChecking(true);
    setStep(following);
    // Without the passphrases, so that the set-up can be left here and taken up later.
    if (step !== 'start') client.call('set-up.draft', { draft: { ...answers, reviewers: [...answers.reviewers] } }).catch(reportProblem);
  };
  const back = (): void => { setStep(checking ? 'check' : STEPS[STEPS.indexOf(step) - 1] ?? 'start'); };
  const reviewer = (at: 0 | 1) => (
    <ReviewerPage
      key={at} at={at} answers={answers} onChange={change} chosen={passphrases.current[at] !== ''} onBack={back}
      onDone={(passphrase) => {
        if (passphrase !== null) passphrases.current[at] = passphrase;
        next();
      }}
    />
  );
  const finish = async (): Promise<void> => {
    await action.run(async () => {
      const [first, second] = passphrases.current;
      const { organisation, computer, contacts, reviewers } = answers;
      await client.call('set-up', { organisation, computer, contacts, reviewers: [{ ...roled(reviewers[0]), passphrase: first }, { ...roled(reviewers[1]), passphrase: second }] });
      passphrases.current = ['', ''];
    });
  };
  const common = { answers, onChange: change, onDone: next, onBack: back };
  return (
    <Page actions={step === 'start' && <Button look="link" onPress={() => { goTo('verify'); }}>Check a bundle</Button>}>
      {step === 'start' && <StartPage onDone={next} left={draft !== undefined} />}
      {step === 'organisation' && <OrganisationPage {...common} />}
      {step === 'computer' && <ComputerPage {...common} />}
      {step === 'contacts' && <ContactsPage {...common} />}
      {step === 'first' && reviewer(0)}
      {step === 'second' && reviewer(1)}
      {step === 'check' && <CheckPage answers={answers} onChange={setStep} onDone={() => { void finish(); }} pending={action.pending} problems={action.problems} />}
    </Page>
  );
}

/** The page of a reviewer lets nobody on without a role. */
function roled({ role, ...rest }: NewReviewer) {
  return { ...rest, ...(role === null ? {} : { role }) };
}
