import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEvidenceBrowser, type HostedEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import { startHostileSite, type HostileSite } from '../hostile/site.js';
import { systemClock, testBrowser, VIEWPORT } from './chromium-host.js';
import { CONTRACT_POLICY } from './evidence-contract.js';
import { RecordingSink } from './recording-sink.js';

/** These look into `/proc`, which only Linux has. */
const onLinux = process.platform === 'linux' ? describe : describe.skip;

/** Inodes of the sockets that a process holds open. */
function socketsOf(pid: number): Set<string> {
  const inodes = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? ''];
    } catch {
      return [];
    }
  });
  return new Set(inodes.filter((inode) => inode !== ''));
}

/** Inodes of the sockets that listen: TCP in state LISTEN (0A), and every UDP socket that is bound. */
function listening(): string[] {
  const rows = (name: string): string[][] => readFileSync(`/proc/net/${name}`, 'latin1').split('\n').slice(1).map((line) => line.trim().split(/\s+/));
  const tcp = ['tcp', 'tcp6'].flatMap(rows).filter((row) => row[3] === '0A');
  const udp = ['udp', 'udp6'].flatMap(rows).filter((row) => row.length > 9);
  return [...tcp, ...udp].map((row) => row[9] ?? '');
}

/** Files below `folders` that hold `words`, also those that are open and have no name any more. */
function filesWith(words: string, folders: readonly string[], pids: readonly number[]): string[] {
  const found: string[] = [];
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    try {
      found.push(...execFileSync('grep', ['-rlaF', '-D', 'skip', '--exclude-dir=jest*', '--', words, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n').filter((line) => line !== ''));
    } catch (error) {
      found.push(...((error as { stdout?: string }).stdout ?? '').split('\n').filter((line) => line !== ''));
    }
  }
  for (const pid of pids) {
    found.push(...openFilesWith([Buffer.from(words)], [pid]));
  }
  return found;
}

/** What is, or was, a file on a disk and is open in one of the processes; `/dev/shm` is memory, through which the browser's processes talk. */
function openFiles(pids: readonly number[]): { path: string; target: string }[] {
  return pids.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
        const path = `/proc/${pid}/fd/${fd}`;
        try {
          const target = readlinkSync(path);
          return !target.startsWith('/') || target.startsWith('/dev/') || target.startsWith('/memfd:') || !statSync(path).isFile() ? [] : [{ path, target }];
        } catch {
          return [];
        }
      });
    } catch {
      return [];
    }
  });
}

const holds = (path: string, needles: readonly Buffer[]): boolean => {
  try {
    const bytes = readFileSync(path);
    return needles.some((needle) => bytes.includes(needle));
  } catch {
    return false;
  }
};

function openFilesWith(needles: readonly Buffer[], pids: readonly number[]): string[] {
  return openFiles(pids).filter(({ path }) => holds(path, needles)).map(({ target }) => target);
}

function profileFilesWith(needles: readonly Buffer[], folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => holds(path, needles));
}

const stateOf = (pid: number): string => /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1] ?? '';

onLinux('the Chromium host, seen from outside', () => {
  let site: HostileSite;
  let sink: RecordingSink;
  let browser: HostedEvidenceBrowser;

  beforeEach(async () => {
    site = await startHostileSite();
    sink = new RecordingSink();
    browser = await startEvidenceBrowser({ browser: testBrowser(), viewport: VIEWPORT, policy: CONTRACT_POLICY, sink, clock: systemClock });
  }, 60_000);

  afterEach(async () => {
    await browser.close();
    await site.close();
  }, 60_000);

  test('a page that starts a call learns no address of this computer', async () => {
    await browser.goto(`${site.base}/rtc`);
    expect(await sink.until('title', (fact) => fact.title.startsWith('Found'))).toMatchObject({ title: 'Found 0' });
  }, 60_000);

  test('no process of it listens on a TCP or UDP port', async () => {
    await browser.goto(`${site.base}/busy`);
    const open = listening();
    const tree = browser.processIds();
    expect(tree.length).toBeGreaterThan(3);
    expect(tree.filter((pid) => open.some((inode) => socketsOf(pid).has(inode)))).toEqual([]);
  }, 60_000);

  test('cutting off stops every request and every process, and keeps them', async () => {
    const frames: number[] = [];
    await browser.goto(`${site.base}/busy`);
    await browser.startFrames(() => frames.push(1));
    await browser.cutOff();
    // What was on its way already is read by the server before this is.
    await fetch(`${site.base}/tick`);
    const [requests, shown] = [site.seen.length, frames.length];
    const tree = browser.processIds();
    expect(tree.length).toBeGreaterThan(3);
    expect(tree.map(stateOf).filter((state) => state !== 'T' && state !== 'Z')).toEqual([]);
    // The page asks every ten milliseconds; a server that is asked twice itself would long have heard of it.
    await fetch(`${site.base}/tick`);
    await fetch(`${site.base}/tick`);
    expect(site.seen.length).toBe(requests + 2);
    expect(frames.length).toBe(shown);
    await expect(browser.goto(`${site.base}/next`)).rejects.toMatchObject({ code: 'browser.cut-off' });
    await expect(browser.compose('viewport')).rejects.toMatchObject({ code: 'browser.cut-off' });
    expect(site.documents()).toEqual(['/busy']);
    await browser.close();
    expect(tree.filter((pid) => existsSync(`/proc/${pid}`) && stateOf(pid) !== 'Z')).toEqual([]);
    expect(existsSync(browser.profilePath)).toBe(false);
  }, 60_000);

  test('what a page shows, stores or sends to save is in no file, named or not, during a sitting or after', async () => {
    const words = ['PLANTED', 'MARKER', '7f3a9c'].join('-');
    await browser.goto(`${site.base}/marker`);
    await sink.until('title', (fact) => fact.title === 'Planted');
    const composite = await browser.compose('full-page');
    expect(composite.text).toContain(words);
    await browser.goto(`${site.base}/download-page`);
    await browser.click('#attachment');
    await sink.until('refused', (fact) => (fact.url ?? '').endsWith('/file.bin'));
    const places = [browser.profilePath, tmpdir(), join(process.env['HOME'] ?? '/root', 'Downloads'), join(process.env['HOME'] ?? '/root', '.cache'), join(process.env['HOME'] ?? '/root', '.config')].filter((place) => !place.includes('jest'));
    expect(filesWith(words, places, browser.processIds())).toEqual([]);
    expect(filesWith(['PLANTED', 'DOWNLOAD'].join('-'), places, browser.processIds())).toEqual([]);
    await browser.close();
    expect(existsSync(browser.profilePath)).toBe(false);
    expect(filesWith(words, places, [])).toEqual([]);
  }, 90_000);

  test('the words, the title, the cookie, the stored things and the colour of a page are in no file while it is captured, printed, sent to save, sent to a printer and crashed', async () => {
    const words = ['PLANTED', 'MARKER', '7f3a9c'].join('-');
    // The page's own colour, as the bytes of a row of pixels with and without transparency, and of the other order.
    const colour = [23, 119, 201];
    const rows = [[...colour], [...colour, 255], [...colour].reverse(), [...[...colour].reverse(), 255]].map((pixel) => Buffer.from(Array.from({ length: 24 }, () => pixel).flat()));
    const places = [browser.profilePath, tmpdir(), join(process.env['HOME'] ?? '/root', 'Downloads'), join(process.env['HOME'] ?? '/root', '.cache'), join(process.env['HOME'] ?? '/root', '.config')].filter((place) => !place.includes('jest'));
    const found: string[] = [];
    let looks = 0;
    const look = (): void => {
      looks += 1;
      found.push(...filesWith(words, places, browser.processIds()), ...openFilesWith(rows, browser.processIds()), ...profileFilesWith(rows, browser.profilePath));
    };
    await browser.goto(`${site.base}/marker-everywhere`);
    await sink.until('title', (fact) => fact.title === words);
    look();
    for (const form of ['viewport', 'full-page', 'text'] as const) {
      const taken = browser.compose(form);
      look();
      await taken;
    }
    await browser.click('#print');
    await sink.until('refused', (fact) => fact.what === 'print');
    look();
    for (const selector of ['#attachment', '#blob']) {
      await browser.click(selector);
      look();
    }
    await sink.until('refused', (fact) => fact.what === 'download' && (fact.url ?? '').startsWith('blob:'));
    look();
    const renderers = browser.processIds().filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    for (const pid of renderers) process.kill(pid, 'SIGSEGV');
    await sink.until('closed', () => true);
    look();
    await browser.close();
    found.push(...filesWith(words, places, []));
    process.stdout.write(`Planted marker: looked ${looks + 1} times, found ${found.length} times\n`);
    expect(found).toEqual([]);
  }, 120_000);

  test('a browser that is killed is said to be gone, and leaves no folder', async () => {
    await browser.goto(`${site.base}/next`);
    process.kill(browser.processId, 'SIGKILL');
    await sink.until('closed', (reason) => reason.includes('stopped by itself'));
    await expect(browser.goto(`${site.base}/`)).rejects.toMatchObject({ code: 'browser.closed' });
    await browser.close();
    expect(existsSync(browser.profilePath)).toBe(false);
  }, 60_000);
});

onLinux('links to other programs', () => {
  test('start none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-programs-'));
    const called = join(folder, 'called');
    for (const name of ['xdg-open', 'gio', 'gvfs-open', 'xdg-email', 'exo-open', 'kde-open']) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho "$0 $*" >> '${called}'\n`);
      chmodSync(join(folder, name), 0o755);
    }
    const before = process.env['PATH'];
    process.env['PATH'] = `${folder}:${before ?? ''}`;
    const site = await startHostileSite();
    const sink = new RecordingSink();
    const browser = await startEvidenceBrowser({ browser: testBrowser(), viewport: VIEWPORT, policy: CONTRACT_POLICY, sink, clock: systemClock });
    try {
      for (const selector of ['#mail', '#tel']) {
        await browser.goto(`${site.base}/links-out`);
        await browser.click(selector);
        await browser.settle();
      }
      await sink.until('refused', (fact) => fact.url === 'tel:+441632960000');
      await browser.goto(`${site.base}/next`);
      expect(existsSync(called)).toBe(false);
    } finally {
      process.env['PATH'] = before;
      await browser.close();
      await site.close();
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});
