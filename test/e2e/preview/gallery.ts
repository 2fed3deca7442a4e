import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import { openScene, picturesOfForum, withChromium, type Pictures } from './open-scene.js';
import { SCENES, type Scene } from './scenes.js';

/*
 * Takes a picture of every screen in light and in dark, in real Chromium under the app's content security policy, and runs
 * axe on each. Run it after the screens are built: `node out/test/e2e/preview/gallery.js [part of a name] [WIDTHxHEIGHT]`.
 */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
  const picture = `test/e2e/gallery/${scene.name}-${theme}${size.width === 1280 ? '' : `-${size.width}`}.png`;
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => { faults.push(`page: ${error.message}`); });
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  try {
    await openScene(page, scene, pictures);
    await page.screenshot({ path: picture });
    for (const violation of await violationsOf(page)) faults.push(...violation.nodes.map((node) => `axe ${violation.id} (${violation.impact}): ${node.target.join(' ')} ${node.failureSummary.split('\n')[1]?.trim() ?? ''}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`the page is ${wide} px too wide`);
  } catch (error) {
    faults.push(`failed: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}`);
    await page.screenshot({ path: picture });
  }
  await page.close();
  return faults.map((fault) => `${scene.name} ${theme}: ${fault}`);
}

async function main(): Promise<void> {
  const [wanted = '', size = '1280x800'] = process.argv.slice(2);
  const [width = 1280, height = 800] = size.split('x').map(Number);
  await mkdir('test/e2e/gallery', { recursive: true });
  const faults: string[] = [];
  await withChromium(async (context) => {
    const pictures = await picturesOfForum(context);
    for (const scene of SCENES.filter((each) => each.name.includes(wanted))) {
      for (const theme of ['light', 'dark'] as const) faults.push(...(await take(context, scene, theme, pictures, { width, height })));
    }
  });
  console.log(faults.length === 0 ? 'No fault on any screen.' : faults.join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}

await main();
