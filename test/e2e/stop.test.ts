import { readdirSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import type { Hands } from './hands.js';
import { moreExhibits } from './more-exhibits.js';
import type { RunningApp } from './running-app.js';
import { ScreenPixels } from './screen-pixels.js';
import { stopAndWatch } from './stop-key.js';
import { startStopSite } from './stop-site.js';
import { inWindow, useWindow } from './use-window.js';
import type { WindowHost } from './window-host.js';

/* STOP in the app's real window, seen on the screen itself: while a page paints at full speed, a capture runs, a menu is open and a bundle is made. */

inWindow('STOP in the app’s window', 6, stopSuite);

function stopSuite(host: WindowHost): void {
  let site: Awaited<ReturnType<typeof startStopSite>>;
  let pixels: ScreenPixels;
  let app: RunningApp;
  let hands: Hands;
  const { folder } = useWindow(host, { pictures: 'stop', pixels: true }, async (opened) => {
    ({ app, hands } = opened);
    pixels = new ScreenPixels(folder.path('screen'));
    site = await startStopSite();
    await hands.setUp();
    await hands.openCase('2026-020');
  });
  afterAll(async () => {
    pixels.close();
    await site.close();
  }, 60_000);

  const holdEscape = async (): Promise<void> => {
    await app.page.keyboard.down('Escape');
    await hands.stopped();
    await app.page.keyboard.up('Escape');
  };
  test('from the key on the page paints at most three more frames, as in a tenth of a second, and none once it is blank', async () => {
    await hands.visit(`${site.origin}/moving`);
    await app.page.locator('canvas').click();
    const seen = await stopAndWatch(app.page, pixels, () => hands.stopped());
    process.stdout.write(`STOP: blank ${seen.ms.toFixed(0)} ms after the key; ${seen.framesAfter} more frames of the page (${seen.framesBefore} in the second before), ${seen.windowFrames} of the window\n`);
    // That it painted at all before the key; how fast, a busy machine decides.
    expect([seen.cameBack, seen.framesBefore > 1]).toEqual([false, true]);
    expect(seen.framesAfter).toBeLessThanOrEqual(3);
    // The frame after the key is without the canvas.
    expect(seen.windowFrames).toBeLessThanOrEqual(1);
    await hands.byMistake();
    await hands.record(/STOP/);
  }, 120_000);

  test('Esc held stops a capture of 250,000 px; nothing of it is kept', async () => {
    await hands.browseAgain();
    await hands.visit(`${site.origin}/tall`);
    await app.page.keyboard.press('F4');
    await app.page.getByText(/Taking the page/).first().waitFor();
    await holdEscape();
    expect(pixels.pagePoints()).toEqual([]);
    await hands.byMistake();
    await app.page.getByRole('tab', { name: /Exhibits/ }).click();
    expect(await app.page.getByText('PAS/1').count()).toBe(0);
    await app.page.getByRole('tab', { name: /Record/ }).click();
    expect(readdirSync(folder.path('vault', 'objects'), { recursive: true, withFileTypes: true }).filter((found) => found.isFile())).toEqual([]);
  }, 120_000);

  test('Esc held stops while a menu is open, although the menu closes at the key', async () => {
    await hands.browseAgain();
    await hands.visit(`${site.origin}/plain`);
    await app.page.locator('#other-captures').click();
    await app.page.getByRole('menuitem', { name: 'Part of the page' }).waitFor();
    await holdEscape();
    await hands.byMistake();
  }, 120_000);

  test('F9 while an exhibit stands on the screen is about that exhibit too', async () => {
    await hands.browseAgain();
    await hands.visit(`${site.origin}/plain`);
    await app.page.keyboard.press('F4');
    await hands.see('Could anything here show the sexual abuse of a child?');
    await hands.press('Show what would be kept');
    await hands.press(/^No, keep it/);
    await hands.record('Captured PAS/1: whole page');
    await hands.press('Review the case');
    await app.page.getByRole('tab', { name: /Exhibits/ }).click();
    await app.page.getByRole('button', { name: /PAS\/1/ }).click();
    await hands.see('Exhibit PAS/1');
    await app.page.getByText('The exhibit as it was captured').waitFor();
    await app.page.keyboard.press('F9');
    await hands.stopped();
    await hands.byMistake();
    await hands.record('On the screen: PAS/1');
  }, 120_000);

  test('F9 stops a bundle of a sealed case that is being made: nothing of it is left, and what it held is quarantined', async () => {
    await hands.browseAgain();
    // So many that the bundle takes seconds, however late the key comes.
    await hands.visit(`${site.origin}/plain`);
    await moreExhibits(app.page, 'PAS', 40);
    await hands.sealWithoutSubstance();
    await hands.press('Make a bundle');
    await hands.pick('The police');
    await hands.sign();
    await hands.press(/^Sign/);
    await app.page.getByRole('progressbar').first().waitFor();
    await app.page.keyboard.press('F9');
    await hands.stopped();
    await hands.look('stop-export');
    await hands.pick('It may show the sexual abuse of a child');
    await hands.pick('Priya A. Shah');
    await hands.press('Continue');
    await hands.see('Stop. You have done the right thing.');
    await hands.look('halt-after-export');
    expect(readdirSync(folder.path('home', 'countersign', 'bundles'))).toEqual([]);
  }, 120_000);

  test('nothing on the window’s console was an error', () => {
    expect(app.errors).toEqual([]);
  });
}
