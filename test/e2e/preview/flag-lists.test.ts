import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BOTH, press, register, sign, steps, type } from './acts.js';
import { LATER, LISTS } from './samples.js';
import { calls, typedOn, useStage } from './stage.js';

/* Flag lists, imported and removed by both reviewers, in real Chromium. The engine is the stand-in. */

const stage = useStage();

describe('flag lists', () => {
  const file = (bytes: number) => ({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'a') });
  const lists = { 'lists.list': { value: { lists: LISTS } }, 'lists.import.begin': { value: { id: 'i' } } };
  const ask = (bytes: number) => steps(
    register('Flag lists'), press('Import a list'), (page) => page.locator('input[type=file]').setInputFiles(file(bytes)), async (page) => { await page.getByText('PDQ hashes of pictures').click(); },
    (page) => type(page, 'What do you call this list?', 'A list'), (page) => type(page, 'Who handed it to you?', 'An officer'), press('Read the file'),
  );
  const signing = async (page: Page): Promise<void> => { await page.getByRole('heading', { name: 'Both of you sign for this list' }).waitFor(); };

  test('a file is handed over whole and in order, and kept only with both passphrases', async () => {
    await stage.show({ script: { state: LATER, answers: { ...lists, 'lists.import.finish': { value: LISTS[3] } } }, act: steps(ask(2_500_000), signing) }, async (page) => {
      expect(await calls(page, 'lists.import.begin')).toEqual([{ source: 'A list', givenBy: 'An officer', note: '', format: 'pdq', size: 2_500_000 }]);
      const pieces = (await calls(page, 'lists.import.piece')).map(({ id, base64 }) => [id, Buffer.from(String(base64), 'base64').length]);
      expect(pieces).toEqual([['i', 1_048_576], ['i', 1_048_576], ['i', 402_848]]);
      expect(await calls(page, 'lists.import.finish')).toEqual([]);
      await steps(sign, press('Sign and use this list'))(page);
      await page.getByRole('heading', { name: 'The list is in force' }).waitFor();
      expect(await calls(page, 'lists.import.finish')).toEqual([{ id: 'i', ...BOTH }]);
      expect(await calls(page, 'lists.import.cancel')).toEqual([]);
    });
  });

  test('a wrong passphrase is asked for again, and the file is not', async () => {
    await stage.show({ script: { state: LATER, answers: { ...lists, 'lists.import.finish': { code: 'auth.bad-passphrase', sentence: 'A passphrase is not right.' } } }, act: steps(ask(10), signing, sign, press('Sign and use this list')) }, async (page) => {
      await page.getByText('A passphrase is not right.').waitFor();
      expect(await typedOn(page)).toEqual(['', '']);
      expect([await calls(page, 'lists.import.cancel'), (await calls(page, 'lists.import.begin')).length]).toEqual([[], 1]);
    });
  });

  test('a refused file is asked for again with the line, and what was typed is still there', async () => {
    await stage.show({ script: { state: LATER, answers: { ...lists, 'lists.import.piece': { code: 'lists.bad-hash', sentence: 'Line 3: this is not a PDQ hash.' } } }, act: ask(10) }, async (page) => {
      await page.locator('.summary').getByText('Line 3: this is not a PDQ hash.').click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('list-file');
      expect(await typedOn(page)).toEqual(expect.arrayContaining(['A list', 'An officer']));
    });
  });

  test('the import can be cancelled while it is read and before it is signed, and nobody leaves it by accident', async () => {
    await stage.show({ script: { state: LATER, answers: { ...lists, 'lists.import.piece': 'never' } }, act: ask(10) }, async (page) => {
      await page.getByRole('heading', { name: 'Reading the list' }).waitFor();
      expect(await page.getByRole('navigation', { name: 'Register and settings' }).count()).toBe(0);
      await press('Cancel the import')(page);
      await page.getByRole('heading', { name: 'Import a list' }).waitFor();
      expect(await calls(page, 'lists.import.cancel')).toEqual([{ id: 'i' }]);
    });
    await stage.show({ script: { state: LATER, answers: lists }, act: steps(ask(10), signing, press('Do not import it')) }, async (page) => {
      await page.getByRole('heading', { name: 'Import a list' }).waitFor();
      expect(await calls(page, 'lists.import.cancel')).toEqual([{ id: 'i' }]);
      expect(await page.getByRole('navigation', { name: 'Register and settings' }).count()).toBe(1);
    });
  });

  test('are removed only with both passphrases', async () => {
    await stage.show({ script: { state: LATER, answers: lists }, act: steps(register('Flag lists'), press('Example Police, September 2026'), press('Remove this list…')) }, async (page) => {
      await press('Sign and remove this list')(page);
      await page.locator('.summary').getByText('Priya A. Shah must type their passphrase').waitFor();
      expect(await calls(page, 'lists.remove')).toEqual([]);
      await steps(sign, press('Sign and remove this list'))(page);
      await page.getByRole('heading', { name: 'The list is removed' }).waitFor();
      expect(await calls(page, 'lists.remove')).toEqual([{ id: '2'.repeat(32), ...BOTH }]);
    });
  });
});
