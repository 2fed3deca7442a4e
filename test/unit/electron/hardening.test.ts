import { describe, expect, test } from '@jest/globals';
import { EventEmitter } from 'node:events';
import {
  cutOffNetwork, denyPermissions, guardContents, hardenApp, refuseClientCertificates, refuseDownloads, REFUSED_SWITCHES, SWITCHES,
  type AskableSession, type NetworkedSession,
} from '../../../main/electron/hardening.js';

/** Stands for an Electron event that a listener may stop. */
function preventable<T extends object>(more: T): T & { prevented: boolean; preventDefault(): void } {
  const event = { ...more, prevented: false, preventDefault: () => { event.prevented = true; } };
  return event;
}

/** Stands for `app` before it is ready, started with these switches. */
function fakeApp(startedWith: readonly string[]): Parameters<typeof hardenApp>[0] & { sandboxed: boolean; switches: Map<string, string | undefined> } {
  const switches = new Map<string, string | undefined>(startedWith.map((name) => [name, undefined]));
  const app = {
    sandboxed: false,
    switches,
    enableSandbox: () => { app.sandboxed = true; },
    commandLine: { appendSwitch: (name: string, value?: string) => { switches.set(name, value); }, hasSwitch: (name: string) => switches.has(name) },
  };
  return app;
}

describe('the app before it is ready', () => {
  test('every renderer is sandboxed, and each switch is set', () => {
    const app = fakeApp([]);
    expect(hardenApp(app)).toBeNull();
    expect(app.sandboxed).toBe(true);
    expect([...app.switches]).toEqual(SWITCHES.map(([name, value]) => [name, value ?? undefined]));
  });

  test.each(REFUSED_SWITCHES)('is told that it was started with --%s', (name) => {
    expect(hardenApp(fakeApp([name]))).toBe(name);
  });

  test('sets no switch that it would refuse', () => {
    expect(SWITCHES.filter(([name]) => REFUSED_SWITCHES.includes(name))).toEqual([]);
  });
});

/** Stands for `WebContents`: an emitter that keeps its window-open handler. */
class FakeContents extends EventEmitter {
  opener: ((details: { url: string }) => { action: 'deny' }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void {
    this.opener = handler;
  }
}

describe('the guards of every page', () => {
  const contents = new FakeContents();
  guardContents(contents, (url) => url === 'countersign://app/');

  test.each(['will-frame-navigate', 'will-redirect'])('%s to another place is stopped', (name) => {
    for (const url of ['https://example.org/', 'file:///etc/passwd', 'about:blank', 'countersign://other/', '']) {
      const event = preventable({ url });
      contents.emit(name, event);
      expect(event.prevented).toBe(true);
    }
    const home = preventable({ url: 'countersign://app/' });
    contents.emit(name, home);
    expect(home.prevented).toBe(false);
  });

  test('no window opens and no webview is attached', () => {
    expect(contents.opener?.({ url: 'countersign://app/' })).toEqual({ action: 'deny' });
    const webview = preventable({});
    contents.emit('will-attach-webview', webview);
    expect(webview.prevented).toBe(true);
  });
});

describe('what a session refuses', () => {
  test('every permission, asked for or looked up, and says what was asked', () => {
    // Stands for `Session`: keeps each handler, so that it can be called as Electron would.
    const handlers: Record<string, (...args: never[]) => unknown> = {};
    const session = new Proxy({}, { get: (_target, name: string) => (handler: (...args: never[]) => unknown) => { handlers[name] = handler; } }) as AskableSession;
    const asked: [string, string | null][] = [];
    denyPermissions(session, (permission, url) => { asked.push([permission, url]); });
    const call = (name: string, ...args: unknown[]): unknown => (handlers[name] as (...all: unknown[]) => unknown)(...args);

    const answers: unknown[] = [];
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'fullscreen', 'clipboard-read', 'unknown']) {
      call('setPermissionRequestHandler', {}, permission, (granted: boolean) => answers.push(granted), { requestingUrl: 'https://site.example/' });
      expect(call('setPermissionCheckHandler', null, permission, 'https://site.example', {})).toBe(false);
    }
    expect(answers).toEqual(Array(7).fill(false));
    expect(asked[0]).toEqual(['media', 'https://site.example/']);
    expect(call('setDevicePermissionHandler', {})).toBe(false);
    call('setDisplayMediaRequestHandler', {}, (streams: unknown) => answers.push(streams));
    expect(answers.at(-1)).toBeNull();
    call('setBluetoothPairingHandler', {}, (response: unknown) => answers.push(response));
    expect(answers.at(-1)).toEqual({ confirmed: false });
  });

  test('every address but its own', () => {
    let listener: ((details: { url: string }, callback: (response: { cancel?: boolean }) => void) => void) | undefined;
    const session: NetworkedSession = { webRequest: { onBeforeRequest: (given) => { listener = given; } } };
    cutOffNetwork(session, (url) => url.startsWith('countersign:'));
    const cancelled = (url: string): boolean | undefined => {
      let answer: boolean | undefined;
      listener?.({ url }, ({ cancel }) => { answer = cancel; });
      return answer;
    };
    expect(cancelled('countersign://app/index.html')).toBe(false);
    for (const url of ['https://example.org/', 'http://127.0.0.1:1/', 'ws://127.0.0.1:1/', 'file:///etc/passwd', 'devtools://devtools/x']) expect(cancelled(url)).toBe(true);
  });

  test('every download, before anything of it is written', () => {
    const session = new EventEmitter();
    const refused: string[] = [];
    refuseDownloads(session, (url, name) => { refused.push(`${url} ${name}`); });
    const event = preventable({});
    session.emit('will-download', event, { getURL: () => 'https://site.example/a.zip', getFilename: () => 'a.zip' });
    expect(event.prevented).toBe(true);
    expect(refused).toEqual(['https://site.example/a.zip a.zip']);
  });

  test('to show a site a certificate of the computer', () => {
    const app = new EventEmitter();
    refuseClientCertificates(app);
    const event = preventable({});
    const chosen: unknown[][] = [];
    app.emit('select-client-certificate', event, {}, 'https://site.example/', [{}], (...args: unknown[]) => chosen.push(args));
    expect(event.prevented).toBe(true);
    expect(chosen).toEqual([[]]);
  });
});
