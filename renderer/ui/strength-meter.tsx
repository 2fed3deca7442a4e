import { useEffect, useState } from 'react';
import { Label, Meter } from 'react-aria-components';
import type { PassphraseStrength } from '../../src/ipc/admin-state.js';
import { client } from '../client.js';

/** How long nothing is typed before the strength is asked for. */
const PAUSE_MS = 300;

const GRADES = ['Very weak', 'Weak', 'Too weak', 'Not strong enough', 'Strong'] as const;

/** How strong a passphrase is, in words and as a bar, while it is typed. Nothing of it is kept. */
export function StrengthMeter({ passphrase, own }: { readonly passphrase: string; readonly own: readonly string[] }) {
  const [strength, setStrength] = useState<PassphraseStrength | 'unknown' | null>(null);
  // The first answer takes the engine most of a second, which is gone by before anything is typed.
  useEffect(() => { client.call('passphrase.strength', { passphrase: '', own: [] }).catch(() => undefined); }, []);
  const words = own.filter((word) => word.trim() !== '').join('\n');
  useEffect(() => {
    let stale = false;
    const ask = (): void => {
      client.call('passphrase.strength', { passphrase, own: words === '' ? [] : words.split('\n').slice(0, 10) })
        .then((found) => { if (!stale) setStrength(found); })
        .catch(() => { if (!stale) setStrength('unknown'); });
    };
    const timer = setTimeout(passphrase === '' ? () => { setStrength(null); } : ask, passphrase === '' ? 0 : PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [passphrase, words]);
  const known = strength === null || strength === 'unknown' ? null : strength;
  return (
    <div className="strength">
      {known !== null && (
        <Meter className="strength-meter" value={known.score} minValue={0} maxValue={4} valueLabel={GRADES[known.score]}>
          <Label>Strength</Label>
          <b aria-hidden="true">{GRADES[known.score]}</b>
          <span className="strength-bar" aria-hidden="true">{[0, 1, 2, 3, 4].map((part) => <span key={part} className={part <= known.score ? 'strength-part strength-filled' : 'strength-part'} />)}</span>
        </Meter>
      )}
      <div className="strength-words" role="status">
        {strength === 'unknown' && <p className="small">The strength cannot be shown now. It is checked again when you go on.</p>}
        {known !== null && (
          <>
            <p className="small"><span className="unseen">{GRADES[known.score]}. </span>{known.sentence}</p>
            {known.advice.length > 0 && <ul className="small bullets">{known.advice.map((advice) => <li key={advice}>{advice}</li>)}</ul>}
          </>
        )}
      </div>
    </div>
  );
}
