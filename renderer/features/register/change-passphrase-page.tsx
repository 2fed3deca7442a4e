import { useState } from 'react';
import { client } from '../../client.js';
import { problemOf, type Problem } from '../../ui/error-summary.js';
import { NewPassphrase, NOTHING_TYPED, passphraseProblems } from '../../ui/new-passphrase.js';
import { PassphraseField } from '../../ui/passphrase-field.js';
import { WorkProgress } from '../../ui/progress.js';
import { Status } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { Who } from '../../ui/who.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

const fieldOf = (code: string): string | undefined => (code === 'auth.bad-passphrase' ? 'current' : code === 'auth.weak-passphrase' || code === 'auth.same-passphrase' ? 'passphrase' : undefined);

/** One of the two changes their own passphrase. */
export function ChangePassphrasePage({ app, admin, signedIn }: RegisterPageProps) {
  const [by, setBy] = useState<string | null>(null);
  const [current, setCurrent] = useState('');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [changed, setChanged] = useState<string | null>(null);
  const action = useAction(fieldOf);
  const person = signedIn.find(({ initials }) => initials === by);
  const name = person?.name ?? 'this reviewer';
  const own = [person?.name ?? '', person?.position ?? '', app.organisation, app.computer.name];
  const due = admin.reviewers.some((reviewer) => reviewer.initials === by && reviewer.changeDue);
  const choose = (initials: string): void => {
    setBy(initials);
    setCurrent('');
    setTyped(NOTHING_TYPED);
  };
  const change = async (): Promise<void> => {
    setChanged(null);
    const missing = [
      ...(by === null ? [{ field: 'by', sentence: 'Choose who changes the passphrase' }] : []),
      ...(current === '' ? [{ field: 'current', sentence: 'Type the passphrase that you have now' }] : []),
    ];
    const taken = typed;
    let problems: readonly Problem[] = missing;
    await action.run(async () => { problems = [...missing, ...(await passphraseProblems(taken, own))]; });
    if (!action.check(problems) || by === null) return;
    setCurrent('');
    setTyped(NOTHING_TYPED);
    if (await action.run(() => client.call('passphrase.change', { initials: by, passphrase: current, newPassphrase: taken.once }))) setChanged(name);
  };
  return (
    <RegisterForm
      title="Change my passphrase" action={action} submit="Change the passphrase" onSubmit={() => { void change(); }}
      status={<Status>{changed !== null && `${changed}’s passphrase is changed. The old one opens nothing on this computer any more; an older backup still opens with it.`}</Status>}
      intro={<p>Only the person whose passphrase it is types here. The other looks away.</p>}
    >
      <Who id="by" label="Whose passphrase?" reviewers={signedIn} value={by} onChange={choose} error={problemOf(action.problems, 'by')} />
      {due && <p><span className="tag tag-warn">Due for a change</span></p>}
      <PassphraseField id="current" label="Passphrase now" person={name} value={current} onChange={setCurrent} error={problemOf(action.problems, 'current')} />
      <NewPassphrase name={person?.name ?? 'this reviewer'} again own={own} typed={typed} onType={setTyped} problems={action.problems} />
      <WorkProgress task="reviewers" />
    </RegisterForm>
  );
}
