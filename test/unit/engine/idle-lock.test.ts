import { afterAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { CodedError } from '../../../src/record/coded-error.js';
import { freshFolder, JMK, PAS, removeFolders } from '../vault/support.js';
import type { EvidenceBrowser } from '../../../src/cdp/evidence-browser.js';
import type { Engine } from '../../../src/engine/engine.js';
import { CASE, codeOf, NO_HOST, recordOf, signedIn, told, withCase, WRONG } from './support.js';

afterAll(removeFolders);

describe('the idle lock', () => {
  test('locks after ten minutes without anybody, and not before', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    clock.pass(599);
    await engine.tick();
    expect(engine.lockView).toBeNull();
    engine.touch();
    clock.pass(599);
    await engine.tick();
    expect(engine.lockView).toBeNull();
    clock.pass(1);
    await engine.tick();
    expect(engine.lockView).toEqual({ reason: 'idle', reviewers: ['PAS', 'JMK'], waiting: false });
    await engine.close();
  });

  test.each([
    ['a series is watched', 'capture.cancelled', (engine: Engine) => engine.openedCase.prepareCapture({ form: 'series', everyMs: 60_000, count: 20 })],
    ['a tall page is captured', 'capture.cancelled', (engine: Engine) => engine.openedCase.prepareCapture('full-page')],
    ['a bundle is made', 'export.failed', (engine: Engine) => engine.openedCase.export({ recipient: 'police', first: PAS, second: JMK, path: join(freshFolder(), 'bundle.zip'), form: 'zip', encrypt: false })],
  ])('does not come while %s, and ten minutes after it', async (_, code, work) => {
    let end: () => void = () => undefined;
    const watched = new Promise<void>((done) => (end = done));
    const takeLong = async (): Promise<never> => {
      await watched;
      throw new CodedError('capture.cancelled', 'Nothing was kept.');
    };
    const printPdf = async (): Promise<never> => {
      await watched;
      throw new Error('the printer is gone');
    };
    // A stand-in: real long work takes minutes of real time.
    const browser = new Proxy({ product: 'none', userAgent: 'none', composeSeries: takeLong, compose: takeLong } as unknown as EvidenceBrowser, { get: (target, key) => (key === 'then' ? undefined : key in target ? target[key as keyof EvidenceBrowser] : () => Promise.resolve()) });
    const { engine, clock } = await withCase({ host: { ...NO_HOST, printPdf, startEvidenceBrowser: () => Promise.resolve(browser) } });
    await engine.openedCase.startBrowsing();
    const long = codeOf(() => work(engine));
    for (let second = 0; second < 660; second += 1) {
      clock.pass(1);
      await engine.tick();
    }
    expect(engine.lockView).toBeNull();
    end();
    expect(await long).toBe(code);
    clock.pass(599);
    await engine.tick();
    expect(engine.lockView).toBeNull();
    clock.pass(1);
    await engine.tick();
    expect(engine.lockView?.reason).toBe('idle');
    await engine.close();
  });

  test('takes the minutes that are set, from 1 to 30', async () => {
    const { engine, clock } = await withCase();
    expect(await codeOf(() => engine.school.saveSettings({ idleMinutes: 31, sntpServer: null }))).toBe('settings.idle-minutes');
    expect(await codeOf(() => engine.school.saveSettings({ idleMinutes: 0, sntpServer: null }))).toBe('settings.idle-minutes');
    expect(await codeOf(() => engine.school.saveSettings({ idleMinutes: 5, sntpServer: 'not a server' }))).toBe('settings.time-server');
    expect(await codeOf(() => engine.school.saveSettings({ idleMinutes: 5, sntpServer: null, stopHoldMs: 100 }))).toBe('settings.stop-hold');
    await engine.school.saveSettings({ idleMinutes: 1, sntpServer: 'time.example.org', stopHoldMs: 1_000 });
    clock.pass(60);
    await engine.tick();
    expect(engine.lockView?.reason).toBe('idle');
    await engine.resume(PAS, JMK);
    expect(engine.school.settings).toEqual({ idleMinutes: 1, sntpServer: 'time.example.org', stopHoldMs: 1_000 });
    await engine.close();
  });

  test('counts the time that a computer slept, and is not held up by a clock that is set back', async () => {
    const { engine, clock } = await withCase();
    clock.wallMs += 3_600_000;
    await engine.tick();
    expect(engine.lockView).not.toBeNull();
    await engine.resume(PAS, JMK);
    clock.wallMs -= 86_400_000;
    clock.monoMs += 600_000;
    await engine.tick();
    expect(engine.lockView).not.toBeNull();
    await engine.close();
  });

  test('makes a checkpoint first, takes the case off the screens and leaves no key', async () => {
    const started = await withCase();
    const { engine, heard } = started;
    const open = engine.openedCase;
    const [signer] = open.context.vault.signers;
    const locking = engine.lock('step-out');
    expect([heard.blanks, engine.case, engine.cases, engine.signedIn]).toEqual([1, null, [], null]);
    await locking;
    expect(await codeOf(() => engine.openedCase)).toBe('auth.locked');
    expect(await codeOf(() => open.addNote('PAS', 'x'))).toBe('auth.locked');
    expect(await codeOf(() => open.context.record.store.readPart('PAS/1', 'page.png'))).toBe('auth.locked');
    expect(await codeOf(() => signer.sign(new Uint8Array(1)))).toBe('auth.locked');
    expect(open.context.record.since(0).slice(-2).map((entry) => entry.header.kind)).toEqual(['locked', 'checkpoint']);
    expect(open.context.record.state.checkpoint?.reason).toBe('lock');
    await engine.close();
  });

  test('opens to the same two alone, with both passphrases, and to the same case', async () => {
    const started = await withCase();
    const { engine, id } = started;
    await engine.lock('step-out');
    expect(await codeOf(() => engine.resume(PAS, PAS))).toBe('auth.same-person');
    expect(await codeOf(() => engine.resume(PAS, { initials: 'XYZ', passphrase: 'x' }))).toBe('auth.other-people');
    expect(await codeOf(() => engine.resume(WRONG, JMK))).toBe('auth.bad-passphrase');
    expect(await codeOf(() => engine.signIn(PAS, JMK))).toBe('auth.already');
    expect(engine.lockView).not.toBeNull();
    started.clock.pass(2);
    await engine.resume(JMK, PAS);
    expect([engine.lockView, engine.signedIn, recordOf(started).store.id]).toEqual([null, ['PAS', 'JMK'], id]);
    expect(told(started, 'locked')).toEqual([{ reason: 'step-out' }]);
    expect(told(started, 'resumed')).toEqual([{ reviewers: ['PAS', 'JMK'] }]);
    await engine.openedCase.addNote('PAS', 'It goes on');
    await engine.close();
  });

  test('left by signing out, is opened in the record by whoever opens the case next', async () => {
    const started = await withCase();
    const { engine, id } = started;
    await engine.lock('idle');
    expect(await engine.signOut()).toEqual([]);
    await engine.signIn(PAS, JMK);
    await engine.showCase(id);
    await engine.openedCase.addNote('PAS', 'It goes on');
    expect(recordOf(started).since(0).slice(-4).map((entry) => entry.header.kind)).toEqual(['locked', 'checkpoint', 'resumed', 'note']);
    await engine.close();
  });

  test('locks whatever cannot be written, and says so', async () => {
    const { engine, heard } = await withCase();
    const { vault } = engine.openedCase.context;
    vault.lock();
    await engine.lock('idle');
    expect(engine.lockView?.reason).toBe('idle');
    expect(heard.alerts).toContain('record.not-written');
    await engine.resume(PAS, JMK);
    await engine.openedCase.addNote('PAS', 'It goes on');
    await engine.close();
  });

  test('asked for twice at once opens once', async () => {
    const { engine } = await withCase();
    await engine.lock('idle');
    const codes = await Promise.all([codeOf(() => engine.resume(PAS, JMK)), codeOf(() => engine.resume(PAS, JMK))]);
    expect(codes).toEqual(['none', 'case.busy']);
    await engine.openedCase.addNote('PAS', 'It goes on');
    await engine.close();
  });

  test.each(['step-out', 'computer'] as const)('asked for while a case opens (%s) comes as soon as it is open', async (reason) => {
    const { engine } = await signedIn();
    const opening = engine.openCase(CASE);
    await engine.lock(reason);
    expect(engine.lockView).toBeNull();
    const id = await opening;
    expect(engine.lockView?.reason).toBe(reason);
    await engine.resume(PAS, JMK);
    expect(recordOf({ engine }).store.id).toBe(id);
    expect(told({ engine }, 'locked')).toEqual([{ reason }]);
    await engine.close();
  });

  test('asked for while both come back or sign in comes right after; who asked first says why, and signing out leaves nothing to lock', async () => {
    const { engine } = await withCase();
    await engine.lock('idle');
    const resuming = engine.resume(PAS, JMK);
    await engine.lock('computer');
    await engine.lock('step-out');
    await resuming;
    expect(engine.lockView?.reason).toBe('computer');
    await engine.resume(PAS, JMK);
    const leaving = engine.signOut();
    await engine.lock('step-out');
    await leaving;
    expect([engine.lockView, engine.signedIn]).toEqual([null, null]);
    const signingIn = engine.signIn(PAS, JMK);
    await engine.lock('computer');
    await signingIn;
    expect(engine.lockView?.reason).toBe('computer');
    await engine.close();
  });

  test('works without a case too, and signing out of it needs no passphrase', async () => {
    const { engine } = await signedIn();
    await engine.lock('idle');
    await engine.resume(PAS, JMK);
    expect(engine.case).toBeNull();
    await engine.lock('idle');
    expect(await engine.signOut()).toEqual([]);
    await engine.signIn(PAS, JMK);
    expect(await codeOf(() => engine.resume(PAS, JMK))).toBe('auth.not-locked');
    await engine.close();
  });

  test('makes a halt of STOP that nobody answered', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    await engine.openedCase.halt.stop('PAS');
    clock.pass(3_600);
    await engine.tick();
    expect(engine.lockView).toBeNull();
    await engine.lock('step-out');
    await engine.resume(PAS, JMK);
    expect(told(started, 'halt').map((halt) => halt.cause)).toEqual(['unanswered']);
    expect(engine.openedCase.context.stopped).toBe(true);
    await engine.close();
  });
});
