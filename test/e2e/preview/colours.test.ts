import { describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { contrastFaultsOf } from './axe.js';
import { press, steps } from './acts.js';
import { draw, reviewing } from './disclosure-scenes.js';
import { inCase, record } from './samples.js';
import { useStage } from './stage.js';

/* What colours may not do in a theme that no scene shows by itself: while a button is held down, and where the system forces its own. */

const stage = useStage();
const script = { state: inCase(), items: record(), answers: reviewing };

/** The lightest and the darkest value of any colour in the middle of what `of` covers. */
async function rangeOf(page: Page, of: Locator): Promise<{ readonly least: number; readonly most: number }> {
  const box = await of.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  const picture = await page.screenshot({ clip: { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width / 4, height: box.height / 4 } });
  const { channels } = await sharp(picture).removeAlpha().stats();
  return { least: Math.min(...channels.map(({ min }) => min)), most: Math.max(...channels.map(({ max }) => max)) };
}

describe('colours', () => {
  test('the words of a button can be read while it is held down, in every theme', async () => {
    await stage.show({ script }, async (page) => {
      for (const name of ['Note', 'Describe a concern', 'Capture page F4', 'Review the case', 'STOP F9']) {
        await page.getByRole('button', { name, exact: true }).hover();
        await page.mouse.down();
        expect([name, await page.getByRole('button', { name, exact: true }).getAttribute('data-pressed')]).toEqual([name, 'true']);
        expect([name, ...(await contrastFaultsOf(page, ['light', 'dark', 'contrast', 'contrast, dark'], '[data-pressed]'))]).toEqual([name]);
        await page.mouse.move(1, 400);
        await page.mouse.up();
      }
    });
  });

  test('what a redacted copy covers is black in its preview, also where the system forces its colours', async () => {
    await stage.show({ script }, async (page) => {
      await steps(press('Review the case'), async () => { await page.getByRole('tab', { name: /Exhibits/ }).click(); }, press(/^PAS\/1/), async () => { await page.locator('.picture-slice img').first().waitFor(); }, draw, press('Preview'))(page);
      const cover = page.locator('.box-layer-covered .box').first();
      for (const media of [{ forcedColors: 'none' }, { forcedColors: 'active', colorScheme: 'light' }, { forcedColors: 'active', colorScheme: 'dark' }] as const) {
        await page.emulateMedia(media);
        expect([media, await rangeOf(page, cover)]).toEqual([media, { least: 0, most: 0 }]);
      }
    });
  });
});
