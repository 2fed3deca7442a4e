import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { scratch } from '../e2e/command.js';
import { Hands } from '../e2e/hands.js';
import { startApp } from '../e2e/running-app.js';
import { startScreen, whyNoWindow } from '../e2e/virtual-screen.js';
import { ScreenPixels } from '../e2e/screen-pixels.js';
import { stopAndWatch, type KeyToBlank } from '../e2e/stop-key.js';
import { startStopSite } from '../e2e/stop-site.js';
import { DRAWING, median } from './long-page.js';

const ROUNDS = 7;

/**
 * From the key to a screen without one point of the page, in the app's real window while the page paints at full speed; against the same key on the same page
 * in the same browser without any app, whose script takes the colour away: what key, browser and screen need by themselves.
 */
export async function benchStop(): Promise<object[]> {
  const reason = whyNoWindow();
  if (reason !== null) {
    process.stderr.write(`not measured: ${reason}\n`);
    return [];
  }
  const folder = scratch();
  const site = await startStopSite();
  mkdirSync(folder.path('screen'));
  const screen = await startScreen({ width: 1440, height: 900, folder: folder.path('screen') });
  const pixels = new ScreenPixels(folder.path('screen'));
  try {
    const bare = await bareRounds(screen.display, site.origin, pixels);
    const ours = await appRounds(screen.display, site.origin, pixels, folder);
    const [peer, ms] = [median(bare.map((each) => each.ms)), median(ours.map((each) => each.ms))];
    return [{
      bench: 'stop-key-to-blank', value: Math.round(ms), unit: 'ms', aim: 100, most: Math.round(Math.max(...ours.map((each) => each.ms))), framesAfter: Math.max(...ours.map((each) => each.framesAfter)),
      peer: Math.round(peer), of: 'the page itself going blank at the same key, in the browser alone', ratio: Number((ms / peer).toFixed(2)), rounds: ROUNDS,
    }];
  } finally {
    pixels.close();
    await screen.stop();
    await site.close();
    folder.remove();
  }
}

async function bareRounds(display: string, origin: string, pixels: ScreenPixels): Promise<KeyToBlank[]> {
  const browser = await chromium.launch({ executablePath: process.env['COUNTERSIGN_BROWSER'] ?? '/usr/bin/chromium', headless: false, args: DRAWING, chromiumSandbox: process.getuid?.() !== 0, env: { ...process.env, DISPLAY: display } });
  const page = await browser.newPage({ viewport: null });
  const rounds: KeyToBlank[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto(`${origin}/moving`);
    await page.evaluate(() => {
      addEventListener('keydown', (event) => {
        if (event.key !== 'F9') return;
        // The page goes on painting its root element, which this overrules.
        document.head.append(Object.assign(document.createElement('style'), { textContent: 'html{background:#fff!important}' }));
        document.body.remove();
      });
    });
    rounds.push(await stopAndWatch(page, pixels, () => page.waitForFunction(() => document.querySelector('body') === null)));
  }
  await browser.close();
  return rounds;
}

async function appRounds(display: string, origin: string, pixels: ScreenPixels, folder: ReturnType<typeof scratch>): Promise<KeyToBlank[]> {
  const app = await startApp({ display, vault: folder.path('vault'), home: folder.path('home') });
  try {
    const hands = new Hands(app.page, 'stop-bench');
    await hands.setUp();
    await hands.openCase('Bench');
    const rounds: KeyToBlank[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round > 0) await hands.browseAgain();
      await hands.visit(`${origin}/moving`);
      await app.page.locator('canvas').click();
      rounds.push(await stopAndWatch(app.page, pixels, () => hands.stopped()));
      await hands.byMistake();
    }
    return rounds;
  } finally {
    await app.close();
  }
}
