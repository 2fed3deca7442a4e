import { useState } from 'react';
import { OUTCOMES } from '../../../src/investigation/policy/outcomes.js';
import { client } from '../../client.js';
import { listOf } from '../../logic/format.js';
import { Button } from '../../ui/button.js';
import { Checkbox } from '../../ui/choices.js';
import { problemOf } from '../../ui/error-summary.js';
import { Status } from '../../ui/status.js';
import { TextField } from '../../ui/text-field.js';
import { useAction } from '../../ui/use-action.js';
import { PolicyHistory } from './policy-history.js';
import { RegisterForm, type RegisterPageProps } from './register-form.js';

const NOTHING = { title: '', meaning: '', police: false };

/** The school's table of concerns: what is offered, what the school added, and every change that was made to it. */
export function PolicyPage({ admin }: RegisterPageProps) {
  const { categories, history } = admin.policy ?? { categories: [], history: [] };
  const [typed, setTyped] = useState(NOTHING);
  const [saved, setSaved] = useState<string | null>(null);
  const action = useAction((code) => (code === 'policy.taken' ? 'policy-title' : undefined));
  const add = async (): Promise<void> => {
    setSaved(null);
    const problems = [
      ...(typed.title.trim() === '' ? [{ field: 'policy-title', sentence: 'Enter a name' }] : []), ...(typed.meaning.trim() === '' ? [{ field: 'policy-meaning', sentence: 'Enter what it means, in one sentence' }] : []),
    ];
    if (!action.check(problems) || !(await action.run(() => client.call('policy.change', { change: { kind: 'added', ...typed } })))) return;
    setSaved(`“${typed.title}” is offered from now on.`);
    setTyped(NOTHING);
  };
  const offer = (id: string, title: string, on: boolean): void => {
    void action.run(() => client.call('policy.change', { change: { kind: on ? 'shown' : 'hidden', id } })).then((done) => { setSaved(done ? `“${title}” is ${on ? 'offered again' : 'no longer offered'}.` : null); });
  };
  return (
    <RegisterForm
      title="Kinds of concern" action={action} submit="Add this kind" onSubmit={() => { void add(); }} status={<Status>{saved}</Status>}
      intro={<p>What the two of you choose from when you describe a concern. Records that are written stay as they are.</p>}
    >
      <table className="policy-table">
        <caption className="unseen">Kinds of concern</caption>
        <thead><tr><th scope="col">Kind</th><th scope="col">Goes to the police</th><th scope="col">Offered</th></tr></thead>
        <tbody>
          {categories.map(({ id, title, meaning, police, own, hidden }) => (
            <tr key={id} className={hidden ? 'policy-hidden' : ''}>
              <th scope="row">{title}{own && <span className="tag">Your own</span>}<small>{meaning}</small></th>
              <td>{police ? 'Yes, at once' : 'No'}</td>
              <td>{police && !own ? 'Always' : <>{hidden ? 'No' : 'Yes'} · <Button look="link" onPress={() => { offer(id, title, hidden); }}>{hidden ? 'Offer it again' : 'Stop offering it'}<span className="unseen">: {title}</span></Button></>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small muted">What may happen in the end is fixed: {listOf(OUTCOMES.map(({ title }) => title.toLowerCase()))}.</p>
      <PolicyHistory history={history} />
      <h2>Add a kind of your own</h2>
      <TextField id="policy-title" label="Name" maxLength={80} value={typed.title} onChange={(title) => { setTyped({ ...typed, title }); }} error={problemOf(action.problems, 'policy-title')} />
      <TextField id="policy-meaning" label="What it means" hint="One sentence that helps two people choose." maxLength={300} value={typed.meaning} onChange={(meaning) => { setTyped({ ...typed, meaning }); }} error={problemOf(action.problems, 'policy-meaning')} />
      <Checkbox id="policy-police" label="Goes to the police at once" selected={typed.police} onChange={(police) => { setTyped({ ...typed, police }); }} />
    </RegisterForm>
  );
}
