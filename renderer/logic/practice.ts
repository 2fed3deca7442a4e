import type { AppState } from '../../src/ipc/state.js';
import type { Place } from './places.js';

/** What somebody who practises does next, and the address that they need for it. */
export interface PracticeStep {
  readonly number: number;
  readonly text: string;
  readonly needs?: string;
}

/** How many steps a practice has. */
export const PRACTICE_STEPS = 9;

/** The addresses of the made-up report: a page with something to keep, and one to stop at. @param site the practice's own website */
export function practiceAddresses(site: string): readonly [keep: string, stop: string] {
  return [`${site}/forum/thread/48213`, `${site}/flagged`];
}

/** Where somebody who practises is: the place, and whether the verdict on a bundle is on the screen. */
export interface Where {
  readonly place?: Place;
  readonly judged?: boolean;
}

const CHOOSING = 'This is the check that the police make: choose your bundle and type its passphrase.';
const CHECKING = 'This is the check that the police make: type the bundle’s passphrase from your paper.';
const VERDICT = 'You have practised all of it. Read what the check says; the police read the same. Then press “Leave the practice”.';

/** The next step of a practice, as far as the engine's state and the screen that is shown tell. */
export function practiceStep(app: Pick<AppState, 'screen' | 'cases' | 'case' | 'practice' | 'offered'>, { place = 'home', judged = false }: Where = {}): PracticeStep {
  const { number, ...step } = stepOf(app, place, judged);
  return app.screen === 'locked' ? { number, text: 'Nobody moved for a while, or you locked the app. Both unlock the app with the passphrases in this band.' } : { number, ...step };
}

function stepOf(app: Pick<AppState, 'cases' | 'case' | 'practice' | 'offered'>, place: Place, judged: boolean): PracticeStep {
  if (place === 'verify') return { number: 9, text: judged ? VERDICT : app.offered === undefined ? CHOOSING : CHECKING };
  const [keep, stop] = practiceAddresses(app.practice?.site ?? '');
  const { case: open } = app;
  if (open === null) return outsideStep(app, place, keep);
  if (open.phase === 'sealed') {
    return open.exports.length === 0
      ? { number: 8, text: 'Make a bundle for the police. It says PRACTICE on every page.' }
      : { number: 9, text: 'Write the passphrase of the bundle down. Then press “Check this bundle”: it is the check that the police make.' };
  }
  if (open.phase === 'concluded') return { number: 7, text: 'Read it, then seal the case with both passphrases.' };
  if (open.phase === 'halted') return { number: 6, text: open.halt?.answered === true ? haltedText(open.halt.calls.length > 0) : 'Answer as you would. Here nobody is called.' };
  if (place === 'conclude') return { number: 7, text: 'Say what you make of it, and press “Conclude the case”.' };
  if ((open.pastHalts ?? 0) > 0) return { number: 7, text: 'You know the halt now. Press “Finish”, at the bottom right. You need not start the browser again.' };
  if (!open.browsing) return { number: 2, text: 'Answer the questions, or put in made-up answers. Then start the browser.' };
  if (open.composite !== null) return { number: 4, text: 'Look at what would be kept, and answer for it.' };
  if (open.exhibits.length === 0) {
    return (open.page?.view ?? null) === null ? { number: 3, text: 'Press “Reported” and choose the first address, or type it:', needs: keep } : { number: 4, text: 'Press “Capture page”.' };
  }
  if (open.concerns.length === 0) return { number: 5, text: 'Press “Describe a concern” and write what you saw.' };
  return { number: 6, text: 'Practise STOP: open the second address and press F9. Or leave this out and press “Finish”.', needs: stop };
}

function outsideStep({ cases }: Pick<AppState, 'cases'>, place: Place, keep: string): PracticeStep {
  if (cases.some(({ phase }) => phase === 'sealed')) return { number: 9, text: 'Press “Check a bundle” to see what the police will see. Then leave the practice.' };
  if (cases.length > 0) return { number: 1, text: 'Open your practice case again.' };
  return { number: 1, text: 'Open a case: use the made-up one, or make up your own. An address to report:', needs: keep };
}

function haltedText(called: boolean): string {
  return called ? 'Press “What happens with this case”: the police advise no further action. Both of you sign it.' : 'Read the steps. Press “Write down a call” and make one up: the police say “no further action”.';
}
