import { ChevronRight, CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react';
import type { CallResult } from '../../../src/ipc/contract.js';
import { count } from '../../logic/format.js';

type Check = CallResult<'pre-flight.read'>['checks'][number];

const LOOKS = {
  good: { Icon: CircleCheck, word: 'In order' },
  look: { Icon: TriangleAlert, word: 'Look at this' },
  unknown: { Icon: CircleHelp, word: 'Not known' },
} as const;

/** What the app looked at by itself. What should be looked at stands first, and what is in order behind a line that opens. */
export function OwnChecks({ checks }: { readonly checks: readonly Check[] }) {
  const good = checks.filter(({ state }) => state === 'good');
  const rest = [...checks.filter(({ state }) => state === 'look'), ...checks.filter(({ state }) => state === 'unknown')];
  return (
    <section className="stack-tight" aria-labelledby="own-checks">
      <h3 id="own-checks">Checked by the app</h3>
      {rest.length > 0 && <CheckList checks={rest} />}
      {rest.length > 0 && !rest.some(({ id, state }) => id === 'lists' && state === 'look') && <p className="small muted">You can begin all the same. What stands here goes into the record.</p>}
      {good.length > 0 && (
        <details className="own-checks-good" open={rest.length === 0}>
          <summary><CircleCheck size={18} aria-hidden="true" />{count(good.length, 'thing is', 'things are')} in order<ChevronRight className="own-checks-arrow" size={18} aria-hidden="true" /></summary>
          <CheckList checks={good} />
        </details>
      )}
    </section>
  );
}

function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ul className="own-checks">
      {checks.map(({ id, state, says }) => {
        const { Icon, word } = LOOKS[state];
        return <li key={id} className={`own-check own-check-${state}`}><Icon size={18} aria-hidden="true" /><span><span className="unseen">{word}: </span>{says}</span></li>;
      })}
    </ul>
  );
}
