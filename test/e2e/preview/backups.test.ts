import { describe, expect, test } from '@jest/globals';
import { press, register, scrolledUnheard, steps, type } from './acts.js';
import { BARE, CHECKED, FOLDERS, HALT, LATER, SET_UP } from './samples.js';
import { calls, useStage } from './stage.js';

/* Folders, backups and the long work of the register, in real Chromium. The engine is the stand-in. */

const stage = useStage();

describe('the folder list', () => {
  const answers = { 'backup.list': { value: { backups: [] } }, 'folders.list': { value: FOLDERS }, 'backup.make': { value: { at: HALT.at, place: '/media/x', by: ['PAS', 'TRE'], cases: [], destroyed: 0 } } };

  test('works by keyboard alone: open, into a folder, up, choose', async () => {
    await stage.show({ script: { state: LATER, answers }, act: register('Backups') }, async (page) => {
      await page.getByLabel('Where to?').focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('.folder-item').first().waitFor();
      for (let tabs = 0; tabs < 12 && !(await page.evaluate(() => document.activeElement?.getAttribute('role') === 'option')); tabs += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Backspace');
      expect((await calls(page, 'folders.list')).map(({ path }) => path)).toEqual([null, expect.stringMatching(/^\/media\/staff/), '/media/staff']);
      await page.getByRole('button', { name: 'Use this folder' }).focus();
      await page.keyboard.press('Enter');
      expect(await page.getByLabel('Where to?').inputValue()).toBe('/media/staff/SAFE-DISK-2');
      await page.keyboard.press('Enter');
      await page.getByText(/^The backup of/).waitFor();
      expect(await calls(page, 'backup.make')).toEqual([{ folder: '/media/staff/SAFE-DISK-2' }]);
    });
  });

  test('stands still under a press, also where the computer is too busy to have said that the list was scrolled', async () => {
    const many = { ...FOLDERS, folders: Array.from({ length: 40 }, (_, at) => ({ name: `Folder ${at + 1}`, path: `/media/staff/SAFE-DISK-2/${at + 1}` })) };
    await stage.show({ script: { state: LATER, answers: { ...answers, 'folders.list': { value: many } } }, act: steps(register('Backups'), press('Choose a folder')) }, async (page) => {
      const last = page.getByRole('option', { name: 'Folder 40' });
      const where = await scrolledUnheard(page, page.locator('.folder-list'), last);
      await page.mouse.down();
      expect(await last.boundingBox()).toEqual(where);
      await page.mouse.up();
      expect((await calls(page, 'folders.list')).map(({ path }) => path)).toEqual([null, '/media/staff/SAFE-DISK-2/40']);
    });
  });

  test('Escape closes it and gives the focus back; what was typed stays', async () => {
    await stage.show({ script: { state: LATER, answers }, act: register('Backups') }, async (page) => {
      await page.getByLabel('Where to?').fill('/media/typed');
      await press('Choose a folder')(page);
      await page.locator('.folder-item').first().waitFor();
      expect(await calls(page, 'folders.list')).toEqual([{ path: '/media/typed' }]);
      await page.keyboard.press('Escape');
      expect(await page.locator('.folder-browser').count()).toBe(0);
      expect([await page.getByLabel('Where to?').inputValue(), await page.evaluate(() => document.activeElement?.tagName)]).toEqual(['/media/typed', 'INPUT']);
    });
  });

  test('a folder that nothing can be written in is not chosen for a backup, but can be read from', async () => {
    const locked = { 'folders.list': { value: { ...FOLDERS, writable: false } } };
    await stage.show({ script: { state: LATER, answers: { ...answers, ...locked } }, act: steps(register('Backups'), press('Choose a folder')) }, async (page) => {
      await page.getByText('Nothing can be written in this folder.').waitFor();
      expect(await page.getByRole('button', { name: 'Use this folder' }).isDisabled()).toBe(true);
    });
    await stage.show({ script: { state: BARE, answers: locked }, act: steps(press(/Take this computer’s cases/), press('Choose a folder')) }, async (page) => {
      await page.locator('.folder-item').first().waitFor();
      expect(await page.getByRole('button', { name: 'Use this folder' }).isDisabled()).toBe(false);
    });
  });
});

describe('long work', () => {
  test('what a check found stays while they look at another page, and goes when the app locks', async () => {
    await stage.show({ script: { state: LATER, answers: { 'check.full': { value: CHECKED } } }, act: steps(register('Check everything'), press('Check everything now')) }, async (page) => {
      await page.getByText('Everything is as it was written').waitFor();
      await steps(press('Backups'), press('Check everything'))(page);
      await page.getByText('Everything is as it was written').waitFor();
      const emit = (states: unknown[]): Promise<void> => page.evaluate((all) => { for (const state of all) (window as unknown as { preview: { emit: (name: string, value: unknown) => void } }).preview.emit('state', state); }, states);
      await emit([SET_UP, LATER]);
      await register('Check everything')(page);
      expect(await page.getByText('Everything is as it was written').count()).toBe(0);
    });
  });

  test('a backup that is being made can be cancelled', async () => {
    const progress = { task: 'backup' as const, step: 'Copying', done: 1, total: 3, canCancel: true };
    await stage.show({ script: { state: LATER, progress, answers: { 'backup.list': { value: { backups: [] } } } }, act: steps(register('Backups'), press('Cancel')) }, async (page) => {
      expect(await calls(page, 'work.cancel')).toEqual([{}]);
    });
  });

  test('what was taken from a backup is said on the screen that follows', async () => {
    await stage.show({ script: { state: BARE, answers: { 'backup.restore': { value: { files: 412, bytes: 1_000, damaged: 2 } } }, moves: { 'backup.restore': SET_UP } } }, async (page) => {
      await steps(press(/Take this computer’s cases/), (it) => type(it, 'Where is the backup?', '/media/staff'), press('Take the cases from this backup'))(page);
      await page.getByText(/2 evidence files in the backup were missing or damaged/).waitFor();
      await page.getByRole('heading', { name: 'Two people sign in together' }).waitFor();
    });
  });
});
