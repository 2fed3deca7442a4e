import { useState } from 'react';
import { SANCTION_AIMS, type SanctionAim } from '../../../src/investigation/policy/sanctions.js';
import { client } from '../../client.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { Status } from '../../ui/status.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { PolicyHistory } from './policy-history.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

const NOTHING: { readonly title: string; readonly meaning: string; readonly aim: SanctionAim | null } = { title: '', meaning: '', aim: null };

/** The school's table of sanctions: what is offered, what the school added, and every change that was made to it. */
export function SanctionsPage({ admin }: RegisterPageProps) {
  const { sanctions, sanctionHistory } = admin.policy ?? { sanctions: [], sanctionHistory: [] };
  const [typed, setTyped] = useState(NOTHING);
  const [saved, setSaved] = useState<string | null>(null);
  const action = useAction((code) => (code === 'policy.taken' ? 'sanction-title' : undefined));
  const add = async (): Promise<void> => {
    setSaved(null);
    const { title, meaning, aim } = typed;
    const problems = [...(title.trim() === '' ? [{ field: 'sanction-title', sentence: 'Enter a name' }] : []), ...(aim === null ? [{ field: 'sanction-aim', sentence: 'Choose whom it is for' }] : [])];
    if (!action.check(problems) || aim === null || !(await action.run(() => client.call('sanctions.change', { change: { kind: 'added', title, meaning, aim } })))) return;
    setSaved(`“${title}” is offered from now on.`);
    setTyped(NOTHING);
  };
  const offer = (id: string, title: string, on: boolean): void => {
    void action.run(() => client.call('sanctions.change', { change: { kind: on ? 'shown' : 'hidden', id } })).then((done) => { setSaved(done ? `“${title}” is ${on ? 'offered again' : 'no longer offered'}.` : null); });
  };
  return (
    <RegisterForm
      title="Sanctions" action={action} submit="Add this sanction" onSubmit={() => { void add(); }} status={<Status>{saved}</Status>}
      intro={<p>What the two of you choose from when you conclude a case. The list that the app brings is an example: your school’s policy decides. Records that are written stay as they are.</p>}
    >
      <table className="policy-table">
        <caption className="unseen">Sanctions</caption>
        <thead><tr><th scope="col">Sanction</th><th scope="col">For</th><th scope="col">Offered</th></tr></thead>
        <tbody>
          {sanctions.map(({ id, title, meaning, aim, own, hidden }) => (
            <tr key={id} className={hidden ? 'policy-hidden' : ''}>
              <th scope="row">{title}{own && <span className="tag">Your own</span>}{meaning !== '' && <small>{meaning}</small>}</th>
              <td>{SANCTION_AIMS.find((each) => each.id === aim)?.title}</td>
              <td>{hidden ? 'No' : 'Yes'} · <Button look="link" onPress={() => { offer(id, title, hidden); }}>{hidden ? 'Offer it again' : 'Stop offering it'}<span className="unseen">: {title}</span></Button></td>
            </tr>
          ))}
        </tbody>
      </table>
      <PolicyHistory history={sanctionHistory} />
      <h2>Add a sanction of your own</h2>
      <TextField id="sanction-title" label="Name" maxLength={80} value={typed.title} onChange={(title) => { setTyped({ ...typed, title }); }} error={problemOf(action.problems, 'sanction-title')} />
      <TextField id="sanction-meaning" label="What it means (optional)" hint="One sentence that helps two people choose." maxLength={300} value={typed.meaning} onChange={(meaning) => { setTyped({ ...typed, meaning }); }} />
      <RadioGroup id="sanction-aim" label="Whom is it for?" layout="inline" options={SANCTION_AIMS} value={typed.aim} onChange={(aim) => { setTyped({ ...typed, aim: aim as SanctionAim }); }} error={problemOf(action.problems, 'sanction-aim')} />
    </RegisterForm>
  );
}
