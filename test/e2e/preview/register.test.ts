import { writeFile, mkdir } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { BOTH, newPassphrase, press, register, sign, steps, type } from './acts.js';
import { DESTROYED, FACTS, LATER, SET_UP, SHEET, SIGNED_IN } from './samples.js';
import { calls, holds, typedOn, useStage } from './stage.js';

/*
 * The register, in real Chromium. The engine is the stand-in: what is asserted is what the screens ask of it, what they show
 * and what they no longer hold.
 */

const stage = useStage();

const makeSheet = steps(register('Recovery sheet'), (page) => type(page, 'Who will keep the sheet?', 'Margaret Adeyemi-Brown'), sign, press(/^Sign and make/), async (page) => { await page.getByRole('heading', { name: 'Print this sheet now' }).waitFor(); });
const words = { 'recovery.make': { value: { words: SHEET } } };

describe('the recovery sheet', () => {
  test('is printed alone, on one page of A4', async () => {
    await stage.show({ script: { state: LATER, answers: words }, act: makeSheet }, async (page) => {
      const client = await page.context().newCDPSession(page);
      const { data } = await client.send('Page.printToPDF', { preferCSSPageSize: true, printBackground: false });
      const pdf = Buffer.from(data, 'base64');
      await mkdir('test/e2e/gallery', { recursive: true });
      await writeFile('test/e2e/gallery/recovery-sheet.pdf', pdf);
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
      const [, width = 0, height = 0] = (/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1')) ?? []).map(Number);
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('#root').isVisible()).toBe(false);
      const sheet = await page.locator('.print-sheet').innerText();
      for (const part of [...SHEET, 'Example School', 'INV-01', 'Margaret Adeyemi-Brown', 'What it is for']) expect(sheet).toContain(part);
    });
  });

  test('asks for two of its words, and then the words are nowhere in the page', async () => {
    await stage.show({ script: { state: LATER, answers: words }, act: makeSheet }, async (page) => {
      expect(await calls(page, 'recovery.make')).toEqual([{ ...BOTH, holder: 'Margaret Adeyemi-Brown' }]);
      await press('It is on paper')(page);
      expect(await holds(page, 'journey')).toBe(false);
      for (const field of await page.locator('.register-form input').all()) {
        const number = Number((await field.getAttribute('id') ?? await page.locator(`label[for="${await field.getAttribute('id') ?? ''}"]`).innerText()).replace(/\D/g, ''));
        await field.fill(SHEET[number - 1] ?? '');
      }
      await press('Finish')(page);
      await page.getByRole('heading', { name: 'The sheet is on paper' }).waitFor();
      for (const word of ['abandon', 'crouch', 'journey', 'unaware']) expect(await holds(page, word)).toBe(false);
    });
  });

  test('keeps both where they are until it is finished, and says what another word means', async () => {
    await stage.show({ script: { state: LATER, answers: words }, act: makeSheet }, async (page) => {
      expect(await page.getByRole('navigation', { name: 'Register and settings' }).count()).toBe(0);
      await press('It is on paper')(page);
      for (const field of await page.locator('.register-form input').all()) await field.fill('wrong');
      await press('Finish')(page);
      await page.getByText(/This is not word \d+ on the sheet/).first().waitFor();
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('summary');
    });
  });

  test('is gone when the app locks', async () => {
    const locked = { ...SET_UP, screen: 'locked' as const, locked: { reason: 'step-out' as const, reviewers: ['PAS', 'TRE'] as const, waiting: false } };
    await stage.show({ script: { state: LATER, answers: words, moves: { lock: locked } }, act: makeSheet }, async (page) => {
      await press(/^Lock$/)(page);
      await page.getByRole('heading', { name: 'Locked' }).waitFor();
      expect(await holds(page, 'journey')).toBe(false);
    });
  });
});

describe('passphrases in the register', () => {
  test('both and the new one are sent once and gone at once, also when they are refused; the names stay', async () => {
    const state = SIGNED_IN;
    await stage.show({ script: { state, answers: { 'reviewers.enrol': { code: 'auth.bad-passphrase', sentence: 'A passphrase is not right.' } } } }, async (page) => {
      await steps(register('Reviewers'), press('Enrol a reviewer'), (it) => type(it, 'Full name', 'Jo M. Keane'), (it) => type(it, 'Position', 'Head of Year 9'))(page);
      await page.getByText('Designated safeguarding lead').click();
      await steps(newPassphrase, sign, press('Enrol this reviewer'))(page);
      await page.getByText('A passphrase is not right.').waitFor();
      expect(await calls(page, 'reviewers.enrol')).toEqual([{ ...BOTH, reviewer: { name: 'Jo M. Keane', position: 'Head of Year 9', initials: 'JMK', role: 'dsl', passphrase: 'four words of sample' } }]);
      const typed = await typedOn(page);
      expect(typed).toContain('Jo M. Keane');
      expect(typed.filter((value) => value === 'sample' || value.startsWith('four words'))).toEqual([]);
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('summary');
    });
  });

  test('a weak one is not sent anywhere but to be judged', async () => {
    await stage.show({ script: { state: SIGNED_IN } }, async (page) => {
      await steps(register('Reviewers'), press('Enrol a reviewer'), (it) => type(it, 'Full name', 'Jo M. Keane'), (it) => type(it, 'Position', 'Head of Year 9'))(page);
      await page.getByText('Designated safeguarding lead').click();
      for (const label of ['Passphrase', 'Type it again']) await type(page, label, 'password1');
      await page.locator('.strength-words').getByText('Choose another').waitFor();
      await steps(sign, press('Enrol this reviewer'))(page);
      await page.locator('.summary').getByText('Choose another').waitFor();
      expect(await calls(page, 'reviewers.enrol')).toEqual([]);
      expect(await calls(page, 'passphrase.strength')).toContainEqual({ passphrase: 'password1', own: ['Jo M. Keane', 'Head of Year 9', 'Example School', 'INV-01'] });
    });
  });

  test('are asked of both for retention and for a destruction, and the reference is typed', async () => {
    const answers = { 'case.holdings': { value: { reference: '2026-013', backups: [], exports: [], refused: null } }, 'case.destroy': { value: { certificate: DESTROYED, facts: FACTS } } };
    await stage.show({ script: { state: LATER, answers } }, async (page) => {
      await steps(register('Retention'), sign, press('Sign and save'))(page);
      await page.getByText('Saved. Sealed cases are marked for review 12 months after sealing.').waitFor();
      expect(await calls(page, 'retention.save')).toEqual([{ ...BOTH, months: 12 }]);
      await steps(press('Destroy a case'), press(/^Destroy….*2026-013/), (it) => type(it, 'Why is it destroyed?', 'Reviewed.'), sign)(page);
      await page.locator('#reference').fill('2026-014');
      await press('Destroy this case for ever')(page);
      await page.locator('.summary').getByText('Type the reference exactly: 2026-013').waitFor();
      expect(await calls(page, 'case.destroy')).toEqual([]);
      await page.locator('#reference').fill('2026-013');
      await press('Destroy this case for ever')(page);
      await page.getByRole('heading', { name: /is destroyed/ }).waitFor();
      expect(await calls(page, 'case.destroy')).toEqual([{ ...BOTH, id: '1'.padStart(32, '0'), reason: 'Reviewed.', reference: '2026-013' }]);
      for (const fact of FACTS) await page.getByText(fact).waitFor();
    });
  });

  test('only sealed cases are offered for destruction', async () => {
    await stage.show({ script: { state: LATER } }, async (page) => {
      await register('Destroy a case')(page);
      expect(await page.locator('.register-row-act').count()).toBe(LATER.cases.filter(({ phase }) => phase === 'sealed').length);
    });
  });
});

describe('the network', () => {
  test('sends what is set, and nothing while a page of the filter is not said how to recognise', async () => {
    await stage.show({ script: { state: LATER }, act: steps(register('Network'), press('Add a page of the filter'), press('Save')) }, async (page) => {
      await page.locator('.summary').getByText('Enter the words on the filter’s page (page 1)').click();
      await page.keyboard.type(' Example Filtering has stopped this page ');
      await page.getByText('The page may show the sexual abuse of children').click();
      await steps(press('Add another'), (it) => type(it, 'Proxy (optional)', 'proxy.example.org:8080'), press(/^Remove page 2/))(page);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('add-pattern');
      await page.getByText('They are refused, and the record says so.').click();
      await press('Save')(page);
      await page.getByText('Saved. It applies from the next time that the browser starts.').waitFor();
      expect(await calls(page, 'network.save')).toEqual([{ proxy: 'proxy.example.org:8080', rdap: 'https://rdap.org', publicAddress: null, privateAddresses: false, blockPages: [{ by: 'text', pattern: 'Example Filtering has stopped this page', says: 'suspected' }] }]);
    });
  });

  test('a refusal of the engine stands at the field that it is about', async () => {
    await stage.show({ script: { state: LATER, answers: { 'network.save': { code: 'settings.block-pages', sentence: 'A pattern needs at least three characters.' } } }, act: steps(register('Network'), press('Add a page of the filter'), (it) => type(it, 'Which words?', 'no'), press('Save')) }, async (page) => {
      await page.locator('.summary').getByText('A pattern needs at least three characters.').click();
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value)).toBe('no');
    });
  });
});
