import { useState } from 'react';
import { client } from '../../client.js';
import { Checkbox } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { Status } from '../../ui/status.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

/** A whole number between two others, null for an empty text, `wrong` for anything else. */
export function wholeNumber(text: string, least: number, most: number): number | null | 'wrong' {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return /^\d{1,6}$/.test(trimmed) && value >= least && value <= most ? value : 'wrong';
}

/** The school's own rules for passphrases. */
export function RulesPage({ admin }: RegisterPageProps) {
  const { passphraseRules: rules } = admin;
  const [length, setLength] = useState(rules.minimumLength === null ? '' : String(rules.minimumLength));
  const [mixed, setMixed] = useState(rules.mixed);
  const [months, setMonths] = useState(rules.changeMonths === null ? '' : String(rules.changeMonths));
  const [saved, setSaved] = useState(false);
  const action = useAction();
  const save = async (): Promise<void> => {
    setSaved(false);
    const minimumLength = wholeNumber(length, 8, 64);
    const changeMonths = wholeNumber(months, 1, 60);
    const problems = [
      ...(minimumLength === 'wrong' ? [{ field: 'length', sentence: 'Type a number between 8 and 64, or leave it empty' }] : []),
      ...(changeMonths === 'wrong' ? [{ field: 'months', sentence: 'Type a number of months between 1 and 60, or leave it empty' }] : []),
    ];
    if (!action.check(problems) || minimumLength === 'wrong' || changeMonths === 'wrong') return;
    setSaved(await action.run(() => client.call('passphrase-rules.save', { minimumLength, mixed, changeMonths })));
  };
  const edit = (change: () => void): void => {
    setSaved(false);
    change();
  };
  return (
    <RegisterForm
      title="Passphrase rules" action={action} submit="Save" onSubmit={() => { void save(); }} status={<Status>{saved && 'Saved. The rules hold for every passphrase that is chosen from now on.'}</Status>}
      intro={
        <>
          <p>The app refuses every passphrase that is easily guessed. These rules are added to that. Turn them on only if your school’s policy asks for them: Cyber Essentials advises against regular changes and rules on characters, and recommends three random words.</p>
          <p>Passphrases of four or more words of the app’s own list are exempt.</p>
        </>
      }
    >
      <TextField id="length" label="At least how many characters? (optional)" hint="Between 8 and 64." narrow maxLength={2} value={length} onChange={(text) => { edit(() => { setLength(text); }); }} error={problemOf(action.problems, 'length')} />
      <Checkbox id="mixed" label="A capital letter, a small letter and a digit" selected={mixed} onChange={(selected) => { edit(() => { setMixed(selected); }); }} />
      <TextField id="months" label="Change after how many months? (optional)" hint="Between 1 and 60. The app says when a change is due. It never locks anybody out for it." narrow maxLength={2} value={months} onChange={(text) => { edit(() => { setMonths(text); }); }} error={problemOf(action.problems, 'months')} />
    </RegisterForm>
  );
}
