import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { startEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import { plainPng } from '../hostile/site.js';
import { systemClock, testBrowser, VIEWPORT } from './chromium-host.js';
import { RecordingSink } from './recording-sink.js';

/*
 * A plain magenta square stands in for every kind of picture. Nothing else on these pages is magenta, so any such pixel
 * in a frame is a picture that reached the screen.
 */

const page = (body: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><style>body{margin:0;font:20px sans-serif}.tall{height:900px}</style></head><body>${body}</body></html>`;
const DRAW = `const c=document.createElement('canvas');c.width=c.height=200;c.getContext('2d').fillStyle='#f0f';c.getContext('2d').fillRect(0,0,200,200);document.body.append(c)`;
const KINDS: { readonly [name: string]: string } = {
  image: '<img src="/m.png" width="200" height="200" alt="">',
  background: '<div style="width:300px;height:200px;background:url(/m.png)"></div>',
  'page-background': '<style>body{background:url(/m.png)}</style><p>Words</p>',
  before: '<style>p::before{content:"";display:inline-block;width:150px;height:150px;background:url(/m.png)}</style><p>Words</p>',
  content: '<style>p::after{content:url(/m.png)}</style><p>Words</p>',
  marker: '<style>li{list-style-image:url(/m.png);margin:60px}</style><ul><li>One</li></ul>',
  border: '<div style="width:200px;height:100px;border:40px solid;border-image:url(/m.png) 2 fill"></div>',
  canvas: `<script>${DRAW}</script>`,
  poster: '<video poster="/m.png" width="200" height="200"></video>',
  'image-in-svg': '<svg width="200" height="200"><image href="/m.png" width="200" height="200"></image></svg>',
  frame: '<iframe src="/image" width="400" height="300"></iframe>',
  embed: '<embed src="/m.png" width="200" height="200"><object data="/m.png" width="200" height="200"></object>',
  input: '<input type="image" src="/m.png" width="200" height="200">',
  'closed-tree': `<div id="h"></div><script>h.attachShadow({mode:'closed'}).innerHTML='<img src="/m.png" width="200" height="200">'</script>`,
  data: `<img width="200" height="200" src="data:image/png;base64,${plainPng(255, 0, 255).toString('base64')}" alt="">`,
  late: `<p>Words</p><script>setTimeout(()=>{const i=new Image(200,200);i.src='/m.png';document.body.append(i)},300)</script>`,
  moving: '<style>@keyframes go{to{transform:translateX(900px)}}img{animation:go 1s linear infinite alternate}</style><img src="/m.png" width="100" height="100" alt="">',
  scrolled: `<div class="tall">A</div><img src="/m.png" width="200" height="200" alt=""><div class="tall">B</div><div class="tall">C</div><script>let y=0;setInterval(()=>scrollTo(0,(y+=40)%1800),16)</script>`,
  blinking: `<p>Words</p><img id="i" src="/m.png" width="200" height="200" alt=""><script>setInterval(()=>{i.hidden=!i.hidden},120)</script>`,
};
/** Goes through forty colours, one a frame, and ends as grey. */
const QUICK = `<script>let n=0;const step=()=>{n+=1;document.body.style.background=n<40?'rgb('+n*6+',0,0)':'rgb(128,128,128)';if(n<40)requestAnimationFrame(step)};document.body.style.height='100vh';requestAnimationFrame(step)</script>`;
const WORDS = page('<div style="background:url(/m.png);width:600px;height:200px"><p id="words" style="color:#000;padding:40px">IIIIIIIIIIIIIIII</p></div>');

/** How many pixels of a frame are magenta. */
async function magenta(jpeg: Uint8Array): Promise<number> {
  const { data } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let count = 0;
  for (let at = 0; at < data.length; at += 3) if ((data[at] ?? 0) > 150 && (data[at + 1] ?? 0) < 110 && (data[at + 2] ?? 0) > 150) count += 1;
  return count;
}

describe('the shield', () => {
  let server: Server;
  let base = '';
  let browser: EvidenceBrowser;
  let requests: string[] = [];
  const sink = new RecordingSink();
  const frames: Uint8Array[] = [];
  let wake: () => void = () => undefined;

  const next = async (fits: (frame: Uint8Array) => Promise<boolean>): Promise<Uint8Array> => {
    for (let at = frames.length; ; at += 1) {
      while (frames.length <= at) await new Promise<void>((resolve) => (wake = resolve));
      const frame = frames[at];
      if (frame !== undefined && (await fits(frame))) return frame;
    }
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = (request.url ?? '/').slice(1);
      requests.push(path);
      if (path === 'm.png') return void response.writeHead(200, { 'content-type': 'image/png', 'cache-control': 'no-store' }).end(plainPng(255, 0, 255));
      if (path === 'x.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end('');
      const body = path === 'words' ? WORDS : path === 'quick' ? page(QUICK) : path === 'parts' ? page('<p>Words</p><img src="/m.png?1" alt=""><img src="/m.png?2" alt=""><script src="/x.js"></script>') : page(KINDS[path] ?? '');
      response.writeHead(200, { 'content-type': 'text/html' }).end(body);
    }).listen(0);
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await startEvidenceBrowser({ browser: testBrowser(), viewport: VIEWPORT, policy: { decideAddress: () => ({ allow: true }) }, sink, clock: systemClock });
    await browser.startFrames((frame) => {
      frames.push(frame.data);
      wake();
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }, 60_000);

  test.each(Object.keys(KINDS))('lets no pixel of a picture reach the screen: %s', async (kind) => {
    frames.length = 0;
    await browser.goto(`${base}/${kind}`);
    await browser.settle();
    // What moves is watched for twenty frames; what stands still sends few.
    for (let at = 0; at < 20; at += 1) await Promise.race([next(async () => Promise.resolve(true)), new Promise((resolve) => setTimeout(resolve, 60))]);
    const seen = await Promise.all(frames.map(magenta));
    expect(seen.length).toBeGreaterThan(0);
    expect(Math.max(...seen)).toBe(0);
  }, 60_000);

  test('is a matter of the screen alone: a capture has the picture, and the page is as it was', async () => {
    await browser.goto(`${base}/image`);
    const composite = await browser.compose('viewport');
    expect(await magenta(composite.image?.png ?? new Uint8Array())).toBe(40_000);
    expect(composite.html).not.toMatch(/filter|blur|style="/);
    composite.wipe();
  });

  test('leaves text readable, also over a picture', async () => {
    await browser.goto(`${base}/words`);
    // A frame may be hidden whole right after another page; soon it is not.
    await next(async (frame) => {
      const { data, info } = await sharp(frame).greyscale().raw().toBuffer({ resolveWithObject: true });
      const row = data.subarray(72 * info.width + 40, 72 * info.width + 140);
      return (await magenta(frame)) === 0 && row.filter((tone) => tone < 90).length > 10 && row.filter((tone) => tone > 180).length > 10;
    });
  });

  test('a page that changed while the computer was busy is shown as it ended, and nothing of the page before it', async () => {
    await browser.goto(`${base}/words`);
    await browser.goto(`${base}/quick`);
    const seen = frames.length;
    // The browser sends three pictures without an answer, and none of those that it draws then.
    for (const until = performance.now() + 1_500; performance.now() < until; );
    await next(async (frame) => {
      const { dominant } = await sharp(frame).stats();
      return Math.abs(dominant.r - 128) < 16 && Math.abs(dominant.g - 128) < 16;
    });
    expect(Math.max(...(await Promise.all(frames.slice(seen).map(magenta))))).toBe(0);
  });

  test('shows a picture while it is held, all of them without a point, and hides them again', async () => {
    await browser.goto(`${base}/image`);
    expect(browser.lift({ x: 600, y: 600 })).toBe(false);
    let shown = next(async (frame) => (await magenta(frame)) > 30_000);
    // Where pictures are is known once a frame of the page has been shown.
    // What is held on the page before this one is no longer there: whoever sees nothing lets go and holds again.
    const seen = shown.then(() => true);
    for (let done = false; !done; ) {
      browser.release();
      browser.lift({ x: 100, y: 100 });
      done = await Promise.race([seen, new Promise<boolean>((resolve) => setTimeout(() => { resolve(false); }, 500))]);
    }
    let hidden = next(async (frame) => (await magenta(frame)) === 0);
    browser.release();
    await hidden;
    shown = next(async (frame) => (await magenta(frame)) > 30_000);
    browser.shield(false);
    await shown;
    hidden = next(async (frame) => (await magenta(frame)) === 0);
    browser.shield(true);
    await hidden;
  });

  test('text first asks for no picture and no script file, says so once, and counts them in the capture', async () => {
    await browser.goto('about:blank').catch(() => undefined);
    browser.textFirst(true);
    requests = [];
    await browser.goto(`${base}/parts`);
    const composite = await browser.compose('text');
    expect(requests).toEqual(['parts']);
    expect(browser.notLoaded).toBe(3);
    expect(composite.facts.notLoaded).toBe(3);
    expect(composite.warnings).toEqual([expect.stringContaining('3 pictures')]);
    expect(sink.all('refused').filter(({ what }) => what === 'text-first')).toHaveLength(1);
    browser.textFirst(false);
    await browser.goto(`${base}/parts`);
    expect(browser.notLoaded).toBe(0);
    expect(requests.sort()).toEqual(['m.png?1', 'm.png?2', 'parts', 'parts', 'x.js']);
  });

  test('after STOP nothing is shown, whatever is held', async () => {
    await browser.goto(`${base}/image`);
    await browser.cutOff();
    const before = frames.length;
    expect(() => browser.lift(null)).toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    expect(frames.length).toBe(before);
  });
});
