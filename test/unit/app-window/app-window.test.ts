import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAppWindow, type AppWindow } from '../../../main/chromium/app-window.js';
import { findBrowser, type FoundBrowser } from '../../../main/chromium/find-browser.js';
import { startScreen, whyNoWindow, type VirtualScreen } from '../../e2e/virtual-screen.js';
import { testApp, testFiles } from './screens.js';
import { openPorts, socketCount } from './sockets.js';

const browser = findBrowser(process.env);
const runs = browser !== null && whyNoWindow() === null;
if (!runs) process.stdout.write('app window: its tests were not run, because there is no Xvfb or no browser here\n');

// A browser that starts beside other work takes its time.
jest.setTimeout(60_000);

const SIZE = { width: 900, height: 700 };

(runs ? describe : describe.skip)('the app window in a system Chromium', () => {
  let screen: VirtualScreen;
  let server: Server;
  let reached: string[] = [];
  let address = '';
  let window: AppWindow;
  const app = testApp({ 'passphrase.suggest': { words: 'orchard lantern seven kettle' } });
  let reports: string[] = [];

  const open = (options: Partial<Parameters<typeof openAppWindow>[0]> = {}): Promise<AppWindow> =>
    openAppWindow({ browser: browser as FoundBrowser, size: SIZE, files: testFiles, app, report: (error) => { reports.push(String(error)); }, ...options });

  /** What an expression in the screens' page comes to. */
  async function inPage(expression: string, of: AppWindow = window): Promise<unknown> {
    const { result, exceptionDetails } = await of.session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until an expression in the page is true. */
  async function until(condition: string, of: AppWindow = window): Promise<void> {
    await inPage(`new Promise((resolve) => { const look = () => { if (${condition}) resolve(true); else setTimeout(look, 10); }; look(); })`, of);
  }

  beforeAll(async () => {
    screen = await startScreen({ width: 1_280, height: 900 });
    process.env['DISPLAY'] = screen.display;
    server = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*').end('reached');
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    address = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    window = await open();
  });

  afterAll(async () => {
    await window.close();
    server.close();
    await screen.stop();
  });

  test('the screens are shown from the files alone, with their style', async () => {
    await until(`document.getElementById('title').textContent === 'ready'`);
    expect(await inPage('location.href')).toBe('https://countersign.invalid/');
    expect(await inPage('getComputedStyle(document.body).backgroundColor')).toBe('rgb(1, 2, 3)');
  });

  test('a call goes to its handler and its answer comes back', async () => {
    expect(await inPage(`countersign.call('passphrase.suggest', {})`)).toEqual({ ok: true, value: { words: 'orchard lantern seven kettle' } });
    await inPage(`countersign.call('note.add', { by: 'PAS', text: 'A note – with “quotes”, \\u2028 and 👩‍🏫.' })`);
    expect(app.calls.at(-1)).toEqual(['note.add', { by: 'PAS', text: 'A note – with “quotes”, \u2028 and 👩‍🏫.' }]);
  });

  test('many calls at once each get their own answer', async () => {
    const answers = (await inPage(`Promise.all(Array.from({ length: 200 }, (_, i) => countersign.call(i % 2 ? 'passphrase.suggest' : 'nothing', {}).then((a) => a.ok)))`)) as boolean[];
    expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => i % 2 === 1));
  });

  test('a call that the contract does not know, or whose arguments do not fit, gets a code and a sentence', async () => {
    expect(await inPage(`countersign.call('vault.destroy', {})`)).toMatchObject({ ok: false, code: 'ipc.unknown-call' });
    expect(await inPage(`countersign.call('note.add', { by: 'PAS', text: '' })`)).toMatchObject({ ok: false, code: 'ipc.bad-arguments' });
  });

  test('a call that is too large is refused in the page and never reaches the app', async () => {
    const before = app.calls.length;
    expect(await inPage(`countersign.call('note.add', { by: 'PAS', text: 'x'.repeat(5 * 2 ** 20) })`)).toMatchObject({ ok: false, code: 'ipc.too-large' });
    expect(app.calls.length).toBe(before);
  });

  test('events reach every listener until it stops', async () => {
    await inPage(`window.heard.length = 0; window.other = []; window.stopOther = countersign.listen((name) => { window.other.push(name); }); true`);
    app.emit('progress', { task: 'export', step: 'one', done: 1, total: 2, canCancel: true });
    await until('window.heard.length === 1 && window.other.length === 1');
    await inPage('window.stopOther(); true');
    app.emit('progress', null);
    await until('window.heard.length === 2');
    expect(await inPage('window.heard')).toEqual([['progress', { task: 'export', step: 'one', done: 1, total: 2, canCancel: true }], ['progress', null]]);
    expect(await inPage('window.other')).toEqual(['progress']);
  });

  test('a page that is busy gets the newest frame only, and every other event', async () => {
    await inPage('window.heard.length = 0; true');
    for (let i = 1; i <= 50; i += 1) {
      app.emit('frame', { mediaType: 'image/jpeg', base64: String(i) });
      if (i % 10 === 0) app.emit('entries', { items: [i] });
    }
    await until(`window.heard.some(([name, value]) => name === 'frame' && value.base64 === '50')`);
    const heard = (await inPage('window.heard')) as [string, { base64?: string; items?: number[] }][];
    expect(heard.filter(([name]) => name === 'entries').map(([, value]) => value.items?.[0])).toEqual([10, 20, 30, 40, 50]);
    expect(heard.filter(([name]) => name === 'frame').length).toBeLessThan(50);
  });

  test('no frame from before a halt follows the blank', async () => {
    await inPage('window.heard.length = 0; true');
    for (let i = 1; i <= 20; i += 1) app.emit('frame', { mediaType: 'image/jpeg', base64: String(i) });
    app.emit('blank', {});
    app.emit('progress', null);
    await until(`window.heard.some(([name]) => name === 'progress')`);
    const names = ((await inPage('window.heard')) as [string, unknown][]).map(([name]) => name);
    expect(names.slice(names.indexOf('blank') + 1)).not.toContain('frame');
  });

  test('the content policy is in force: no inline script, no evaluated text', async () => {
    expect(await inPage('document.title')).toBe('Countersign');
    expect(
      await inPage(`new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => { resolve(event.effectiveDirective); }, { once: true });
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.body.append(script);
      })`),
    ).toBe('script-src-elem');
    expect(await inPage('typeof window.injected')).toBe('undefined');
    expect(reports.some((report) => report.includes('Content Security Policy'))).toBe(true);
  });

  test('nothing in the page reaches the network', async () => {
    reached = [];
    await expect(inPage(`fetch('http://${address}/fetch')`)).rejects.toThrow('Failed to fetch');
    expect(await inPage(`new Promise((resolve) => { const image = new Image(); image.onload = () => resolve('loaded'); image.onerror = () => resolve('failed'); image.src = 'http://${address}/image'; })`)).toBe('failed');
    expect(await inPage(`new Promise((resolve) => { const socket = new WebSocket('ws://${address}/socket'); socket.onopen = () => resolve('open'); socket.onerror = () => resolve('failed'); })`)).toBe('failed');
    expect(await inPage(`navigator.sendBeacon('http://${address}/beacon', 'x') && true`)).toBeDefined();
    expect(reached).toEqual([]);
  });

  test('a page without the content policy would still reach nothing', async () => {
    reached = [];
    // DevTools can switch the policy off, which leaves the interception and the resolver to hold.
    await window.session.send('Page.setBypassCSP', { enabled: true });
    await reload();
    await expect(inPage(`fetch('http://${address}/fetch', { mode: 'no-cors' })`)).rejects.toThrow('Failed to fetch');
    expect(await inPage(`new Promise((resolve) => { const socket = new WebSocket('ws://${address}/socket'); socket.onopen = () => resolve('open'); socket.onerror = () => resolve('failed'); })`)).toBe('failed');
    await window.session.send('Page.setBypassCSP', { enabled: false });
    await reload();
    expect(reached).toEqual([]);
  });

  async function reload(): Promise<void> {
    await inPage('window.old = true');
    await window.session.send('Page.reload');
    await eventually(() => inPage(`window.old === undefined && document.getElementById('title')?.textContent === 'ready'`).catch(() => false));
  }

  test('a new window is refused', async () => {
    expect(await inPage(`String(window.open('https://example.org/'))`)).toBe('null');
    expect(await inPage(`String(window.open('about:blank'))`)).toBe('null');
    const { targetInfos } = await window.connection.root.send('Target.getTargets');
    expect(targetInfos.filter((target) => target.type === 'page').map((target) => target.url)).toEqual(['https://countersign.invalid/']);
  });

  test('a window that comes up in another way is closed', async () => {
    reports = [];
    await window.connection.root.send('Target.createTarget', { url: 'about:blank' });
    await eventually(async () => (await window.connection.root.send('Target.getTargets')).targetInfos.filter((target) => target.type === 'page').length === 1);
    expect(reports.join()).toContain('a second window was refused');
  });

  test('an address outside the screens cannot be opened, and the window comes back', async () => {
    reached = [];
    for (const url of [`http://${address}/away`, 'chrome://version', 'data:text/html,away']) {
      await inPage('window.old = true');
      await window.session.send('Page.navigate', { url });
      await eventually(() => inPage(`window.old === undefined && location.href === 'https://countersign.invalid/' && document.getElementById('title')?.textContent === 'ready'`).catch(() => false));
    }
    expect(reached).toEqual([]);
    expect(await inPage(`countersign.call('passphrase.suggest', {}).then((answer) => answer.ok)`)).toBe(true);
  });

  test('every permission is denied without asking', async () => {
    for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read']) {
      expect(await inPage(`navigator.permissions.query({ name: '${name}' }).then((status) => status.state)`)).toBe('denied');
    }
  });

  test('the page of another frame has no bridge', async () => {
    const found = await inPage(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>frame</p>';
      frame.onload = () => { resolve([typeof frame.contentWindow.countersign, Object.getOwnPropertyNames(frame.contentWindow).filter((name) => /^(call|deliver)[0-9a-f]/.test(name))]); };
      document.body.append(frame);
    })`);
    expect(found).toEqual(['undefined', []]);
  });

  test('a call forged from another script world is refused, and reported', async () => {
    const { frameTree } = await window.session.send('Page.getFrameTree');
    const { executionContextId } = await window.session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'forger' });
    // The page's own world has lost the binding by now; every other world is handed it.
    const { result } = await window.session.send('Runtime.evaluate', {
      contextId: executionContextId,
      returnByValue: true,
      expression: `Object.getOwnPropertyNames(globalThis).filter((name) => /^call[0-9a-f]{32}$/.test(name))`,
    });
    const [binding] = result.value as string[];
    expect(binding).toBeDefined();
    reports = [];
    const before = app.calls.length;
    await window.session.send('Runtime.evaluate', { contextId: executionContextId, expression: `${binding ?? ''}(JSON.stringify({ id: 1, name: 'sign-out', input: {} }))` });
    await inPage(`countersign.call('passphrase.suggest', {})`);
    expect(app.calls.slice(before).map(([name]) => name)).toEqual(['passphrase.suggest']);
    expect(reports.join()).toContain('a call that did not come from the screens was refused');
  });

  test('an error that nobody caught in the page is reported', async () => {
    reports = [];
    await inPage(`setTimeout(() => { throw new Error('something in a screen'); }, 0); new Promise((resolve) => { setTimeout(resolve, 20); })`);
    expect(reports.join()).toContain('something in a screen');
  });

  test('a page that crashes is loaded again', async () => {
    window.session.tell('Page.crash');
    await eventually(() => Promise.resolve(reports.join().includes('crashed')));
    await eventually(async () => (await inPage(`document.getElementById('title')?.textContent ?? ''`).catch(() => '')) === 'ready');
    expect(await inPage(`countersign.call('passphrase.suggest', {}).then((answer) => answer.ok)`)).toBe(true);
  });

  test('no process of the window listens on a port', () => {
    const pids = window.process.processIds();
    expect(pids.length).toBeGreaterThan(2);
    expect(socketCount(pids)).toBeGreaterThan(0);
    expect(openPorts(pids)).toEqual([]);
  });

  test('a window that a person closes is gone with its processes and its profile', async () => {
    const second = await open();
    const pids = second.process.processIds();
    expect(existsSync(second.process.profilePath)).toBe(true);
    await closeAsAPerson(second);
    await second.closed;
    expect(existsSync(second.process.profilePath)).toBe(false);
    await eventually(() => Promise.resolve(!pids.some(isRunning)));
  });

  test('a browser that is killed is a closed window', async () => {
    const second = await open();
    process.kill(second.process.processId, 'SIGKILL');
    await second.closed;
    expect(existsSync(second.process.profilePath)).toBe(false);
  });

  test('without a start page no window stays open', async () => {
    await expect(open({ files: () => Promise.resolve(null) })).rejects.toMatchObject({ code: 'app.screens-missing' });
  });

  test('without a screen it says so and names what can be run instead', async () => {
    delete process.env['DISPLAY'];
    try {
      await expect(open()).rejects.toMatchObject({ code: 'machine.no-display', sentence: expect.stringContaining('npm run demo') });
    } finally {
      process.env['DISPLAY'] = screen.display;
    }
  });

  test('a screen that is not there gives a coded error', async () => {
    process.env['DISPLAY'] = ':9999';
    try {
      await expect(open()).rejects.toMatchObject({ code: 'machine.window-failed' });
    } finally {
      process.env['DISPLAY'] = screen.display;
    }
  });
});

/** Looks again and again until it is so; the test's own time limit ends it. */
async function eventually(look: () => Promise<unknown>): Promise<void> {
  while ((await look()) !== true) await new Promise((resolve) => { setTimeout(resolve, 10); });
}

/** Closes the window with the browser's own key for it where a key can be pressed, else as the window's own button does. */
async function closeAsAPerson(window: AppWindow): Promise<void> {
  const env = { ...process.env };
  const which = ['search', '--all', '--onlyvisible', '--pid', String(window.process.processId), '--name', 'Countersign'];
  if (spawnSync('xdotool', which, { env, timeout: 10_000 }).status === 0) spawnSync('xdotool', [...which, 'windowfocus', 'key', 'ctrl+w'], { env, timeout: 10_000 });
  else await window.session.send('Page.close');
}

/** Whether a process runs; one that has ended and waits for its parent to notice does not. */
function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
