import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createApp, type App } from '../../../src/engine/app.js';
import type { AppState } from '../../../src/ipc/state.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { practicePort } from '../../../main/practice.js';
import { JMK, newVaultFolder, PAS, removeFolders, TestClock } from '../vault/support.js';
import { CASE, codeOf, enginePorts, PRE_FLIGHT } from './support.js';

afterAll(removeFolders);

async function ready(): Promise<{ app: App; folder: string; left: () => string[] }> {
  const folder = await newVaultFolder();
  const app = await createApp(folder, true, enginePorts(new TestClock(), { practice: practicePort(folder) }), memoryIntake);
  return { app, folder, left: () => readdirSync(dirname(folder)).filter((name) => name.startsWith(`${basename(folder)}-practice-`)) };
}

const ONE = { initials: 'PRA', passphrase: 'practice one' };
const TWO = { initials: 'PRB', passphrase: 'practice two' };

test('a practice begins without any passphrase, in a vault of its own, and is destroyed on leaving', async () => {
  const { app, left } = await ready();
  const seen: AppState[] = [];
  app.onEvent((name, value) => { if (name === 'state') seen.push(value as AppState); });
  await app.handlers['practice.start']({});
  const state = await app.handlers['state.get']({});
  expect([state.screen, state.organisation, state.practice?.passphrases.map(({ passphrase }) => passphrase)]).toEqual(['cases', 'PRACTICE, no real school', ['practice one', 'practice two']]);
  expect(Object.values(state.contacts).every((number) => number === 'PRACTICE: nobody is called')).toBe(true);
  expect(left()).toHaveLength(1);
  await app.handlers['case.open']({ ...CASE, suspected: [], first: ONE, second: TWO });
  await app.handlers['pre-flight.add'](PRE_FLIGHT);
  await app.handlers['practice.end']({});
  expect(left()).toEqual([]);
  expect(await app.handlers['state.get']({})).toMatchObject({ screen: 'sign-in', organisation: 'Ash Grove Academy', cases: [] });
  expect((await app.handlers['state.get']({})).practice).toBeUndefined();
  expect(seen.at(-1)?.screen).toBe('sign-in');
  // Not even while it is closed do the screens hear of it as if it were real.
  expect(seen.filter(({ organisation, practice }) => practice === undefined && organisation.startsWith('PRACTICE'))).toEqual([]);
  await app.close();
});

test('nothing of a practice reaches the real cases, and its passphrases open nothing of them', async () => {
  const { app } = await ready();
  await app.handlers['sign-in']({ first: PAS, second: JMK });
  await app.handlers['practice.start']({});
  await app.handlers['case.open']({ ...CASE, suspected: [], first: ONE, second: TWO });
  expect(await codeOf(() => app.handlers['practice.start']({}))).toBe('practice.started');
  await app.handlers['practice.end']({});
  expect((await app.handlers['state.get']({})).cases).toEqual([]);
  expect(await codeOf(() => app.handlers['case.open']({ ...CASE, suspected: [], first: ONE, second: TWO }))).toBe('auth.not-signed-in');
  await app.close();
});

test('nobody practises beside an open case or behind a lock', async () => {
  const { app, left } = await ready();
  await app.handlers['sign-in']({ first: PAS, second: JMK });
  await app.handlers['case.open']({ ...CASE, suspected: [], first: PAS, second: JMK });
  expect(await codeOf(() => app.handlers['practice.start']({}))).toBe('practice.case-open');
  await app.handlers.lock({});
  expect(await codeOf(() => app.handlers['practice.start']({}))).toBe('auth.locked');
  expect(left()).toEqual([]);
  await app.close();
});

test('what a killed app left of a practice is taken away at the next start', async () => {
  const { folder } = await ready();
  const place = await practicePort(folder).begin();
  const app = await createApp(await newVaultFolder(), true, enginePorts(new TestClock(), { practice: practicePort(folder) }), memoryIntake);
  expect(existsSync(dirname(place.folder))).toBe(false);
  await place.end();
  await app.close();
});
