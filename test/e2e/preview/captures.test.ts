import { describe, expect, test } from '@jest/globals';
import { chooseCapture } from './acts.js';
import { LIST, MEASURED, SERIES, TOO_LARGE } from './capture-scenes.js';
import { COMPOSITE, inCase, record } from './samples.js';
import { calls, emit, focused, live, useStage } from './stage.js';

/* What the screens ask of the engine, and where the focus is, for every form of capture. */

const { withScene } = useStage();

describe('a part of the page', () => {
  const measured = { ...live, answers: { 'capture.measure': { value: MEASURED } } };

  test('is drawn with the mouse and counted from the top of the page; the page hears nothing of it', async () => {
    await withScene(measured, async (page) => {
      await chooseCapture(page, 'Part of the page');
      const box = await page.locator('#picker').boundingBox();
      if (box === null) throw new Error('nothing to draw on');
      const at = (x: number, y: number): [number, number] => [box.x + (x / 1280) * box.width, box.y + (y / 800) * box.height];
      await page.mouse.move(...at(100, 50));
      await page.mouse.down();
      await page.mouse.move(...at(500, 250), { steps: 4 });
      await page.mouse.up();
      await page.getByRole('button', { name: /Capture this part/ }).click();
      await page.locator('#picker').waitFor({ state: 'detached' });
      const asked = (await calls(page, 'capture.prepare'))[0] as { form: string; area: Record<'x' | 'y' | 'width' | 'height', number> };
      expect(asked.form).toBe('region');
      const near = (value: number, wanted: number): boolean => Math.abs(value - wanted) <= 3;
      expect([near(asked.area.x, 100), near(asked.area.y, 50 + MEASURED.scroll.y), near(asked.area.width, 400), near(asked.area.height, 200)]).toEqual([true, true, true, true]);
      expect((await calls(page, 'view.input')).filter((input) => input['event'] === 'down')).toEqual([]);
    });
  });

  test('is moved and sized with the arrow keys, and Enter captures it', async () => {
    await withScene(measured, async (page) => {
      await chooseCapture(page, 'Part of the page');
      await page.locator('#picker:focus').waitFor();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Control+ArrowUp');
      await page.keyboard.press('Shift+ArrowDown');
      await page.getByText('The frame is 640 × 410 px.').waitFor();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => (window as unknown as { preview: { calls: { name: string }[] } }).preview.calls.some((call) => call.name === 'capture.prepare'));
      expect(await calls(page, 'capture.prepare')).toEqual([{ form: 'region', area: { x: 330, y: 199 + MEASURED.scroll.y, width: 640, height: 410 } }]);
      expect(await focused(page)).toBe('view');
    });
  });

  test('Esc gives the page back, F6 comes back to the frame, the wheel still scrolls', async () => {
    await withScene(measured, async (page) => {
      await chooseCapture(page, 'Part of the page');
      await page.locator('#picker:focus').waitFor();
      await page.keyboard.press('F6');
      expect(await focused(page)).toBe('address');
      await page.keyboard.press('F6');
      expect(await focused(page)).toBe('picker');
      await page.locator('#picker').hover({ position: { x: 200, y: 60 } });
      await page.mouse.wheel(0, 240);
      await page.waitForFunction(() => (window as unknown as { preview: { calls: { name: string; input: { type?: string } }[] } }).preview.calls.some((call) => call.input.type === 'wheel'));
      await page.keyboard.press('Escape');
      expect(await page.locator('#picker').count()).toBe(0);
      expect(await focused(page)).toBe('view');
      expect(await calls(page, 'capture.prepare')).toEqual([]);
    });
  });
});

describe('one element', () => {
  test('is what is clicked, and the page does not hear the click', async () => {
    await withScene(live, async (page) => {
      await chooseCapture(page, 'One element');
      const box = await page.locator('#picker').boundingBox();
      if (box === null) throw new Error('nothing to point at');
      await page.mouse.click(box.x + box.width / 4, box.y + box.height / 4);
      const asked = (await calls(page, 'capture.prepare'))[0] as { form: string; point: { x: number; y: number } };
      expect([asked.form, Math.abs(asked.point.x - 320) <= 2, Math.abs(asked.point.y - 200) <= 2]).toEqual(['element', true, true]);
      expect((await calls(page, 'view.input')).filter((input) => input['event'] === 'down')).toEqual([]);
    });
  });

  test('is what lies under the cross that the arrow keys move', async () => {
    await withScene(live, async (page) => {
      await chooseCapture(page, 'One element');
      await page.locator('#picker:focus').waitFor();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Control+ArrowDown');
      await page.keyboard.press('Enter');
      expect(await calls(page, 'capture.prepare')).toEqual([{ form: 'element', point: { x: 630, y: 401 } }]);
    });
  });
});

describe('a series', () => {
  test('asks how often and how many, refuses what cannot be, and gives the focus back', async () => {
    await withScene(live, async (page) => {
      await chooseCapture(page, 'Series of pictures');
      await page.waitForFunction(() => document.activeElement?.id === 'panel-title');
      await page.getByLabel('Pictures at most').fill('500');
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('button', { name: /from 2 to 100/ }).waitFor();
      expect(await calls(page, 'capture.prepare')).toEqual([]);
      await page.getByLabel('Pictures at most').fill('5');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Series of pictures' }).waitFor({ state: 'detached' });
      expect(await calls(page, 'capture.prepare')).toEqual([{ form: 'series', everySeconds: 2, count: 5 }]);
      expect(await focused(page)).not.toBe('');
    });
  });

  test('ends with the pictures that it has when the reviewers say so', async () => {
    await withScene({ state: inCase({ series: { done: 3, most: 20 } }), items: record(), progress: { task: 'capture', step: 'Taking pictures', done: 3, total: 20, canCancel: true } }, async (page) => {
      await page.getByRole('button', { name: 'Finish with 3 pictures' }).click();
      expect(await calls(page, 'capture.finish')).toEqual([{}]);
    });
  });

  test('is declared on as a sheet; a picture opens at its place and the sheet comes back to it', async () => {
    await withScene({ ...live, state: inCase({ composite: SERIES }) }, async (page) => {
      await page.getByRole('button', { name: 'Show what would be kept' }).press('Enter');
      await page.getByRole('button', { name: /Picture 3 of 7/ }).press('Enter');
      await page.waitForFunction(() => (document.querySelector('.composite-scroller')?.scrollTop ?? 0) > 100);
      await page.getByRole('button', { name: 'All on one sheet' }).press('Enter');
      await page.waitForFunction(() => document.activeElement?.textContent.startsWith('Picture 3 of 7') === true);
    });
  });
});

describe('a capture that takes long', () => {
  test('says how far it had come when it was cancelled, and nothing as a problem', async () => {
    await withScene({ ...live, answers: { 'capture.prepare': 'never' } }, async (page) => {
      await page.evaluate(() => {
        const { countersign } = window as unknown as { countersign: { call: (name: string, input: unknown) => Promise<unknown> } };
        const call = countersign.call.bind(countersign);
        let end: (answer: unknown) => void = () => undefined;
        countersign.call = (name, input) => {
          if (name === 'capture.prepare') return new Promise((resolve) => { end = resolve; });
          if (name === 'work.cancel') {
            (window as unknown as { preview: { emit: (name: string, value: unknown) => void } }).preview.emit('progress', null);
            end({ ok: false, code: 'capture.cancelled', sentence: 'The capture was cancelled. Nothing was kept.' });
          }
          return call(name, input);
        };
      });
      await page.keyboard.press('F4');
      await emit(page, 'progress', { task: 'capture', step: 'Taking the page', done: 48_000, total: 250_000, canCancel: true });
      await page.getByText('48,000 of 250,000 rows of pixels').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('The capture was cancelled after 48,000 of 250,000 rows of pixels.').waitFor();
      expect(await page.getByText('There is a problem').count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
    });
  });

  test('a page that is too large is offered in parts, and a part that was kept says so', async () => {
    const part = { ...COMPOSITE, form: 'region' as const, area: MEASURED.parts[0] ?? null, image: null };
    await withScene({ ...live, answers: { 'capture.prepare': TOO_LARGE, 'capture.measure': { value: MEASURED }, 'capture.declare': { value: { exhibit: 'PAS/2' } } }, moves: { 'capture.declare': inCase() } }, async (page) => {
      await page.keyboard.press('F4');
      await page.getByRole('heading', { name: 'This page in 3 parts' }).waitFor();
      await page.getByRole('button', { name: 'Capture part 1' }).click();
      expect((await calls(page, 'capture.prepare'))[1]).toEqual({ form: 'region', area: MEASURED.parts[0] });
      await emit(page, 'state', inCase({ composite: part }));
      await page.getByText('1 of 3 parts of this page').waitFor();
      await page.locator('.declare-answers button:not([disabled])', { hasText: 'keep it' }).waitFor();
      await page.keyboard.press('k');
      await page.getByText('Kept as PAS/2').waitFor();
      expect(await page.getByRole('button', { name: 'Capture part 1' }).count()).toBe(0);
    });
  });
});

describe('a list of addresses', () => {
  test('is sent as it was pasted, one a line; what was typed survives a capture in between', async () => {
    await withScene({ ...live, moves: { 'capture.prepare': inCase({ composite: { ...COMPOSITE, form: 'text', image: null } }), 'capture.discard': inCase(), 'capture.list': inCase({ captureList: LIST }) } }, async (page) => {
      await chooseCapture(page, 'List of addresses');
      await page.getByLabel('Addresses, one on each line').fill('https://a.example/\n\n https://b.example/ \nhttps://a.example/');
      await page.getByText('2 different addresses').waitFor();
      await page.keyboard.press('F4');
      await page.getByRole('button', { name: /Do not keep this/ }).click();
      await chooseCapture(page, 'List of addresses');
      await page.getByText('Text only').first().click();
      await page.getByRole('button', { name: 'Start the list' }).click();
      await page.getByText('Address 5 of 7').waitFor();
      expect(await calls(page, 'capture.list')).toEqual([{ urls: ['https://a.example/', 'https://b.example/'], form: 'text' }]);
      expect(await focused(page)).toBe('list-title');
      await page.getByRole('button', { name: 'Skip this address' }).click();
      await page.getByRole('button', { name: 'Stop the list' }).click();
      expect([await calls(page, 'capture.list-skip'), await calls(page, 'capture.list-stop')]).toEqual([[{}], [{}]]);
    });
  });

  test('can be skipped and stopped from the declaration', async () => {
    await withScene({ ...live, state: inCase({ captureList: LIST, composite: { ...COMPOSITE, form: 'text', image: null } }) }, async (page) => {
      await page.getByText('Address 5 of 7 in your list').waitFor();
      await page.getByRole('button', { name: 'Skip this address' }).click();
      expect(await calls(page, 'capture.list-skip')).toEqual([{}]);
    });
  });
});

describe('the declaration', () => {
  test('takes who the page says is logged in, and letters typed there answer nothing', async () => {
    await withScene({ ...live, state: inCase({ composite: { ...COMPOSITE, form: 'text', image: null } }) }, async (page) => {
      await page.getByLabel(/Who does the page say is logged in/).pressSequentially('kyn_example');
      expect(await calls(page, 'capture.declare')).toEqual([]);
      await page.getByRole('button', { name: /No, keep it/ }).click();
      expect(await calls(page, 'capture.declare')).toEqual([{ id: 'c1', by: 'PAS', answer: 'not-suspected', note: '', account: 'kyn_example' }]);
    });
  });
});

describe('forms beside the page', () => {
  test('give the focus back to what opened them', async () => {
    await withScene(live, async (page) => {
      await page.getByRole('button', { name: 'Note', exact: true }).press('Enter');
      await page.getByRole('button', { name: 'Cancel' }).press('Enter');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Note');
    });
  });
});
