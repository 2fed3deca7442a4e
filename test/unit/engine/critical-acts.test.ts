import { afterAll, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { createApp, type App } from '../../../src/engine/app.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { freshFolder, JMK, newVaultFolder, PAS, removeFolders, TestClock } from '../vault/support.js';
import { CASE, codeOf, enginePorts, NO_HOST } from './support.js';

afterAll(removeFolders);

const DAO = { initials: 'DAO', name: 'Dele A. Okafor', position: 'Head of Year', role: 'dsl' as const, passphrase: 'basket comet river pilot' };
const EVE = { initials: 'EVE', name: 'Eve V. Example', position: 'Teacher', role: 'head' as const, passphrase: 'copper window thistle ferry' };
const BOTH = { first: PAS, second: JMK };
type Both = typeof BOTH;

/** Every critical act of the contract, in an order in which each is possible once those before it are done. */
function criticalActs(app: App, caseId: () => string): readonly (readonly [name: string, act: (both: Both) => Promise<unknown>])[] {
  const { handlers } = app;
  return [
    ['case.open', (both) => handlers['case.open']({ ...CASE, suspected: [], ...both })],
    ['export', (both) => handlers.export({ recipient: 'police', ...both, folder: null, encrypt: true })],
    ['seal', async (both) => handlers.seal({ ...both, read: (await handlers['record.list']({ from: 0, count: 1 })).total })],
    ['reviewers.enrol', (both) => handlers['reviewers.enrol']({ ...both, reviewer: EVE })],
    ['reviewers.remove', (both) => handlers['reviewers.remove']({ ...both, initials: 'EVE' })],
    ['reviewers.change-keys', (both) => handlers['reviewers.change-keys']({ ...both, initials: 'JMK' })],
    ['recovery.make', (both) => handlers['recovery.make']({ ...both, holder: 'The chair of governors' })],
    ['retention.save', (both) => handlers['retention.save']({ ...both, months: 12 })],
    ['case.destroy', (both) => handlers['case.destroy']({ ...both, id: caseId(), reason: 'Kept for as long as the policy says', reference: CASE.reference })],
  ];
}

test('every critical act asks both who are signed in for their passphrases, and without them nothing happens', async () => {
  const clock = new TestClock();
  const exportFolder = freshFolder();
  const app = await createApp(await newVaultFolder(), true, enginePorts(clock, { exportFolder, host: { ...NO_HOST, printPdf: () => Promise.resolve(Buffer.from('%PDF-1.7\n%%EOF\n')) } }), memoryIntake);
  await app.handlers['sign-in'](BOTH);
  await app.handlers['reviewers.enrol']({ ...BOTH, reviewer: DAO });
  let id = '';
  const shown = async (): Promise<string> => {
    const { progress: _progress, ...state } = await app.handlers['state.get']({});
    return JSON.stringify([state, readdirSync(exportFolder), (await app.handlers['destructions.list']({})).destructions]);
  };
  const wrong = 'something else entirely';
  for (const [name, act] of criticalActs(app, () => id)) {
    const before = await shown();
    const asked: (readonly [Both, string | RegExp])[] = [
      [{ first: { ...PAS, passphrase: wrong }, second: JMK }, 'auth.bad-passphrase'],
      [{ first: PAS, second: { ...JMK, passphrase: wrong } }, 'auth.bad-passphrase'],
      [{ first: PAS, second: PAS }, 'auth.same-person'],
      [{ first: JMK, second: { ...JMK, passphrase: PAS.passphrase } }, 'auth.same-person'],
      [{ first: PAS, second: DAO }, 'auth.not-signed-in'],
      [{ first: DAO, second: JMK }, 'auth.not-signed-in'],
    ];
    for (const [both, code] of asked) {
      expect([name, await codeOf(() => act(both))]).toEqual([name, code]);
      clock.pass(61);
    }
    expect([name, await shown()]).toEqual([name, before]);
    expect([name, await codeOf(() => act(BOTH))]).toEqual([name, 'none']);
    expect([name, (await shown()) === before]).toEqual([name, false]);
    const { case: open } = await app.handlers['state.get']({});
    if (name === 'case.open') id = open?.id ?? '';
    if (name === 'export') await app.handlers.conclude({ substance: false, outcomes: [], text: 'Nothing was found' });
    if (name === 'seal') await app.handlers['case.close']({});
  }
  await app.close();
}, 240_000);
