import { Check, Minus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { DisclosureWishInput, PlanView } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { client } from '../../client.js';
import { count } from '../../logic/format.js';
import { sentenceOf } from '../../ui/use-action.js';

/** What the engine says that a copy would hold; null while it is being worked out, a sentence where it cannot be. */
export type Plan = PlanView | { readonly failed: string } | null;

/** How long typing rests before the plan is asked for again. */
const REST_MS = 250;

/** Asks the engine what a copy would hold, again whenever the choice changes. */
export function usePlan(recipient: string | null, disclosure: DisclosureWishInput, entries: number): Plan {
  const [plan, setPlan] = useState<Plan>(null);
  const asked = JSON.stringify(disclosure);
  useEffect(() => {
    if (recipient === null) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      client.call('export.plan', { recipient: recipient as 'police', disclosure: JSON.parse(asked) as DisclosureWishInput })
        .then((found) => { if (wanted) setPlan(found); })
        .catch((error: unknown) => { if (wanted) setPlan({ failed: sentenceOf(error) }); });
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [recipient, asked, entries]);
  return plan;
}

/** What a bundle of this case holds and what it leaves out, before it is made. */
export function Contents({ view, plan }: { readonly view: CaseView; readonly plan: Plan }) {
  if (plan !== null && 'failed' in plan) return <p role="alert">{plan.failed}</p>;
  const quarantined = plan?.quarantined ?? view.exhibits.filter((exhibit) => exhibit.quarantined).length;
  const whole = plan === null ? view.exhibits.length - quarantined : plan.exhibits - plan.redacted;
  const hidden = plan?.withheldEntries ?? 0;
  const inside = [
    hidden === 0 ? `The whole record: ${count(view.entries, 'entry', 'entries')}, and what is written down about this copy` : `The record: ${count(view.entries, 'entry', 'entries')}, what ${count(hidden, 'entry says', 'entries say')} withheld`,
    `${count(whole, 'exhibit')} with pictures, text and hashes`,
    ...((plan?.redacted ?? 0) === 0 ? [] : [`${count(plan?.redacted ?? 0, 'exhibit')} as a redacted picture alone`]),
    ...(plan === null ? [] : [`How many pages were opened: ${count(plan.views, 'page view')}`]),
    'A report for people, and how to check all of it without this app',
    'Certificates and the signatures of you both',
  ];
  const outside = [
    ...(quarantined === 0 ? [] : [`${count(quarantined, 'quarantined exhibit')}: only the hashes are named`]),
    'Anything that you visited but did not capture, except its address and time',
    'Passphrases and private keys',
  ];
  return (
    <div className="stack" aria-live="polite">
      <div className="contents">
        <section className="card stack-tight"><h2>What it contains</h2><ul>{inside.map((line) => <li key={line}><Check size={18} className="contents-in" aria-hidden="true" />{line}</li>)}</ul></section>
        <section className="card stack-tight"><h2>What it leaves out</h2><ul>{outside.map((line) => <li key={line}><Minus size={18} aria-hidden="true" />{line}</li>)}</ul></section>
      </div>
      {plan !== null && plan.rows.length > 0 && (
        <section className="card stack-tight sheet-of-withheld">
          <h2>The sheet of what is withheld</h2>
          <p className="small muted">It goes into the copy, signed by you both.</p>
          <ol>{plan.rows.map((row, at) => <li key={`${at}`}><b>{row.what}</b>{row.entries > 0 && <span className="muted small"> ({count(row.entries, 'entry', 'entries')})</span>}<br /><span className="small">{row.why}{row.words === '' ? '' : `: ${row.words}`}</span></li>)}</ol>
        </section>
      )}
    </div>
  );
}
