import { OctagonX, Phone } from 'lucide-react';
import type { AppState } from '../../../src/ipc/state.js';
import { dateAndTime, unbroken } from '../../logic/format.js';
import { Button } from '../../ui/button.js';

/** Says, before anybody signs in, that this computer is halted and whom to call. No content, no names of pupils. `onCall` where one person alone can write down a call. */
export function CrisisBanner({ app, crisis, onCall }: { readonly app: AppState; readonly crisis: NonNullable<AppState['crisis']>; readonly onCall?: () => void }) {
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
      <dl className="crisis-calls">{calls.map(([who, number]) => <div key={who}><dt>{who}</dt><dd>{unbroken(number)}</dd></div>)}</dl>
      {onCall !== undefined && <div className="crisis-call row"><Button onPress={onCall}><Phone size={18} aria-hidden="true" />Write down a call</Button><span className="small muted">One of you can do this while the other is on the telephone.</span></div>}
    </section>
  );
}
