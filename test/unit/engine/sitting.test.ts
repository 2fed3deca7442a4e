import { afterAll, describe, expect, test } from '@jest/globals';
import { CodedError } from '../../../src/record/coded-error.js';
import { MARKING_IDS } from '../../../src/investigation/policy/markings.js';
import { entryHash, statementBytes } from '../../../src/record/entry.js';
import { hashWords } from '../../../src/record/words.js';
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { freshFolder, JMK, PAS, removeFolders, sha256 } from '../vault/support.js';
import type { EvidenceBrowser } from '../../../src/cdp/evidence-browser.js';
import type { EvidenceSink } from '../../../src/cdp/facts.js';
import type { Engine } from '../../../src/engine/engine.js';
import { CASE, codeOf, kindsOf, NO_HOST, recordOf, signedIn, told, withCase } from './support.js';

afterAll(removeFolders);

const WRONG = { initials: 'PAS', passphrase: 'quite another thing' };

describe('sound, and videos that start by themselves', () => {
  test('are off at first and follow the settings from the next start of the browser on, and each sitting says which', async () => {
    const asked: unknown[] = [];
    // A stand-in: what a page sounds like cannot be heard here.
    const browser = new Proxy({ product: 'none', userAgent: 'none' } as unknown as EvidenceBrowser, { get: (target, key) => (key === 'then' ? undefined : key in target ? target[key as keyof EvidenceBrowser] : () => Promise.resolve()) });
    const started = await withCase({ host: { ...NO_HOST, startEvidenceBrowser: ({ sound, autoplay }) => {
      asked.push({ sound, autoplay });
      return Promise.resolve(browser);
    } } });
    await started.engine.openedCase.startBrowsing();
    await started.engine.school.saveSettings({ ...started.engine.school.settings, sound: true, autoplay: false });
    expect(asked).toHaveLength(1);
    await started.engine.closeCase();
    const [known] = started.engine.cases;
    if (known === undefined) throw new Error('the case is gone');
    await started.engine.showCase(known.id);
    await started.engine.openedCase.startBrowsing();
    expect(asked).toEqual([{ sound: false, autoplay: false }, { sound: true, autoplay: false }]);
    expect(told(started, 'sitting-started').map(({ sound, autoplay }) => [sound, autoplay])).toEqual([['off', 'off'], ['on', 'off']]);
    await started.engine.close();
  });
});

describe('the page in the view', () => {
  test('is known as soon as the record tells that it was opened, before the browser tells of its title', async () => {
    let sink: EvidenceSink | null = null;
    // A stand-in, which tells of a page and then, as on a busy computer, of nothing else.
    const browser = new Proxy({ product: 'none', userAgent: 'none' } as unknown as EvidenceBrowser, { get: (target, key) => (key === 'then' ? undefined : key in target ? target[key as keyof EvidenceBrowser] : () => Promise.resolve()) });
    const started = await withCase({ host: { ...NO_HOST, startEvidenceBrowser: (asked) => {
      ({ sink } = asked);
      return Promise.resolve(browser);
    } } });
    await started.engine.openedCase.startBrowsing();
    const url = 'https://example.org/a';
    (sink as EvidenceSink | null)?.navigation({ view: 'v1', target: 't', frame: 'f', main: true, url, typed: url, cause: 'typed', status: 200, protocol: 'h2', remoteAddress: null, mediaType: 'text/html', redirects: [], tls: null });
    expect(started.engine.openedCase.sitting?.page).toMatchObject({ view: 'v1', url, loading: true });
    await started.engine.close();
  });
});

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

describe('checkpoints', () => {
  test('come every ten minutes while a case changes, and not while it does not', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    const intervals = (): number => told(started, 'checkpoint').filter((each) => each.reason === 'interval').length;
    const pass = async (seconds: number): Promise<void> => {
      clock.pass(seconds);
      engine.touch();
      await engine.tick();
    };
    await pass(599);
    expect(intervals()).toBe(0);
    await pass(1);
    expect(intervals()).toBe(1);
    await pass(3_600);
    expect(intervals()).toBe(1);
    await engine.openedCase.addNote('PAS', 'Something new');
    await pass(1);
    expect(intervals()).toBe(2);
    await engine.openedCase.addNote('PAS', 'Something new');
    await pass(599);
    expect(intervals()).toBe(2);
    await engine.close();
  });

  test('are found again by the eight words on paper', async () => {
    const started = await withCase();
    const record = recordOf(started);
    await record.checkpoint('interval');
    const words = record.state.checkpoint?.words ?? [];
    expect(words).toEqual(hashWords(record.state.checkpoint?.head ?? ''));
    const open = started.engine.openedCase;
    const seq = record.count - 1;
    expect(await open.compareWords(words.join(' '))).toMatchObject({ seq, count: seq });
    expect(await open.compareWords(`  ${words.join(', ').toUpperCase()}\n`)).toMatchObject({ seq });
    expect(await open.compareWords([...words].reverse().join(' '))).toBeNull();
    expect(await codeOf(() => open.compareWords(words.slice(1).join(' ')))).toBe('words.not-eight');
    await started.engine.close();
  });
});

describe('the marking of bundles', () => {
  test('is gone at once when none is chosen, and what is not said stays', async () => {
    const { engine } = await withCase();
    await engine.school.saveSettings({ idleMinutes: 10, sntpServer: null, marking: MARKING_IDS[0], stopHoldMs: 900, sound: true });
    await engine.school.saveSettings({ idleMinutes: 10, sntpServer: null });
    expect(engine.school.settings).toEqual({ idleMinutes: 10, sntpServer: null, stopHoldMs: 900, sound: true, autoplay: false });
    await engine.signOut();
    await engine.signIn(PAS, JMK);
    expect(engine.school.settings.marking).toBeUndefined();
    await engine.close();
  });
});

describe('signing out', () => {
  test('reads no case a second time that has just been on the screen, and a case opened again is told what came after', async () => {
    const started = await withCase();
    const { engine, id } = started;
    const { vault } = engine.openedCase.context;
    const store = await vault.openCase(id);
    let reads = 0;
    const entries = store.entries.bind(store);
    Object.assign(store, { entries: () => {
      reads += 1;
      return entries();
    } });
    await engine.prepareSignOut();
    await engine.showCase(id);
    await engine.openedCase.addNote('PAS', 'One more thing');
    expect(reads).toBe(1);
    const [read] = await engine.prepareSignOut();
    expect(read?.sums.notes).toBe(1);
    await engine.signOut([PAS, JMK]);
    expect(reads).toBe(1);
    await engine.close();
  });

  test('with both reviewers’ acts signs for the sums that they read', async () => {
    const started = await withCase();
    const { engine, id } = started;
    await engine.openedCase.addNote('PAS', 'One');
    await engine.openedCase.addNote('JMK', 'Two');
    expect(await codeOf(() => engine.signOut([PAS, JMK]))).toBe('sign-out.not-read');
    const [read] = await engine.prepareSignOut();
    expect(read).toMatchObject({ id, reference: CASE.reference, sums: { notes: 2, captures: 0, pages: 0 } });
    const [gone] = await engine.signOut([PAS, JMK]);
    expect(gone?.words).toHaveLength(8);
    expect(engine.signedIn).toBeNull();
    await engine.signIn(PAS, JMK);
    await engine.showCase(id);
    const { state } = recordOf(started);
    const entries = recordOf(started).since(0);
    const entry = entries.findLast((each) => each.header.kind === 'sign-out');
    expect(entry?.header.by).toEqual(['PAS', 'JMK']);
    expect(entry?.body.data).toEqual({ acts: true, ...read?.sums, head: entry?.header.prev });
    expect(entry?.signatures.map((signature) => signature.how)).toEqual(['act', 'act']);
    expect(state.checkpoint?.words).toEqual(gone?.words);
    const [signer] = engine.openedCase.context.vault.signers;
    const [signature] = entry?.signatures ?? [];
    const key = createPublicKey(new X509Certificate(signer.certificatePem).publicKey.export({ type: 'spki', format: 'pem' }));
    if (entry === undefined || signature === undefined) throw new Error('nobody signed');
    expect(verify('sha256', statementBytes(entryHash(entry.header, sha256), 'act'), key, Buffer.from(signature.value, 'base64'))).toBe(true);
    await engine.close();
  });

  test('with a wrong passphrase signs nobody out and nothing for', async () => {
    const started = await withCase();
    const { engine, id } = started;
    await engine.prepareSignOut();
    expect(await codeOf(() => engine.signOut([WRONG, JMK]))).toBe('auth.bad-passphrase');
    expect(engine.signedIn).toEqual(['PAS', 'JMK']);
    await engine.showCase(id);
    expect(kindsOf(started)).not.toContain('sign-out');
    await engine.closeCase();
    expect(await codeOf(() => engine.signOut([PAS, JMK]))).toBe('sign-out.not-read');
    await engine.close();
  });

  test('without acts is possible, and the record says so', async () => {
    const started = await withCase();
    const { engine, id } = started;
    await engine.signOut();
    await engine.signIn(PAS, JMK);
    await engine.showCase(id);
    expect(told(started, 'sign-out').map((each) => each.acts)).toEqual([false]);
    expect(recordOf(started).since(0).findLast((each) => each.header.kind === 'sign-out')?.signatures.map((each) => each.how)).toEqual(['machine', 'machine']);
    await engine.close();
  });

  test('is written into every case that was changed, and into no other', async () => {
    const { engine } = await signedIn();
    const first = await engine.openCase(CASE);
    await engine.closeCase();
    const second = await engine.openCase({ ...CASE, reference: '2026-015' });
    const gone = await engine.signOut();
    expect(gone.map((each) => each.reference)).toEqual(['2026-014', '2026-015']);
    await engine.signIn(PAS, JMK);
    await engine.showCase(first);
    await engine.closeCase();
    expect(await engine.signOut()).toEqual([]);
    await engine.signIn(PAS, JMK);
    await engine.showCase(second);
    await engine.openedCase.addNote('PAS', 'One more');
    await engine.lock('step-out');
    await engine.resume(PAS, JMK);
    expect((await engine.signOut()).map((each) => each.reference)).toEqual(['2026-015']);
    await engine.close();
  });
});

describe('the clock', () => {
  test('that is set while a case is open is an entry of its own, before the next one', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    clock.wallMs += 3_600_000;
    await engine.openedCase.addNote('PAS', 'After the jump');
    expect(told(started, 'clock-jump')).toEqual([{ wallMs: 3_600_000, monotonicMs: 0 }]);
    expect(kindsOf(started).slice(-2)).toEqual(['clock-jump', 'note']);
    await engine.openedCase.addNote('PAS', 'Steady');
    expect(told(started, 'clock-jump')).toHaveLength(1);
    await engine.close();
  });

  test('that is set while the app is locked is one entry, once both are back', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    await engine.lock('step-out');
    clock.wallMs += 3_600_000;
    await engine.resume(PAS, JMK);
    await engine.openedCase.addNote('PAS', 'Back again');
    expect(told(started, 'clock-jump')).toEqual([{ wallMs: 3_600_000, monotonicMs: 0 }]);
    await engine.close();
  });

  test('that is set while no case is open is in the next one, and a new case begins with its opening all the same', async () => {
    const started = await withCase();
    const { engine, clock, id } = started;
    await engine.closeCase();
    clock.wallMs -= 3_600_000;
    await engine.openCase({ ...CASE, reference: '2026-015' });
    await engine.openedCase.addNote('PAS', 'In the new case');
    expect(kindsOf(started).slice(0, 3)).toEqual(['case-opened', 'clock-jump', 'note']);
    await engine.closeCase();
    clock.wallMs += 3_600_000;
    await engine.showCase(id);
    await engine.openedCase.addNote('PAS', 'In the old one');
    expect(told(started, 'clock-jump')).toEqual([{ wallMs: 3_600_000, monotonicMs: 0 }]);
    await engine.close();
  });

  test('that is set in five steps of a second is one entry', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    for (let step = 0; step < 5; step += 1) {
      clock.wallMs += 1_000;
      await engine.openedCase.addNote('PAS', `Step ${step}`);
    }
    expect(told(started, 'clock-jump')).toEqual([{ wallMs: 3_000, monotonicMs: 0 }]);
    await engine.close();
  });

  test('can be compared by a reviewer who is signed in', async () => {
    const started = await withCase();
    await started.engine.openedCase.compareClock('PAS', { source: 'Speaking clock', shown: null, note: 'The same to the second' });
    expect(told(started, 'clock-check')).toEqual([{ how: 'manual', offsetMs: null, server: null, note: 'Speaking clock. The same to the second', timeZone: expect.any(String), utcOffsetMinutes: expect.any(Number) }]);
    expect(await codeOf(() => started.engine.openedCase.compareClock('XYZ', { source: 'a', shown: null, note: '' }))).toBe('auth.not-signed-in');
    await started.engine.close();
  });
});

describe('wrong passphrases', () => {
  test('are in the next case that is opened, once', async () => {
    const started = await signedIn();
    const { engine, clock } = started;
    await engine.signOut();
    const at: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      clock.pass(60);
      at.push(clock.now());
      await codeOf(() => engine.signIn(WRONG, JMK));
    }
    clock.pass(60);
    await engine.signIn(PAS, JMK);
    await engine.openCase(CASE);
    expect(told(started, 'wrong-passphrase')).toEqual(at.map((each) => ({ initials: 'PAS', at: each })));
    await engine.closeCase();
    await engine.openCase({ ...CASE, reference: '2026-015' });
    expect(told(started, 'wrong-passphrase')).toEqual([]);
    await engine.close();
  });

  test('are bounded: the newest hundred, and how many came before', async () => {
    const started = await signedIn();
    const { engine, clock } = started;
    await engine.signOut();
    for (let i = 0; i < 103; i += 1) {
      clock.pass(61);
      await codeOf(() => engine.signIn(WRONG, JMK));
    }
    clock.pass(61);
    await engine.signIn(PAS, JMK);
    await engine.openCase(CASE);
    const recorded = told(started, 'wrong-passphrase');
    expect(recorded).toHaveLength(100);
    expect(recorded.map((each) => each.earlier).filter((earlier) => earlier !== undefined)).toEqual([3]);
    await engine.close();
  }, 60_000);

  test('given to a locked app are in the record of its case, also when the clock was set back', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    await engine.lock('idle');
    clock.wallMs -= 86_400_000;
    await codeOf(() => engine.resume(WRONG, JMK));
    clock.pass(5);
    await engine.resume(PAS, JMK);
    expect(told(started, 'wrong-passphrase').map((each) => each.initials)).toEqual(['PAS']);
    await engine.close();
  });
});
