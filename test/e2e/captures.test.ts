import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createApp, type App } from '../../src/engine/app.js';
import { Engine } from '../../src/engine/engine.js';
import { systemClock } from '../../src/engine/node-ports.js';
import type { AppState } from '../../src/ipc/state.js';
import { canonicalBytes } from '../../src/record/canonical-json.js';
import { hex } from '../../src/record/bytes.js';
import { createChromiumHost, demandBrowser, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import { memoryIntake } from '../../main/memory-intake.js';
import { checkBundle } from '../../main/cli/verify.js';
import { startHostileSite, type HostileSite } from '../hostile/site.js';
import { CASE, enginePorts, Heard, PRE_FLIGHT } from '../unit/engine/support.js';
import { freshFolder, JMK, newVaultFolder, PAS, removeFolders, sha256 } from '../unit/vault/support.js';
import { Screens } from './app-screens.js';

/* Captures from asking to the exhibit, with a real browser: as the screens ask for them, and what stays of them. */

let site: HostileSite;
let host: ChromiumHost;
let app: App | null = null;
let engine: Engine | null = null;

beforeAll(async () => {
  site = await startHostileSite();
  host = createChromiumHost(demandBrowser());
});

afterEach(async () => {
  await app?.close();
  await engine?.close();
  app = null;
  engine = null;
});

afterAll(async () => {
  await host.close();
  await site.close();
  removeFolders();
});

async function browsing(path: string): Promise<{ screens: Screens; folder: string }> {
  const folder = await newVaultFolder();
  app = await createApp(folder, true, enginePorts(systemClock, { host }), memoryIntake);
  const screens = new Screens(app);
  await screens.ok('sign-in', { first: PAS, second: JMK });
  await screens.ok('case.open', CASE);
  await screens.ok('pre-flight.add', PRE_FLIGHT);
  await screens.ok('browse.goto', { url: `${site.base}${path}` });
  return { screens, folder };
}

function objectsIn(folder: string): string[] {
  const objects = join(folder, 'objects');
  return (readdirSync(objects, { recursive: true }) as string[]).filter((name) => statSync(join(objects, name)).isFile());
}

describe('a capture', () => {
  test('that is cancelled leaves one entry and no file', async () => {
    const { screens, folder } = await browsing('/rows?n=120000');
    const taken = screens.call('capture.prepare', { form: 'full-page' });
    await screens.until((state) => (state.progress?.done ?? 0) > 0);
    const before = await screens.state();
    expect(before.progress).toMatchObject({ task: 'capture', total: 120_000, canCancel: true });
    await screens.ok('work.cancel');
    expect((await taken)['code']).toBe('capture.cancelled');
    const kinds = await screens.kinds();
    expect(kinds.filter((kind) => kind.startsWith('capture'))).toEqual(['capture-cancelled']);
    expect(objectsIn(folder)).toEqual([]);
  });

  test('that cannot be exact is refused with the reason on record, and offers parts', async () => {
    const { screens } = await browsing('/rows?n=100');
    expect((await screens.call('capture.prepare', { form: 'region', area: { x: 0, y: 40_000, width: 10, height: 10 } }))['code']).toBe('capture.outside');
    expect((await screens.kinds()).at(-1)).toBe('capture-refused');
    expect(await screens.ok('capture.measure')).toEqual({ scroll: { x: 0, y: 0 }, width: 1280, height: 800, parts: [{ x: 0, y: 0, width: 1280, height: 800 }] });
  });

  test('in every form is kept with facts that name each part by its hash, and the bundle of them verifies', async () => {
    engine = await Engine.start(await newVaultFolder(), true, enginePorts(systemClock, { host }), new Heard());
    await engine.signIn(PAS, JMK);
    await engine.openCase(CASE);
    const open = engine.openedCase;
    await open.startBrowsing();
    await open.browsing.goto(`${site.base}/rows?n=20000`);
    const wanted = [
      { form: 'full-page' }, { form: 'viewport' }, { form: 'text' }, { form: 'region', area: { x: 5, y: 10_000, width: 60, height: 70 } },
      { form: 'element', point: { x: 10, y: 10 } }, { form: 'series', everyMs: 20, count: 3 },
    ] as const;
    for (const each of wanted) {
      const taking = open.prepareCapture(each);
      // What is being taken counts as somebody being there.
      expect(open.working).toBe(true);
      await taking;
      const { exhibit, parts } = await open.declare('PAS', 'not-suspected', 'A note', 'quiet_fox');
      const { store, state } = open.context.record;
      const kept = state.exhibits.find(({ reference }) => reference === exhibit)?.capture;
      const bytes = await store.readPart(exhibit, 'capture.json');
      const json = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>;
      expect(Buffer.from(canonicalBytes(json as never)).equals(Buffer.from(bytes))).toBe(true);
      expect(json).toMatchObject({
        form: each.form, account: 'quiet_fox', note: 'A note', address: { typed: `${site.base}/rows?n=20000`, final: `${site.base}/rows?n=20000` }, title: 'Rows',
        reviewers: [{ initials: 'PAS' }, { initials: 'JMK' }], ours: { drivenOver: 'Chrome DevTools Protocol' },
      });
      expect(json['times']).toMatchObject({ start: { utc: kept?.startedAt, local: expect.stringMatching(/[+-]\d\d:\d\d$/) } });
      expect(json['parts']).toEqual(parts.filter(({ name }) => name !== 'capture.json').map(({ name, mediaType, size, sha256: digest }) => ({ name, mediaType, size, sha256: digest })));
      for (const part of parts) expect(hex(sha256.of(await store.readPart(exhibit, part.name)))).toBe(part.sha256);
      expect(kept?.composite).toBe(parts.find(({ name }) => name === (each.form === 'text' ? 'page.txt' : 'page.png'))?.sha256);
    }
    const path = join(freshFolder(), 'bundle.zip');
    await open.export({ recipient: 'police', first: PAS, second: JMK, path, form: 'zip', encrypt: false });
    const report = await checkBundle(path, {}, undefined, { say: () => undefined, progress: () => undefined, json: () => undefined });
    expect(report.checks.filter((check) => check.outcome === 'fail')).toEqual([]);
  });
});

describe('a series', () => {
  test('that is being watched counts as somebody being there; once it has ended the app locks as ever', async () => {
    let aheadMs = 0;
    const clock = { now: () => new Date(Date.now() + aheadMs).toISOString(), monotonicMs: () => performance.now() + aheadMs };
    engine = await Engine.start(await newVaultFolder(), true, enginePorts(clock, { host }), new Heard());
    await engine.signIn(PAS, JMK);
    await engine.openCase(CASE);
    const open = engine.openedCase;
    await open.startBrowsing();
    await open.browsing.goto(`${site.base}/rows?n=100`);
    const taking = open.prepareCapture({ form: 'series', everyMs: 200, count: 100 });
    for (let round = 0; round < 3; round += 1) {
      aheadMs += 11 * 60_000;
      await engine.tick();
      expect(engine.lockView).toBeNull();
    }
    open.captures.finish();
    await taking;
    await engine.tick();
    expect(engine.lockView).toBeNull();
    aheadMs += 11 * 60_000;
    await engine.tick();
    expect(engine.lockView?.reason).toBe('idle');
  });

  test('shows how far it is and ends when it is told to', async () => {
    const { screens } = await browsing('/colours');
    const taken = screens.call('capture.prepare', { form: 'series', everySeconds: 0.5, count: 100 });
    const during = await screens.until((state) => (state.case?.series?.done ?? 0) >= 2);
    expect(during.case?.series?.most).toBe(100);
    expect((await screens.call('capture.prepare', { form: 'viewport' }))['code']).toBe('capture.busy');
    await screens.ok('capture.finish');
    expect((await taken)['ok']).toBe(true);
    const { composite, series } = (await screens.state()).case ?? { composite: null, series: null };
    expect(series).toBeNull();
    expect(composite?.pictures.map(({ row }) => row)).toEqual(composite?.pictures.map((_, i) => 800 * i));
  });

  test('is wiped by STOP, and nothing of it is kept', async () => {
    const { screens, folder } = await browsing('/colours');
    const taken = screens.call('capture.prepare', { form: 'series', everySeconds: 0.5, count: 100 });
    await screens.until((state) => (state.case?.series?.done ?? 0) >= 2);
    await screens.ok('stop', { by: 'PAS' });
    expect((await taken)['ok']).toBe(false);
    await screens.ok('halt.answer', { by: 'PAS', answer: 'unsure', sentence: '' });
    const state = await screens.state();
    expect([state.screen, state.case?.composite, state.case?.exhibits]).toEqual(['halted', null, []]);
    expect((await screens.kinds()).filter((kind) => kind.startsWith('capture'))).toEqual([]);
    expect(objectsIn(folder)).toEqual([]);
  });
});

describe('a list of addresses', () => {
  test('is captured one by one, each declared on by itself; what fails or is skipped is said', async () => {
    const { screens } = await browsing('/');
    const urls = ['/next', '/reset', '/found', '/rows?n=900'].map((path) => `${site.base}${path}`);
    await screens.ok('capture.list', { urls, form: 'viewport' });
    const declaring = (place: number) => (state: AppState): boolean => state.case?.captureList?.items[place]?.status === 'declaring';
    const first = await screens.until(declaring(0));
    expect((await screens.call('capture.list', { urls, form: 'text' }))['code']).toBe('capture.list-busy');
    const { id } = first.case?.composite ?? {};
    // Nobody was given anything of it to see: no screen, whatever it shows, keeps a picture unseen.
    expect((await screens.call('capture.declare', { id, by: 'PAS', answer: 'not-suspected', note: '' }))['code']).toBe('capture.not-shown');
    await screens.ok('capture.preview', { id, row: 0, height: 600, maxWidth: 800 });
    await screens.ok('capture.declare', { id, by: 'PAS', answer: 'not-suspected', note: '' });
    await screens.until(declaring(2));
    await screens.ok('capture.list-skip');
    const last = await screens.until(declaring(3));
    await screens.ok('capture.discard', { id: last.case?.composite?.id });
    const { case: done } = await screens.until((state) => state.case?.captureList?.running === false);
    expect(done?.captureList?.items.map(({ status, exhibit }) => [status, exhibit])).toEqual([['kept', 'PAS/1'], ['failed', null], ['skipped', null], ['not-kept', null]]);
    expect((await screens.kinds()).filter((kind) => kind === 'capture')).toHaveLength(1);
  });

  test('ends with STOP', async () => {
    const { screens } = await browsing('/');
    const opened = (): number => site.documents().filter((path) => path === '/found').length;
    const before = opened();
    await screens.ok('capture.list', { urls: [`${site.base}/next`, `${site.base}/found`], form: 'viewport' });
    await screens.until((state) => state.case?.captureList?.items[0]?.status === 'declaring');
    await screens.ok('stop', { by: 'PAS' });
    const { case: halted } = await screens.until((state) => state.case?.captureList?.running === false);
    expect(halted?.captureList?.items.map(({ status }) => status)).toEqual(['not-kept', 'waiting']);
    expect(opened()).toBe(before);
  });
});

describe('the code', () => {
  const sources = (readdirSync('src', { recursive: true }) as string[]).filter((name) => name.endsWith('.ts')).map((name) => ({ name, text: readFileSync(join('src', name), 'utf8') }));

  test('decides in one place alone whether a capture is kept, and stores it there', () => {
    const deciding = sources.filter(({ text }) => /(?<![#.\w])decide\(\{/.test(text)).map(({ name, text }) => [name, text.match(/(?<![#.\w])decide\(\{/g)?.length]);
    expect(deciding).toEqual([['engine/captures.ts', 1]]);
    const { text } = sources.find(({ name }) => name === 'engine/captures.ts') ?? { text: '' };
    expect(text.match(/objects: staged/g)).toHaveLength(1);
  });
});
