import { useState } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import { HALT_STEPS, type HaltStep } from '../../../src/investigation/policy/halt-steps.js';
import type { AppState, CaseView, Contacts, HaltView } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { timeOfDay } from '../../logic/format.js';
import { attempt } from '../../store.js';
import { CheckMark } from '../../ui/choices.js';
import { signedInReviewers } from '../../ui/people.js';
import { Who } from '../../ui/who.js';

/** What to do, in order; each step says who ticked it and when. */
export function HaltSteps({ app, view, halt }: { readonly app: AppState; readonly view: CaseView; readonly halt: HaltView }) {
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const [by, setBy] = useState(view.heldBy);
  const tick = (step: HaltStep, done: boolean): void => { attempt(client.call('halt.step', { by, step: step.id, done })); };
  return (
    <>
      <ol className="halt-steps" aria-label="What to do now">
        {HALT_STEPS.map((step) => {
          const ticked = halt.steps[step.id];
          return (
            <li key={step.id}>
              <CheckboxField isSelected={ticked !== undefined} onChange={(done) => { tick(step, done); }}>
                <CheckboxButton className="choice choice-check halt-step">
                  <CheckMark selected={ticked !== undefined} />
                  <span className="halt-step-text"><span className="halt-step-title">{step.title}</span><small>{helpOf(step, app.contacts)}</small></span>
                  {ticked !== undefined && <span className="halt-step-by mono small">{ticked.by.join(' ')} {timeOfDay(ticked.at)}</span>}
                </CheckboxButton>
              </CheckboxField>
            </li>
          );
        })}
      </ol>
      <Who id="tick-by" label="Who ticks the steps?" reviewers={reviewers} value={by} onChange={setBy} />
    </>
  );
}

function helpOf(step: HaltStep, contacts: Contacts): string {
  const contact = step.id === 'safeguarding' ? contacts.safeguardingLead : step.id === 'support' ? contacts.support : '';
  return contact === '' ? step.help : `${contact}. ${step.help}`;
}
