import { Check, Minus } from 'lucide-react';
import type { CaseView } from '../../../src/ipc/state.js';
import { count } from '../../logic/format.js';

/** What a bundle of this case holds and what it leaves out, before it is made. */
export function Contents({ view }: { readonly view: CaseView }) {
  const quarantined = view.exhibits.filter((exhibit) => exhibit.quarantined).length;
  const inside = [
    `The whole record: ${count(view.entries, 'entry', 'entries')}`,
    `${count(view.exhibits.length - quarantined, 'exhibit')} with pictures, text and hashes`,
    `${count(view.concerns.length, 'concern')}${view.conclusion === null ? '' : ' and your conclusion'}`,
    'A report for people, and how to check all of it without this app',
    'Certificates and the signatures of you both',
  ];
  const outside = [
    ...(quarantined === 0 ? [] : [`${count(quarantined, 'quarantined exhibit')}: only the hashes are named`]),
    'Anything that you visited but did not capture, except its address and time',
    'Passphrases and private keys',
  ];
  return (
    <div className="contents">
      <section className="card stack-tight"><h2>What it contains</h2><ul>{inside.map((line) => <li key={line}><Check size={18} className="contents-in" aria-hidden="true" />{line}</li>)}</ul></section>
      <section className="card stack-tight"><h2>What it leaves out</h2><ul>{outside.map((line) => <li key={line}><Minus size={18} aria-hidden="true" />{line}</li>)}</ul></section>
    </div>
  );
}
