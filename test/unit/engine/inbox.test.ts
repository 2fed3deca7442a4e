import { afterAll, expect, test } from '@jest/globals';
import { createApp, type App } from '../../../src/engine/app.js';
import type { JsonValue } from '../../../src/record/canonical-json.js';
import { recordLine } from '../../../src/engine/record-lines.js';
import { openVault } from '../../../src/vault/vault.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { force, JMK, newVaultFolder, openBoth, PAS, portsWith, removeFolders, shell, TestClock } from '../vault/support.js';
import { CASE, codeOf, enginePorts, kindsOf, signedIn, told, withCase } from './support.js';

afterAll(removeFolders);

const CALL = { by: 'JMK', force: 'Ash Constabulary', officer: 'PC 4411', reference: 'AC-0911', advice: 'Leave it on' } as const;

/** A vault whose case is halted, closed. */
async function haltedVault(): Promise<{ folder: string; clock: TestClock; id: string }> {
  const started = await withCase();
  await started.engine.openedCase.halt.stop('PAS');
  await started.engine.openedCase.halt.answer('PAS', 'stop-suspected', '');
  await started.engine.close();
  return started;
}

function appOver(folder: string, clock: TestClock): Promise<App> {
  return createApp(folder, true, enginePorts(clock), memoryIntake);
}

/** Posts as somebody could who has the disk: through the same public key, of any kind but the vault's own. */
async function post(folder: string, clock: TestClock, kind: string, data: JsonValue): Promise<void> {
  const locked = await openVault(folder, portsWith(clock));
  await locked.post(kind, data);
  await locked.close();
}

test('a call that one reviewer logs before two have signed in is sealed, and then in the record of the halted case, said to be logged alone', async () => {
  const { folder, clock } = await haltedVault();
  clock.pass(60);
  const app = await appOver(folder, clock);
  expect(await codeOf(() => app.handlers['crisis.call']({ ...CALL, by: 'XYZ' }))).toBe('auth.unknown-reviewer');
  await app.handlers['crisis.call'](CALL);
  const loggedAt = clock.now();
  expect(shell(folder, 'SELECT hex(sealed) FROM inbox')).not.toContain(Buffer.from('Ash').toString('hex').toUpperCase());
  clock.pass(60);
  await app.handlers['sign-in']({ first: PAS, second: JMK });
  const { case: open } = await app.handlers['state.get']({});
  expect(open?.halt?.calls).toEqual([{ force: 'Ash Constabulary', officer: 'PC 4411', reference: 'AC-0911', advice: 'Leave it on', calledAt: loggedAt, loggedAlone: loggedAt, by: ['JMK'], seq: expect.any(Number), added: [] }]);
  const { items } = await app.handlers['record.list']({ from: 0, count: 500 });
  const call = items.find((item) => item.kind === 'police-call');
  expect(call).toMatchObject({ by: ['JMK'], signed: true });
  expect(call?.detail).toContain('Logged by one reviewer before both had signed in, at 2026-11-24 10:01:00 UTC');
  expect(await codeOf(() => app.handlers['crisis.call'](CALL))).toBe('auth.already');
  expect(shell(folder, 'SELECT count(*) FROM inbox')).toBe('0\n');
  await app.close();
});

test('a crash before the inbox is cleared loses nothing and doubles nothing', async () => {
  const { folder, clock } = await haltedVault();
  clock.pass(60);
  await post(folder, clock, 'halt-call', { caseReference: CASE.reference, ...CALL });
  const rows = shell(folder, 'SELECT lane, quote(sealed) FROM inbox').trim().split('|');
  for (let round = 0; round < 2; round += 1) {
    const app = await appOver(folder, clock);
    await app.handlers['sign-in']({ first: PAS, second: JMK });
    const { case: open } = await app.handlers['state.get']({});
    expect(open?.halt?.calls).toHaveLength(1);
    await app.close();
    // As if the last step had never come to the disk.
    force(folder, `INSERT INTO inbox (lane, sealed) VALUES ('${rows[0] ?? ''}', ${rows[1] ?? ''})`);
    clock.pass(60);
  }
});

test('the same holds when another case is opened after the crash', async () => {
  const started = await signedIn();
  const { engine, clock, folder } = started;
  const first = await engine.openCase(CASE);
  await engine.closeCase();
  await engine.signOut();
  await codeOf(() => engine.signIn({ ...PAS, passphrase: 'not the one' }, JMK));
  clock.pass(60);
  const rows = shell(folder, 'SELECT lane, quote(sealed) FROM inbox').trim().split('|');
  await engine.signIn(PAS, JMK);
  await engine.showCase(first);
  expect(told(started, 'wrong-passphrase')).toHaveLength(1);
  await engine.close();
  const crashed = await openBoth(folder, clock);
  await crashed.vault.putSetting('inbox-into', first);
  await crashed.locked.close();
  force(folder, `INSERT INTO inbox (lane, sealed) VALUES ('${rows[0] ?? ''}', ${rows[1] ?? ''})`);
  const again = await signedIn({}, folder, clock);
  await again.engine.openCase({ ...CASE, reference: '2026-015' });
  expect(told(again, 'wrong-passphrase')).toEqual([]);
  expect(shell(folder, 'SELECT count(*) FROM inbox')).toBe('0\n');
  await again.engine.close();
});

test('what strangers put there is one entry with a number, and never a crash', async () => {
  const { folder, clock } = await haltedVault();
  const locked = await openVault(folder, portsWith(clock));
  const junk: [string, JsonValue][] = [
    ['halt-call', null], ['halt-call', { caseReference: CASE.reference, ...CALL, by: 'XYZ' }], ['halt-call', { ...CALL, force: 'x'.repeat(600), caseReference: '' }],
    ['halt-call', { ...CALL, caseReference: CASE.reference, more: 1 }], ['something', { a: [[[[]]]] }], ['halt-call', [1, 2, 3]],
  ];
  for (const [kind, data] of junk) await locked.post(kind, data);
  await locked.close();
  force(folder, `INSERT INTO inbox (lane, sealed) VALUES ('vault', zeroblob(2000)), ('person', zeroblob(1))`);
  const started = await signedIn({}, folder, clock);
  await started.engine.showCase(started.engine.haltedCase?.id ?? '');
  expect(told(started, 'inbox-unreadable')).toEqual([{ items: junk.length + 2 }]);
  expect(kindsOf(started)).not.toContain('police-call');
  expect(shell(folder, 'SELECT count(*) FROM inbox')).toBe('0\n');
  await started.engine.close();
});

test('a call waits for its own halted case; a hundred go into the record at a time', async () => {
  const folder = await newVaultFolder();
  const clock = new TestClock();
  await (await openBoth(folder, clock)).locked.close();
  const locked = await openVault(folder, portsWith(clock));
  for (let i = 0; i < 105; i += 1) await locked.post('halt-call', { caseReference: CASE.reference, ...CALL, reference: String(i) });
  await locked.close();
  const started = await signedIn({}, folder, clock);
  const { engine } = started;
  await engine.openCase({ ...CASE, reference: '2026-015' });
  await engine.closeCase();
  const id = await engine.openCase(CASE);
  expect(kindsOf(started)).not.toContain('police-call');
  await engine.openedCase.halt.stop('PAS');
  await engine.openedCase.halt.answer('PAS', 'stop-unsure', '');
  await engine.closeCase();
  for (const expected of [100, 105]) {
    await engine.showCase(id);
    expect(told(started, 'police-call')).toHaveLength(expected);
    await engine.closeCase();
  }
  await engine.close();
});

test('a use of the recovery sheet is in the record of the case that is opened next: who used it, and who was enrolled', async () => {
  const { engine, folder, clock } = await signedIn();
  await engine.close();
  const { locked, vault } = await openBoth(folder, clock);
  const words = await vault.makeRecoverySheet(PAS, JMK, 'Chair of governors');
  await locked.recover(PAS, words.join(' '), { initials: 'NEW', name: 'Nora E. Wells', position: 'Head of year', passphrase: 'meadow copper bottle signal' });
  await locked.close();
  const started = await signedIn({}, folder, clock);
  await started.engine.openCase(CASE);
  const [recovered] = told(started, 'recovered');
  expect(recovered).toEqual({ by: 'PAS', initials: 'NEW', name: 'Nora E. Wells', at: '2026-11-24T10:00:00.000Z' });
  expect(recordLine('recovered', recovered ?? { by: '', initials: '', name: '', at: '' }, ['app'])).toMatchObject({ line: 'The recovery sheet was used by PAS to enrol NEW' });
  await started.engine.close();
});
