import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chooseCapture } from './acts.js';
import { CERTIFICATE, PASSWORD, SERIES } from './capture-scenes.js';
import { inCase, record } from './samples.js';
import type { Scene } from './scenes.js';
import { calls, live, useStage } from './stage.js';

/* What STOP takes off the screens, before the engine has answered and wherever it is pressed. The engine is the stand-in. */

const stage = useStage();
const { withScene } = stage;

describe('STOP', () => {
  test('F9 hides the page before the engine has answered', async () => {
    await withScene({ ...live, answers: { stop: 'never' } }, async (page) => {
      await page.keyboard.press('F9');
      await page.getByRole('heading', { name: 'The page is hidden' }).waitFor();
      expect(await page.locator('canvas').count()).toBe(0);
      expect(await calls(page, 'stop')).toEqual([{ by: null }]);
    });
  });

  test('F9 works while somebody types in a form, and pressing it again asks once', async () => {
    await withScene({ ...live, answers: { stop: 'never' } }, async (page) => {
      await page.getByRole('button', { name: 'Describe a concern' }).click();
      await page.getByLabel('What did you see?').pressSequentially('half a sen');
      await page.keyboard.press('F9');
      await page.keyboard.press('F9');
      await page.getByRole('heading', { name: 'The page is hidden' }).waitFor();
      expect(await calls(page, 'stop')).toHaveLength(1);
    });
  });

  test('Esc held stops; Esc tapped on the page goes to the page', async () => {
    await withScene({ ...live, answers: { stop: 'never' } }, async (page) => {
      await page.locator('#view').focus();
      await page.keyboard.press('Escape');
      expect((await calls(page, 'view.input')).filter((input) => input['key'] === 'Escape')).toHaveLength(2);
      expect(await calls(page, 'stop')).toHaveLength(0);
      await page.keyboard.down('Escape');
      await page.getByRole('heading', { name: 'The page is hidden' }).waitFor();
      await page.keyboard.up('Escape');
      expect(await calls(page, 'stop')).toHaveLength(1);
    });
  });

  test('a page that cannot be stopped stays hidden and says what to do with the monitor', async () => {
    await withScene({ ...live, answers: { stop: { code: 'app.unexpected', sentence: 'The browser did not answer.' } } }, async (page) => {
      await page.keyboard.press('F9');
      await page.getByText('Turn the monitor off now').waitFor();
      expect(await page.locator('canvas').count()).toBe(0);
      await page.getByRole('button', { name: 'Try STOP again' }).click();
      await expect(calls(page, 'stop')).resolves.toHaveLength(2);
    });
  });

  test('a blank event empties the canvas within the event itself', async () => {
    await withScene({ state: inCase({ page: null }), frame: null }, async (page) => {
      const sizes = await page.evaluate((frame) => new Promise<number[]>((resolve) => {
        const { emit } = (window as unknown as { preview: { emit: (name: string, value: unknown) => void } }).preview;
        const canvas = document.querySelector('canvas');
        if (canvas === null) throw new Error('no canvas');
        new MutationObserver((_, observer) => {
          if (canvas.dataset['painted'] === undefined) return;
          observer.disconnect();
          const before = canvas.width;
          emit('blank', {});
          resolve([before, canvas.width]);
        }).observe(canvas, { attributes: true });
        emit('frame', frame);
      }), stage.frame());
      expect(sizes).toEqual([1280, 1]);
    });
  });

  const states: readonly [string, Scene['script'], (page: Page) => Promise<unknown>][] = [
    ['while a certificate is asked about', { ...live, state: inCase({ question: CERTIFICATE }) }, () => Promise.resolve()],
    ['while a password is typed', { ...live, state: inCase({ question: PASSWORD }) }, (page) => page.getByLabel('Password', { exact: true }).fill('half')],
    ['while a part of the page is chosen', live, (page) => chooseCapture(page, 'Part of the page')],
    ['while an element is chosen', live, (page) => chooseCapture(page, 'One element')],
    ['while addresses are typed', live, (page) => chooseCapture(page, 'List of addresses')],
    ['while the menu of captures is open', live, (page) => page.locator('#other-captures').click()],
    ['during a series', { state: inCase({ series: { done: 2, most: 5 } }), items: record(), progress: { task: 'capture', step: 'Taking pictures', done: 2, total: 5, canCancel: true } }, (page) => page.getByRole('button', { name: 'Cancel' }).focus()],
    ['on the sheet of a series', { ...live, state: inCase({ composite: SERIES }) }, () => Promise.resolve()],
  ];
  test.each(states)('F9 hides everything %s', async (_, script, act) => {
    await withScene({ ...script, answers: { stop: 'never' } }, async (page) => {
      await act(page);
      await page.keyboard.press('F9');
      await page.getByRole('heading', { name: 'The page is hidden' }).waitFor();
      expect(await page.locator('canvas').count()).toBe(0);
      expect(await calls(page, 'stop')).toHaveLength(1);
    });
  });
});

describe('small pictures beside the page', () => {
  test.each([
    ['with no page open, STOP is about those that stand on the screen', null, 'shown'],
    ['with a page open, STOP is about the page', inCase().case?.page ?? null, 'nothing'],
  ] as const)('%s', async (_, open, told) => {
    await withScene({ ...live, state: inCase({ page: open }) }, async (page) => {
      await page.getByRole('tab', { name: /^Exhibits/ }).click();
      await page.locator('.exhibit-picture img').first().waitFor();
      if (told === 'nothing') {
        expect(await calls(page, 'exhibit.showing')).toEqual([]);
        return;
      }
      const seen = await page.waitForFunction(() => (window as unknown as { preview: { calls: { name: string; input: { references?: string[] } }[] } }).preview.calls.findLast((call) => call.name === 'exhibit.showing' && call.input.references?.length !== 0)?.input.references);
      expect(inCase().case?.exhibits.map(({ reference }) => reference)).toEqual(expect.arrayContaining((await seen.jsonValue()) ?? []));
    });
  });
});
