import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { installPreviewBridge, type Script } from './preview-bridge.js';
import type { Scene } from './scenes.js';

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'none'";
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.woff': 'font/woff' };
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const FORUM = `<!doctype html><meta charset="utf-8"><title>Year 10 group chat leaks</title><style>
body{margin:0;font:17px/1.5 Arial,sans-serif;color:#222;background:#fff}header{background:#2b3a4a;color:#fff;padding:18px 32px;font-size:22px;font-weight:700}
main{padding:24px 32px}.post{display:flex;gap:18px;margin:26px 0}.face{width:72px;height:72px;border-radius:6px;background:#cfd4da}.who{color:#777}b{color:#222}</style>
<header>Example Forum</header><main><h1>Year 10 group chat leaks</h1><p class="who">Page 2 of 3 · 41 replies</p>${Array.from({ length: 52 }, (_, at) => `<div class="post"><div class="face"></div>
<div><p class="who"><b>${['anon_fox', 'rivertown88', 'mapletree', 'quietowl'][at % 4] ?? ''}</b> · ${at + 3} hours ago</p><p>${['Posting the next lot here, everyone have a look at what they said about her.', 'Someone should tell a teacher about this. It has been going on for weeks.', 'I do not think this is funny.', 'More tomorrow.'][at % 4] ?? ''}</p></div></div>`).join('')}</main>`;

/** What the stand-in engine shows as the page: one frame, and the whole page as one tall picture. */
export interface Pictures {
  readonly frame: NonNullable<Script['frame']>;
  readonly composite: NonNullable<Script['composite']>;
}

/** Takes both pictures of a neutral page, in the same browser. */
export async function picturesOfForum(context: BrowserContext): Promise<Pictures> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.setContent(FORUM);
  const shot = async (fullPage: boolean): Promise<{ mediaType: string; base64: string }> => ({ mediaType: 'image/jpeg', base64: (await page.screenshot({ type: 'jpeg', quality: 80, fullPage })).toString('base64') });
  const pictures = { frame: await shot(false), composite: await shot(true) };
  await page.close();
  return pictures;
}

/** Serves the built screens on this computer alone, under the app's policy; a browser may keep them, so that the next scene compiles nothing. */
async function serveScreens(): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const folder = resolve('out/renderer');
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const name = path === '/' ? 'index.html' : normalize(path).slice(1);
    readFile(join(folder, name)).then((body) => {
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'content-security-policy': POLICY, 'cache-control': name === 'index.html' ? 'no-store' : 'max-age=3600' });
      response.end(body);
    }, () => { response.writeHead(404).end(); });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => { server.closeAllConnections(); server.close(() => { closed(); }); }),
  };
}

/** Where the screens of a browser lie, and what its pages run before their first script; one page may show scene after scene. */
const origins = new WeakMap<BrowserContext, string>();
const installed = new WeakMap<Page, { readonly session: CDPSession; readonly identifier: string }>();

/** Makes every later load in `page` meet this stand-in, and none before it. */
async function install(page: Page, script: Script): Promise<void> {
  const before = installed.get(page);
  const session = before?.session ?? await page.context().newCDPSession(page);
  if (before === undefined) await session.send('Page.enable');
  else await session.send('Page.removeScriptToEvaluateOnNewDocument', { identifier: before.identifier });
  const { identifier } = await session.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${installPreviewBridge.toString()})(${JSON.stringify(script)})` });
  installed.set(page, { session, identifier });
}

/** Shows the built screens in `page`, with the stand-in engine for `scene`; the page belongs to a context of {@link withChromium}, and may have shown another scene before. */
export async function openScene(page: Page, scene: Scene, pictures: Pictures): Promise<void> {
  const { exhibits = [], composite = null } = scene.script.state.case ?? {};
  // The tall picture is large, and few screens ask for a part of it.
  const shown = exhibits.length > 0 || composite !== null ? pictures : { ...pictures, composite: null };
  const script: Script = { items: [], progress: null, answers: {}, moves: {}, ...shown, ...scene.script };
  await install(page, script);
  await page.goto(`${origins.get(page.context()) ?? ''}/`);
  await page.getByRole('heading').first().waitFor();
  await scene.act?.(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLCanvasElement>('#view')].every((canvas) => canvas.dataset['painted'] !== undefined || canvas.dataset['empty'] !== undefined));
}

/** Starts a fresh Chromium, hands it to `work` and takes away its profile afterwards. */
export async function withChromium<T>(work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'preview-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', args: ARGS, locale: 'en-GB', timezoneId: 'Europe/London' });
  context.setDefaultTimeout(8_000);
  const { origin, close } = await serveScreens();
  origins.set(context, origin);
  try {
    return await work(context);
  } finally {
    await context.close();
    await close();
    await rm(profile, { recursive: true, force: true });
  }
}
