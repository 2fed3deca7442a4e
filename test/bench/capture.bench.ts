import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { startEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import { findBrowser } from '../../main/chromium/find-browser.js';
import type { EvidenceSink } from '../../src/cdp/facts.js';
import { pngSize } from '../../src/cdp/png.js';

/** How often each side takes its picture, after one that is not counted. */
const ROUNDS = 7;
const PAGE_HEIGHT = 13_000;

/** Flags that change how a page is drawn; the same for both sides. */
const DRAWING = ['--disable-gpu', '--force-color-profile=srgb', '--hide-scrollbars', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const deaf: EvidenceSink = { navigation: () => undefined, inPage: () => undefined, failed: () => undefined, refused: () => undefined, title: () => undefined, page: () => undefined, closed: () => undefined };

function textPage(): string {
  const sentence = 'A long page of plain words, as boards and chats have them, with a name and a time before each. ';
  const rows = Array.from({ length: 130 }, (_, i) => `<p style="height:100px;margin:0;overflow:hidden"><b>Name ${i}</b> 10:${String(i % 60).padStart(2, '0')} ${sentence.repeat(4)}</p>`);
  return `<!doctype html><html lang="en"><title>Long page</title><link rel="icon" href="data:,"><body style="margin:0;font:16px/1.5 sans-serif">${rows.join('')}</body></html>`;
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

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
  const server = createServer((_request, response) => void response.setHeader('content-type', 'text/html').end(textPage()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
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
      figure('capture-13000px-pixels-to-png', median(times.pixels)),
      figure('capture-13000px-compose-unsettled', median(times.ours)),
      figure('capture-13000px-compose-settled', median(times.settled)),
    ];
  } finally {
    await ours.close();
    await theirs.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
