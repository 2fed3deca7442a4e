import { NOT_CONCERNED } from '../../../src/investigation/policy/declarations.js';
import type { ReviewerBadge } from '../../../src/ipc/state.js';
import { Checkbox } from '../../ui/choices.js';
import { Note } from '../../ui/note.js';
import { QuestionPage } from '../../ui/question-page.js';
import { useAction } from '../../ui/use-action.js';
import type { CasePageProps, Subject } from './case-answers.js';

const ABOUT: Readonly<Record<Subject, string>> = {
  pupil: 'This case is about a pupil.', staff: 'This case is about a member of staff.', visitor: 'This case is about a visitor.', other: 'This case is about somebody who is not a pupil, a member of staff or a visitor.',
  unknown: 'It is not known whom this case is about.',
};

/** Each of the two declares that it is not about them; their passphrases sign it when the case is opened. */
export function DeclarePage({ answers, caption, onChange, onDone, onBack, reviewers }: CasePageProps & { readonly reviewers: readonly ReviewerBadge[] }) {
  const action = useAction();
  const declared = reviewers.filter(({ initials }) => answers.declared.includes(initials));
  const submit = (): void => {
    const missing = reviewers.filter((each) => !declared.includes(each));
    if (action.check(missing.map(({ initials, name }) => ({ field: `declare-${initials}`, sentence: `${name} has not declared this` })))) onDone();
  };
  return (
    <QuestionPage
      title="Are you both free to look?" caption={caption} problems={action.problems} submit="Continue" onSubmit={submit} onBack={onBack}
      intro={<p>“{NOT_CONCERNED}”</p>}
    >
      <p>{answers.subject !== null && `${ABOUT[answers.subject]} `}What was reported: <span className="wrap-anywhere">“{answers.reason}”</span></p>
      <div className="stack">
        {reviewers.map(({ initials, name }) => (
          <Checkbox
            key={initials} id={`declare-${initials}`} label={`${name} declares this`} selected={answers.declared.includes(initials)}
            onChange={(on) => { onChange({ declared: on ? [...answers.declared, initials] : answers.declared.filter((each) => each !== initials) }); }}
          />
        ))}
      </div>
      <Note><p>If one of you cannot say this, go no further. Somebody else has to take your place. You need not say why.</p></Note>
    </QuestionPage>
  );
}
