import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CHECKS, COMPOSITE, ENTRY, inCase, record, SET_UP, SIGNED_IN } from './samples.js';
import { calls, live, useStage } from './stage.js';

/* What becomes of what is typed, pressed and filtered in the forms and in the record. The engine is the stand-in: what is asserted is what the screens ask of it and what they show. */

const { withScene } = useStage();

describe('forms', () => {
  test('before browsing, the button that starts the browser is whole in sight although the questions are not', async () => {
    await withScene({ state: inCase({ browsing: false, page: null, exhibits: [], checkpoint: null, preFlightDue: true }), items: record(1), answers: { 'pre-flight.read': { value: { checks: CHECKS, remembered: null } } } }, async (page) => {
      await page.setViewportSize({ width: 1280, height: 800 });
      const start = page.getByRole('button', { name: 'Start the browser' });
      await start.waitFor();
      const onTop = await start.evaluate((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        return [top + 4, bottom - 4].every((y) => button.contains(document.elementFromPoint((left + right) / 2, y)));
      });
      expect(onTop).toBe(true);
    });
  });

  test('what is typed of a concern survives a capture in between', async () => {
    await withScene({ ...live, moves: { 'capture.prepare': inCase({ composite: { ...COMPOSITE, form: 'text', image: null } }), 'capture.discard': inCase() } }, async (page) => {
      await page.getByRole('button', { name: 'Describe a concern' }).click();
      await page.getByLabel('What did you see?').fill('Fourteen posts');
      await page.keyboard.press('F4');
      await page.getByRole('button', { name: /Do not keep this/ }).click();
      await page.getByRole('button', { name: 'Describe a concern' }).click();
      expect(await page.getByLabel('What did you see?').inputValue()).toBe('Fourteen posts');
    });
  });

  test('a line of the record that is pressed opens: right after the list moved, and where the browser has not yet said that it did', async () => {
    await withScene({ state: inCase({ entries: 300 }), items: record(300), answers: { 'record.entry': { value: ENTRY } } }, async (page) => {
      const list = page.locator('.record');
      const box = await list.boundingBox();
      if (box === null) throw new Error('the record is not there');
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const lineThere = (): Promise<number> => page.evaluate(([left, top]) => Number(document.elementFromPoint(left, top)?.closest('[data-key]')?.getAttribute('data-key') ?? -1), [x, y] as const);
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, -400);
      await page.waitForFunction(() => { const list = document.querySelector('.record'); return list !== null && list.scrollHeight - list.scrollTop - list.clientHeight > 300; });
      // From this on React Aria takes no press for a third of a second.
      await list.evaluate((element) => { element.dispatchEvent(new Event('scroll')); });
      const first = await lineThere();
      await page.mouse.down();
      await page.mouse.up();
      await page.getByRole('heading', { name: `Entry ${first}`, exact: true }).waitFor();
      await page.getByRole('button', { name: 'Close the entry' }).click();
      await page.getByLabel('Filter the record').focus();
      await list.evaluate((element) => {
        window.addEventListener('scroll', (event) => { if (event.isTrusted) event.stopImmediatePropagation(); }, { capture: true });
        element.scrollTop -= 130;
      });
      await page.mouse.move(x, y);
      const second = await lineThere();
      await page.mouse.down();
      expect(await lineThere()).toBe(second);
      await page.mouse.up();
      await page.getByRole('heading', { name: `Entry ${second}`, exact: true }).waitFor();
    });
  });

  test('a bundle that the app is opened with waits while a conclusion is written, keeps what is typed, and opens once the case is closed', async () => {
    const offered = { id: 'b1', name: 'EXSCH-2026-011-lado.zip', size: 7, encrypted: true };
    const emit = (page: Page, state: unknown): Promise<void> => page.evaluate((value) => { (window as unknown as { preview: { emit(name: string, value: unknown): void } }).preview.emit('state', value); }, state);
    await withScene(live, async (page) => {
      await page.getByRole('button', { name: 'Finish' }).click();
      await page.getByLabel('Conclusion and action').fill('Fourteen posts mock a pupil.');
      await emit(page, { ...inCase(), offered });
      await page.getByRole('status').getByText('is waiting to be checked').waitFor();
      expect(await page.getByLabel('Conclusion and action').inputValue()).toBe('Fourteen posts mock a pupil.');
      await emit(page, { ...SIGNED_IN, offered });
      await page.getByText('EXSCH-2026-011-lado.zip').waitFor();
      await page.getByRole('button', { name: 'Back to the cases' }).click();
      await page.getByRole('button', { name: 'Open a case' }).first().waitFor();
      expect(await page.getByText('is waiting to be checked').count()).toBe(0);
      await page.getByRole('button', { name: 'Open a case' }).first().click();
      await page.getByLabel('Reference').fill('2026-016');
      await emit(page, { ...SIGNED_IN, offered: { ...offered, id: 'b2' } });
      await page.getByRole('button', { name: 'Do not open it' }).click();
      expect(await calls(page, 'verify.cancel')).toEqual([{ id: 'b2' }]);
      expect(await page.getByLabel('Reference').inputValue()).toBe('2026-016');
    });
  });

  test('who was told begins with what the record knows, is asked for whole, and goes to the engine with the time as an instant', async () => {
    const told = [{ who: 'police' as const, name: 'Example Police', at: '2026-11-24T10:52:00.000Z', by: 'PAS', byName: '' }];
    await withScene({ state: inCase({ told }), items: record() }, async (page) => {
      await page.getByRole('button', { name: 'Finish' }).click();
      await page.getByText('Parents or carers, unless').waitFor();
      await page.getByText('Yes, it has substance').click();
      await page.getByText('The school deals with it').click();
      await page.getByLabel('Conclusion and action').fill('Handled.');
      await page.getByRole('button', { name: 'Add another' }).click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('told-1-who');
      await page.getByRole('button', { name: 'Conclude the case' }).click();
      await page.getByRole('button', { name: 'Choose who was told, or take the line away' }).click();
      await page.keyboard.press('Enter');
      await page.getByRole('option', { name: 'Parents or carers' }).click();
      expect(await page.getByText('Parents or carers, unless').count()).toBe(0);
      const line = page.getByRole('group', { name: 'Told: line 2' });
      await line.getByLabel('Date').fill('24/11/2026');
      await line.getByLabel(/^Time/).fill('11:20');
      await line.getByRole('button', { name: /Told by/ }).click();
      await page.getByRole('option', { name: 'Somebody else' }).click();
      await line.getByLabel('Their name and position').fill('Ms L. Ward, form tutor');
      await page.getByRole('button', { name: 'Conclude the case' }).click();
      await page.waitForFunction(() => (window as unknown as { preview: { calls: { name: string }[] } }).preview.calls.some(({ name }) => name === 'conclude'));
      expect(await calls(page, 'conclude')).toEqual([{
        substance: true, outcomes: ['internal'], text: 'Handled.', sanctions: [], told: [...told, { who: 'parents', name: '', at: '2026-11-24T11:20:00.000Z', by: null, byName: 'Ms L. Ward, form tutor' }],
      }]);
    });
  });

  test('a conclusion that is half written survives a look at the page', async () => {
    await withScene(live, async (page) => {
      await page.getByRole('button', { name: 'Finish' }).click();
      await page.getByLabel('Conclusion and action').fill('Fourteen posts mock a pupil.');
      await page.keyboard.press('F4');
      await page.getByRole('button', { name: 'Back to the page' }).click();
      await page.getByRole('button', { name: 'Finish' }).click();
      expect(await page.getByLabel('Conclusion and action').inputValue()).toBe('Fourteen posts mock a pupil.');
      expect(await calls(page, 'capture.prepare')).toEqual([]);
    });
  });

  test('passphrases are gone from the page as soon as they are sent, also when they are wrong', async () => {
    await withScene({ state: SET_UP, answers: { 'sign-in': { code: 'auth.bad-passphrase', sentence: 'A passphrase is not right.' } } }, async (page) => {
      const fields = page.getByLabel('Passphrase', { exact: true });
      await fields.nth(0).fill('one');
      await fields.nth(1).fill('two');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('A passphrase is not right.').waitFor();
      expect([await fields.nth(0).inputValue(), await fields.nth(1).inputValue()]).toEqual(['', '']);
      expect(await calls(page, 'sign-in')).toEqual([{ first: { initials: 'PAS', passphrase: 'one' }, second: { initials: 'TRE', passphrase: 'two' } }]);
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('summary');
    });
  });

  test('Enter behind the first passphrase leads to the second person, and tells of no mistake', async () => {
    await withScene({ state: SET_UP }, async (page) => {
      const fields = page.getByLabel('Passphrase', { exact: true });
      await fields.nth(0).fill('one');
      await fields.nth(0).press('Enter');
      await page.keyboard.type('two');
      expect([await fields.nth(0).inputValue(), await fields.nth(1).inputValue(), await calls(page, 'sign-in')]).toEqual(['one', 'two', []]);
      await page.keyboard.press('Enter');
      expect(await calls(page, 'sign-in')).toHaveLength(1);
    });
  });

  test('a passphrase that is shown is hidden again once the next person types', async () => {
    await withScene({ state: SET_UP }, async (page) => {
      const fields = page.getByLabel('Passphrase', { exact: true });
      await fields.nth(0).fill('one');
      await page.getByRole('button', { name: 'Show what Priya A. Shah types' }).click();
      expect(await fields.nth(0).getAttribute('type')).toBe('text');
      await fields.nth(1).click();
      expect(await fields.nth(0).getAttribute('type')).toBe('password');
    });
  });

  test('a passphrase that is typed where the focus has stayed on the eye goes into the second person’s field, and shows nothing', async () => {
    await withScene({ state: SET_UP }, async (page) => {
      const fields = page.getByLabel('Passphrase', { exact: true });
      await fields.nth(0).fill('one');
      await fields.nth(0).press('Tab');
      await page.keyboard.type('two or three');
      expect(await fields.nth(1).inputValue()).toBe('two or three');
      expect(await fields.nth(0).getAttribute('type')).toBe('password');
    });
  });

  test('nothing is kept in web storage', async () => {
    await withScene(live, async (page) => {
      expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, '']);
    });
  });
});

describe('a very long record', () => {
  test('shows its newest lines, and the earlier ones when somebody asks, without moving what stands in view', async () => {
    await withScene({ state: inCase({ entries: 6_500 }), items: record(6_500) }, async (page) => {
      await page.getByText('These are the newest 5,000 lines.').waitFor();
      expect(await calls(page, 'record.list')).toEqual([5_500, 4_500, 3_500, 2_500, 1_500].map((from) => ({ from, count: 1_000 })));
      await page.getByRole('searchbox', { name: 'Filter the record' }).fill('nothing has these words');
      await page.getByText('The filter looks at the newest 5,000 lines.').waitFor();
      await page.getByRole('searchbox', { name: 'Filter the record' }).fill('');
      await page.locator('[role=row][data-key="6499"]').waitFor();
      await page.getByRole('button', { name: 'Show the 1,500 earlier lines' }).click();
      await page.getByText('earlier lines').first().waitFor({ state: 'detached' });
      await page.locator('[role=row][data-key="6499"]').waitFor();
      expect((await calls(page, 'record.list')).slice(5)).toEqual([{ from: 500, count: 1_000 }, { from: 0, count: 500 }]);
      // What was asked for stands above what is in view a moment after the answer, and that stays where it is.
      await page.waitForFunction(() => {
        const list = document.querySelector('.record');
        if (list !== null) list.scrollTop = 0;
        return list?.querySelector('[role=row][data-key="0"]') != null;
      });
    });
  });
});
