import { describe, expect, test } from '@jest/globals';
import { CERTIFICATE, PASSWORD } from './capture-scenes.js';
import { inCase } from './samples.js';
import { calls, emit, focused, live, typedOn, useStage } from './stage.js';

/* What the screens ask of the engine, and where the focus is, for the browser’s questions. */

const { withScene } = useStage();

describe('a certificate that is not valid', () => {
  test('each reviewer says for themselves that they go on, and the focus stays with the question', async () => {
    const one = inCase({ question: { ...CERTIFICATE, agreed: ['PAS'] } });
    await withScene({ ...live, state: inCase({ question: CERTIFICATE }), moves: { 'question.answer': one } }, async (page) => {
      expect(await focused(page)).toBe('question-title');
      await page.getByRole('button', { name: 'Priya A. Shah: go on' }).press('Enter');
      await page.getByText('Agreed').waitFor();
      expect(await page.evaluate(() => document.activeElement?.closest('.question-view') !== null)).toBe(true);
      await page.getByRole('button', { name: 'Tom R. Ellis: go on' }).click();
      const answer = { kind: 'certificate', goOn: true };
      await expect(calls(page, 'question.answer')).resolves.toEqual([{ id: 'q1', by: 'PAS', answer }, { id: 'q1', by: 'TRE', answer }]);
    });
  });

  test('going back answers no and leaves the page; the focus is then on the page', async () => {
    await withScene({ ...live, state: inCase({ question: CERTIFICATE }), moves: { 'question.answer': inCase() } }, async (page) => {
      await page.getByRole('button', { name: 'Go back' }).click();
      await page.locator('#view').waitFor();
      expect(await calls(page, 'question.answer')).toEqual([{ id: 'q1', by: 'PAS', answer: { kind: 'certificate', goOn: false } }]);
      await page.waitForFunction(() => (window as unknown as { preview: { calls: { name: string }[] } }).preview.calls.some((call) => call.name === 'browse.back'));
      expect(await focused(page)).toBe('view');
    });
  });

  test('a question that comes while somebody writes a note does not take the focus from them', async () => {
    await withScene(live, async (page) => {
      await page.getByRole('button', { name: 'Note', exact: true }).click();
      await page.getByRole('textbox', { name: 'Note' }).fill('Half a sen');
      await emit(page, 'state', inCase({ question: CERTIFICATE }));
      await page.getByRole('heading', { name: /could not prove/ }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
      expect(await typedOn(page)).toContain('Half a sen');
    });
  });
});

describe('a site that asks for a password', () => {
  test('both are sent once, and are gone from the page in the same turn, also when they were refused', async () => {
    await withScene({ ...live, state: inCase({ question: PASSWORD }), answers: { 'question.answer': { code: 'question.gone', sentence: 'This question is no longer open. Open the address again.' } } }, async (page) => {
      await page.getByText('Tom R. Ellis').first().click();
      await page.getByLabel('User name').fill('staff');
      await page.getByLabel('Password', { exact: true }).fill('sample');
      await page.keyboard.press('Enter');
      await page.getByText('This question is no longer open').waitFor();
      expect(await calls(page, 'question.answer')).toEqual([{ id: 'q2', by: 'TRE', answer: { kind: 'password', credentials: { username: 'staff', password: 'sample' } } }]);
      expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain('sample');
      expect((await typedOn(page)).filter((text) => /staff|sample/.test(text))).toEqual([]);
    });
  });

  test('giving none is an answer too', async () => {
    await withScene({ ...live, state: inCase({ question: PASSWORD }), moves: { 'question.answer': inCase() } }, async (page) => {
      await page.getByRole('button', { name: 'Give none' }).click();
      await page.locator('#view').waitFor();
      expect(await calls(page, 'question.answer')).toEqual([{ id: 'q2', by: 'PAS', answer: { kind: 'password', credentials: null } }]);
    });
  });

  test('a site that asks again says that it did not take what was sent', async () => {
    await withScene({ ...live, state: inCase({ question: PASSWORD }), moves: { 'question.answer': inCase({ question: { ...PASSWORD, id: 'q3' } }) } }, async (page) => {
      await page.getByLabel('User name').fill('staff');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: 'Send and open' }).click();
      await page.getByText('It did not take the user name and password').waitFor();
    });
  });
});
