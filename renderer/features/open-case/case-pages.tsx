import type { ReactNode } from 'react';
import { CAME_UP_WAYS, SUBJECTS } from '../../../src/investigation/policy/outcomes.js';
import { unbroken } from '../../logic/format.js';
import { useScreens } from '../../store.js';
import { RadioGroup } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { Note } from '../../ui/note.js';
import { QuestionPage } from '../../ui/question-page.js';
import { TextArea, TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import type { CasePageProps, Subject, Way } from './case-answers.js';

/** Asks for the case's reference. */
export function ReferencePage({ answers, caption, onChange, onDone, onBack, children }: CasePageProps & { readonly children?: ReactNode }) {
  const action = useAction();
  const submit = (): void => {
    if (action.check(answers.reference.trim() === '' ? [{ field: 'reference', sentence: 'Enter a reference for the case' }] : [])) onDone();
  };
  return (
    <QuestionPage title="What is the case’s reference?" caption={caption} problems={action.problems} submit="Continue" onSubmit={submit} onBack={onBack}>
      <TextField
        id="reference" label="Reference" hint="For example 2026-014. Do not use a name: the reference can be seen without signing in." value={answers.reference}
        onChange={(reference) => { onChange({ reference }); }} error={problemOf(action.problems, 'reference')}
      />
      {children}
    </QuestionPage>
  );
}

/** Asks why the two are looking. */
export function ReasonPage({ answers, caption, onChange, onDone, onBack }: CasePageProps) {
  const action = useAction();
  const submit = (): void => {
    if (action.check(answers.reason.trim() === '' ? [{ field: 'reason', sentence: 'Enter why you are looking' }] : [])) onDone();
  };
  return (
    <QuestionPage
      title="Why are you looking?" caption={caption} problems={action.problems} submit="Continue" onSubmit={submit} onBack={onBack}
      intro={<p>This shows later that you visited these pages to keep children safe. Say what was reported.</p>}
    >
      <TextArea id="reason" label="Reason" hint="For example: screenshots of a pupils’ group chat are said to be on a public forum." rows={5} value={answers.reason} onChange={(reason) => { onChange({ reason }); }} error={problemOf(action.problems, 'reason')} />
    </QuestionPage>
  );
}

/** Asks how the report came up. */
export function CameUpPage({ answers, caption, onChange, onDone, onBack }: CasePageProps) {
  const action = useAction();
  const submit = (): void => {
    if (action.check(answers.way === null ? [{ field: 'way', sentence: 'Choose how it came up' }] : [])) onDone();
  };
  return (
    <QuestionPage
      title="How did it come up?" caption={caption} problems={action.problems} submit="Continue" onSubmit={submit} onBack={onBack}
      intro={<p>Write down now how it was found. Weeks later nobody remembers it exactly.</p>}
    >
      <RadioGroup id="way" label="Who told you, or what found it?" options={CAME_UP_WAYS} value={answers.way} onChange={(way) => { onChange({ way: way as Way }); }} error={problemOf(action.problems, 'way')} />
      <TextArea id="way-words" label="Who, when and how? (optional)" hint="For example: Mrs Green, parent, by telephone to the office on 23 November at 15:40." rows={3} value={answers.wayWords} onChange={(wayWords) => { onChange({ wayWords }); }} />
    </QuestionPage>
  );
}

/** Asks who it is about. */
export function SubjectPage({ answers, caption, onChange, onDone, onBack }: CasePageProps) {
  const action = useAction();
  const submit = (): void => {
    if (action.check(answers.subject === null ? [{ field: 'subject', sentence: 'Choose who it is about' }] : [])) onDone();
  };
  return (
    <QuestionPage title="Who is it about?" caption={caption} problems={action.problems} submit="Continue" onSubmit={submit} onBack={onBack}>
      <RadioGroup
        id="subject" label="The person whose conduct was reported" options={SUBJECTS} value={answers.subject} onChange={(subject) => { onChange({ subject: subject as Subject }); }}
        error={problemOf(action.problems, 'subject')}
      />
    </QuestionPage>
  );
}

/** What comes before any browsing when a member of staff is concerned (DOMAIN.md #74 to #80). */
export function StaffPage({ caption, onDone, onBack }: CasePageProps) {
  const contacts = useScreens((screens) => screens.app?.contacts);
  return (
    <QuestionPage title="Speak to the police and the LADO first" caption={caption} problems={[]} submit="Continue" onSubmit={onDone} onBack={onBack}>
      <Note tone="warn"><p><b>A concern about a member of staff is not yours to investigate.</b> Looking into it yourselves can warn the person, lose evidence and put a child at risk.</p></Note>
      <div className="stack">
        <ul className="bullets">
          <li>Tell the head at once, or the chair of governors if it concerns the head.</li>
          <li>Speak to the LADO{contacts !== undefined && contacts.lado !== '' ? `: ${unbroken(contacts.lado)}` : ''}, and agree the next steps with the police{contacts !== undefined && contacts.policeForce !== '' ? `: ${unbroken(contacts.policeForce)}` : ': 101'}.</li>
          <li>Do not tell the person, and do not interview anyone, until they agree.</li>
          <li>Keep to the basic facts. Open only what you were told that you may open.</li>
        </ul>
        <p>Once the case is open you write down whom you spoke to and what was advised. The browser starts only after that.</p>
      </div>
    </QuestionPage>
  );
}
