import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { PRACTICE_STEPS, practiceStep } from '../../logic/practice.js';
import { attempt } from '../../store.js';
import { Button } from '../../ui/button.js';
import './practice.css';

/** Above every screen of a practice: that nothing is real, what comes next, the passphrases, and the way out. */
export function PracticeBand({ app }: { readonly app: AppState }) {
  if (app.practice === undefined) return null;
  const { number, text, needs } = practiceStep(app);
  return (
    <aside className="practice-band" aria-label="Practice">
      <p className="practice-word"><strong>PRACTICE</strong><span>Nothing here is real</span></p>
      <p className="practice-step" role="status"><b>Step {number} of {PRACTICE_STEPS}.</b> {text}{needs !== undefined && <> <code className="mono wrap-anywhere">{needs}</code></>}</p>
      <dl className="practice-passphrases">
        {app.practice.passphrases.map(({ initials, name, passphrase }) => <div key={initials}><dt>{name}’s passphrase</dt><dd className="mono">{passphrase}</dd></div>)}
      </dl>
      <Button onPress={() => { attempt(client.call('practice.end', {})); }}>Leave the practice</Button>
    </aside>
  );
}
