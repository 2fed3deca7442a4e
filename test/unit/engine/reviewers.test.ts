import { afterAll, describe, expect, test } from '@jest/globals';
import { createApp, type App } from '../../../src/engine/app.js';
import type { AppState } from '../../../src/ipc/state.js';
import type { EnginePorts } from '../../../src/engine/ports.js';
import { folderPort } from '../../../main/folders.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { filesUnder, freshFolder, JMK, newVaultFolder, PAS, removeFolders, TestClock } from '../vault/support.js';
import { CASE, codeOf, enginePorts, NO_HOST } from './support.js';

afterAll(removeFolders);

const BOTH = { first: PAS, second: JMK };
const DAO = { initials: 'DAO', name: 'Dele A. Okafor', position: 'Head of Year', role: 'dsl' as const, passphrase: 'basket comet river pilot' };
const OPENING = { ...CASE, suspected: [] };
const OWN_WORDS = 'kT9$vQ2mWx4z';

interface Running {
  readonly app: App;
  readonly clock: TestClock;
  readonly folder: string;
  state(): Promise<AppState>;
}

/** The app over a vault of its own; both signed in unless `before`. */
async function running(options: { folder?: string; clock?: TestClock; before?: boolean; ports?: Partial<EnginePorts> } = {}): Promise<Running> {
  const clock = options.clock ?? new TestClock();
  const folder = options.folder ?? (await newVaultFolder());
  const app = await createApp(folder, true, enginePorts(clock, { folders: folderPort(freshFolder()), ...options.ports }), memoryIntake);
  if (options.before !== true) await app.handlers['sign-in'](BOTH);
  return { app, clock, folder, state: () => app.handlers['state.get']({}) };
}

const SEALED = async ({ app }: Running): Promise<void> => {
  await app.handlers['case.open'](OPENING);
  await app.handlers.conclude({ substance: false, outcomes: [], text: 'Nothing was found' });
  await app.handlers.seal({ ...BOTH, read: (await app.handlers['record.list']({ from: 0, count: 1 })).total });
  await app.handlers['case.close']({});
};

describe('reviewers', () => {
  test('are enrolled and removed, and sign in or do not', async () => {
    const { app, clock, state } = await running();
    const steps: string[] = [];
    app.onEvent((name, value) => { if (name === 'progress' && value !== null) steps.push((value as { task: string }).task); });
    await app.handlers['reviewers.enrol']({ ...BOTH, reviewer: DAO });
    expect(steps).toEqual(['reviewers']);
    expect((await state()).progress).toBeNull();
    expect((await state()).admin?.reviewers.at(-1)).toMatchObject({ initials: 'DAO', role: 'dsl', status: 'active', passphraseSince: clock.now(), changeDue: false });
    await app.handlers['sign-out']({ signatures: null });
    expect((await state()).admin).toBeNull();
    await app.handlers['sign-in']({ first: DAO, second: JMK });
    clock.pass(60);
    await app.handlers['reviewers.remove']({ first: DAO, second: JMK, initials: 'PAS' });
    expect((await state()).admin?.reviewers[0]).toMatchObject({ initials: 'PAS', status: 'removed', removedAt: clock.now() });
    expect((await state()).reviewers.map(({ initials }) => initials)).toEqual(['JMK', 'DAO']);
    await app.handlers['sign-out']({ signatures: null });
    expect(await codeOf(() => app.handlers['sign-in'](BOTH))).toBe('auth.removed-reviewer');
    await app.close();
  });

  test('are not changed while a case is open, on a halted computer, or while something else is under way', async () => {
    const { app, state } = await running();
    const acts = (): Promise<null | { words: readonly string[] }>[] => [
      app.handlers['reviewers.enrol']({ ...BOTH, reviewer: DAO }), app.handlers['reviewers.remove']({ ...BOTH, initials: 'JMK' }), app.handlers['recovery.make']({ ...BOTH, holder: 'The chair of governors' }),
    ];
    await app.handlers['case.open'](OPENING);
    for (const act of acts()) expect(await codeOf(() => act)).toBe('reviewers.case-open');
    await app.handlers.stop({ by: 'PAS' });
    await app.handlers['halt.answer']({ by: 'PAS', answer: 'suspected', sentence: 'We saw a plain square' });
    for (const act of acts()) expect(await codeOf(() => act)).toBe('computer.halted');
    await app.handlers['passphrase.change']({ ...PAS, newPassphrase: 'copper window thistle ferry' });
    expect((await state()).screen).toBe('halted');
    await app.close();

    const other = await running();
    const enrolling = other.app.handlers['reviewers.enrol']({ ...BOTH, reviewer: DAO });
    expect(await codeOf(() => other.app.handlers['reviewers.remove']({ ...BOTH, initials: 'JMK' }))).toBe('work.busy');
    expect(await codeOf(() => other.app.handlers['case.open'](OPENING))).toBe('work.busy');
    await other.app.handlers.lock({});
    await enrolling;
    // Stepping out waits for the keys to be whole, and then locks.
    expect(await other.state()).toMatchObject({ screen: 'locked', admin: null, locked: { reason: 'step-out' } });
    await other.app.handlers.resume(BOTH);
    expect((await other.state()).admin?.reviewers).toHaveLength(3);
    await other.app.close();
  });

  test('have a role from set-up on', async () => {
    const app = await createApp(freshFolder(), false, enginePorts(new TestClock()), memoryIntake);
    const person = (initials: string, role: 'dsl' | 'head') => ({ initials, role, name: `Person ${initials}`, position: 'Teacher' });
    const details = { organisation: 'Ash Grove Academy', computer: { name: 'REVIEW-01', location: 'Office' }, contacts: { policeForce: '', safeguardingLead: '', lado: '', support: '' } };
    expect(await codeOf(() => app.handlers['set-up']({ ...details, reviewers: [{ ...person('PAS', 'dsl'), passphrase: 'ash grove academy' }, { ...person('JMK', 'head'), passphrase: JMK.passphrase }] }))).toBe('auth.weak-passphrase');
    expect((await app.handlers['state.get']({})).screen).toBe('set-up');
    await app.handlers['set-up']({ ...details, reviewers: [{ ...person('PAS', 'dsl'), passphrase: PAS.passphrase }, { ...person('JMK', 'head'), passphrase: JMK.passphrase }] });
    expect((await app.handlers['state.get']({})).admin?.reviewers.map(({ role }) => role)).toEqual(['dsl', 'head']);
    await app.close();
  }, 120_000);
});

describe('the recovery sheet', () => {
  test('enrols a replacement before sign-in, once, and nothing else', async () => {
    const { app, state } = await running();
    const { words } = await app.handlers['recovery.make']({ ...BOTH, holder: 'Ms Chair' });
    expect(words).toHaveLength(24);
    expect((await state()).admin?.recoverySheet).toMatchObject({ holder: 'Ms Chair' });
    const ask = { ...JMK, words: words.join(' '), reviewer: DAO };
    expect(await codeOf(() => app.handlers.recover(ask))).toBe('auth.already');
    await app.handlers['sign-out']({ signatures: null });
    expect(await codeOf(() => app.handlers.recover({ ...ask, reviewer: { ...DAO, passphrase: 'Password1' } }))).toBe('auth.weak-passphrase');
    expect(await codeOf(() => app.handlers.recover({ ...ask, words: 'abandon' }))).toBe('recovery.bad-words');
    await app.handlers.recover(ask);
    expect(await state()).toMatchObject({ screen: 'sign-in', signedIn: null, admin: null });
    expect(await codeOf(() => app.handlers.recover({ ...ask, reviewer: { ...DAO, initials: 'XYZ' } }))).toBe('recovery.none');
    await app.handlers['sign-in']({ first: DAO, second: JMK });
    expect((await state()).admin).toMatchObject({ recoverySheet: null });
    expect((await state()).admin?.reviewers.at(-1)).toMatchObject({ initials: 'DAO', role: 'dsl' });
    await app.close();
  });

  test('works on a halted computer, where the second person is needed most', async () => {
    const { app } = await running();
    const { words } = await app.handlers['recovery.make']({ ...BOTH, holder: 'Ms Chair' });
    await app.handlers['case.open'](OPENING);
    await app.handlers.stop({ by: 'PAS' });
    await app.handlers['halt.answer']({ by: 'PAS', answer: 'suspected', sentence: '' });
    await app.handlers['sign-out']({ signatures: null });
    await app.handlers.recover({ ...JMK, words: words.join(' '), reviewer: DAO });
    await app.handlers['sign-in']({ first: DAO, second: JMK });
    expect((await app.handlers['state.get']({})).screen).toBe('halted');
    await app.close();
  });
});

describe('passphrases', () => {
  test('are changed by their owner, and the old one opens nothing', async () => {
    const { app, clock, state } = await running();
    clock.pass(3_600);
    expect(await codeOf(() => app.handlers['passphrase.change']({ ...PAS, newPassphrase: 'Summer2026!' }))).toBe('auth.weak-passphrase');
    expect(await codeOf(() => app.handlers['passphrase.change']({ ...PAS, passphrase: 'not the right one', newPassphrase: OWN_WORDS }))).toBe('auth.bad-passphrase');
    clock.pass(60);
    await app.handlers['passphrase.change']({ ...PAS, newPassphrase: OWN_WORDS });
    expect((await state()).admin?.reviewers[0]).toMatchObject({ initials: 'PAS', passphraseSince: clock.now() });
    await app.handlers['sign-out']({ signatures: null });
    expect(await codeOf(() => app.handlers['sign-in'](BOTH))).toBe('auth.bad-passphrase');
    clock.pass(60);
    await app.handlers['sign-in']({ first: { ...PAS, passphrase: OWN_WORDS }, second: JMK });
    await app.close();
  });

  test('follow the school’s rules from then on, and what is due is shown and locks nobody out', async () => {
    const { app, clock, folder, state } = await running();
    const rules = { minimumLength: 14, mixed: true, changeMonths: 6 };
    await app.handlers['passphrase-rules.save'](rules);
    expect((await state()).admin?.passphraseRules).toEqual(rules);
    expect(await app.handlers['passphrase.strength']({ passphrase: OWN_WORDS, own: [] })).toMatchObject({ accepted: false, sentence: 'The school’s rules ask for at least 14 characters.' });
    expect(await codeOf(() => app.handlers['passphrase.change']({ ...JMK, newPassphrase: OWN_WORDS }))).toBe('auth.weak-passphrase');
    await app.handlers['passphrase.change']({ ...PAS, newPassphrase: 'forest window abandon zebra' });
    await app.close();
    clock.pass(200 * 86_400);
    const later = await running({ folder, clock, before: true });
    await later.app.handlers['sign-in']({ first: { ...PAS, passphrase: 'forest window abandon zebra' }, second: JMK });
    expect((await later.state()).admin?.reviewers.map(({ initials, changeDue }) => [initials, changeDue])).toEqual([['PAS', false], ['JMK', true]]);
    await later.app.close();
  });

  test('are judged before sign-in by the app’s floor alone', async () => {
    const { app } = await running({ before: true });
    expect(await app.handlers['passphrase.strength']({ passphrase: OWN_WORDS, own: ['Priya'] })).toMatchObject({ accepted: true });
    expect(await app.handlers['passphrase.strength']({ passphrase: 'Ash Grove Academy 1', own: [] })).toMatchObject({ accepted: false });
    await app.close();
  });
});

describe('the review date', () => {
  test('is so many months after the sealing, for sealed cases alone', async () => {
    const started = await running();
    const { app, clock, folder, state } = started;
    await SEALED(started);
    expect((await state()).cases[0]?.reviewOn).toBeNull();
    await app.handlers['retention.save']({ ...BOTH, months: 12 });
    expect((await state()).cases[0]?.reviewOn).toBe('2027-11-24T10:00:00.000Z');
    expect((await state()).admin?.retentionMonths).toBe(12);
    await app.close();
    const again = await running({ folder, clock });
    expect((await again.state()).cases[0]?.reviewOn).toBe('2027-11-24T10:00:00.000Z');
    await again.app.handlers['retention.save']({ ...BOTH, months: null });
    expect((await again.state()).cases[0]?.reviewOn).toBeNull();
    await again.app.close();
  });
});

describe('what the installation shows', () => {
  test('is the last backup and the last check as well, once they are made', async () => {
    const { app, clock, folder, state } = await running();
    expect((await state()).admin).toMatchObject({ lastBackupAt: null, lastCheck: null });
    await app.handlers['backup.make']({ folder: freshFolder() });
    await app.handlers['check.full']({});
    const shown = { lastBackupAt: clock.now(), lastCheck: { at: clock.now(), findings: 0 } };
    expect((await state()).admin).toMatchObject(shown);
    await app.close();
    const again = await running({ folder, clock });
    expect((await again.state()).admin).toMatchObject(shown);
    await again.app.close();
  });

  test('an enrolment sheet overwrites nothing', async () => {
    const pages: string[] = [];
    const exportFolder = freshFolder();
    const { app } = await running({ ports: { exportFolder, host: { ...NO_HOST, printPdf: (html) => { pages.push(html); return Promise.resolve(Buffer.from('%PDF-1.7')); } } } });
    const first = await app.handlers['enrolment-sheet.save']({ folder: null });
    const second = await app.handlers['enrolment-sheet.save']({ folder: exportFolder });
    expect([first.bytes, filesUnder(exportFolder).length, first.path === second.path]).toEqual([8, 2, false]);
    expect(await codeOf(() => app.handlers['enrolment-sheet.save']({ folder: 'here' }))).toBe('folders.not-absolute');
    expect(pages[0]).toContain('Priya Anand-Sutton');
    await app.handlers['sign-out']({ signatures: null });
    expect(await codeOf(() => app.handlers['enrolment-sheet.save']({ folder: null }))).toBe('auth.not-signed-in');
    await app.close();
  });
});
