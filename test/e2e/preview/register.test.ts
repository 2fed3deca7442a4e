import { writeFile, mkdir } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { choose, newPassphrase, press, register, scrolledUnheard, sign, steps, type } from './acts.js';
import { ADMIN_LATER, BARE, cases, CHECKED, DESTROYED, FACTS, FOLDERS, HALT, LISTS, SET_UP, SHEET, SIGNED_IN } from './samples.js';
import { calls, typedOn, useStage } from './stage.js';

/*
 * The register, and what can be done before two have signed in, in real Chromium. The engine is the stand-in: what is
 * asserted is what the screens ask of it, what they show and what they no longer hold.
 */

const stage = useStage();
const LATER = { ...SIGNED_IN, cases: cases(10), admin: ADMIN_LATER };
const BOTH = { first: { initials: 'PAS', passphrase: 'sample' }, second: { initials: 'TRE', passphrase: 'sample' } };

/** Everything that the page holds as text: what is drawn, what a printer would draw, and what is in its fields. */
async function holds(page: Page, text: string): Promise<boolean> {
  const all = await page.evaluate(() => document.documentElement.innerHTML);
  return all.includes(text) || (await typedOn(page)).some((value) => value.includes(text));
}

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
      await press('Step out')(page);
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
