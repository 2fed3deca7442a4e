import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import type { DemoSite } from '../../main/demo-site.js';
import type { Hands } from './hands.js';
import type { RunningApp } from './running-app.js';
import { inWindow, useWindow } from './use-window.js';
import type { WindowHost } from './window-host.js';

inWindow('a sitting in the window', 3, sittingSuite);

function sittingSuite(host: WindowHost): void {
  let site: DemoSite;
  let app: RunningApp;
  let hands: Hands;
  useWindow(host, { pictures: 'sitting' }, async (opened) => {
    ({ site, app, hands } = opened);
    await hands.setUp();
  });

  test('stepping out hides everything of the case, and both come back to the same page', async () => {
    await hands.openCase('2026-014');
    await hands.visit(`${site.origin}/forum/thread/48213`);
    await hands.press('Describe a concern');
    await hands.type('What did you see?', 'A pupil is mocked by name');
    await hands.press(/^Lock$/);
    await hands.see('Locked');
    await hands.look('locked');
    const shown = await app.page.evaluate(() => document.documentElement.outerHTML);
    expect(shown).not.toMatch(/2026-014|48213|mocked/);
    expect(await app.page.locator('canvas').count()).toBe(0);
    await hands.sign();
    await hands.press('Continue together');
    // The page stands still, so its picture comes only if it is asked for.
    await app.page.waitForFunction(() => (document.querySelector('canvas')?.width ?? 0) > 100);
    expect(await app.page.getByRole('textbox', { name: 'Address' }).inputValue()).toContain('/forum/thread/48213');
    await hands.record('Unlocked by PAS and TRE');
    await hands.press('Describe a concern');
    expect(await app.page.getByRole('textbox', { name: 'What did you see?' }).inputValue()).toBe('A pupil is mocked by name');
    await hands.look('back');
    await app.page.getByRole('button', { name: 'Close', exact: true }).click();
  }, 120_000);

  test('a site that asks for a password gets it once, and a part of its page becomes an exhibit, by keyboard alone', async () => {
    const { page } = app;
    const { server, origin, asked } = await startGuarded();
    try {
      const bar = page.getByRole('textbox', { name: 'Address' });
      await bar.fill(`${origin}/inside`);
      await bar.press('Enter');
      await hands.see('This site asks for a name and password');
      await hands.look('password');
      await page.getByRole('textbox', { name: 'User name' }).fill('reviewer');
      await page.locator('#site-password').fill('only for this test');
      await page.keyboard.press('Enter');
      await hands.record(/gave a user name and password/);
      await page.getByRole('button', { name: /Capture page/ }).and(page.locator(':enabled')).waitFor();
      expect(asked()).toContain(`Basic ${Buffer.from('reviewer:only for this test').toString('base64')}`);
      expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain('only for this test');
      await page.locator('#other-captures').press('Enter');
      await page.getByRole('menuitem', { name: 'Part of the page' }).press('Enter');
      await page.locator('#picker:focus').waitFor();
      await page.keyboard.press('Shift+ArrowLeft');
      await page.keyboard.press('ArrowUp');
      await hands.look('part');
      await page.keyboard.press('Enter');
      await hands.see('Look at what would be kept');
      await page.getByText('320 px from the left and 190 px from the top of the page').waitFor();
      await page.getByText('Part of the page, 630 × 400 px').waitFor();
      await hands.press('Show what would be kept');
      await page.getByText('All of it has been in view.').waitFor();
      await hands.look('declare-part');
      await page.keyboard.press('k');
      await hands.record('Captured PAS/1: part of the page');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }, 120_000);

  test('signing out ends with eight words, and the record knows them again', async () => {
    await hands.press('Sign out');
    await hands.press('Close the case and go on');
    await hands.see('Read this, then sign out');
    await hands.look('sign-out');
    await hands.sign();
    await hands.press('Sign and sign out');
    await hands.see('You are both signed out');
    await hands.look('farewell');
    const words = await app.page.locator('.words').innerText();
    await hands.press('They are on paper');
    await hands.signIn();
    await hands.see('Cases');
    await app.page.getByText('2026-014').first().click();
    await hands.record('Both signed for what they did, and signed out');
    await hands.press('Compare the record’s words');
    await hands.type('The record’s eight words, from your paper', words);
    await hands.press('Compare');
    await app.page.getByText('The words match.').waitFor();
    await hands.look('compared');
    expect(app.errors).toEqual([]);
  }, 120_000);
}

/** A site that lets nobody in without a name and a password. `asked`: what was sent as such. */
async function startGuarded(): Promise<{ server: Server; origin: string; asked: () => readonly string[] }> {
  const given: string[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    if (authorization === undefined) return void response.writeHead(401, { 'www-authenticate': 'Basic realm="Staff"', 'content-type': 'text/html' }).end('<title>Closed</title>Closed');
    given.push(authorization);
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Inside</title><body style="margin:0;height:3000px;background:linear-gradient(#246,#ace)">Inside</body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => given };
}
