import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { faultsOf } from './axe.js';
import { openScene, picturesOfForum, withChromium, type Pictures } from './open-scene.js';
import { SCENES, type Scene } from './scenes.js';

/*
 * Takes a picture of every screen in light and in dark, in real Chromium under the app's content security policy, and runs
 * axe on each. Run it after the screens are built: 
 * `node out/test/e2e/preview/gallery.js [pattern of names] [WIDTHxHEIGHT] [light,dark,contrast,forced,forced-dark] [whole]`; `whole` takes the page beyond the window too.
 */

/** How the system shows colours: the two of every screen, more contrast, or colours that the system forces on everything, dark on light or light on dark. */
type Theme = 'light' | 'dark' | 'contrast' | 'forced' | 'forced-dark';
const THEMES: readonly Theme[] = ['light', 'dark', 'contrast', 'forced', 'forced-dark'];

async function take(page: Page, scene: Scene, theme: Theme, pictures: Pictures, size: { width: number; height: number }, whole: boolean): Promise<string[]> {
  const faults: string[] = [];
  const picture = `test/e2e/gallery/${scene.name}-${theme}${size.width === 1280 ? '' : `-${size.width}`}.png`;
  page.removeAllListeners('console').on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`); });
  page.removeAllListeners('pageerror').on('pageerror', (error) => { faults.push(`page: ${error.message}`); });
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: theme.endsWith('dark') ? 'dark' : 'light', contrast: theme === 'contrast' ? 'more' : null, forcedColors: theme.startsWith('forced') ? 'active' : null, reducedMotion: 'reduce' });
  try {
    await openScene(page, scene, pictures);
    await page.screenshot({ path: picture, fullPage: whole });
    if (process.env['COUNTERSIGN_PICTURES_ONLY'] === undefined) faults.push(...(await faultsOf(page)));
  } catch (error) {
    faults.push(`failed: ${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}`);
    await page.screenshot({ path: picture });
  }
  return faults.map((fault) => `${scene.name} ${theme}: ${fault}`);
}

async function main(): Promise<void> {
  const [wanted = '', size = '1280x800', themes = 'light,dark', whole = ''] = process.argv.slice(2);
  const [width = 1280, height = 800] = size.split('x').map(Number);
  await mkdir('test/e2e/gallery', { recursive: true });
  const faults: string[] = [];
  await withChromium(async (context) => {
    const pictures = await picturesOfForum(context);
    const page = await context.newPage();
    // Two galleries can be compared point by point.
    await page.clock.setFixedTime('2026-11-28T14:05:00Z');
    for (const scene of SCENES.filter((each) => new RegExp(wanted).test(each.name))) {
      for (const theme of THEMES.filter((each) => themes.split(',').includes(each))) faults.push(...(await take(page, scene, theme, pictures, { width, height }, whole === 'whole')));
    }
  });
  console.log(faults.length === 0 ? 'No fault on any screen.' : faults.join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}

await main();
