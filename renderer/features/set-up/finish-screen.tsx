import { Check, Dot, Minus } from 'lucide-react';
import type { SetUpStepId } from '../../../src/investigation/policy/installation.js';
import { client } from '../../client.js';
import { finishingStands, finishingSteps, type FinishingStep } from '../../logic/set-up-steps.js';
import { goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { PageHeading } from '../../ui/heading.js';
import { Page } from '../../ui/page.js';
import { StartPractice } from '../practice/start-practice.js';
import { useAction } from '../../ui/use-action.js';
import { useLoaded } from '../../ui/use-loaded.js';
import { fetchLists } from '../register/lists-page.js';
import './finish.css';

const LOOKS = { done: { Icon: Check, word: 'Done' }, open: { Icon: Dot, word: 'To do' }, skipped: { Icon: Minus, word: 'Not wanted' } } as const;

/** What is left of the set-up once the keys are made. It can be left at any time; the list of cases leads back to it. */
export function FinishSetUpScreen() {
  const app = useScreens((screens) => screens.app);
  const { loaded } = useLoaded(fetchLists);
  const action = useAction();
  if (app?.admin == null) return null;
  const { admin } = app;
  const steps = finishingSteps(app, admin, loaded.state === 'ready' ? loaded.value.filter(({ removed }) => removed === null).length : null);
  const { behind, next } = finishingStands(steps);
  const skip = (id: SetUpStepId, skipped: boolean): void => {
    const before = (admin.setUpSkipped ?? []).filter((each) => each !== id);
    void action.run(() => client.call('set-up.skip', { steps: skipped ? [...before, id] : before }));
  };
  return (
    <Page actions={<Button onPress={() => { goTo('home'); }}>Cases</Button>}>
      <div className="stack-wide measure">
        <ErrorSummary problems={action.problems} />
        <div className="stack-tight">
          <PageHeading title="Finish setting up" />
          <p className="lead" role="status">{next === null ? 'Everything is done or decided.' : `${behind} of ${steps.length} done. You can leave at any time and go on later.`}</p>
        </div>
        <ol className="finish-steps">
          {steps.map((step) => <Step key={step.id} step={step} next={step === next} onSkip={(skipped) => { skip(step.id, skipped); }} />)}
        </ol>
        <div className="row">
          {next !== null && <Button look="primary" large onPress={() => { goTo(next.place); }}>Go on: {next.title.toLowerCase()}</Button>}
          <Button look={next === null ? 'primary' : 'plain'} large onPress={() => { goTo('home'); }}>Go to the cases</Button>
        </div>
        <p>Before the day it matters: <StartPractice words="practise on a made-up case" />.</p>
      </div>
    </Page>
  );
}

function Step({ step, next, onSkip }: { readonly step: FinishingStep; readonly next: boolean; readonly onSkip: (skipped: boolean) => void }) {
  const { Icon, word } = LOOKS[step.state];
  return (
    <li className={`finish-step finish-${step.state}`} {...(next ? { 'aria-current': 'step' as const } : {})}>
      <Icon size={20} aria-hidden="true" />
      <div>
        <p><Button look="link" onPress={() => { goTo(step.place); }}>{step.title}</Button>{step.optional && <span className="muted"> (optional)</span>}</p>
        <p className="small muted">{step.why}</p>
      </div>
      <div className="finish-state">
        <span>{word}</span>
        {step.optional && step.state === 'open' && <Button look="link" onPress={() => { onSkip(true); }}>We do not want this<span className="unseen">: {step.title.toLowerCase()}</span></Button>}
        {step.onPaper === true && step.state === 'open' && <Button look="link" onPress={() => { onSkip(true); }}>It is printed<span className="unseen">: {step.title.toLowerCase()}</span></Button>}
        {(step.state === 'skipped' || (step.onPaper === true && step.state === 'done')) && <Button look="link" onPress={() => { onSkip(false); }}>Undo<span className="unseen">: {step.title.toLowerCase()}</span></Button>}
      </div>
    </li>
  );
}
