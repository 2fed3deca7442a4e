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

/** The part of `powerMonitor` that is used. */
export interface PowerEvents {
  on(event: 'suspend' | 'lock-screen' | 'shutdown', listener: () => void): unknown;
}

/**
 * Nobody sits before a computer that sleeps, shuts down or is locked: the app locks with it, and its record says why. How long a
 * computer slept shows as a jump of the clock in the first entry after it.
 */
export function lockWithComputer(power: PowerEvents, lock: () => void): void {
  power.on('suspend', lock);
  power.on('lock-screen', lock);
  power.on('shutdown', lock);
}
