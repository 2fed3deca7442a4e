import type { PolicyHistoryLine } from '../../../src/ipc/admin-state.js';
import { dateAndTime, listOf } from '../../logic/format.js';

/** Every change of a policy table, newest first, with its time and both reviewers. */
export function PolicyHistory({ history }: { readonly history: readonly PolicyHistoryLine[] }) {
  return (
    <section className="stack-tight" aria-labelledby="policy-history">
      <h2 id="policy-history">What was changed</h2>
      {history.length === 0 ? <p>Nothing yet. The table is as the app brought it.</p> : <ul className="register-rows">{history.map(({ at, by, line }) => <li key={`${at} ${line}`}><span>{line}</span><br /><span className="small muted">{dateAndTime(at)}, {listOf([...by])}</span></li>)}</ul>}
    </section>
  );
}
