import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createApp, type App } from '../../src/engine/app.js';
import type { Events, EventName } from '../../src/ipc/contract.js';
import type { RecordItem } from '../../src/ipc/case-view.js';
import type { AppState } from '../../src/ipc/state.js';
import { dispatch } from '../../src/ipc/dispatch.js';
import type { EnginePorts } from '../../src/engine/ports.js';
import { systemClock } from '../../src/engine/node-ports.js';
import { createChromiumHost, demandBrowser, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import { sntpClient } from '../../main/sntp-client.js';
import { memoryIntake } from '../../main/memory-intake.js';
import { checkBundle } from '../../main/cli/verify.js';
import { freshFolder, JMK, newVaultFolder, PAS, removeFolders } from '../unit/vault/support.js';
import { CASE, enginePorts, PRE_FLIGHT } from '../unit/engine/support.js';

/*
 * The app as the screens drive it, with a real browser: what a lock shows, what the page can do meanwhile, and what
 * both find when they come back.
 */

const PAGE = `<!doctype html><title>Busy page</title><body style="background:#fff"><p id="count">0</p><script>
  let count = 0;
  setInterval(() => { count += 1; document.getElementById('count').textContent = String(count); fetch('/ping?' + count).catch(() => undefined); }, 40);
  setInterval(() => { history.replaceState(null, '', '#' + count); }, 400);
</script>`;

let server: Server;
let origin = '';
let pings = 0;
let away = 0;
let host: ChromiumHost;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url?.startsWith('/ping') === true) pings += 1;
    if (request.url === '/away') away += 1;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(request.url === '/' ? PAGE : '<!doctype html><title>Elsewhere</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  host = createChromiumHost(demandBrowser());
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await host.close();
  removeFolders();
});

let app: App | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

class Screens {
  readonly app: App;
  state: AppState | null = null;
  frames = 0;
  blanks = 0;

  constructor(running: App) {
    this.app = running;
    running.onEvent((name: EventName, value: unknown) => {
      if (name === 'state') this.state = value as Events['state'];
      if (name === 'frame') this.frames += 1;
      if (name === 'blank') this.blanks += 1;
    });
  }

  async call(name: string, input: unknown): Promise<Record<string, unknown>> {
    const answer = await dispatch(this.app.handlers, name, input, (error) => { throw error; });
    return { ...answer };
  }

  async ok(name: string, input: unknown): Promise<unknown> {
    const answer = await this.call(name, input);
    if (answer['ok'] !== true) throw new Error(`${name}: ${String(answer['code'])}`);
    return answer['value'];
  }

  async now(): Promise<AppState> {
    return (await this.ok('state.get', {})) as AppState;
  }

  async lines(): Promise<readonly RecordItem[]> {
    return ((await this.ok('record.list', { from: 0, count: 1_000 })) as { items: RecordItem[] }).items;
  }
}

async function until(happened: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i += 1) {
    if (await happened()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never happened');
}

async function browsing(more: Partial<EnginePorts> = {}): Promise<Screens> {
  const running = await createApp(await newVaultFolder(), true, enginePorts(systemClock, { host, ...more }), memoryIntake);
  app = running;
  const screens = new Screens(running);
  await screens.ok('sign-in', { first: PAS, second: JMK });
  await screens.ok('case.open', CASE);
  expect((await screens.call('browse.goto', { url: origin }))['code']).toBe('pre-flight.first');
  await screens.ok('pre-flight.add', PRE_FLIGHT);
  await screens.ok('browse.goto', { url: origin });
  await until(() => screens.frames > 0 && pings > 0);
  return screens;
}

const RESUME = { first: PAS, second: JMK };

describe('a locked app', () => {
  test('shows nothing of the case, takes nothing, and the page loads nothing', async () => {
    const screens = await browsing();
    await screens.ok('lock', {});
    expect(screens.blanks).toBe(1);
    const state = await screens.now();
    expect(state).toMatchObject({ screen: 'locked', case: null, cases: [], signedIn: null, locked: { reason: 'step-out', reviewers: ['PAS', 'JMK'] } });
    expect(JSON.stringify(state)).not.toMatch(/2026-014|Busy page|127\.0\.0\.1/);
    const refused = ['browse.goto', 'view.input', 'record.list', 'case.show', 'view.show', 'exhibit.preview', 'note.add', 'stop', 'sign-out.read', 'work.cancel', 'settings.save', 'contacts.save'];
    const inputs: Record<string, unknown> = {
      'browse.goto': { url: `${origin}/away` }, 'view.input': { type: 'text', text: 'x' }, 'record.list': { from: 0, count: 1 }, 'case.show': { id: '0'.repeat(32) }, 'exhibit.preview': { reference: 'PAS/1', maxWidth: 100 },
      'note.add': { by: 'PAS', text: 'x' }, stop: { by: null }, 'settings.save': { idleMinutes: 30, sntpServer: null }, 'contacts.save': { policeForce: '', safeguardingLead: '', lado: '', support: '' },
    };
    for (const name of refused) expect([name, (await screens.call(name, inputs[name] ?? {}))['code']]).toEqual([name, 'auth.locked']);
    const frames = screens.frames;
    // What was on its way when the lock came has arrived once the keys are gone.
    await screens.ok('resume', RESUME);
    const locked = (await screens.lines()).findIndex((line) => line.kind === 'locked');
    const after = (await screens.lines()).slice(locked);
    expect(after.some((line) => line.kind === 'refusal' && line.line.startsWith('Not loaded while the app was locked'))).toBe(true);
    expect(after.some((line) => line.kind === 'navigation')).toBe(false);
    expect(away).toBe(0);
    await until(() => screens.frames > frames);
  });

  test('sends no frame and no request until both are back, on the same page', async () => {
    const screens = await browsing();
    await screens.ok('lock', {});
    // It is answered once the lock is complete; after a wrong passphrase the right one has to wait a second.
    expect(await screens.call('resume', { first: PAS, second: { ...JMK, passphrase: 'wrong' } })).toMatchObject({ code: 'auth.bad-passphrase' });
    const before = { frames: screens.frames, pings };
    await until(async () => {
      const seen = { frames: screens.frames, pings };
      const answer = await screens.call('resume', RESUME);
      if (answer['code'] === 'auth.slow-down') expect(seen).toEqual(before);
      return answer['ok'] === true;
    });
    const state = await screens.now();
    expect(state.screen).toBe('case');
    expect(state.case?.browsing).toBe(true);
    expect(state.case?.page?.title).toBe('Busy page');
    await until(() => pings > before.pings && screens.frames > before.frames);
    const lines = await screens.lines();
    const kinds = lines.map((line) => line.kind);
    expect(kinds.filter((kind) => kind === 'sitting-started')).toHaveLength(1);
    expect(kinds).not.toContain('sitting-ended');
    expect(kinds.slice(kinds.indexOf('locked')).filter((kind) => ['checkpoint', 'resumed', 'wrong-passphrase'].includes(kind))).toEqual(['checkpoint', 'resumed', 'wrong-passphrase', 'checkpoint']);
    const held = lines.filter((line) => line.detail?.includes('while the app was locked') === true);
    expect(held.length).toBeGreaterThan(0);
  }, 90_000);

  test('wipes a capture that nobody has declared on', async () => {
    const screens = await browsing();
    await screens.ok('capture.prepare', { form: 'viewport' });
    const { composite } = (await screens.now()).case ?? { composite: null };
    expect(composite).not.toBeNull();
    await screens.ok('lock', {});
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    expect((await screens.now()).case?.composite).toBeNull();
    const kinds = (await screens.lines()).map((line) => line.kind);
    expect(kinds).toContain('capture-discarded');
    expect(kinds).not.toContain('capture');
  });

  test('breaks off a capture that is being taken', async () => {
    const screens = await browsing();
    const taken = screens.call('capture.prepare', { form: 'full-page' });
    await screens.ok('lock', {});
    expect((await taken)['ok']).toBe(false);
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    expect((await screens.now()).case).toMatchObject({ composite: null, exhibits: [] });
    await screens.ok('capture.prepare', { form: 'viewport' });
    expect((await screens.now()).case?.composite).not.toBeNull();
  });

  test('of a halted case stays halted, with its browser cut off and nothing of the page shown', async () => {
    const screens = await browsing();
    await screens.ok('stop', { by: 'PAS' });
    await screens.ok('halt.answer', { by: 'PAS', answer: 'suspected', sentence: '' });
    const frames = screens.frames;
    await screens.ok('lock', {});
    const state = await screens.now();
    expect([state.screen, state.case, state.crisis?.caseReference]).toEqual(['locked', null, CASE.reference]);
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    expect((await screens.now()).screen).toBe('halted');
    await screens.ok('halt.step', { by: 'PAS', step: 'monitor', done: true });
    expect((await screens.call('browse.goto', { url: origin }))['code']).toBe('case.halted');
    expect(screens.frames).toBe(frames);
    expect((await screens.lines()).filter((line) => line.kind === 'halt')).toHaveLength(1);
  });

  test('that two people leave for good closes the browser; the next two find the sitting interrupted', async () => {
    const screens = await browsing();
    await screens.ok('lock', {});
    await screens.ok('sign-out', {});
    expect((await screens.now()).screen).toBe('sign-in');
    await screens.ok('sign-in', RESUME);
    const [line] = (await screens.now()).cases;
    await screens.ok('case.show', { id: line?.id });
    const kinds = (await screens.lines()).map((each) => each.kind);
    expect(kinds.at(-1)).toBe('sitting-ended');
    expect((await screens.now()).case?.browsing).toBe(false);
  });
});

describe('the clock of a sitting', () => {
  test('is held against the time server that is set, at its start and at its end, and against none otherwise', async () => {
    let asked = 0;
    const server = createSocket('udp4');
    server.on('message', (request, from) => {
      asked += 1;
      const packet = Buffer.alloc(48);
      packet[0] = 0x24;
      packet[1] = 1;
      request.copy(packet, 24, 40, 48);
      for (const at of [32, 40]) packet.writeUInt32BE(Math.floor(Date.now() / 1_000) + 2_208_988_800 + 60, at);
      server.send(packet, from.port, from.address);
    });
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const screens = await browsing({ sntp: sntpClient });
      expect(asked).toBe(0);
      await screens.ok('settings.save', { idleMinutes: 10, sntpServer: `127.0.0.1:${server.address().port}` });
      await screens.ok('case.close', {});
      await screens.ok('case.open', { ...CASE, reference: '2026-015' });
      await screens.ok('pre-flight.add', PRE_FLIGHT);
      await screens.ok('browse.start', {});
      await until(() => asked === 2);
      await screens.ok('conclude', { substance: false, outcomes: [], text: 'Nothing' });
      const checks = (await screens.lines()).filter((line) => line.kind === 'clock-check');
      expect(checks.map((line) => /^The other clock is (?:59|60)\.\d s ahead$/.test(line.line))).toEqual([true, true]);
      const kinds = (await screens.lines()).map((line) => line.kind);
      expect(kinds.lastIndexOf('clock-check')).toBeLessThan(kinds.indexOf('sitting-ended'));
    } finally {
      server.close();
    }
  });
});

async function failuresOf(path: string): Promise<string[]> {
  const report = await checkBundle(path, {}, undefined, { say: () => undefined, progress: () => undefined, json: () => undefined });
  return report.checks.filter((check) => check.outcome === 'fail').map((check) => `${check.id}: ${check.detail}`);
}

describe('a record with a lock, a clock that jumped and two sign-outs', () => {
  test('verifies', async () => {
    let ahead = 0;
    const clock = { now: () => new Date(Date.now() + ahead).toISOString(), monotonicMs: () => performance.now() };
    const screens = await browsing({ clock });
    await screens.ok('lock', {});
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    ahead = 60_000;
    await screens.ok('note.add', { by: 'PAS', text: 'After the jump' });
    const read = (await screens.ok('sign-out.read', {})) as { cases: unknown[] };
    expect(read.cases).toHaveLength(1);
    await screens.ok('sign-out', { signatures: RESUME });
    expect((await screens.now()).farewell?.[0]?.words).toHaveLength(8);
    await screens.ok('farewell.done', {});
    expect((await screens.now()).farewell).toBeNull();
    await screens.ok('sign-in', RESUME);
    const [line] = (await screens.now()).cases;
    await screens.ok('case.show', { id: line?.id });
    await screens.ok('note.add', { by: 'JMK', text: 'The day after' });
    await screens.ok('sign-out', {});
    await screens.ok('sign-in', RESUME);
    await screens.ok('case.show', { id: line?.id });
    const folder = freshFolder();
    await screens.ok('export', { recipient: 'group-record', first: PAS, second: JMK, folder, encrypt: false });
    const kinds = (await screens.lines()).map((each) => each.kind);
    expect(kinds).toEqual(expect.arrayContaining(['locked', 'resumed', 'clock-jump', 'sign-out']));
    expect(await failuresOf(join(folder, '2026-014-group-record.zip'))).toEqual([]);
  }, 90_000);
});

describe('a bundle that is being made', () => {
  test('is finished before the keys go, and verifies', async () => {
    let finish: () => void = () => undefined;
    let printing = false;
    const gate = new Promise<void>((done) => (finish = done));
    const slow: ChromiumHost = { ...host, printPdf: async (html, pictures) => {
      printing = true;
      await gate;
      return host.printPdf(html, pictures);
    } };
    const screens = await browsing({ host: slow });
    const folder = freshFolder();
    const made = screens.call('export', { recipient: 'group-record', first: PAS, second: JMK, folder, encrypt: false });
    await until(() => printing);
    await screens.ok('lock', {});
    await until(async () => (await screens.now()).locked?.waiting === true);
    expect((await screens.now()).case).toBeNull();
    finish();
    expect(await made).toMatchObject({ ok: true });
    await until(async () => (await screens.now()).locked?.waiting === false);
    await screens.ok('resume', RESUME);
    const kinds = (await screens.lines()).map((line) => line.kind);
    expect(kinds.slice(kinds.indexOf('locked'))).toEqual(expect.arrayContaining(['locked', 'export-finished', 'checkpoint', 'resumed']));
    expect(kinds.indexOf('export-finished')).toBeLessThan(kinds.indexOf('resumed'));
    expect(await failuresOf(join(folder, '2026-014-group-record.zip'))).toEqual([]);
  }, 90_000);

  test('lets both come back before it is finished, to an app that was never closed', async () => {
    let finish: () => void = () => undefined;
    let printing = false;
    const gate = new Promise<void>((done) => (finish = done));
    const slow: ChromiumHost = { ...host, printPdf: async (html, pictures) => {
      printing = true;
      await gate;
      return host.printPdf(html, pictures);
    } };
    const screens = await browsing({ host: slow });
    const made = screens.call('export', { recipient: 'group-record', first: PAS, second: JMK, folder: freshFolder(), encrypt: false });
    await until(() => printing);
    await screens.ok('lock', {});
    await until(async () => (await screens.now()).locked?.waiting === true);
    expect(await screens.call('resume', { first: PAS, second: { ...JMK, passphrase: 'wrong' } })).toMatchObject({ code: 'auth.bad-passphrase' });
    await until(async () => (await screens.call('resume', RESUME))['ok'] === true);
    expect((await screens.now()).screen).toBe('case');
    finish();
    expect(await made).toMatchObject({ ok: true });
    await screens.ok('note.add', { by: 'PAS', text: 'It goes on' });
    expect((await screens.now()).screen).toBe('case');
  }, 90_000);
});
