import { describe, expect, jest, test } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { fileURLToPath } from 'node:url';
import { CALL_CHANNEL, checkSender, EVENT_CHANNEL, serveScreens, TAKEN_CHANNEL, type SenderEvent } from '../../../main/electron/ipc.js';
import { createProtocolHandler, isUiAddress, SCHEME_PRIVILEGES } from '../../../main/electron/protocol.js';
import { installStopKey } from '../../../main/electron/stop-key.js';
import { createWakefulness, lockWithComputer } from '../../../main/electron/wakefulness.js';
import { parseLaunch } from '../../../main/electron/launch-options.js';
import { testApp, testFiles } from '../app-window/screens.js';

describe('the scheme of the screens', () => {
  test.each([
    ['countersign://app/', true],
    ['countersign://app/assets/a.js', true],
    ['countersign://app.evil.example/', false],
    ['countersign://evil/', false],
    ['countersign://app@evil/', false],
    ['countersign://user@app/', false],
    ['countersign:app/', false],
    ['countersign-print://report/', false],
    ['https://app/', false],
    ['about:blank', false],
    ['', false],
  ])('%s is the screens’ own: %s', (address, own) => {
    expect(isUiAddress(address)).toBe(own);
  });

  test('serves the files with the content policy', async () => {
    const response = await createProtocolHandler(testFiles)({ method: 'GET', url: 'countersign://app/screen.css' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toContain('background-color');
  });

  test.each([
    ['another method', 'POST', 'countersign://app/', 403],
    ['another host', 'GET', 'countersign://other/', 403],
    ['a file that is not there', 'GET', 'countersign://app/nothing.js', 404],
    ['a path that climbs out', 'GET', 'countersign://app/../../etc/passwd', 404],
    ['an encoded climb', 'GET', 'countersign://app/%2e%2e%2fetc/passwd', 404],
  ])('refuses %s', async (_, method, url, status) => {
    const response = await createProtocolHandler(testFiles)({ method, url });
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });

  test('may not be fetched by script, skip the policy, or have service workers', () => {
    for (const { privileges } of SCHEME_PRIVILEGES) expect(privileges).toMatchObject({ supportFetchAPI: false, bypassCSP: false, allowServiceWorkers: false, corsEnabled: false });
  });
});

/** Stands for the window's `WebContents`: keeps what was sent to the page. */
class FakeContents extends EventEmitter {
  readonly sent: unknown[][] = [];
  send(...args: unknown[]): void {
    this.sent.push(args);
  }
  isDestroyed(): boolean {
    return false;
  }
}

/** Stands for `ipcMain`: calls the listeners as Electron would. */
class FakeIpc extends EventEmitter {
  handler: ((event: SenderEvent, ...args: unknown[]) => Promise<unknown>) | null = null;
  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => Promise<unknown>): void {
    if (channel === CALL_CHANNEL) this.handler = listener;
  }
}

const contents = new FakeContents();
const fromScreens: SenderEvent = { sender: contents, senderFrame: { url: 'countersign://app/', parent: null } };
const FORGED: readonly (readonly [string, SenderEvent])[] = [
  ['another window', { ...fromScreens, sender: new FakeContents() }],
  ['a frame within the window', { ...fromScreens, senderFrame: { url: 'countersign://app/', parent: {} } }],
  ['a frame that has gone', { ...fromScreens, senderFrame: null }],
  ['a page of the web', { ...fromScreens, senderFrame: { url: 'https://example.org/', parent: null } }],
  ['an empty page', { ...fromScreens, senderFrame: { url: 'about:blank', parent: null } }],
  ['a page without an address', { ...fromScreens, senderFrame: { url: '', parent: null } }],
  ['an address that only begins like ours', { ...fromScreens, senderFrame: { url: 'countersign://app.evil.example/', parent: null } }],
];

describe('calls', () => {
  const ipc = new FakeIpc();
  const app = testApp({ 'passphrase.suggest': { words: 'a b c d' } });
  const reports: unknown[] = [];
  serveScreens(ipc, contents, app, (error) => { reports.push(error); });

  test('from the screens are answered', async () => {
    expect(checkSender(fromScreens, contents)).toBe(true);
    expect(await ipc.handler?.(fromScreens, 'passphrase.suggest', {})).toEqual({ ok: true, value: { words: 'a b c d' } });
    expect(await ipc.handler?.(fromScreens, 'note.add', { by: 'PAS', text: '' })).toMatchObject({ ok: false, code: 'ipc.bad-arguments' });
  });

  test.each(FORGED)('from %s are refused, reported, and never reach the app', async (_, event) => {
    const before = app.calls.length;
    const told = reports.length;
    expect(await ipc.handler?.(event, 'passphrase.suggest', {})).toMatchObject({ ok: false, code: 'ipc.forged' });
    expect(app.calls.length).toBe(before);
    expect(reports.length).toBe(told + 1);
  });
});

describe('events', () => {
  const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

  test('go out one after the other as the page takes them, and a forged word about that changes nothing', async () => {
    const ipc = new FakeIpc();
    const page = new FakeContents();
    const app = testApp();
    serveScreens(ipc, page, app, () => undefined);
    const taken: SenderEvent = { sender: page, senderFrame: { url: 'countersign://app/', parent: null } };
    app.emit('progress', 1);
    app.emit('progress', 2);
    expect(page.sent).toEqual([[EVENT_CHANNEL, 1, 'progress', 1]]);
    ipc.emit(TAKEN_CHANNEL, { ...taken, senderFrame: null }, 1);
    await turn();
    expect(page.sent).toHaveLength(1);
    ipc.emit(TAKEN_CHANNEL, taken, 1);
    await turn();
    expect(page.sent.at(-1)).toEqual([EVENT_CHANNEL, 2, 'progress', 2]);
  });

  test('a page that has gone holds nothing up', async () => {
    const ipc = new FakeIpc();
    const page = new FakeContents();
    const app = testApp();
    serveScreens(ipc, page, app, () => undefined);
    app.emit('progress', 1);
    page.emit('render-process-gone');
    await turn();
    app.emit('progress', 2);
    expect(page.sent.at(-1)).toEqual([EVENT_CHANNEL, 2, 'progress', 2]);
  });
});

describe('the preload script', () => {
  /** Runs the compiled script as Electron's sandbox does: CommonJS, with `require('electron')` and nothing else. */
  function runPreload(): { exposed: Record<string, { call(name: unknown, input: unknown): unknown; listen(listener: (name: string, value: unknown) => void): () => void }>; renderer: EventEmitter; sent: unknown[][]; invoked: unknown[][]; reported: unknown[] } {
    const exposed: ReturnType<typeof runPreload>['exposed'] = {};
    const sent: unknown[][] = [];
    const invoked: unknown[][] = [];
    const reported: unknown[] = [];
    const renderer = Object.assign(new EventEmitter(), {
      send: (...args: unknown[]) => { sent.push(args); },
      invoke: (...args: unknown[]) => { invoked.push(args); return Promise.resolve('answer'); },
    });
    const electron = { contextBridge: { exposeInMainWorld: (name: string, api: never) => { exposed[name] = api; } }, ipcRenderer: renderer };
    const source = readFileSync(fileURLToPath(new URL('../../../main/electron/preload.cjs', import.meta.url)), 'utf8');
    const load = (name: string): unknown => {
      if (name !== 'electron') throw new Error(`a sandboxed preload script cannot load ${name}`);
      return electron;
    };
    runInNewContext(source, { require: load, exports: {}, reportError: (error: unknown) => { reported.push(error); } });
    return { exposed, renderer, sent, invoked, reported };
  }

  test('gives the page two functions and nothing else', () => {
    const { exposed } = runPreload();
    expect(Object.keys(exposed)).toEqual(['countersign']);
    expect(Object.keys(exposed['countersign'] ?? {}).sort()).toEqual(['call', 'listen']);
  });

  test('passes calls on the one channel, and says when an event was taken even if a listener failed', () => {
    const { exposed, renderer, sent, invoked, reported } = runPreload();
    void exposed['countersign']?.call('state.get', {});
    expect(invoked).toEqual([[CALL_CHANNEL, 'state.get', {}]]);
    const heard: unknown[][] = [];
    const stop = exposed['countersign']?.listen((name, value) => { heard.push([name, value]); });
    renderer.emit(EVENT_CHANNEL, {}, 7, 'progress', null);
    expect(heard).toEqual([['progress', null]]);
    expect(sent).toEqual([[TAKEN_CHANNEL, 7]]);
    stop?.();
    exposed['countersign']?.listen(() => { throw new Error('a screen failed'); });
    renderer.emit(EVENT_CHANNEL, {}, 8, 'progress', null);
    expect(String(reported)).toContain('a screen failed');
    expect(heard).toHaveLength(1);
    expect(sent.at(-1)).toEqual([TAKEN_CHANNEL, 8]);
  });
});

describe('STOP', () => {
  test('is a global shortcut while the window has the focus, and the first reader of its keys', () => {
    const webContents = new EventEmitter();
    const window = Object.assign(new EventEmitter(), { webContents });
    const held = new Map<string, () => void>();
    const stop = jest.fn();
    installStopKey({ register: (key, callback) => { held.set(key, callback); return true; }, unregister: (key) => { held.delete(key); } }, window, stop);
    expect(held.size).toBe(0);
    window.emit('focus');
    held.get('F9')?.();
    expect(stop).toHaveBeenCalledTimes(1);
    window.emit('blur');
    expect(held.size).toBe(0);
    const event = { preventDefault: jest.fn() };
    webContents.emit('before-input-event', event, { type: 'keyDown', key: 'a' });
    webContents.emit('before-input-event', event, { type: 'keyUp', key: 'F9' });
    expect(stop).toHaveBeenCalledTimes(1);
    webContents.emit('before-input-event', event, { type: 'keyDown', key: 'F9' });
    expect(stop).toHaveBeenCalledTimes(2);
    expect(event.preventDefault).toHaveBeenCalledTimes(1);
  });
});

describe('the display', () => {
  test('stays awake while a case is on the screen, and only then', () => {
    const running = new Set<number>();
    let last = 0;
    const feel = createWakefulness({ start: () => { last += 1; running.add(last); return last; }, stop: (id) => { running.delete(id); } });
    const aCase = {} as Parameters<typeof feel>[0]['case'];
    feel({ case: null });
    expect(running.size).toBe(0);
    feel({ case: aCase });
    feel({ case: aCase });
    expect(running.size).toBe(1);
    feel({ case: null });
    expect(running.size).toBe(0);
  });

  test('the app locks when the computer sleeps, shuts down or has its screen locked, and not when it wakes', () => {
    const power = new EventEmitter();
    let locks = 0;
    lockWithComputer(power, () => { locks += 1; });
    for (const event of ['suspend', 'lock-screen', 'shutdown', 'resume', 'unlock-screen', 'on-battery']) power.emit(event);
    expect(locks).toBe(3);
  });
});

describe('how the app is started', () => {
  test.each<[string[], string, boolean]>([
    [['electron', '.'], '/data/vault', false],
    [['electron', '.', '--vault=/else/where'], '/else/where', false],
    [['electron', '.', '--vault', 'here', '--kiosk'], '/desk/here', true],
    [['electron', '.', '--vault', '--kiosk'], '/data/vault', true],
    [['electron', '.', '--vault='], '/data/vault', false],
  ])('%j', (argv, vault, kiosk) => {
    expect(parseLaunch(argv, '/data', '/desk')).toEqual({ vault, kiosk });
  });
});
