import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { finishingStands, finishingSteps } from '../../../renderer/logic/set-up-steps.js';
import { placeAfter } from '../../../renderer/logic/places.js';
import type { AdminState } from '../../../src/ipc/admin-state.js';
import type { AppState } from '../../../src/ipc/state.js';

const CONTACTS = { policeForce: 'x', safeguardingLead: 'x', lado: 'x', support: 'x', head: 'x', chair: 'x', hr: 'none', chiefExecutive: 'none', iwf: 'x', ceop: 'x' };
const app = (change: Partial<AppState> = {}): AppState => ({ contacts: CONTACTS, settings: { idleMinutes: 10, sntpServer: null }, screen: 'cases', case: null, ...change }) as AppState;
const admin = (change: Partial<AdminState> = {}): AdminState => ({ recoverySheet: null, retentionMonths: null, timeAuthorities: [], lastBackupAt: null, ...change }) as AdminState;

test('a set-up that was left says what is done and what comes next, and what a crisis needs cannot be decided against', () => {
  const steps = finishingSteps(app(), admin(), 0);
  expect(steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'contacts done', 'recovery-sheet open', 'enrolment-sheet open', 'retention open', 'marking open', 'time open', 'lists open', 'backup open',
  ]);
  expect(finishingStands(steps).next?.id).toBe('recovery-sheet');
  expect(steps.filter(({ optional }) => !optional).map(({ id }) => id)).toEqual(['contacts', 'recovery-sheet', 'enrolment-sheet', 'backup']);
});

test('a step that was decided against is behind the two, and one that is done stays done', () => {
  const steps = finishingSteps(app(), admin({ recoverySheet: { holder: 'M', at: '' }, lastBackupAt: 'x', retentionMonths: 12, setUpSkipped: ['enrolment-sheet', 'marking', 'time', 'retention'] }), 3);
  expect(finishingStands(steps)).toEqual({ behind: 8, next: null });
  expect(steps.find(({ id }) => id === 'retention')?.state).toBe('done');
  // It lies on paper, where the app cannot see it: the two have said that it is printed.
  expect(steps.find(({ id }) => id === 'enrolment-sheet')?.state).toBe('done');
});

test('numbers that were given are not asked for as if there were none', () => {
  const [contacts] = finishingSteps(app({ contacts: { ...CONTACTS, head: '', chair: '' } }), admin(), 0);
  expect([contacts?.state, contacts?.why]).toEqual(['open', '2 are still missing. They show on the screen when something must be stopped.']);
});

test('once the keys are made the sequence goes on with what is left', () => {
  expect(placeAfter(app({ screen: 'set-up' }), app(), 'home')).toBe('finish-set-up');
  expect(placeAfter(app({ screen: 'sign-in' }), app(), 'home')).toBe('home');
});

test('every package of the app stands under “About” with the licence that it has', () => {
  const source = readFileSync('renderer/features/register/licences.ts', 'utf8');
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies)) {
    const { license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { license: string };
    const row = source.split('\n').findIndex((line) => line.includes(`'${name}'`));
    const under = source.split('\n').slice(0, row + 1).findLast((line) => /^ {2}'[A-Za-z0-9.-]+': \[/.test(line)) ?? '';
    expect([name, license.includes(/'([^']+)'/.exec(under)?.[1] ?? 'none')]).toEqual([name, true]);
  }
});
