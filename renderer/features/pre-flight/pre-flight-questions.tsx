import type { AppState } from '../../../src/ipc/state.js';
import { RadioGroup } from '../../ui/choices.js';
import { problemOf, type Problem } from '../../ui/error-summary.js';
import { TextField } from '../../ui/text-field.js';
import { FILTERS, type PreFlightAnswers } from './pre-flight-answers.js';

/** Props of {@link PreFlightQuestions}. */
export interface PreFlightQuestionsProps {
  readonly answers: PreFlightAnswers;
  readonly onChange: (part: Partial<PreFlightAnswers>) => void;
  readonly contacts: AppState['contacts'];
  readonly problems: readonly Problem[];
}

/** What only people can answer: who authorised this, where they sit, how the filter is set, whom they would call. */
export function PreFlightQuestions({ answers, onChange, contacts, problems }: PreFlightQuestionsProps) {
  const numbers = [['Police', contacts.policeForce === '' ? '101' : contacts.policeForce], ['Safeguarding lead', contacts.safeguardingLead], ['LADO', contacts.lado]] as const;
  return (
    <>
      <fieldset className="pre-flight-group stack-tight">
        <legend className="pre-flight-legend">Who authorised this?</legend>
        <p className="field-hint">The person who asked the two of you to look. They should have said so in writing.</p>
        <div className="pre-flight-pair">
          <TextField id="authorised-name" label="Full name" value={answers.name} onChange={(name) => { onChange({ name }); }} error={problemOf(problems, 'authorised-name')} />
          <TextField id="authorised-position" label="Job title" value={answers.position} onChange={(position) => { onChange({ position }); }} error={problemOf(problems, 'authorised-position')} />
        </div>
      </fieldset>
      <TextField id="room" label="Which room are you in?" value={answers.room} onChange={(room) => { onChange({ room }); }} error={problemOf(problems, 'room')} />
      <RadioGroup
        id="screen-hidden" label="Can anybody else see the screen?" hint="Through a window, from a corridor, or because somebody may come in." layout="inline" value={answers.hidden}
        options={[{ id: 'yes', title: 'Nobody else' }, { id: 'no', title: 'Somebody might' }]} onChange={(hidden) => { onChange({ hidden: hidden === 'yes' ? 'yes' : 'no' }); }} error={problemOf(problems, 'screen-hidden')}
      />
      <RadioGroup
        id="filter" label="How is the school’s filter set for this?" layout="inline" options={FILTERS} value={answers.exception}
        onChange={(id) => { onChange({ exception: FILTERS.find((each) => each.id === id)?.id ?? 'unknown' }); }} error={problemOf(problems, 'filter')}
      />
      {answers.exception === 'exception' && (
        <TextField id="filter-words" label="What is the exception, who asked for it, and why?" value={answers.exceptionWords} onChange={(exceptionWords) => { onChange({ exceptionWords }); }} error={problemOf(problems, 'filter-words')} />
      )}
      <RadioGroup
        id="numbers" label="Are the numbers to call at hand?" layout="inline" value={answers.numbers} hint={numbers.map(([who, number]) => `${who}: ${number === '' ? 'not filled in' : number}`).join(' · ')}
        options={[{ id: 'yes', title: 'Yes' }, { id: 'no', title: 'Not all of them' }]} onChange={(at) => { onChange({ numbers: at === 'yes' ? 'yes' : 'no' }); }} error={problemOf(problems, 'numbers')}
      />
    </>
  );
}
