import type { Contacts } from '../../../src/ipc/state.js';
import { CONTACT_NAMES, numbersGiven } from '../../logic/contact-names.js';
import { roleTitle } from '../../logic/roles.js';
import type { Problem } from '../../ui/error-summary.js';
import { Answers } from '../../ui/answers.js';
import { WorkProgress } from '../../ui/progress.js';
import { QuestionPage } from '../../ui/question-page.js';
import type { SetUpAnswers } from './answers.js';
import type { SetUpStep } from './set-up-screen.js';

/** Everything that was answered, before the keys are made. */
export function CheckPage({ answers, onChange, onDone, pending, problems }: {
  readonly answers: SetUpAnswers; readonly onChange: (step: SetUpStep) => void; readonly onDone: () => void; readonly pending: boolean; readonly problems: readonly Problem[];
}) {
  const { organisation, computer, contacts, reviewers } = answers;
  const people = reviewers.map((reviewer, at) => ({
    question: at === 0 ? 'First reviewer' : 'Second reviewer',
    answer: `${reviewer.name}\n${reviewer.position}, ${reviewer.initials}\n${roleTitle(reviewer.role)}\nPassphrase chosen`,
    onChange: () => { onChange(at === 0 ? 'first' : 'second'); },
  }));
  return (
    <QuestionPage
      title="Check your answers" intro={<p>This makes a key for each of you. From then on only the two of you together can open this computer’s cases. <b>If one of you forgets the passphrase, nobody can open them</b>, unless there is a recovery sheet: make one as soon as you have signed in.</p>}
      problems={problems} submit="Set up this computer" pending={pending} onSubmit={onDone} aside={<WorkProgress task="set-up" />}
    >
      <Answers
        rows={[
          { question: 'School or trust', answer: organisation, onChange: () => { onChange('organisation'); } },
          { question: 'Computer', answer: `${computer.name}\n${computer.location}`, onChange: () => { onChange('computer'); } },
          { question: 'Numbers to call', answer: <NumbersGiven contacts={contacts} />, onChange: () => { onChange('contacts'); } },
          ...people,
        ]}
      />
    </QuestionPage>
  );
}

/** Those that were given, and how many were not: they are no hurry, and ten empty rows would push the button out of sight. */
function NumbersGiven({ contacts }: { readonly contacts: Contacts }) {
  const given = numbersGiven(contacts);
  const missing = Object.keys(CONTACT_NAMES).length - given.length;
  return (
    <>
      {given.map(({ name, number }) => <p key={name}>{name}: {number}</p>)}
      {missing > 0 && <p className="muted">{given.length === 0 ? 'None yet' : `${missing} not given yet`}. You can add them later.</p>}
    </>
  );
}
