import { useState } from 'react';
import { SHEET_WORDS } from '../../logic/recovery-words.js';
import { client } from '../../client.js';
import { goTo, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import { problemOf, type Problem } from '../../ui/error-summary.js';
import { NewPassphrase, NOTHING_TYPED, passphraseProblems } from '../../ui/new-passphrase.js';
import { Page } from '../../ui/page.js';
import { PassphraseField } from '../../ui/passphrase-field.js';
import { WorkProgress } from '../../ui/progress.js';
import { QuestionPage } from '../../ui/question-page.js';
import { NOBODY, personProblems, ReviewerFields, reviewerFieldOf } from '../../ui/reviewer-fields.js';
import { Select } from '../../ui/select.js';
import { Finished } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { RecoveryWords } from './recovery-words.js';
import './sign-in.css';

const NO_WORDS: readonly string[] = Array.from({ length: SHEET_WORDS }, () => '');
const CODES: Readonly<Record<string, string>> = { 'recovery.bad-words': 'words', 'recovery.wrong-sheet': 'words', 'auth.bad-passphrase': 'own-passphrase', 'auth.unknown-reviewer': 'who', 'auth.removed-reviewer': 'who' };
const fieldOf = (code: string): string | undefined => CODES[code] ?? reviewerFieldOf(code);

/** One reviewer, the recovery sheet and a replacement. The words stay in their fields until they were right or the page is left. */
export function RecoverScreen() {
  const app = useScreens((screens) => screens.app);
  const [who, setWho] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [words, setWords] = useState(NO_WORDS);
  const [person, setPerson] = useState(NOBODY);
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [enrolled, setEnrolled] = useState<string | null>(null);
  const action = useAction(fieldOf);
  if (app === null) return null;
  if (enrolled !== null) return <Page><Recovered name={enrolled} /></Page>;
  const left = app.reviewers.find(({ initials }) => initials === who);
  const own = [person.name, person.position, app.organisation, app.computer.name];
  const submit = async (): Promise<void> => {
    const unfilled = words.findIndex((word) => word === '');
    const missing = [
      ...(who === null ? [{ field: 'who', sentence: 'Choose the reviewer who can still sign in' }] : []),
      ...(passphrase === '' ? [{ field: 'own-passphrase', sentence: `${left?.name ?? 'The reviewer who can still sign in'} must type their passphrase` }] : []),
      ...(unfilled === -1 ? [] : [{ field: `word-${unfilled + 1}`, sentence: `Type all ${SHEET_WORDS} words. Word ${unfilled + 1} is missing` }]),
      ...personProblems(person, app.reviewers),
    ];
    const taken = typed;
    let problems: readonly Problem[] = missing;
    await action.run(async () => { problems = [...missing, ...(await passphraseProblems(taken, own))]; });
    const { name, position, initials, role } = person;
    if (!action.check(problems) || who === null || role === null) return;
    setPassphrase('');
    setTyped(NOTHING_TYPED);
    if (!(await action.run(() => client.call('recover', { initials: who, passphrase, words: words.join(' '), reviewer: { name, position, initials, role, passphrase: taken.once } })))) return;
    setWords(NO_WORDS);
    setEnrolled(name);
  };
  return (
    <Page>
      <QuestionPage
        title="One of us cannot sign in" problems={action.problems} submit="Enrol the replacement" wide pending={action.pending} onSubmit={() => { void submit(); }} onBack={() => { goTo('home'); }}
        intro={
          <>
            <p className="lead">One reviewer and the recovery sheet can enrol a replacement. It opens nothing else.</p>
            <p>You need the sheet with the 24 words from the safe, the reviewer who can still sign in, and the person who becomes a reviewer, all in the room.</p>
          </>
        }
        aside={<WorkProgress task="reviewers" />}
      >
        <h2>The reviewer who can still sign in</h2>
        <Select id="who" label="Name" options={app.reviewers.map(({ initials, name }) => ({ id: initials, title: name }))} value={who} onChange={setWho} placeholder="Choose your name" error={problemOf(action.problems, 'who')} />
        <PassphraseField id="own-passphrase" label="Their passphrase" person={left?.name ?? 'this reviewer'} value={passphrase} onChange={setPassphrase} hint="Only this person types here. The others look away." error={problemOf(action.problems, 'own-passphrase')} />
        <RecoveryWords words={words} onChange={setWords} error={action.problems.find(({ field }) => field?.startsWith('word') === true)?.sentence} />
        <h2>The replacement</h2>
        <ReviewerFields value={person} onChange={setPerson} problems={action.problems} />
        <NewPassphrase name={person.name.trim() === '' ? 'the replacement' : person.name} own={own} typed={typed} onType={setTyped} problems={action.problems} />
      </QuestionPage>
    </Page>
  );
}

function Recovered({ name }: { readonly name: string }) {
  return (
    <Finished title={`${name} is a reviewer now`}>
      <p>The recovery sheet is used up. Its words no longer work.</p>
      <p>Sign in together now. Then, under “Register and settings”:</p>
      <ul className="bullets">
        <li>make a new recovery sheet</li>
        <li>remove the reviewer who cannot sign in any more</li>
        <li>save and print the enrolment sheet again</li>
      </ul>
      <Button look="primary" large onPress={() => { goTo('home'); }}>Go to signing in</Button>
    </Finished>
  );
}
