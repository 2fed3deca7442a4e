import { X } from 'lucide-react';
import { HALT_DO_NOT } from '../../../src/investigation/policy/halt-steps.js';

/** What nobody does while the computer is halted, one thing a line. */
export function DoNot() {
  return (
    <ul className="do-not">
      {HALT_DO_NOT.map((each) => <li key={each}><X size={18} aria-hidden="true" />{each}</li>)}
    </ul>
  );
}
