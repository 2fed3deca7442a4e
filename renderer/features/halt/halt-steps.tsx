import { useState } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import { haltStepsFor, type HaltStep } from '../../../src/investigation/policy/halt-steps.js';
import type { CaseView, HaltView } from '../../../src/ipc/case-view.js';
import type { AppState, Contacts } from '../../../src/ipc/state.js';
import { numbersGiven } from '../../logic/contact-names.js';
import { client } from '../../client.js';
import { shortDateAndTime, shortDay, timeOfDay, unbroken } from '../../logic/format.js';
import { attempt } from '../../store.js';
import { CheckMark } from '../../ui/choices.js';
import { signedInReviewers } from '../../ui/people.js';
import { Who } from '../../ui/who.js';

/** What to do, in order; each step says who ticked it and when. */
export function HaltSteps({ app, view, halt }: { readonly app: AppState; readonly view: CaseView; readonly halt: HaltView }) {
  const reviewers = signedInReviewers(app.reviewers, app.signedIn);
  const [by, setBy] = useState(view.heldBy);
  const tick = (step: HaltStep, done: boolean): void => { attempt(client.call('halt.step', { by, step: step.id, done })); };
  const over = halt.ended != null;
  return (
    <>
      {!over && <div className="halt-who"><Who id="tick-by" label="Who ticks the steps?" reviewers={reviewers} value={by} onChange={setBy} /></div>}
      <ol className="halt-steps" aria-label="What to do now">
        {haltStepsFor(view.subject).map((step) => {
          const ticked = halt.steps[step.id];
          return (
            <li key={step.id}>
              <CheckboxField isSelected={ticked !== undefined} isReadOnly={over} onChange={(done) => { tick(step, done); }}>
                <CheckboxButton className="choice choice-check halt-step">
                  <CheckMark selected={ticked !== undefined} />
                  <span className="halt-step-text"><span className="halt-step-title">{step.title}</span><small>{step.help}</small><Numbers step={step} contacts={app.contacts} /></span>
                  {ticked !== undefined && <span className="halt-step-by mono small">{ticked.by.join(' ')} {shortDay(ticked.at) === shortDay(halt.at) ? timeOfDay(ticked.at) : shortDateAndTime(ticked.at)}</span>}
                </CheckboxButton>
              </CheckboxField>
            </li>
          );
        })}
      </ol>
    </>
  );
}

/** The names and numbers that a step takes; one that nobody filled in is left out: that is said at set-up, and helps nobody here. */
function Numbers({ step, contacts }: { readonly step: HaltStep; readonly contacts: Contacts }) {
  const known = numbersGiven(contacts, step.contacts ?? []);
  if (known.length === 0) return null;
  return <small className="halt-step-numbers">{known.map(({ name, number }) => <span key={name}>{name}: <b>{unbroken(number)}</b></span>)}</small>;
}
