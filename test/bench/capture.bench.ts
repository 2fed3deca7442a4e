import { chromium } from 'playwright-core';
import { startEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import { findBrowser } from '../../main/chromium/find-browser.js';
import type { EvidenceSink } from '../../src/cdp/facts.js';
import { pngSize } from '../../src/cdp/png.js';
import { DRAWING, median, PAGE_HEIGHT, serveLongPage, timed } from './long-page.js';

/** How often each side takes its picture, after one that is not counted. */
const ROUNDS = 7;

const deaf: EvidenceSink = { navigation: () => undefined, inPage: () => undefined, failed: () => undefined, refused: () => undefined, title: () => undefined, noted: () => undefined, asked: () => undefined, page: () => undefined, closed: () => undefined };

/**
 * Milliseconds from asking to having the PNG of a 13,000 px text page at 1280 px: ours (page taken as it stands, with
 * text, HTML and facts), our pixels alone, and Playwright's bare full-page screenshot, on the same browser and page,
 * taking turns. Settling is reported apart.
 *
 * @returns one object a figure: `{ bench, value, unit }`, with `ratio` to Playwright where there is one.
 */
export async function benchCapture(): Promise<object[]> {
  const browser = findBrowser(process.env);
  if (browser === null) throw new Error('No browser was found to measure with.');
  const { url, close } = await serveLongPage();
  const ours = await startEvidenceBrowser({
    browser, viewport: { width: 1280, height: 800, scale: 1 }, policy: { decideAddress: () => ({ allow: true }) }, sink: deaf,
    clock: { now: () => new Date().toISOString(), monotonicMs: () => performance.now() },
  });
  const theirs = await chromium.launch({ executablePath: browser.path, args: DRAWING, chromiumSandbox: process.getuid?.() !== 0 });
  try {
    const page = await theirs.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    await ours.goto(url);
    const times = { ours: [] as number[], pixels: [] as number[], settled: [] as number[], playwright: [] as number[] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const playwright = await timed(() => page.screenshot({ fullPage: true }));
      const pixelsAt: number[] = [];
      const start = performance.now();
      const plain = await timed(() => ours.compose('full-page', () => pixelsAt.push(performance.now() - start), null, false));
      const settled = await timed(() => ours.compose('full-page'));
      for (const png of [playwright.value, plain.value.image?.png, settled.value.image?.png]) {
        if (png === undefined || pngSize(png).height !== PAGE_HEIGHT) throw new Error('A picture of the wrong size was measured.');
      }
      if (round === 0) continue;
      times.playwright.push(playwright.ms);
      times.ours.push(plain.ms);
      times.pixels.push(pixelsAt.at(-1) ?? Number.NaN);
      times.settled.push(settled.ms);
    }
    const base = median(times.playwright);
    const figure = (bench: string, ms: number): object => ({ bench, value: Math.round(ms), unit: 'ms', ratio: Number((ms / base).toFixed(2)) });
    return [
      { bench: 'capture-13000px-playwright-full-page', value: Math.round(base), unit: 'ms' },
      { ...figure('capture-13000px-pixels-to-png', median(times.pixels)), aim: 1 },
      figure('capture-13000px-compose-unsettled', median(times.ours)),
      figure('capture-13000px-compose-settled', median(times.settled)),
    ];
  } finally {
    await ours.close();
    await theirs.close();
    await close();
  }
}
