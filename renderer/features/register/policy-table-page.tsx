import { useState, type ReactNode } from 'react';
import type { PolicyHistoryLine } from '../../../src/ipc/admin-state.js';
import { Button } from '../../ui/button.js';
import type { Problem } from '../../ui/error-summary.js';
import { Status } from '../../ui/status.js';
import { useAction } from '../../ui/use-action.js';
import { PolicyHistory } from './policy-history.js';
import { RegisterForm } from './register-form.js';
import './policy.css';

/** A line of one of the school's tables. `own`: the school added it; `hidden`: it is no longer offered. */
interface PolicyRow {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly own: boolean;
  readonly hidden: boolean;
}

/** What the school adds a line of its own with. */
interface OwnLine {
  readonly heading: string;
  readonly submit: string;
  /** The field of the name, which says that a name is taken. */
  readonly nameField: string;
  readonly name: string;
  readonly problems: readonly Problem[];
  add(): Promise<unknown>;
  clear(): void;
  readonly fields: (problems: readonly Problem[]) => ReactNode;
}

interface PolicyTablePageProps<R extends PolicyRow> {
  readonly title: string;
  readonly intro: ReactNode;
  /** Heads of the first two columns, and what stands in the second. */
  readonly heads: readonly [string, string];
  readonly second: (row: R) => ReactNode;
  readonly rows: readonly R[];
  /** Whether a line is always offered. */
  readonly always?: (row: R) => boolean;
  readonly remark?: ReactNode;
  readonly history: readonly PolicyHistoryLine[];
  readonly offer: (id: string, kind: 'shown' | 'hidden') => Promise<unknown>;
  readonly own: OwnLine;
}

/** One of the school's tables: what is offered, what the school added, and every change that was made to it. */
export function PolicyTablePage<R extends PolicyRow>({ title, intro, heads, second, rows, always = () => false, remark, history, offer, own }: PolicyTablePageProps<R>) {
  const [saved, setSaved] = useState<string | null>(null);
  const action = useAction((code) => (code === 'policy.taken' ? own.nameField : undefined));
  const add = async (): Promise<void> => {
    setSaved(null);
    if (!action.check(own.problems) || !(await action.run(() => own.add()))) return;
    setSaved(`“${own.name}” is offered from now on.`);
    own.clear();
  };
  const change = (row: R): void => {
    void action.run(() => offer(row.id, row.hidden ? 'shown' : 'hidden')).then((done) => { setSaved(done ? `“${row.title}” is ${row.hidden ? 'offered again' : 'no longer offered'}.` : null); });
  };
  return (
    <RegisterForm inPlace title={title} action={action} submit={own.submit} onSubmit={() => { void add(); }} status={<Status>{saved}</Status>} intro={intro}>
      <table className="policy-table">
        <caption className="unseen">{title}</caption>
        <thead><tr><th scope="col">{heads[0]}</th><th scope="col">{heads[1]}</th><th scope="col">Offered</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={row.hidden ? 'policy-hidden' : ''}>
              <th scope="row">{row.title}{row.own && <> <span className="tag">Your own</span></>}{row.meaning !== '' && <small>{row.meaning}</small>}</th>
              <td data-name={heads[1]}>{second(row)}</td>
              <td data-name="Offered">{always(row) ? 'Always' : <>{row.hidden ? 'No' : 'Yes'} · <Button look="link" onPress={() => { change(row); }}>{row.hidden ? 'Offer it again' : 'Stop offering it'}<span className="unseen">: {row.title}</span></Button></>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {remark}
      <PolicyHistory history={history} />
      <h2>{own.heading}</h2>
      {own.fields(action.problems)}
    </RegisterForm>
  );
}
