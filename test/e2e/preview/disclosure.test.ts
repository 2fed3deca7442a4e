import { describe, expect, test } from '@jest/globals';
import { concluded, DISCLOSURE_SCENES, draw, PLAN, released, REVIEW, SEALED, withhold } from './disclosure-scenes.js';
import { sign } from './acts.js';
import { EXPORTED, FOLDERS, HALT, inCase, record } from './samples.js';
import { faultsOf } from './axe.js';
import { calls, useStage } from './stage.js';

/* What the screens of review, redaction, export and hand-over ask of the engine; the engine is a stand-in. */

const stage = useStage();
const answers = { 'review.read': { value: REVIEW }, 'export.plan': { value: PLAN }, 'folders.list': { value: FOLDERS } };
const live = { state: inCase(), items: record(), answers };
const sealed = { state: inCase(SEALED), items: record(), answers };

async function openExhibit(page: Parameters<Parameters<typeof stage.show>[1]>[0], reference: string): Promise<void> {
  await page.getByRole('button', { name: 'Review the case' }).click();
  await page.getByRole('tab', { name: /Exhibits/ }).click();
  await page.getByRole('button', { name: new RegExp(reference) }).click();
}

describe('a halted case that was released', () => {
  test('is read in words: its pages and its form, which says that the review was halted, with no picture asked for and nothing to add', async () => {
    await stage.show({ script: released }, async (page) => {
      await page.getByRole('button', { name: 'Read the case' }).click();
      await page.getByText('No exhibit is shown.').waitFor();
      expect(await page.getByText('Fourteen posts on two pages').count()).toBe(1);
      expect(await page.getByRole('tab', { name: /Exhibits/ }).count()).toBe(0);
      expect(await page.getByRole('button', { name: /Add words|PAS\/1/ }).count()).toBe(0);
      await page.getByRole('tab', { name: 'The form' }).click();
      await page.getByText('This review was halted because something may show the sexual abuse of a child.').waitFor();
      expect(await calls(page, 'exhibit.slice')).toEqual([]);
      expect(await page.locator('img').count()).toBe(0);
      await page.getByRole('button', { name: 'Back to case 2026-014' }).click();
      await page.getByRole('button', { name: 'Make a bundle for the police' }).waitFor();
    });
  });

  test('cannot be read before the police were called and both signed', async () => {
    await stage.show({ script: { ...released, state: inCase({ phase: 'halted', browsing: false, page: null, halt: HALT }, 'halted') } }, async (page) => {
      await page.getByRole('heading', { name: 'Stop. You have done the right thing.' }).waitFor();
      expect(await page.getByRole('button', { name: 'Read the case' }).count()).toBe(0);
    });
  });
});

describe('redacting', () => {
  test('boxes drawn by mouse and by keyboard are asked for in the picture’s own pixels, with their reasons', async () => {
    await stage.show({ script: { ...live, answers: { ...answers, 'redaction.make': { value: { number: 2, sha256: EXPORTED.tagManifest } } } } }, async (page) => {
      await openExhibit(page, 'PAS/1');
      await page.locator('.picture-slice img').first().waitFor();
      await draw(page);
      await page.getByRole('button', { name: 'Keep the redacted copy' }).click();
      await page.getByRole('button', { name: 'Make a redacted copy' }).waitFor();
      const [asked] = await calls(page, 'redaction.make');
      const boxes = asked?.['boxes'] as { x: number; y: number; width: number; height: number; reason: string }[];
      expect([asked?.['reference'], boxes.map((box) => box.reason), boxes.length]).toEqual(['PAS/1', ['Name of another pupil', ''], 2]);
      const layerWidth = 1280;
      for (const box of boxes) expect(Number.isInteger(box.x) && box.x >= 0 && box.x + box.width <= layerWidth && box.y + box.height <= 6240).toBe(true);
      // A third of the width to begin with, and fifty pixels wider by Ctrl, Shift and an arrow.
      expect(boxes[1]?.width).toBe(Math.round(1280 / 3) + 50);
    });
  });

  test('undo takes back one step after another, Delete a box, and leaving with boxes asks first', async () => {
    await stage.show({ script: live }, async (page) => {
      await openExhibit(page, 'PAS/1');
      await page.locator('.picture-slice img').first().waitFor();
      await draw(page);
      const number = (): Promise<number> => page.locator('button.box').count();
      expect(await number()).toBe(2);
      await page.locator('[data-box="1"]').focus();
      await page.keyboard.press('Delete');
      expect(await number()).toBe(1);
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await number()).toBe(2);
      await page.getByRole('button', { name: 'Cancel' }).click();
      expect(await number()).toBe(2);
      await page.getByRole('button', { name: 'Throw the boxes away' }).click();
      expect([await number(), (await calls(page, 'redaction.make')).length]).toEqual([0, 0]);
    });
  });

  test('a quarantined exhibit asks for no picture and offers no copy', async () => {
    await stage.show({ script: live }, async (page) => {
      await openExhibit(page, 'TRE/3');
      await page.getByText('TRE/3 is quarantined.').waitFor();
      expect([await page.getByRole('button', { name: 'Make a redacted copy' }).count(), (await calls(page, 'exhibit.slice')).length]).toEqual([0, 0]);
      expect((await calls(page, 'exhibit.preview')).filter((input) => input['reference'] === 'TRE/3')).toEqual([]);
    });
  });
});

describe('making a bundle for somebody who does not get everything', () => {
  test('what is chosen and why goes to the engine; for the police nothing does', async () => {
    await stage.show({ script: { ...sealed, answers: { ...answers, export: { value: EXPORTED } } } }, async (page) => {
      await withhold(page);
      await page.getByRole('group', { name: /Why is this withheld: Bullying/ }).getByRole('button').click();
      await page.getByRole('option', { name: /own words/ }).click();
      await page.getByRole('group', { name: /Why is this withheld: Bullying/ }).getByLabel('In your own words').fill('It names a child.');
      await page.getByText(/^SAFE-DISK-2/).first().click();
      await sign(page);
      await page.getByRole('button', { name: 'Sign and make the bundle' }).click();
      await page.getByRole('heading', { name: 'The bundle is made' }).waitFor();
      const [asked] = await calls(page, 'export');
      expect(asked).toMatchObject({
        recipient: 'lado', folder: '/media/staff/SAFE-DISK-2', encrypt: true, marking: null, disclosure: {
          exhibits: [{ reference: 'PAS/1', how: 'redacted', redaction: 1, entry: false, reason: 'not-concerned', words: '' }],
          entries: [{ what: 'concern', seq: 8, reason: 'other', words: 'It names a child.' }],
        },
      });
    });
    await stage.show({ script: { ...sealed, answers: { ...answers, export: { value: EXPORTED } } } }, async (page) => {
      await page.getByRole('button', { name: /Make a(nother)? bundle/ }).click();
      await page.getByText(/^The police/).first().click();
      expect(await page.getByText('What do you withhold?').count()).toBe(0);
      await sign(page);
      await page.getByRole('button', { name: 'Sign and make the bundle' }).click();
      await page.getByRole('heading', { name: 'The bundle is made' }).waitFor();
      expect((await calls(page, 'export'))[0]).not.toHaveProperty('disclosure');
    });
  });
});

describe('adding words', () => {
  test('go to the entry that they are added to, and nothing can be added where nothing may', async () => {
    await stage.show({ script: live }, async (page) => {
      await page.getByRole('button', { name: 'Review the case' }).click();
      await page.getByRole('button', { name: 'Add words to this note' }).click();
      await page.getByLabel('What do you add to this note?').fill('At ten to, in fact.');
      await page.getByRole('button', { name: 'Add to the record' }).click();
      expect(await calls(page, 'addendum.add')).toEqual([{ by: 'PAS', to: 13, text: 'At ten to, in fact.' }]);
    });
    await stage.show({ script: concluded }, async (page) => {
      await page.getByRole('button', { name: 'add it to the conclusion' }).click();
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Conclusion');
      await page.getByRole('button', { name: 'Add words to the conclusion, or who was told' }).click();
      await page.getByRole('button', { name: 'Add to the record' }).click();
      await page.getByText('Write what you want to add, or add somebody who was told').first().waitFor();
      await page.getByRole('button', { name: 'Add somebody who was told', exact: true }).click();
      await page.getByRole('button', { name: /Who was told/ }).click();
      await page.getByRole('option', { name: 'CEOP' }).click();
      await page.getByRole('button', { name: /Told by/ }).click();
      await page.getByRole('option', { name: 'Tom R. Ellis' }).click();
      await page.getByRole('button', { name: 'Add to the record' }).click();
      await page.getByRole('button', { name: 'Add to the record' }).waitFor({ state: 'detached' });
      expect(await calls(page, 'addendum.add')).toEqual([{ by: 'PAS', to: 27, text: '', told: [{ who: 'ceop', name: '', at: expect.any(String), by: 'TRE', byName: '' }] }]);
    });
    await stage.show({ script: { ...sealed, answers: { ...answers, 'review.read': { value: { ...REVIEW, canAdd: false } } } } }, async (page) => {
      await page.getByRole('button', { name: 'Review the case' }).click();
      await page.getByText('This case takes no more words.').waitFor();
      expect(await page.getByRole('button', { name: /Add words/ }).count()).toBe(0);
    });
  });
});

test('every one of these screens passes axe and fits a window at 400 per cent', async () => {
  await stage.each(DISCLOSURE_SCENES, async (page, scene) => {
    expect([scene.name, await faultsOf(page)]).toEqual([scene.name, []]);
    await page.setViewportSize({ width: 320, height: 640 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect([scene.name, wide]).toEqual([scene.name, 0]);
  });
}, 180_000);
