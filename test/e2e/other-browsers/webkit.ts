import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScreen, whyNoWindow } from '../virtual-screen.js';
import type { Commands, Driver } from './driven-browser.js';

/* WebKit is what Safari draws with. Safari itself exists on Apple's computers alone; this is WebKit's port for GTK, with its small browser. */

const DRIVER = '/usr/bin/WebKitWebDriver';
const BROWSER = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((machine) => ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'].map((version) => `/usr/lib/${machine}/${version}/MiniBrowser`)).find(existsSync);

/** Why WebKit cannot be had on this machine, or null when it can. */
export function whyNoWebKit(): string | null {
  if (!existsSync(DRIVER) || BROWSER === undefined) return 'WebKitGTK with WebKitWebDriver is not installed';
  return whyNoWindow();
}

/** Starts WebKit's small browser on a screen in memory. @param downloads folder that it saves to */
export async function startWebKit(downloads: string): Promise<Driver> {
  const home = await mkdtemp(join(tmpdir(), 'webkit-'));
  await mkdir(join(home, '.config'));
  await writeFile(join(home, '.config', 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const screen = await startScreen({ width: 1280, height: 1000 });
  const port = randomInt(20_000, 30_000);
  const own = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), XDG_CACHE_HOME: home, XDG_DATA_HOME: home, DISPLAY: screen.display, GDK_BACKEND: 'x11' };
  const driver = spawn(DRIVER, [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, ...own } });
  const ended = once(driver, 'exit');
  const origin = `http://127.0.0.1:${port}`;
  await answers(origin, () => driver.exitCode !== null);
  const made = await call('POST', `${origin}/session`, { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] } } } });
  const { sessionId, capabilities } = made as { sessionId: string; capabilities: { browserVersion: string } };
  const session = `${origin}/session/${sessionId}`;
  return {
    name: `WebKitGTK ${capabilities.browserVersion}`,
    commands: commandsOf(session),
    complaints: () => Promise.resolve([]),
    async stop() {
      await call('DELETE', session).catch(() => undefined);
      driver.kill();
      await ended;
      await screen.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function commandsOf(session: string): Commands {
  const post = (path: string, body: object): Promise<unknown> => call('POST', `${session}${path}`, body);
  return {
    navigate: (url) => post('/url', { url }),
    setTimeouts: (timeouts) => post('/timeouts', timeouts),
    findElement: (value) => post('/element', { using: 'css selector', value }),
    elementSendKeys: (element, text) => post(`/element/${element}/value`, { text }),
    elementClear: (element) => post(`/element/${element}/clear`, {}),
    elementClick: (element) => post(`/element/${element}/click`, {}),
    elementText: (element) => call('GET', `${session}/element/${element}/text`),
    executeScript: (script) => post('/execute/sync', { script, args: [] }),
    takeScreenshot: () => call('GET', `${session}/screenshot`),
  };
}

async function call(method: 'GET' | 'POST' | 'DELETE', address: string, body?: object): Promise<unknown> {
  const response = await fetch(address, { method, body: body === undefined ? null : JSON.stringify(body) });
  const { value } = await response.json() as { value: unknown };
  if (!response.ok) throw new Error(JSON.stringify(value));
  return value;
}

/** The driver does not say that it is ready, so it is asked. */
async function answers(origin: string, gone: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !gone(); tries += 1) {
    if (await call('GET', `${origin}/status`).then(() => true, () => false)) return;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error('WebKitWebDriver does not answer');
}
