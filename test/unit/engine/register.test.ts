import { afterAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../../src/engine/app.js';
import { FINDING_WORDS } from '../../../src/engine/check-findings.js';
import { FACT_SENTENCES } from '../../../src/engine/destroyed-cases.js';
import type { AdminCallResults } from '../../../src/ipc/admin-contract.js';
import { DESTRUCTION_FACTS } from '../../../src/vault/destruction.js';
import { folderPort } from '../../../main/folders.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { filesUnder, force, freshFolder, JMK, PAS, removeFolders, shell, TestClock } from '../vault/support.js';
import { CASE, codeOf, enginePorts, recordOf, signedIn, withCase, type Started } from './support.js';

afterAll(removeFolders);

const REASON = 'Kept for as long as the policy says';

/** A case that is concluded, sealed and closed. */
async function sealedCase(started: Started, reference: string = CASE.reference): Promise<string> {
  const { engine } = started;
  const id = await engine.openCase({ ...CASE, reference, reason: 'Reported by somebody' });
  await engine.openedCase.addNote('PAS', 'Nothing more was found');
  await engine.openedCase.conclude({ substance: false, outcomes: [], text: 'No substance' });
  await engine.openedCase.seal(PAS, JMK, engine.openedCase.context.record.count);
  await engine.closeCase();
  return id;
}

describe('a backup', () => {
  test('goes into a folder of its own, is registered with references, and is where a case still is', async () => {
    const started = await signedIn();
    const { engine, clock } = started;
    const id = await sealedCase(started);
    const place = freshFolder();
    writeFileSync(join(place, 'mine.txt'), 'mine');
    const made = await engine.register.backUpInto(place);
    expect(made).toMatchObject({ by: ['PAS', 'JMK'], cases: [CASE.reference], destroyed: 0 });
    expect(made.place).toMatch(/countersign-backup-20261124-100000$/);
    clock.pass(60);
    const later = await engine.register.backUpInto(place);
    expect((await engine.register.backups()).map((each) => each.place)).toEqual([later.place, made.place]);
    expect(await engine.register.holdings(id)).toEqual({ reference: CASE.reference, backups: [{ at: made.at, place: made.place }, { at: later.at, place: later.place }], exports: [], refused: null });
    await engine.register.destroy(PAS, JMK, id, REASON, CASE.reference);
    expect((await engine.register.backups())[0]).toMatchObject({ cases: [], destroyed: 1 });
    await engine.close();
  });

  test('is restored where nothing was set up, halt and damage included, and two of its reviewers sign in', async () => {
    const started = await withCase();
    await started.engine.openedCase.halt.stop('PAS');
    await started.engine.openedCase.halt.answer('PAS', 'stop-suspected', 'We saw a plain square');
    const made = await started.engine.register.backUpInto(freshFolder());
    const clock = new TestClock();
    const target = join(freshFolder(), 'vault');
    const app = await createApp(target, false, enginePorts(clock), memoryIntake);
    expect(await codeOf(() => app.handlers['backup.restore']({ folder: freshFolder() }))).toBe('restore.no-backup');
    expect(await codeOf(() => app.handlers['backup.restore']({ folder: 'here/backup' }))).toBe('folders.not-absolute');
    expect(await app.handlers['backup.restore']({ folder: made.place })).toMatchObject({ damaged: 0 });
    expect(await codeOf(() => app.handlers['backup.restore']({ folder: made.place }))).toBe('set-up.done');
    expect(await app.handlers['state.get']({})).toMatchObject({ screen: 'sign-in', crisis: { caseReference: CASE.reference } });
    await app.handlers['sign-in']({ first: PAS, second: JMK });
    expect(await app.handlers['state.get']({})).toMatchObject({ screen: 'halted' });
    await app.close();
    await started.engine.close();
  });

  test('stops when the app locks or somebody cancels, and leaves nothing', async () => {
    for (const stop of [(started: Started) => { started.engine.register.work.cancel(); }, (started: Started) => { void started.engine.lock('step-out'); }]) {
      const started = await signedIn();
      await sealedCase(started);
      const place = join(freshFolder(), 'backup');
      const making = codeOf(() => started.engine.register.backUp(place));
      expect(await codeOf(() => started.engine.register.check())).toBe('work.busy');
      stop(started);
      expect(await making).toBe('vault.cancelled');
      expect(started.engine.register.work.running).toBe(false);
      expect(() => filesUnder(place)).toThrow('ENOENT');
      await started.engine.close();
    }
  });
});

describe('a check of everything', () => {
  test('is in order, is remembered, and keeps cases closed meanwhile', async () => {
    const started = await signedIn();
    const { engine } = started;
    const id = await sealedCase(started);
    const checking = engine.register.check();
    expect(await codeOf(() => engine.showCase(id))).toBe('work.busy');
    expect(await checking).toMatchObject({ at: '2026-11-24T10:00:00.000Z', cases: 1, findings: [] });
    await engine.showCase(id);
    expect(await codeOf(() => engine.register.check())).toBe('case.already-open');
    await engine.close();
  });

  test('names case and entry in a plain sentence', async () => {
    const started = await signedIn();
    const { engine, folder } = started;
    const id = await sealedCase(started);
    await engine.close();
    force(folder, `UPDATE entries SET body = zeroblob(100) WHERE case_id = '${id}' AND seq = 1`);
    const again = await signedIn({}, folder);
    const { findings } = await again.engine.register.check();
    expect(findings).toEqual([{ code: 'entry-altered', reference: CASE.reference, sentence: `Case ${CASE.reference}, entry 1: This entry was changed or damaged.` }]);
    // What cannot be read to its end is not destroyed either.
    expect((await again.engine.register.holdings(id)).refused).toContain('changed by other hands');
    await again.engine.close();
  });

  test('has a sentence for every finding and every fact, in plain words', () => {
    for (const sentence of [...Object.values(FINDING_WORDS), ...Object.values(FACT_SENTENCES)]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(Object.keys(FACT_SENTENCES).sort()).toEqual([...DESTRUCTION_FACTS].sort());
    expect(FACT_SENTENCES['disk-may-keep-blocks']).toContain('SSDs');
  });
});

describe('destroying a case', () => {
  test('takes it from the list and from the disk, and leaves a certificate that both signed', async () => {
    const started = await signedIn();
    const { engine, folder } = started;
    const id = await sealedCase(started);
    expect(await codeOf(() => engine.register.destroy(PAS, { ...JMK, passphrase: 'something else' }, id, REASON, CASE.reference))).toBe('auth.bad-passphrase');
    started.clock.pass(5);
    expect(await codeOf(() => engine.register.destroy(PAS, JMK, id, REASON, '2026-01'))).toBe('destroy.other-reference');
    expect(engine.cases).toHaveLength(1);
    const done = await engine.register.destroy(PAS, JMK, id, REASON, CASE.reference);
    expect(engine.cases).toEqual([]);
    expect(done.certificate).toMatchObject({ id, reference: CASE.reference, by: ['PAS', 'JMK'], reason: REASON });
    expect(done.certificate.words).toHaveLength(8);
    expect(done.facts).toContain(FACT_SENTENCES['disk-may-keep-blocks']);
    expect(await engine.register.destructions()).toEqual([done.certificate]);
    // The line of the list, with its reference and reason, went too.
    expect(shell(folder, `SELECT count(*) FROM settings WHERE name LIKE 'case:%'`)).toBe('0\n');
    expect(await engine.prepareSignOut()).toEqual([]);
    await engine.signOut();
    await engine.close();
  });

  test('is refused for a case that is open, concluded, halted or on the screen, each with its reason', async () => {
    const started = await signedIn();
    const { engine } = started;
    const refusal = async (id: string): Promise<string> => codeOf(() => engine.register.destroy(PAS, JMK, id, REASON, CASE.reference));
    const id = await engine.openCase(CASE);
    expect(await refusal(id)).toBe('destroy.open');
    await engine.closeCase();
    expect(await refusal(id)).toBe('destroy.not-sealed');
    await engine.showCase(id);
    await engine.openedCase.conclude({ substance: false, outcomes: [], text: 'None' });
    await engine.closeCase();
    expect((await engine.register.holdings(id)).refused).toContain('concluded but not sealed');
    const halted = await engine.openCase({ ...CASE, reference: '2026-015' });
    await engine.openedCase.halt.stop('PAS');
    await engine.openedCase.halt.answer('PAS', 'stop-unsure', '');
    await engine.closeCase();
    expect(await refusal(halted)).toBe('destroy.halted');
    expect(await refusal('0'.repeat(32))).toBe('case.unknown');
    expect(engine.cases).toHaveLength(2);
    await engine.close();
  });

  test('has a certificate that holds what, when, who, why, the words and the backups, and nothing that a browser would run', async () => {
    let page = '';
    const printPdf = (html: string): Promise<Uint8Array> => {
      page = html;
      return Promise.resolve(new Uint8Array([37, 80, 68, 70]));
    };
    const { folder, engine } = await signedIn();
    const id = await sealedCase({ engine } as Started, '<b>2026/014</b>');
    await engine.close();
    const ports = enginePorts(new TestClock(), { folders: folderPort(freshFolder()) });
    const app = await createApp(folder, true, { ...ports, host: { ...ports.host, printPdf } }, memoryIntake);
    await app.handlers['sign-in']({ first: PAS, second: JMK });
    const backup = await app.handlers['backup.make']({ folder: freshFolder() });
    const { certificate } = await app.handlers['case.destroy']({ first: PAS, second: JMK, id, reason: 'Because <script>alert(1)</script>', reference: '<b>2026/014</b>' });
    const [saved, second] = [await app.handlers['destruction.save']({ id, folder: null }), await app.handlers['destruction.save']({ id, folder: null })];
    expect(saved.path).toBe(join(ports.exportFolder, 'destroyed-b-2026-014-b-2026-11-24.pdf'));
    expect(second.path).toMatch(/-2\.pdf$/);
    expect(readFileSync(saved.path)).toHaveLength(saved.bytes);
    for (const said of ['Priya Anand-Sutton, Designated safeguarding lead (PAS)', ...certificate.words.slice(0, 4), backup.place, 'Overwriting is not claimed', 'Because &lt;script&gt;']) expect(page).toContain(said);
    expect(page).not.toMatch(/<script|<b>2026|https?:/);
    expect(await codeOf(() => app.handlers['destruction.save']({ id: '0'.repeat(32), folder: null }))).toBe('destroy.unknown');
    await app.close();
  });
});

test('before sign-in nobody is shown the folders of a computer that is set up, and nothing of the register', async () => {
  const { folder, engine } = await signedIn();
  await engine.close();
  const app = await createApp(folder, true, enginePorts(new TestClock(), { folders: folderPort(freshFolder()) }), memoryIntake);
  const none = '0'.repeat(32);
  const calls: [keyof AdminCallResults | 'time.save', () => Promise<unknown>][] = [
    ['folders.list', () => app.handlers['folders.list']({ path: '/' })],
    ['backup.make', () => app.handlers['backup.make']({ folder: freshFolder() })],
    ['backup.list', () => app.handlers['backup.list']({})],
    ['check.full', () => app.handlers['check.full']({})],
    ['case.holdings', () => app.handlers['case.holdings']({ id: none })],
    ['case.destroy', () => app.handlers['case.destroy']({ first: PAS, second: JMK, id: none, reason: 'x', reference: 'x' })],
    ['destructions.list', () => app.handlers['destructions.list']({})],
    ['destruction.save', () => app.handlers['destruction.save']({ id: none, folder: null })],
    ['time.save', () => app.handlers['time.save']({ authorities: [] })],
  ];
  for (const [name, call] of calls) expect([name, await codeOf(call)]).toEqual([name, 'auth.not-signed-in']);
  expect(await codeOf(() => app.handlers['crisis.call']({ by: 'PAS', force: 'x', officer: '', reference: '', advice: '' }))).toBe('crisis.not-halted');
  await app.close();
});

test('a destroyed case does not stand in the way of signing out', async () => {
  const started = await signedIn();
  const id = await sealedCase(started);
  await started.engine.openCase({ ...CASE, reference: '2026-016' });
  expect(recordOf(started).state.opened.reference).toBe('2026-016');
  await started.engine.register.destroy(PAS, JMK, id, REASON, CASE.reference);
  expect((await started.engine.prepareSignOut()).map((sums) => sums.reference)).toEqual(['2026-016']);
  expect(await started.engine.signOut([PAS, JMK])).toHaveLength(1);
  await started.engine.close();
});
