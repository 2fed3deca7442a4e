import { describe, expect, test } from '@jest/globals';
import { Keyboard } from '../keyboard.js';
import { BARE, inCase, SET_UP, SIGNED_IN, verdict } from './samples.js';
import { calls, useStage } from './stage.js';

/* The screens that `practice-window.test.ts` does not pass, by keyboard alone. The engine is the stand-in; that file has the real one. */

const stage = useStage();
const PASSPHRASE = 'four words of sample';

describe('without a mouse', () => {
  test('a computer is set up, from the first page to the call', async () => {
    await stage.show({ script: { state: BARE } }, async (page) => {
      const keys = new Keyboard(page);
      const go = (): Promise<void> => keys.push(/^button Continue/);
      await keys.push(/^button Start/);
      await page.getByRole('heading', { name: /school or trust called/ }).waitFor();
      await keys.write(/^text Name/, 'Example School');
      await go();
      await keys.write(/^text Name or asset number/, 'INV-01');
      await keys.write(/^text Room/, 'Head’s office');
      await go();
      await keys.write(/^text Your police force/, 'Example Police, 01632 960 999');
      await go();
      for (const [at, name] of ['Priya A. Shah', 'Tom R. Ellis'].entries()) {
        await page.getByRole('heading', { name: at === 0 ? /first reviewer/ : /second reviewer/ }).waitFor();
        await keys.write(/^text Full name/, name);
        await keys.write(/^text Position/, 'Deputy Head');
        await keys.pick(/^radio Senior leader/);
        await keys.write(/^password Passphrase/, PASSPHRASE);
        await keys.write(/^password Type it again/, PASSPHRASE);
        await go();
      }
      await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
      await keys.push(/^button Set up this computer/);
      const [given] = await calls(page, 'set-up');
      expect(given).toMatchObject({ organisation: 'Example School', computer: { name: 'INV-01' }, reviewers: [{ initials: 'PAS', passphrase: PASSPHRASE }, { initials: 'TRE', passphrase: PASSPHRASE }] });
    });
  });

  test('who begins to type on a new page writes into its first field, and Enter goes on', async () => {
    await stage.show({ script: { state: BARE } }, async (page) => {
      await page.getByRole('heading', { name: 'Set up this computer' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /school or trust called/ }).waitFor();
      await page.keyboard.type('Example School');
      expect(await page.getByLabel('Name').inputValue()).toBe('Example School');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Which computer is this?' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('There is a problem').waitFor();
    });
  });

  test('every page of the register is reached, and the focus is on its heading', async () => {
    await stage.show({ script: { state: SIGNED_IN } }, async (page) => {
      const keys = new Keyboard(page);
      await keys.push(/^button Register and settings/);
      await page.getByRole('heading', { name: 'Register and settings' }).waitFor();
      const titles = await page.locator('.register-link').allInnerTexts();
      expect(titles.length).toBeGreaterThan(15);
      for (const title of titles.slice(1)) {
        await keys.push(new RegExp(`^button ${title}$`));
        await page.locator('.register-link[aria-current]', { hasText: title }).waitFor();
        await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
      }
    });
  }, 120_000);

  test('a bundle is chosen and checked, and its fingerprint is compared', async () => {
    const answers = { 'verify.begin': { value: { id: 'v' } }, 'verify.finish': { value: verdict('unchanged-signers-not-shown') } };
    await stage.show({ script: { state: SET_UP, answers } }, async (page) => {
      const keys = new Keyboard(page);
      await keys.push(/^button Check a bundle/);
      const chooser = page.waitForEvent('filechooser');
      await keys.push(/^button Choose a file/);
      await (await chooser).setFiles({ name: 'EXSCH-2026-014-police.zip', mimeType: 'application/zip', buffer: Buffer.alloc(10_000) });
      await keys.push(/^button Check the bundle/);
      await keys.push(/^button They match/);
      await page.getByRole('status').getByText(/\S/).first().waitFor();
    });
  });

  test('the key that captures says so where there is nothing to capture', async () => {
    await stage.show({ script: { state: inCase({ page: null }) } }, async (page) => {
      await page.getByRole('textbox', { name: 'Address' }).waitFor();
      await new Keyboard(page).press('F4');
      await page.getByText('There is no page to capture yet. Open one first.').waitFor();
      expect(await calls(page, 'capture.prepare')).toEqual([]);
    });
  });
});
