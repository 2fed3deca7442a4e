import type { AppState } from '../../src/ipc/state.js';

/** The part of `powerSaveBlocker` that is used. */
export interface SleepBlocker {
  start(type: 'prevent-display-sleep'): number;
  stop(id: number): void;
}

/**
 * Keeps the display awake while a case is on the screen: a computer that goes to sleep in the middle of a capture or a
 * halt loses the moment. Feed it each state of the app.
 */
export function createWakefulness(blocker: SleepBlocker): (state: Pick<AppState, 'case'>) => void {
  let held: number | null = null;
  return (state) => {
    const wanted = state.case !== null;
    if (wanted && held === null) held = blocker.start('prevent-display-sleep');
    if (!wanted && held !== null) {
      blocker.stop(held);
      held = null;
    }
  };
}
