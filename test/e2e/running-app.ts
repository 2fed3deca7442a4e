import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const OUT = fileURLToPath(new URL('../../', import.meta.url));
const CLI = join(OUT, 'main', 'cli', 'main.js');
const TAPPED_BROWSER = join(OUT, 'test', 'e2e', 'tapped-browser.js');
const TAP = join(OUT, 'test', 'e2e', 'tap.js');

/** The real app in its real window, and Playwright's hand in it. */
export interface RunningApp {
  readonly page: Page;
  /** The app's own process; its browsers are its children. */
  readonly pid: number;
  /** Errors that the window's page wrote to its console. */
  readonly errors: readonly string[];
  /** What the app said on standard output and standard error. */
  output(): string;
  /** Closes the window; gives the exit code. */
  close(): Promise<number>;
  /** Ends the app as a power cut would. */
  kill(): Promise<void>;
}

/** Where an app is started: on what screen, over what vault, and in what folder it keeps everything else. */
export interface AppPlaces {
  readonly display: string;
  readonly vault: string;
  readonly home: string;
}

/** Starts `countersign open` on a virtual screen, unchanged but for a browser with a tap. */
export async function startApp(options: AppPlaces): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-tap-'));
  const tap = join(folder, 'tap');
  for (const program of [TAPPED_BROWSER, TAP]) await chmod(program, 0o755);
  const env = {
    ...process.env, DISPLAY: options.display, COUNTERSIGN_BROWSER: TAPPED_BROWSER, COUNTERSIGN_REAL_BROWSER: process.env['COUNTERSIGN_BROWSER'] ?? '/usr/bin/chromium',
    COUNTERSIGN_TAP: tap, XDG_DATA_HOME: options.home, COUNTERSIGN_DEBUG: '1',
  };
  const app = spawn(process.execPath, [CLI, 'open', '--host', 'chromium', '--vault', options.vault], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString('utf8')));
  const exited = once(app, 'exit') as Promise<[number | null]>;
  await untilOpen(app, () => output);
  const context = await chromium.launchPersistentContext('', { executablePath: TAP, viewport: null, env: { ...process.env, COUNTERSIGN_TAP: tap }, timeout: 30_000, ignoreDefaultArgs: true, args: ['--remote-debugging-pipe'] });
  const page = await firstPage(context);
  const errors = hearErrors(page);
  const tidy = async (): Promise<void> => {
    await context.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
  return {
    page,
    pid: app.pid ?? 0,
    errors,
    output: () => output,
    async close() {
      app.kill('SIGTERM');
      const [code] = await exited;
      await tidy();
      return code ?? -1;
    },
    async kill() {
      app.kill('SIGKILL');
      await exited;
      await tidy();
    },
  };
}

/** Gives the list that every error on the page's console is added to, and the page the patience of a busy machine: what is promised about time is measured by the bench. */
export function hearErrors(page: Page): readonly string[] {
  page.setDefaultTimeout(45_000);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  return errors;
}

async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}

/** A test that looks in while the window is still being opened would hold its page up. */
async function untilOpen(app: ChildProcess, output: () => string): Promise<void> {
  for (let i = 0; i < 600 && !output().includes('Countersign is open'); i += 1) {
    if (app.exitCode !== null) {
      process.stdout.write(`The app ended with ${app.exitCode} before its window opened:\n${output()}\n`);
      throw new Error('the app ended before its window opened');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
