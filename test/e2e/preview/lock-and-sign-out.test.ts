import { describe, expect, test } from '@jest/globals';
import { CONCLUSION, EXPORTED, inCase, record, SET_UP, SIGNED_IN } from './samples.js';
import { calls, live, useStage } from './stage.js';

/* What the screens show, ask and forget when the app locks and when both sign out. The engine is the stand-in. */

const { withScene } = useStage();

describe('the lock', () => {
  const locked = { ...SET_UP, screen: 'locked' as const, locked: { reason: 'step-out' as const, reviewers: ['PAS', 'TRE'] as const, waiting: false } };

  test('takes the page off the screen and asks both passphrases, which are gone once they are sent', async () => {
    await withScene({ ...live, moves: { lock: locked }, answers: { resume: { code: 'auth.bad-passphrase', sentence: 'A passphrase is not right.' } } }, async (page) => {
      await page.getByRole('button', { name: 'Lock', exact: true }).click();
      await page.getByRole('heading', { name: 'Locked' }).waitFor();
      expect(await page.locator('canvas').count()).toBe(0);
      const fields = page.locator('input[type=password]');
      await fields.nth(0).fill('one');
      await fields.nth(1).fill('two');
      await page.getByRole('button', { name: 'Continue together' }).click();
      await page.getByText('A passphrase is not right.').waitFor();
      expect(await calls(page, 'resume')).toEqual([{ first: { initials: 'PAS', passphrase: 'one' }, second: { initials: 'TRE', passphrase: 'two' } }]);
      expect([await fields.nth(0).inputValue(), await fields.nth(1).inputValue()]).toEqual(['', '']);
    });
  });

  test('keeps what was typed of a concern, out of sight, for the same case alone', async () => {
    await withScene({ ...live, moves: { lock: locked, resume: inCase(), 'sign-out': { ...SET_UP } } }, async (page) => {
      const back = async (): Promise<void> => {
        for (const at of [0, 1]) await page.locator('input[type=password]').nth(at).fill('sample');
        await page.getByRole('button', { name: 'Continue together' }).click();
        await page.getByRole('button', { name: 'Describe a concern' }).click();
      };
      await page.getByRole('button', { name: 'Describe a concern' }).click();
      await page.getByLabel('What did you see?').fill('Fourteen posts');
      await page.getByRole('button', { name: 'Lock', exact: true }).click();
      await page.getByRole('heading', { name: 'Locked' }).waitFor();
      expect(await page.getByText('Fourteen posts').count()).toBe(0);
      await back();
      expect(await page.getByLabel('What did you see?').inputValue()).toBe('Fourteen posts');
      await page.evaluate((states) => { for (const state of states) (window as unknown as { preview: { emit: (name: string, value: unknown) => void } }).preview.emit('state', state); }, [locked, SET_UP, inCase()]);
      await page.getByRole('button', { name: 'Describe a concern' }).click();
      expect(await page.getByLabel('What did you see?').inputValue()).toBe('');
    });
  });

  test('does not swallow the passphrase of a bundle that was finished behind it', async () => {
    const sealed = inCase({ phase: 'sealed', browsing: false, page: null, conclusion: CONCLUSION });
    await withScene({ state: sealed, items: record(), answers: { export: { value: EXPORTED } }, moves: { export: locked, resume: sealed } }, async (page) => {
      await page.getByRole('button', { name: /Make a(nother)? bundle/ }).click();
      await page.getByText('The LADO').first().click();
      for (const at of [0, 1]) await page.locator(`#passphrase-${at}`).fill('sample');
      await page.getByRole('button', { name: 'Sign and make the bundle' }).click();
      await page.getByRole('heading', { name: 'Locked' }).waitFor();
      expect(await page.evaluate(() => document.body.innerText)).not.toContain('meadow');
      for (const at of [0, 1]) await page.locator('input[type=password]').nth(at).fill('sample');
      await page.getByRole('button', { name: 'Continue together' }).click();
      const shown = page.getByRole('group', { name: 'Passphrase of the bundle' });
      expect((await shown.innerText()).split(/\s+/).join(' ')).toBe(EXPORTED.passphrase);
    });
  });

  test('hears that somebody is there, and not from a page that draws by itself', async () => {
    await withScene(live, async (page) => {
      expect(await calls(page, 'activity')).toEqual([]);
      await page.mouse.move(20, 20);
      await page.mouse.move(40, 40);
      expect(await calls(page, 'activity')).toEqual([{}]);
    });
  });
});

describe('signing out', () => {
  const sums = { id: '1', reference: '2026-014', sums: { entries: 31, pages: 12, captures: 2, concerns: 1, notes: 2, refused: 4 } };

  test('shows what both did and sends both passphrases for it', async () => {
    await withScene({ state: { ...SIGNED_IN }, answers: { 'sign-out.read': { value: { cases: [sums] } } } }, async (page) => {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Read this, then sign out' }).waitFor();
      await page.getByRole('button', { name: 'Sign and sign out' }).click();
      expect(await calls(page, 'sign-out')).toEqual([]);
      for (const at of [0, 1]) await page.locator('input[type=password]').nth(at).fill('sample');
      await page.getByRole('button', { name: 'Sign and sign out' }).click();
      expect(await calls(page, 'sign-out')).toEqual([{ signatures: { first: { initials: 'PAS', passphrase: 'sample' }, second: { initials: 'TRE', passphrase: 'sample' } } }]);
    });
  });

  test('asks for nothing where nothing was done', async () => {
    await withScene({ state: { ...SIGNED_IN }, answers: { 'sign-out.read': { value: { cases: [] } } } }, async (page) => {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForFunction(() => (window as unknown as { preview: { calls: { name: string }[] } }).preview.calls.some((call) => call.name === 'sign-out'));
      expect(await calls(page, 'sign-out')).toEqual([{}]);
    });
  });

  test('ends with the eight words for the paper form', async () => {
    await withScene({ state: { ...SET_UP, farewell: [{ reference: '2026-014', at: '2026-11-24T11:40:00.000Z', words: 'lantern copper orchid seven glacier paper violin marsh'.split(' ') }] } }, async (page) => {
      await page.getByText('Write the record’s eight words on paper').waitFor();
      await page.getByText('glacier paper violin marsh').waitFor();
      await page.getByRole('button', { name: 'They are on paper' }).click();
      expect(await calls(page, 'farewell.done')).toEqual([{}]);
    });
  });
});
