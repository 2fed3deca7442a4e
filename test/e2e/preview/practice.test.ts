import { describe, expect, test } from '@jest/globals';
import { SIGNED_IN } from './samples.js';
import { practising } from './scenes.js';
import { calls, useStage } from './stage.js';

const stage = useStage();

describe('a practice', () => {
  test('answers for the case on request, shows every answer before it is signed, and leaves the declarations to the two', async () => {
    await stage.show({ script: { state: practising(SIGNED_IN) } }, async (page) => {
      await page.getByRole('button', { name: 'Open a case' }).first().click();
      await page.getByRole('button', { name: 'Use a made-up case' }).click();
      await page.getByRole('heading', { name: 'Are you both free to look?' }).waitFor();
      expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
      for (const box of await page.locator('label').filter({ hasText: 'declares this' }).all()) await box.click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('A parent reported that a pupil is mocked on a forum.').waitFor();
      for (const at of [0, 1]) await page.locator(`#passphrase-${at}`).fill('practice');
      await page.getByRole('button', { name: 'Open the case' }).click();
      await page.waitForFunction(() => (window as unknown as { preview: { calls: { name: string }[] } }).preview.calls.some(({ name }) => name === 'case.open'));
      expect(await calls(page, 'case.open')).toMatchObject([{ subject: 'pupil', cameUp: { way: 'parent' }, reported: [expect.stringMatching(/\/forum\/thread\/48213$/), expect.stringMatching(/\/flagged$/)], suspected: [], notConcerned: true }]);
    });
  });

  test('is left only after it was asked, and the question goes away again', async () => {
    await stage.show({ script: { state: practising(SIGNED_IN) } }, async (page) => {
      await page.getByRole('button', { name: 'Leave the practice' }).click();
      await page.getByRole('alert').getByText('Everything in it is destroyed.').waitFor();
      // Enter pressed once more destroys nothing.
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Leave the practice' }).and(page.locator(':focus')).waitFor();
      expect(await calls(page, 'practice.end')).toEqual([]);
      await page.getByRole('button', { name: 'Leave the practice' }).click();
      await page.getByRole('button', { name: 'Leave and destroy it' }).click();
      expect(await calls(page, 'practice.end')).toEqual([{}]);
    });
  });

  test('outside of it nothing is answered for anybody', async () => {
    await stage.show({ script: { state: SIGNED_IN } }, async (page) => {
      await page.getByRole('button', { name: 'Open a case' }).first().click();
      await page.getByRole('heading', { name: 'What is the case’s reference?' }).waitFor();
      expect(await page.getByRole('button', { name: 'Use a made-up case' }).count()).toBe(0);
    });
  });
});
