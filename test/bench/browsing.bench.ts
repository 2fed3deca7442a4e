import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { startEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import { findBrowser, type FoundBrowser } from '../../main/chromium/find-browser.js';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import type { EvidenceSink } from '../../src/cdp/facts.js';
import { pixelRows } from '../../src/cdp/pixel-rows.js';
import { plainPng, rowColour } from '../hostile/site.js';
import { DRAWING, median, timed } from './long-page.js';

const TALL = 100_000;
const TALLEST = 250_000;
const PICTURES = 150;
/** Milliseconds that the server of the page of pictures takes for each answer. */
const LATENCY_MS = 50;
const ROUNDS = 5;
const WHEELS = 20;

let told = 0;
const tell = (): void => void (told += 1);
const counting: EvidenceSink = { navigation: tell, inPage: tell, failed: tell, refused: tell, title: tell, noted: tell, asked: tell, page: () => undefined, closed: () => undefined };

/** Rows of one colour each, drawn by a script so that the page itself is small. */
const rowsPage = (rows: number): string => `<!doctype html><title>Rows</title><link rel="icon" href="data:,"><style>body{margin:0}canvas{display:block}</style><body><script>
for(let top=0;top<${rows};top+=5000){const c=document.createElement('canvas');c.width=1280;c.height=Math.min(5000,${rows}-top);const d=c.getContext('2d');for(let y=0;y<c.height;y++){const[r,g,b]=(${rowColour.toString()})(top+y);d.fillStyle='rgb('+r+','+g+','+b+')';d.fillRect(0,y,1280,1)}document.body.append(c)}</script>`;
const PICTURES_PAGE = `<!doctype html><title>Pictures</title><link rel="icon" href="data:,">${Array.from({ length: PICTURES }, (_, i) => `<img src="/p/${i}.png" width="20" height="20" alt="">`).join('')}`;
const SCROLL_PAGE = `<!doctype html><title>Scroll</title><link rel="icon" href="data:,"><style>p{font:18px serif}</style>${Array.from({ length: 2_000 }, (_, i) => `<p>Line ${i} of a page to scroll</p>`).join('')}`;
const MOVING_PAGE = '<!doctype html><title>Moving</title><link rel="icon" href="data:,"><p id="n">0</p><script>let n=0;const go=()=>{document.getElementById("n").textContent=String(n++);requestAnimationFrame(go)};go()</script>';

interface Site {
  readonly base: string;
  close(): Promise<void>;
}

async function serve(): Promise<Site> {
  const png = plainPng(0, 128, 128);
  const pages: { readonly [path: string]: string } = { '/tall': rowsPage(TALL), '/tallest': rowsPage(TALLEST), '/pictures': PICTURES_PAGE, '/scroll': SCROLL_PAGE, '/moving': MOVING_PAGE };
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path.startsWith('/p/')) setTimeout(() => response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'no-store' }).end(png), LATENCY_MS);
    else response.writeHead(200, { 'content-type': 'text/html' }).end(pages[path] ?? '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** How many rows of a picture of the tall page have the colour that they must have. */
async function exactRows(png: Uint8Array): Promise<number> {
  let exact = 0;
  let row = 0;
  for await (const pixels of pixelRows(png)) {
    if (pixels.subarray(0, 3).join() === rowColour(row).join()) exact += 1;
    row += 1;
  }
  return exact;
}

const start = (browser: FoundBrowser): Promise<EvidenceBrowser> => startEvidenceBrowser({
  browser, viewport: { width: 1280, height: 800, scale: 1 }, policy: { decideAddress: () => ({ allow: true }) }, sink: counting,
  clock: { now: () => new Date().toISOString(), monotonicMs: () => performance.now() },
});

/**
 * What the evidence browser costs and gives, beside Playwright in the same browser where there is something to compare:
 * exact rows of a page of 100,000 px, the price of recording, the streamed view, and memory.
 *
 * @returns one object a figure: `{ bench, value, unit }`, with what it is compared with, and the aim.
 */
export async function benchBrowsing(): Promise<object[]> {
  const browser = findBrowser(process.env);
  if (browser === null) throw new Error('No browser was found to measure with.');
  const site = await serve();
  const ours = await start(browser);
  const theirs = await chromium.launch({ executablePath: browser.path, args: DRAWING, chromiumSandbox: process.getuid?.() !== 0 });
  try {
    const page = await theirs.newPage({ viewport: { width: 1280, height: 800 } });
    return [...(await tall(ours, page, site)), ...(await recording(ours, page, site)), ...(await streaming(ours, site)), await memory(ours, site)];
  } finally {
    await ours.close();
    await theirs.close();
    await site.close();
  }
}

async function tall(ours: EvidenceBrowser, page: Page, { base }: Site): Promise<object[]> {
  await ours.goto(`${base}/tall`);
  await page.goto(`${base}/tall`);
  const mine = await timed(() => ours.compose('full-page'));
  const peer = await timed(() => page.screenshot({ fullPage: true }));
  const rows = { ours: await exactRows(mine.value.image?.png ?? new Uint8Array()), playwright: await exactRows(peer.value) };
  mine.value.wipe();
  return [
    { bench: 'capture-100000px-exact-rows', value: rows.ours, unit: 'rows', aim: TALL, playwright: rows.playwright },
    { bench: 'capture-100000px-seconds', value: Number((mine.ms / 1_000).toFixed(2)), unit: 's', playwright: Number((peer.ms / 1_000).toFixed(2)) },
  ];
}

/** A page of pictures until it has loaded: recorded by us, and in a bare page of the same browser, taking turns. */
async function recording(ours: EvidenceBrowser, page: Page, { base }: Site): Promise<object[]> {
  const times = { ours: [] as number[], playwright: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const peer = await timed(() => page.goto(`${base}/pictures?${round}`, { waitUntil: 'load' }));
    const mine = await timed(() => ours.goto(`${base}/pictures?${round}`));
    if (round === 0) continue;
    times.playwright.push(peer.ms);
    times.ours.push(mine.ms);
  }
  const [mine, peer] = [median(times.ours), median(times.playwright)];
  return [
    { bench: 'recording-150-pictures-at-50ms', value: Math.round(mine), unit: 'ms', ratio: Number((mine / peer).toFixed(2)), aim: 1.3, playwright: Math.round(peer) },
    { bench: 'recording-overhead-per-request', value: Number((Math.max(0, mine - peer) / (PICTURES + 1)).toFixed(2)), unit: 'ms', aim: 5 },
  ];
}

/** Frames of the view as reviewers get them, hidden pictures and all, and how long after a turn of the wheel the first of them comes. */
async function streaming(ours: EvidenceBrowser, { base }: Site): Promise<object[]> {
  const figures: object[] = [];
  let frames = 0;
  let next: () => void = () => undefined;
  await ours.startFrames(() => {
    frames += 1;
    next();
  });
  for (const shielded of [true, false]) {
    ours.shield(shielded);
    const name = shielded ? 'shielded' : 'plain';
    await ours.goto(`${base}/moving`);
    await new Promise((done) => setTimeout(done, 1_500));
    frames = 0;
    await new Promise((done) => setTimeout(done, 4_000));
    figures.push({ bench: `view-frames-a-second-${name}`, value: Number((frames / 4).toFixed(1)), unit: 'frames/s' });
    await ours.goto(`${base}/scroll`);
    await new Promise((done) => setTimeout(done, 1_500));
    const waits: number[] = [];
    for (let turn = 0; turn < WHEELS; turn += 1) {
      await new Promise((done) => setTimeout(done, 250));
      const seen = new Promise<void>((done) => (next = done));
      const begun = performance.now();
      await ours.input({ kind: 'wheel', x: 400, y: 400, deltaX: 0, deltaY: turn % 2 === 0 ? 120 : -60, modifiers: 0 });
      await seen;
      waits.push(performance.now() - begun);
    }
    figures.push({ bench: `view-wheel-to-frame-${name}`, value: Number(median(waits).toFixed(1)), unit: 'ms' });
  }
  await ours.stopFrames();
  return figures;
}

/** The most that this process holds while it takes a page of 250,000 px. */
async function memory(ours: EvidenceBrowser, { base }: Site): Promise<object> {
  await ours.goto(`${base}/tallest`);
  sharp.cache(false);
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  try {
    const { value, ms } = await timed(() => ours.compose('full-page'));
    const { height } = value.image ?? { height: 0 };
    value.wipe();
    return { bench: 'capture-250000px-peak-memory', value: Math.round(peak / 2 ** 20), unit: 'MiB', aim: 600, height, seconds: Number((ms / 1_000).toFixed(1)) };
  } finally {
    clearInterval(timer);
  }
}
