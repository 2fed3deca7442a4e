import { describe, expect, test } from '@jest/globals';
import { COMPOSITE, inCase, record } from './samples.js';
import { calls, live, useStage } from './stage.js';

/* What keys and the mouse do on the page in the view and on what is about to be kept, in real Chromium under the app’s content security policy. The engine is the stand-in. */

const { withScene } = useStage();

describe('the view', () => {
  test('a click arrives at the same place of the page, in its own pixels', async () => {
    await withScene(live, async (page) => {
      const box = await page.locator('#view').boundingBox();
      if (box === null) throw new Error('no canvas');
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 4);
      const mouse = (await calls(page, 'view.input')).filter((input) => input['type'] === 'mouse' && input['event'] !== 'move');
      expect(mouse.map((input) => [input['event'], input['button']])).toEqual([['down', 'left'], ['up', 'left']]);
      for (const { x, y } of mouse) expect(Math.abs(Number(x) - 640) <= 2 && Math.abs(Number(y) - 200) <= 2).toBe(true);
    });
  });

  test('keys go to the page, F6 brings the focus back to the app', async () => {
    await withScene(live, async (page) => {
      await page.keyboard.press('F6');
      await page.keyboard.press('a');
      await page.keyboard.press('Tab');
      await page.keyboard.press('F6');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('address');
      const keys = (await calls(page, 'view.input')).filter((input) => input['event'] === 'down').map((input) => [input['key'], input['text']]);
      expect(keys).toEqual([['a', 'a'], ['Tab', '']]);
    });
  });

  test('F4 asks for the whole page', async () => {
    await withScene(live, async (page) => {
      await page.keyboard.press('F4');
      expect(await calls(page, 'capture.prepare')).toEqual([{ form: 'full-page' }]);
    });
  });
});

describe('the declaration', () => {
  const declaring = { state: inCase({ composite: { ...COMPOSITE, form: 'text', image: null } }), items: record() };

  test('each answer has one key', async () => {
    for (const [key, answer] of [['k', 'not-suspected'], ['y', 'suspected'], ['s', 'unsure']] as const) {
      await withScene(declaring, async (page) => {
        await page.locator('.declare-answers button:not([disabled])', { hasText: 'keep it' }).waitFor();
        await page.keyboard.press(key);
        expect(await calls(page, 'capture.declare')).toEqual([{ id: 'c1', by: 'PAS', answer, note: '', account: '' }]);
      });
    }
  });

  test('while pictures are hidden, what would be kept is covered: only once it was shown may it be kept, and it can be suspected at once', async () => {
    await withScene({ state: inCase({ composite: { ...COMPOSITE, image: { width: 1280, height: 6240 } } }), items: record() }, async (page) => {
      await page.getByText('Pictures are hidden. This shows them').waitFor();
      await page.keyboard.press('k');
      expect([await calls(page, 'capture.declare'), await calls(page, 'capture.preview'), await page.getByRole('button', { name: /No, keep it/ }).isDisabled()]).toEqual([[], [], true]);
      await page.keyboard.press('Enter');
      await page.locator('.declare-answers button:not([disabled])', { hasText: 'keep it' }).waitFor();
      expect((await calls(page, 'capture.preview')).length).toBeGreaterThan(0);
      await page.keyboard.press('k');
      expect(await calls(page, 'capture.declare')).toMatchObject([{ answer: 'not-suspected' }]);
    });
    await withScene({ state: inCase({ composite: { ...COMPOSITE, image: { width: 1280, height: 6240 } } }), items: record() }, async (page) => {
      await page.keyboard.press('y');
      expect(await calls(page, 'capture.declare')).toMatchObject([{ answer: 'suspected' }]);
    });
  });

  test('N answers nothing: it could be meant for “No”', async () => {
    await withScene(declaring, async (page) => {
      await page.keyboard.press('n');
      expect(await calls(page, 'capture.declare')).toEqual([]);
    });
  });

  test('letters that are typed into the note answer nothing', async () => {
    await withScene(declaring, async (page) => {
      await page.getByLabel('Note for this exhibit').pressSequentially('kys');
      expect(await calls(page, 'capture.declare')).toEqual([]);
    });
  });
});
