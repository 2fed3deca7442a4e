import { CircleCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AppState } from '../../../src/ipc/state.js';
import { client } from '../../client.js';
import { PRACTICE_STEPS, practiceStep } from '../../logic/practice.js';
import { attempt, useScreens } from '../../store.js';
import { Button } from '../../ui/button.js';
import './practice.css';

/** Above every screen of a practice: that nothing is real, what comes next, the passphrases, and the way out. */
export function PracticeBand({ app }: { readonly app: AppState }) {
  const place = useScreens((screens) => screens.place);
  const judged = useScreens((screens) => screens.judged);
  if (app.practice === undefined) return null;
  const { number, text, needs } = practiceStep(app, { place, judged });
  return (
    <aside className="practice-band" aria-label="Practice">
      <p className="practice-word"><strong>PRACTICE</strong><span>Nothing here is real</span></p>
      <p className="practice-step" role="status"><b>Step {number} of {PRACTICE_STEPS}.</b> {text}{needs !== undefined && <> <code className="mono wrap-anywhere">{needs}</code></>}</p>
      <dl className="practice-passphrases">
        {app.practice.passphrases.map(({ initials, name, passphrase }) => <div key={initials}><dt>{name}’s passphrase</dt><dd className="mono">{passphrase}</dd></div>)}
      </dl>
      <Leave />
    </aside>
  );
}

/** Where a practice was, once it is left: that it is over, and that nothing of it is left. */
export function PracticeOver() {
  // It has been read once they do something else.
  useEffect(() => {
    const forget = (): void => { useScreens.setState({ practised: false }); };
    window.addEventListener('click', forget, { once: true });
    return () => { window.removeEventListener('click', forget); };
  }, []);
  return <p className="practice-over" role="status"><CircleCheck size={20} aria-hidden="true" /><span><b>The practice is over.</b> Everything in it was destroyed. What you do from here on is real.</span></p>;
}

/** Everything of a practice is destroyed when it is left, so that is asked once. */
function Leave() {
  const [asking, setAsking] = useState<boolean | null>(null);
  // The focus comes back to where it was once they stay.
  if (asking !== true) return <Button autoFocus={asking === false} onPress={() => { setAsking(true); }}>Leave the practice</Button>;
  return (
    <div className="practice-leave" role="group" aria-labelledby="practice-leave">
      <p id="practice-leave" role="alert">Everything in it is destroyed.</p>
      <p className="row">
        <Button onPress={() => { attempt(client.call('practice.end', {})); }}>Leave and destroy it</Button>
        <Button autoFocus onPress={() => { setAsking(false); }}>Stay</Button>
      </p>
    </div>
  );
}
