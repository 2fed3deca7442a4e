import { readdirSync, readFileSync } from 'node:fs';
import { electronProgram } from '../../main/cli/electron-program.js';
import { startInElectron } from './electron-app.js';
import { startApp, type AppPlaces, type RunningApp } from './running-app.js';

/** What shows the app's window. */
export interface WindowHost {
  readonly name: 'Chromium' | 'Electron';
  /** Why it cannot be used on this machine, or null when it can. */
  whyNot(): string | null;
  start(places: AppPlaces): Promise<RunningApp>;
  /** Folder of the gallery for the pictures of a suite. */
  pictures(suite: string): string;
  /** Numbers of the processes of a page that stand still, of the app at `home` alone: other tests stop theirs at the same time. */
  stopped(home: string): readonly string[];
}

/** Every host, whether it is here or not. */
export const WINDOW_HOSTS: readonly WindowHost[] = [
  {
    name: 'Chromium',
    whyNot: () => null,
    start: startApp,
    pictures: (suite) => suite,
    // Once the first of a browser's processes stands still, the others cannot take it away.
    stopped: (home) => stopped(home, (command) => command.includes('chrom') && !command.includes('--type=')),
  },
  {
    name: 'Electron',
    whyNot: () => (electronProgram() === null ? 'Electron’s program has not been downloaded' : null),
    start: startInElectron,
    pictures: (suite) => `electron-${suite}`,
    stopped: (home) => stopped(home, (command) => command.includes('--type=renderer')),
  },
];

/** Whether a process runs: one that stands still or has ended does not. */
export function goesOn(pid: string): boolean {
  return !['T', 'Z', 'X', null].includes(stateOf(pid));
}

function stopped(home: string, chosen: (command: string) => boolean): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return stateOf(pid) === 'T' && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(home) && chosen(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      return false;
    }
  });
}

/** Linux, proc(5): the letter after the command's name; null when there is no such process. */
function stateOf(pid: string): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] ?? null;
  } catch {
    return null;
  }
}
