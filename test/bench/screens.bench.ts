import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { scratch } from '../e2e/command.js';
import { Hands } from '../e2e/hands.js';
import { moreExhibits } from '../e2e/more-exhibits.js';
import { openScene, picturesOfForum, withChromium } from '../e2e/preview/open-scene.js';
import { inCase, record } from '../e2e/preview/samples.js';
import { startApp } from '../e2e/running-app.js';
import { startScreen, whyNoWindow } from '../e2e/virtual-screen.js';

const ENTRIES = 5_000;
const EXHIBITS = Number(process.env['COUNTERSIGN_BENCH_EXHIBITS'] ?? 200);
/** A frame that took longer was missed at 60 a second. */
const FRAME_MS = 16.7;
const PEOPLE = ['Practice One', 'Practice Two'];
const PASSPHRASES = ['practice one', 'practice two'];

/**
 * What people wait for, in the app's real window: the first screen, the way from "Capture" to the exhibit, scrolling a record of
 * 5,000 entries, and the memory of all of the app's processes. Peers: a bare Chromium, Playwright's own picture, a plain list.
 */
export async function benchScreens(): Promise<object[]> {
  const figures = [await scrolling()];
  if (whyNoWindow() !== null) return figures;
  return [...figures, ...(await inWindow())];
}

async function inWindow(): Promise<object[]> {
  const folder = scratch();
  const screen = await startScreen({ width: 1440, height: 900 });
  try {
    const bareStarted = performance.now();
    const bare = await withChromium((context) => { context.pages(); return Promise.resolve(performance.now() - bareStarted); });
    const started = performance.now();
    const app = await startApp({ display: screen.display, vault: folder.path('vault'), home: folder.path('home') });
    app.page.setDefaultTimeout(60_000);
    const hands = new Hands(app.page, 'bench');
    await hands.see('Set up this computer');
    const first = performance.now() - started;
    const idle = memoryOf(app.pid);
    await hands.press(/Practise first/);
    await hands.see('No cases yet');
    const site = new URL(await app.page.locator('.practice-step code').innerText()).origin;
    await hands.openCase('P-1', [], PEOPLE, PASSPHRASES);
    await hands.visit(`${site}/forum/thread/48213`);
    const capture = await timeCapture(app.page, hands);
    const peer = await playwrightPicture(`${site}/forum/thread/48213`);
    await moreExhibits(app.page, 'PRA', EXHIBITS - 1);
    await app.page.getByRole('tab', { name: /Exhibits/ }).click();
    await app.page.getByText(`PRA/${EXHIBITS}`).first().waitFor();
    const full = memoryOf(app.pid);
    const exported = await exportWatched(app.page, hands);
    await app.close();
    return [
      { figure: 'screens.first-screen', seconds: seconds(first), bareChromiumSeconds: seconds(bare) },
      { figure: 'screens.capture-to-question', seconds: seconds(capture.question), playwrightFullPageSeconds: seconds(peer) },
      { figure: 'screens.answer-to-exhibit', seconds: seconds(capture.kept) },
      { figure: 'screens.memory-idle', megabytes: idle },
      { figure: 'screens.memory-exhibits', exhibits: EXHIBITS, megabytes: full, idleMegabytes: idle },
      { figure: 'screens.export-main-thread', exhibits: EXHIBITS, ...exported },
    ];
  } finally {
    await screen.stop();
    folder.remove();
  }
}

async function timeCapture(page: Page, hands: Hands): Promise<{ question: number; kept: number }> {
  const pressed = performance.now();
  await page.keyboard.press('F4');
  await hands.see('Could anything here show the sexual abuse of a child?');
  const asked = performance.now();
  await hands.press('Show what would be kept');
  await page.getByText('All of it has been in view.').waitFor();
  const answered = performance.now();
  await page.keyboard.press('k');
  await hands.record('Captured PRA/1: whole page');
  return { question: asked - pressed, kept: performance.now() - answered };
}

/**
 * Concludes, seals and exports, and listens meanwhile for tasks that held the window's main thread for 50 ms or longer
 * (W3C Long Tasks). `idle`: those in as long a time without an export, so that the machine's own hiccups are seen.
 */
async function exportWatched(page: Page, hands: Hands): Promise<{ seconds: number; tasksOver50ms: number; longestMs: number; idleTasksOver50ms: number; idleLongestMs: number }> {
  await hands.sealWithoutSubstance(PASSPHRASES);
  await hands.press('Make a bundle');
  await hands.pick('The school’s own record');
  await hands.sign(PASSPHRASES);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => { tasks.push(...list.getEntries().map(({ duration }) => duration)); }).observe({ type: 'longtask' });
  });
  // One made on purpose has to be heard, or the silence afterwards would mean nothing.
  await page.evaluate(() => new Promise((heard) => {
    new PerformanceObserver(heard).observe({ type: 'longtask' });
    setTimeout(() => { for (const until = performance.now() + 80; performance.now() < until; ); }, 0);
  }));
  const take = (): Promise<number[]> => page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0));
  await take();
  const started = performance.now();
  await hands.press(/^Sign/);
  await hands.see('The bundle is made', 300_000);
  const took = performance.now() - started;
  const during = await take();
  await page.waitForTimeout(took);
  const idle = await take();
  const longest = (tasks: readonly number[]): number => Math.round(Math.max(0, ...tasks));
  return { seconds: seconds(took), tasksOver50ms: during.length, longestMs: longest(during), idleTasksOver50ms: idle.length, idleLongestMs: longest(idle) };
}

async function playwrightPicture(url: string): Promise<number> {
  return withChromium(async (context) => {
    const page = await context.newPage();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(url);
    const started = performance.now();
    await page.screenshot({ fullPage: true });
    return performance.now() - started;
  });
}

/** A record of 5,000 entries scrolled by wheel from its end to its start, and the same lines in a plain list. */
async function scrolling(): Promise<object> {
  return withChromium(async (context) => {
    const pictures = await picturesOfForum(context);
    const page = await context.newPage();
    await page.setViewportSize({ width: 1280, height: 800 });
    await openScene(page, { name: 'bench', script: { state: inCase({ entries: ENTRIES }), items: record(ENTRIES) } }, pictures);
    const own = await framesOf(page, '.record');
    const rows = await page.locator('.record [role=row]').count();
    await page.setContent(`<style>div{height:700px;width:380px;overflow:auto}p{margin:0;height:62px}</style><div id="plain">${record(ENTRIES).map(({ line, detail }) => `<p>${line}<br>${detail ?? ''}</p>`).join('')}</div>`);
    const plain = await framesOf(page, '#plain');
    return { figure: 'screens.scroll-record', entries: ENTRIES, rowsInTheDocument: rows, frames: own.frames, over16ms: own.late, longestMs: own.longest, plainListFrames: plain.frames, plainListOver16ms: plain.late };
  });
}

async function framesOf(page: Page, selector: string): Promise<{ frames: number; late: number; longest: number }> {
  return page.evaluate(async ({ name, limit }) => {
    const box = document.querySelector(name);
    if (box === null) throw new Error('nothing to scroll');
    box.scrollTop = box.scrollHeight;
    const gaps: number[] = [];
    let last = await new Promise<number>((next) => requestAnimationFrame(next));
    for (let i = 0; i < 300; i += 1) {
      box.scrollTop -= 240;
      const now = await new Promise<number>((next) => requestAnimationFrame(next));
      gaps.push(now - last);
      last = now;
    }
    return { frames: gaps.length, late: gaps.filter((gap) => gap > limit + 1).length, longest: Math.round(Math.max(...gaps)) };
  }, { name: selector, limit: FRAME_MS });
}

/** Megabytes that the app and all that it started hold for themselves (proc(5): Pss). */
function memoryOf(root: number): number {
  const children = new Map<number, number[]>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)) {
    const parent = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const all = [root];
  for (const pid of all) all.push(...(children.get(pid) ?? []));
  return Math.round(all.reduce((sum, pid) => sum + Number(/^Pss:\s*(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0) / 1_000);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 10) / 100;
}
