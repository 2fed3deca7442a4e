import { describe, expect, test } from '@jest/globals';
import { BOTH, choose, newPassphrase, press, sign, steps, type } from './acts.js';
import { HALT, SET_UP, SHEET, SIGNED_IN } from './samples.js';
import { calls, holds, useStage } from './stage.js';

/* What can be done before two have signed in, and what it takes to open a case, in real Chromium. The engine is the stand-in. */

const stage = useStage();

describe('before two have signed in', () => {
  test('one reviewer, 24 pasted words and a replacement are sent together', async () => {
    await stage.show({ script: { state: SET_UP }, act: press('One of us cannot sign in') }, async (page) => {
      await press(/Choose your name/)(page);
      await page.getByRole('option', { name: 'Priya A. Shah' }).click();
      await page.locator('#own-passphrase').fill('sample');
      await page.locator('#word-1').fill(SHEET.map((word, at) => `${at + 1}. ${word}`).join('\n'));
      await steps((it) => type(it, 'Full name', 'Jo M. Keane'), (it) => type(it, 'Position', 'Head'))(page);
      await page.getByText('Senior leader').click();
      await steps(newPassphrase, press('Enrol the replacement'))(page);
      await page.getByRole('heading', { name: 'Jo M. Keane is a reviewer now' }).waitFor();
      expect(await calls(page, 'recover')).toEqual([{ initials: 'PAS', passphrase: 'sample', words: SHEET.join(' '), reviewer: { name: 'Jo M. Keane', position: 'Head', initials: 'JMK', role: 'senior-leader', passphrase: 'four words of sample' } }]);
      expect(await holds(page, 'journey')).toBe(false);
    });
  });

  test('a call is logged by one reviewer, and only on a halted computer', async () => {
    await stage.show({ script: { state: { ...SET_UP, crisis: { caseReference: '2026-014', at: HALT.at } } }, act: press('Write down a call') }, async (page) => {
      await page.getByText('Priya A. Shah').click();
      await type(page, 'What they told you to do', 'Leave it on.');
      await press('Write the call down')(page);
      await page.getByRole('heading', { name: 'The call is written down' }).waitFor();
      expect(await calls(page, 'crisis.call')).toEqual([{ by: 'PAS', force: 'Example Police, 01632 960 999', officer: '', reference: '', advice: 'Leave it on.' }]);
    });
    await stage.show({ script: { state: SET_UP } }, async (page) => { expect(await page.getByRole('button', { name: 'Write down a call' }).count()).toBe(0); });
  });

  test('a call is logged while a halted computer is locked, and the lock stays', async () => {
    const locked = { ...SET_UP, screen: 'locked' as const, locked: { reason: 'idle' as const, reviewers: ['PAS', 'TRE'] as const, waiting: false } };
    await stage.show({ script: { state: { ...locked, crisis: { caseReference: '2026-014', at: HALT.at } } }, act: press('Write down a call') }, async (page) => {
      await page.getByText('Tom R. Ellis').click();
      await press('Write the call down')(page);
      await press('Back to the locked screen')(page);
      await page.getByRole('heading', { name: 'This computer is halted' }).waitFor();
      expect(await calls(page, 'crisis.call')).toEqual([{ by: 'TRE', force: 'Example Police, 01632 960 999', officer: '', reference: '', advice: '' }]);
    });
    await stage.show({ script: { state: locked } }, async (page) => { expect(await page.getByRole('button', { name: 'Write down a call' }).count()).toBe(0); });
  });

  test('a case opens only with both passphrases', async () => {
    await stage.show({ script: { state: SIGNED_IN } }, async (page) => {
      await steps(press('Open a case'), (it) => type(it, 'Reference', '2026-015'), press('Continue'), (it) => type(it, 'Reason', 'A report.'), press('Continue'))(page);
      await steps(choose('A parent or carer told us'), press('Continue'), choose(/^A pupil$/), press('Continue'))(page);
      await steps((it) => type(it, 'Addresses', 'forum.example.org/a\nforum.example.org/b\nforum.example.org/a'), choose(/^forum.example.org\/b$/), press('Continue'))(page);
      await press('Continue')(page);
      await page.locator('.summary').getByText('Tom R. Ellis has not declared this').waitFor();
      await steps(choose('Priya A. Shah declares this'), choose('Tom R. Ellis declares this'), press('Continue'), press('Open the case'))(page);
      await page.locator('.summary').getByText('Priya A. Shah must type their passphrase').waitFor();
      await steps(sign, press('Open the case'))(page);
      expect(await calls(page, 'case.open')).toEqual([{ reference: '2026-015', reason: 'A report.', subject: 'pupil', cameUp: { way: 'parent', words: '' }, reported: ['forum.example.org/a'], suspected: ['forum.example.org/b'], notConcerned: true, ...BOTH }]);
    });
  });
});
