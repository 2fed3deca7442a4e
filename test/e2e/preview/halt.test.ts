import { describe, expect, test } from '@jest/globals';
import { HALT, inCase, record } from './samples.js';
import type { Scene } from './scenes.js';
import { calls, useStage } from './stage.js';

const stage = useStage();
const halted = (subject: 'staff' | 'pupil' | 'unknown', change: Partial<NonNullable<ReturnType<typeof inCase>['case']>> = {}): Scene['script'] => ({ state: inCase({ phase: 'halted', browsing: false, page: null, subject, halt: HALT, ...change }, 'halted'), items: record() });

describe('a call during a halt', () => {
  test.each(['staff', 'unknown'] as const)('to the LADO is written down as such where the case is about: %s; it ticks that step and no other', async (subject) => {
    await stage.show({ script: halted(subject) }, async (page) => {
      await page.getByRole('button', { name: 'Write down a call' }).click();
      await page.getByText('The LADO', { exact: true }).click();
      // What was chosen keeps the focus while the fields change.
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('lado');
      await page.getByRole('button', { name: 'Add to the record' }).click();
      await page.locator('.summary').getByText('Write what they advised').waitFor();
      await page.getByLabel('Whom did you speak to?').fill('Ms R. Iqbal, LADO');
      await page.getByLabel('What did they advise?').fill('Tell nobody else.');
      await page.getByRole('button', { name: 'Add to the record' }).click();
      await page.getByRole('button', { name: 'Write down a call' }).waitFor();
      expect(await calls(page, 'staff.advice')).toMatchObject([{ by: 'PAS', from: 'lado', name: 'Ms R. Iqbal, LADO', advice: 'Tell nobody else.' }]);
      expect([await calls(page, 'halt.step'), await calls(page, 'halt.call')]).toEqual([[{ by: 'PAS', step: 'lado', done: true }], []]);
    });
  });

  test('is to the police where the case is about a pupil, or belongs to another computer', async () => {
    for (const script of [halted('pupil'), halted('staff', { elsewhere: true })]) {
      await stage.show({ script }, async (page) => {
        await page.getByRole('button', { name: 'Write down a call' }).click();
        await page.getByLabel('Police force').fill('Example Police');
        expect(await page.getByText('Whom did you call?').count()).toBe(0);
        await page.getByRole('button', { name: 'Add to the record' }).click();
        await page.getByRole('button', { name: 'Write down a call' }).waitFor();
        expect(await calls(page, 'halt.call')).toMatchObject([{ force: 'Example Police' }]);
      });
    }
  });
});
