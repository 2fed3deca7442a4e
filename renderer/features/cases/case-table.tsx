import { CircleDot, Lock, OctagonX, PenLine } from 'lucide-react';
import type { CaseSummary } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { count, number, shortDateAndTime } from '../../logic/format.js';
import { attempt } from '../../store.js';
import { Button } from '../../ui/button.js';
import { ReviewTag } from './review-tag.js';

const PHASES = {
  open: { title: 'Open', look: 'tag-accent', Icon: CircleDot },
  halted: { title: 'Halted', look: 'tag-stop', Icon: OctagonX },
  concluded: { title: 'Not sealed yet', look: '', Icon: PenLine },
  sealed: { title: 'Sealed', look: 'tag-ok', Icon: Lock },
} as const;

/** Where a case stands, in a word and an icon. */
export function PhaseTag({ phase }: { readonly phase: CaseSummary['phase'] }) {
  const { title, look, Icon } = PHASES[phase];
  return <span className={`tag ${look}`}><Icon size={15} aria-hidden="true" />{title}</span>;
}

/** Cases in a table; the reference opens one. */
export function CaseTable({ cases }: { readonly cases: readonly CaseSummary[] }) {
  return (
    <div className="case-table-box">
      <table className="case-table">
        <caption className="unseen">{count(cases.length, 'case')}</caption>
        <thead><tr><th scope="col">Reference</th><th scope="col">Reason</th><th scope="col">Status</th><th scope="col">Opened</th><th scope="col" className="case-number">Exhibits</th><th scope="col" className="case-number">Concerns</th></tr></thead>
        <tbody>
          {cases.map((each) => (
            <tr key={each.id}>
              <th scope="row"><Button look="link" onPress={() => { attempt(client.call('case.show', { id: each.id })); }}>{each.reference}</Button></th>
              <td className="case-reason"><span>{each.reason}</span></td>
              <td><span className="case-status"><PhaseTag phase={each.phase} /><ReviewTag reviewOn={each.reviewOn} /></span></td>
              <td className="case-opened">{shortDateAndTime(each.openedAt)}</td>
              <td className="case-number mono">{number(each.exhibits)}</td>
              <td className="case-number mono">{number(each.concerns)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
