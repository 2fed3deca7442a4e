import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readdirSync, writeFileSync } from 'node:fs';
import { hashLine, startStandInSite, type StandInSite } from './flag-lists-site.js';
import type { Hands } from './hands.js';
import type { RunningApp } from './running-app.js';
import { inWindow, useWindow } from './use-window.js';
import type { WindowHost } from './window-host.js';

/* The halts that nobody presses a key for: a list finds a file of the page, or somebody answers that a capture may show it. On the page is a plain teal square. */

inWindow('a halt in the window', 5, haltSuite);

function haltSuite(host: WindowHost): void {
  let app: RunningApp;
  let hands: Hands;
  let site: StandInSite;
  beforeAll(async () => {
    site = await startStandInSite();
  });
  const { folder, restart } = useWindow(host, { pictures: 'halt' }, (opened) => { ({ app, hands } = opened); });
  afterAll(() => site.close());

  /** Nothing of the page is on the screen, and no way leads back to it. */
  const halted = async (title: string): Promise<void> => {
    await hands.see(title);
    await hands.read('Example Police, 01632 960 101');
    expect(await app.page.locator('canvas, img').count()).toBe(0);
    expect(await app.page.getByRole('button', { name: /Capture|Back to the page|Start the browser/ }).count()).toBe(0);
  };

  test('“Yes” to the question about a capture halts the case, and nothing of the capture is kept', async () => {
    await hands.setUp();
    await hands.openCase('2026-031');
    await hands.visit(`${site.base}/shown`);
    await app.page.keyboard.press('F4');
    await hands.see('Could anything here show the sexual abuse of a child?');
    await hands.press('Show what would be kept');
    await app.page.locator('.declare-main img').first().waitFor();
    await hands.press(/^Yes/);
    await halted('Stop. You have done the right thing.');
    await hands.look('declared');
    await hands.released();
    expect(readdirSync(folder.path('vault', 'objects'), { recursive: true, withFileTypes: true }).filter((found) => found.isFile())).toEqual([]);
    await hands.look('declared-after');
  }, 180_000);

  test('“Not sure”, before anybody has looked at it, halts it as well', async () => {
    await hands.openCase('2026-032');
    await hands.visit(`${site.base}/shown`);
    await app.page.keyboard.press('F4');
    await hands.see('Could anything here show the sexual abuse of a child?');
    await app.page.keyboard.press('s');
    await halted('Stop. You have done the right thing.');
    await hands.look('unsure');
    await hands.released();
  }, 120_000);

  test('a file that is on a list halts the case by itself, and the screen says why', async () => {
    writeFileSync(folder.path('hashes.txt'), hashLine(site.square, 'sha256'));
    await hands.press('Register and settings');
    await hands.press('Flag lists');
    await hands.press('Import a list');
    await app.page.locator('input[type=file]').setInputFiles(folder.path('hashes.txt'));
    await hands.pick('MD5, SHA-1 or SHA-256 hashes of pictures');
    await hands.type('What do you call this list?', 'Example Police, November 2026');
    await hands.type('Who handed it to you?', 'DC L. Morgan, Example Police');
    await hands.press('Read the file');
    await hands.see('Both of you sign for this list');
    await hands.sign();
    await hands.press('Sign and use this list');
    await hands.see('The list is in force');
    await hands.press(/^(Back to (the )?)?[Cc]ases$/);
    await hands.openCase('2026-033');
    const bar = app.page.getByRole('textbox', { name: 'Address' });
    await bar.fill(`${site.base}/image`);
    await bar.press('Enter');
    await halted('Stop. The app has halted this case.');
    await app.page.locator('.halt-lead').getByText(/list/).waitFor();
    await hands.look('list');
  }, 180_000);

  test('the app says the same after a crash, and before anybody has signed in', async () => {
    await hands.read('Write down a call');
    await restart();
    await hands.see('This computer is halted');
    await hands.signIn();
    await halted('Stop. The app has halted this case.');
    await hands.released();
  }, 120_000);

  test('nothing on the window’s console was an error', () => {
    expect(app.errors).toEqual([]);
  });
}
