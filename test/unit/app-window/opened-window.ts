import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAppWindow, type AppWindow } from '../../../main/chromium/app-window.js';
import { findBrowser, type FoundBrowser } from '../../../main/chromium/find-browser.js';
import { startScreen, whyNoWindow, type VirtualScreen } from '../../e2e/virtual-screen.js';
import { testApp, testFiles, type TestApp } from './screens.js';

const browser = findBrowser(process.env);
const runs = browser !== null && whyNoWindow() === null;
if (!runs) process.stdout.write('app window: its tests were not run, because there is no Xvfb or no browser here\n');

// A browser that starts beside other work takes its time.
jest.setTimeout(60_000);

const SIZE = { width: 900, height: 700 };

/** What the tests of a file have in their hands while the window is open. */
export interface OpenedWindow {
  readonly screen: VirtualScreen;
  readonly window: AppWindow;
  /** Stands for the engine behind the window. */
  readonly app: TestApp;
  /** A server on this computer, as host and port, and what it was asked for. */
  readonly address: string;
  readonly reached: string[];
  /** What the window reported as errors. */
  readonly reports: string[];
  /** Opens another window, with other options than the first has. */
  open(options?: Partial<Parameters<typeof openAppWindow>[0]>): Promise<AppWindow>;
  /** What an expression in the screens' page comes to. */
  inPage(expression: string, of?: AppWindow): Promise<unknown>;
  /** Waits until an expression in the page is true. */
  until(condition: string, of?: AppWindow): Promise<void>;
}

/** Runs tests over one window on a screen of its own; skips them where there is no screen or no browser. */
export function inAppWindow(suite: (shown: OpenedWindow) => void): void {
  (runs ? describe : describe.skip)('the app window in a system Chromium', () => {
    let screen: VirtualScreen;
    let server: Server;
    const reached: string[] = [];
    let address = '';
    let window: AppWindow;
    const app = testApp({ 'passphrase.suggest': { words: 'orchard lantern seven kettle' } });
    const reports: string[] = [];

    const open = (options: Partial<Parameters<typeof openAppWindow>[0]> = {}): Promise<AppWindow> =>
      openAppWindow({ browser: browser as FoundBrowser, size: SIZE, files: testFiles, app, report: (error) => { reports.push(String(error)); }, ...options });

    async function inPage(expression: string, of: AppWindow = window): Promise<unknown> {
      const { result, exceptionDetails } = await of.session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    }

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

    suite({
      get screen() { return screen; },
      get window() { return window; },
      get address() { return address; },
      app, reached, reports, open, inPage, until,
    });
  });
}

/** Looks again and again until it is so; the test's own time limit ends it. */
export async function eventually(look: () => Promise<unknown>): Promise<void> {
  while ((await look()) !== true) await new Promise((resolve) => { setTimeout(resolve, 10); });
}

/** Closes the window with the browser's own key for it where a key can be pressed, else as the window's own button does. */
export async function closeAsAPerson(window: AppWindow): Promise<void> {
  const env = { ...process.env };
  const which = ['search', '--all', '--onlyvisible', '--pid', String(window.process.processId), '--name', 'Countersign'];
  if (spawnSync('xdotool', which, { env, timeout: 10_000 }).status === 0) spawnSync('xdotool', [...which, 'windowfocus', 'key', 'ctrl+w'], { env, timeout: 10_000 });
  else await window.session.send('Page.close');
}

/** Whether a process runs; one that has ended and waits for its parent to notice does not. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
