import { OctagonX } from 'lucide-react';
import type { AppState } from '../../../src/ipc/state.js';
import { dateAndTime } from '../../logic/format.js';

/** Says, before anybody signs in, that this computer is halted and whom to call. No content, no names of pupils. */
export function CrisisBanner({ app, crisis }: { readonly app: AppState; readonly crisis: NonNullable<AppState['crisis']> }) {
  const calls = [
    ['A child is in danger now', '999'],
    ['Police', app.contacts.policeForce === '' ? '101' : `101, or ${app.contacts.policeForce}`],
    ['Safeguarding lead', app.contacts.safeguardingLead],
    ['LADO', app.contacts.lado],
    ['Support for you', app.contacts.support],
  ].filter((call): call is [string, string] => call[1] !== '');
  return (
    <section className="crisis" aria-labelledby="crisis-title">
      <h2 id="crisis-title" className="crisis-title"><OctagonX size={22} aria-hidden="true" />This computer is halted</h2>
      <p>Case <b>{crisis.caseReference}</b>, since {dateAndTime(crisis.at)}. Leave the computer on. Do not use it for anything else. Call the police, then sign in together to write down what they told you.</p>
      <dl className="crisis-calls">{calls.map(([who, number]) => <div key={who}><dt>{who}</dt><dd>{number}</dd></div>)}</dl>
    </section>
  );
}
