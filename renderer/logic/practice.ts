import type { AppState } from '../../src/ipc/state.js';

/** What somebody who practises does next, and the address or words that they need for it. */
export interface PracticeStep {
  readonly number: number;
  readonly text: string;
  readonly needs?: string;
}

/** How many steps a practice has. */
export const PRACTICE_STEPS = 9;

/** The next step of a practice, as far as the engine's state tells. */
export function practiceStep(app: Pick<AppState, 'screen' | 'cases' | 'case' | 'practice'>): PracticeStep {
  const site = app.practice?.site ?? '';
  const { case: open } = app;
  if (open === null) {
    if (app.cases.some(({ phase }) => phase === 'sealed')) return { number: 9, text: 'Press “Check a bundle” to see what the police will see. Then leave the practice: everything in it is destroyed.' };
    return app.cases.length === 0
      ? { number: 1, text: 'Open a case. Make something up. As a reported address type:', needs: `${site}/forum/thread/48213` }
      : { number: 1, text: 'Open your practice case again.' };
  }
  if (open.phase === 'sealed') return open.exports.length === 0 ? { number: 8, text: 'Make a bundle for the police. It says PRACTICE on every page.' } : { number: 9, text: 'Note the passphrase, go back to the cases and check the bundle. Or leave the practice: everything in it is destroyed.' };
  if (open.phase === 'concluded') return { number: 8, text: 'Seal the case with both passphrases. You find them above.' };
  if (open.phase === 'halted') return { number: 7, text: open.halt?.answered === true ? haltedText(open.halt.calls.length > 0) : 'Answer as you would. Here nobody is called.' };
  if ((open.pastHalts ?? 0) > 0) return { number: 8, text: 'Press “Finish”: say whether there is substance, then seal the case.' };
  if (!open.browsing) return { number: 2, text: 'Answer the questions, then start the browser.' };
  if (open.composite !== null) return { number: 4, text: 'Look at what would be kept, and answer for it.' };
  if (open.exhibits.length === 0) {
    return (open.page?.view ?? null) === null ? { number: 3, text: 'Open the address under “Reported”, or type it:', needs: `${site}/forum/thread/48213` } : { number: 4, text: 'Press “Capture page”.' };
  }
  if (open.concerns.length === 0) return { number: 5, text: 'Press “Describe a concern” and write what you saw.' };
  return { number: 6, text: 'Open the next address. Its page has only the word “flagged” and a plain square. Press F9 as soon as you see it.', needs: `${site}/flagged` };
}

function haltedText(called: boolean): string {
  return called ? 'Go through the steps. Then end the halt: the police advised no further action.' : 'Read the steps. In a real case you would now call the police. Press “Write down a call” and make one up.';
}
