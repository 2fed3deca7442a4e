import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { installPreviewBridge, type Script } from './preview-bridge.js';
import { SCENES, type Scene } from './scenes.js';

/*
 * Takes a picture of every screen in light and in dark, in real Chromium under the app's content security policy, and runs
 * axe on each. Run it after the screens are built: `node out/test/e2e/preview/gallery.js [part of a name] [WIDTHxHEIGHT]`.
 */

const ORIGIN = 'http://preview.invalid';
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'none'";
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.woff': 'font/woff' };
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const FORUM = `<!doctype html><meta charset="utf-8"><title>Year 10 group chat leaks</title><style>
body{margin:0;font:17px/1.5 Arial,sans-serif;color:#222;background:#fff}header{background:#2b3a4a;color:#fff;padding:18px 32px;font-size:22px;font-weight:700}
main{padding:24px 32px}.post{display:flex;gap:18px;margin:26px 0}.face{width:72px;height:72px;border-radius:6px;background:#cfd4da}.who{color:#777}b{color:#222}</style>
<header>Example Forum</header><main><h1>Year 10 group chat leaks</h1><p class="who">Page 2 of 3 · 41 replies</p>${Array.from({ length: 52 }, (_, at) => `<div class="post"><div class="face"></div>
<div><p class="who"><b>${['anon_fox', 'rivertown88', 'mapletree', 'quietowl'][at % 4] ?? ''}</b> · ${at + 3} hours ago</p><p>${['Posting the next lot here, everyone have a look at what they said about her.', 'Someone should tell a teacher about this. It has been going on for weeks.', 'I do not think this is funny.', 'More tomorrow.'][at % 4] ?? ''}</p></div></div>`).join('')}</main>`;

interface Pictures {
  readonly frame: NonNullable<Script['frame']>;
  readonly composite: NonNullable<Script['composite']>;
}

async function picturesOfForum(context: BrowserContext): Promise<Pictures> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.setContent(FORUM);
  const shot = async (fullPage: boolean): Promise<{ mediaType: string; base64: string }> => ({ mediaType: 'image/jpeg', base64: (await page.screenshot({ type: 'jpeg', quality: 80, fullPage })).toString('base64') });
  const pictures = { frame: await shot(false), composite: await shot(true) };
  await page.close();
  return pictures;
}

/** Serves the built screens to `page` under the app's policy, with the stand-in engine for `scene`. */
export async function openScene(page: Page, scene: Scene, pictures: Pictures): Promise<void> {
  const folder = resolve('out/renderer');
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const name = path === '/' ? 'index.html' : path.slice(1);
    const body = await readFile(join(folder, name)).catch(() => null);
    await route.fulfill(body === null ? { status: 404 } : { body, headers: { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'content-security-policy': POLICY } });
  });
  const script: Script = { items: [], progress: null, answers: {}, moves: {}, ...pictures, ...scene.script };
  await page.addInitScript(installPreviewBridge, script);
  await page.goto(`${ORIGIN}/`);
  await page.getByRole('heading').first().waitFor();
  await scene.act?.(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLCanvasElement>('#view')].every((canvas) => canvas.dataset['painted'] !== undefined || canvas.dataset['empty'] !== undefined));
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

async function violationsOf(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: unknown) => Promise<{ violations: Violation[] }> } };
    const found = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return found.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) }));
  });
}

async function take(context: BrowserContext, scene: Scene, theme: 'light' | 'dark', pictures: Pictures, size: { width: number; height: number }): Promise<string[]> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => { faults.push(`page: ${error.message}`); });
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  try {
    await openScene(page, scene, pictures);
    await page.screenshot({ path: `test/e2e/gallery/${scene.name}-${theme}.png` });
    for (const violation of await violationsOf(page)) faults.push(...violation.nodes.map((node) => `axe ${violation.id} (${violation.impact}): ${node.target.join(' ')} ${node.failureSummary.split('\n')[1]?.trim() ?? ''}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`the page is ${wide} px too wide`);
  } catch (error) {
    faults.push(`failed: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}`);
    await page.screenshot({ path: `test/e2e/gallery/${scene.name}-${theme}.png` });
  }
  await page.close();
  return faults.map((fault) => `${scene.name} ${theme}: ${fault}`);
}

async function main(): Promise<void> {
  const [wanted = '', size = '1280x800'] = process.argv.slice(2);
  const [width = 1280, height = 800] = size.split('x').map(Number);
  const profile = await mkdtemp(join(tmpdir(), 'gallery-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', args: ARGS, locale: 'en-GB', timezoneId: 'Europe/London' });
  context.setDefaultTimeout(8_000);
  await mkdir('test/e2e/gallery', { recursive: true });
  const pictures = await picturesOfForum(context);
  const faults: string[] = [];
  for (const scene of SCENES.filter((each) => each.name.includes(wanted))) {
    for (const theme of ['light', 'dark'] as const) faults.push(...(await take(context, scene, theme, pictures, { width, height })));
  }
  await context.close();
  await rm(profile, { recursive: true, force: true });
  console.log(faults.length === 0 ? 'No fault on any screen.' : faults.join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}

await main();
