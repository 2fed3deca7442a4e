import { ContactFields } from '../../ui/contact-fields.js';
import { goTo } from '../../store.js';
import { Button } from '../../ui/button.js';
import { problemOf } from '../../ui/error-summary.js';
import { Note } from '../../ui/note.js';
import { QuestionPage } from '../../ui/question-page.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { StartPractice } from '../practice/start-practice.js';
import type { PageProps } from './answers.js';

/** What the set-up needs, before it asks anything. */
export function StartPage({ onDone, left }: { readonly onDone: () => void; readonly left: boolean }) {
  return (
    <QuestionPage
      title="Set up this computer" problems={[]} submit={left ? 'Go on' : 'Start'} onSubmit={onDone} intro={<p className="lead">This takes five to ten minutes. Both reviewers must be in the room.</p>}
      beside={<StartPractice button />}
      aside={<p>Does this computer replace another? <Button look="link" onPress={() => { goTo('restore'); }}>Take this computer’s cases from a backup</Button></p>}
    >
      {left && <Note><p><b>You began before.</b> Your answers are kept on this computer, all but the passphrases. Go through them and choose the passphrases again.</p></Note>}
      <div className="stack">
        <p>Countersign is for two senior members of staff who must look at something worrying online. Nothing can be opened, captured or sent by one person alone.</p>
        <p>You will need:</p>
        <ul className="bullets">
          <li>a computer that pupils never use, in a room where nobody can see the screen</li>
          <li>two reviewers, each with a passphrase that the other does not know</li>
          <li>the numbers to call in a crisis (you can add these later)</li>
        </ul>
      </div>
    </QuestionPage>
  );
}

/** Asks which school this is. */
export function OrganisationPage({ answers, onChange, onDone, onBack }: PageProps) {
  const action = useAction();
  const submit = (): void => {
    if (action.check(answers.organisation.trim() === '' ? [{ field: 'organisation', sentence: 'Enter the name of your school or trust' }] : [])) onDone();
  };
  return (
    <QuestionPage title="What is your school or trust called?" caption="Step 1 of 5" problems={action.problems} submit="Continue" onSubmit={submit} onBack={onBack}>
      <TextField
        id="organisation" label="Name" hint="It is printed on every bundle, and read out if you call the police." value={answers.organisation}
        onChange={(organisation) => { onChange({ organisation }); }} error={problemOf(action.problems, 'organisation')}
      />
    </QuestionPage>
  );
}

/** Asks what the computer is called and where it stands. */
export function ComputerPage({ answers, onChange, onDone, onBack }: PageProps) {
  const action = useAction();
  const { computer } = answers;
  const submit = (): void => {
    const problems = [
      ...(computer.name.trim() === '' ? [{ field: 'computer-name', sentence: 'Enter the name of this computer' }] : []),
      ...(computer.location.trim() === '' ? [{ field: 'computer-location', sentence: 'Enter the room where it stands' }] : []),
    ];
    if (action.check(problems)) onDone();
  };
  return (
    <QuestionPage
      title="Which computer is this?" caption="Step 2 of 5" problems={action.problems} submit="Continue" onSubmit={submit} onBack={onBack}
      intro={<p>The police may need to find it and take it away. Use the same computer for the whole of every case.</p>}
    >
      <TextField
        id="computer-name" label="Name or asset number" hint="For example INV-01. It is often on a sticker." value={computer.name}
        onChange={(name) => { onChange({ computer: { ...computer, name } }); }} error={problemOf(action.problems, 'computer-name')}
      />
      <TextField
        id="computer-location" label="Room" hint="For example: head’s office, main building." value={computer.location}
        onChange={(location) => { onChange({ computer: { ...computer, location } }); }} error={problemOf(action.problems, 'computer-location')}
      />
    </QuestionPage>
  );
}

/** Asks whom to call in a crisis. */
export function ContactsPage({ answers, onChange, onDone, onBack }: PageProps) {
  return (
    <QuestionPage
      title="Who would you call in a crisis?" caption="Step 3 of 5" problems={[]} submit="Continue" onSubmit={onDone} onBack={onBack}
      intro={<p>These show on the screen when something must be stopped. If you do not know one now, leave it empty and add it later.</p>}
    >
      <ContactFields value={answers.contacts} onChange={(contacts) => { onChange({ contacts }); }} />
    </QuestionPage>
  );
}
