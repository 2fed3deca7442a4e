import { expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { DemoSite } from '../../main/demo-site.js';
import type { Hands } from './hands.js';
import type { RunningApp } from './running-app.js';
import { inWindow, useWindow } from './use-window.js';
import type { WindowHost } from './window-host.js';

inWindow('the register in the app’s window', 9, registerSuite);

function registerSuite(host: WindowHost): void {
  let site: DemoSite;
  let app: RunningApp;
  let hands: Hands;
  const { folder } = useWindow(host, { pictures: 'register-window', height: 1000 }, (opened) => {
    ({ site, app, hands } = opened);
    for (const name of ['safe', 'sheets']) mkdirSync(folder.path(name));
  });
  /** What the overview says of a page. */
  const stands = (title: string): Promise<string> => app.page.locator('.register-list > li').filter({ has: app.page.getByRole('button', { name: title, exact: true }) }).locator('.wrap-anywhere').innerText();
  const said = (text: string | RegExp): Promise<void> => app.page.getByRole('status').getByText(text).first().waitFor({ timeout: 90_000 });
  const summary = (text: string | RegExp): Promise<void> => app.page.locator('.summary').getByText(text).first().waitFor();

  test('two people set the computer up, visit a page and sign out', async () => {
    await hands.setUp();
    await hands.openCase('2026-014');
    await hands.visit(`${site.origin}/forum/thread/48213`);
    await hands.press('Sign out');
    await hands.press('Close the case and go on');
    await hands.see('Read this, then sign out');
    await hands.sign();
    await hands.press('Sign and sign out');
    await hands.press('They are on paper');
    await hands.signIn();
    await hands.see('Cases');
  }, 180_000);

  test('the overview says where everything stands', async () => {
    await hands.press('Register and settings');
    await hands.see('Register and settings');
    await app.page.getByText('None in force').waitFor();
    expect([await stands('Recovery sheet'), await stands('Backups'), await stands('Check everything'), await stands('Network'), await stands('Reviewers')])
      .toEqual(['There is none', 'None yet', 'Never done', 'No proxy set, no page of the filter set', '2 reviewers can sign in']);
    await hands.look('overview');
  }, 60_000);

  test('a backup is made where they say, and named in the list', async () => {
    await hands.press('Backups');
    await hands.type('Where to?', folder.path('safe'));
    await hands.press('Make a backup');
    await said('The backup of 1 case is made:');
    await hands.look('backup');
    expect(readdirSync(folder.path('safe'))).toHaveLength(1);
    await app.page.getByRole('list', { name: 'Backups' }).getByText('1 case: 2026-014').waitFor();
  }, 120_000);

  test('the check of everything finds all of it in order', async () => {
    await hands.press('Check everything');
    await hands.press('Check everything now');
    await hands.see('Everything is as it was written', 90_000);
    await hands.look('check');
  }, 120_000);

  test('retention is set by both', async () => {
    await hands.press('Retention');
    await hands.type(/Review sealed cases/, '12');
    await hands.sign();
    await hands.press('Sign and save');
    await said('Saved. Sealed cases are marked for review 12 months after sealing.');
    await hands.press('Destroy a case');
    await app.page.getByText('There is no sealed case on this computer').waitFor();
    await hands.look('destroy-none');
  }, 60_000);

  test('a list with a fault is refused with its line, a good one is in force, and goes when both remove it', async () => {
    writeFileSync(folder.path('bad.txt'), 'https://listed.example.org/a\nhttp://[\n');
    writeFileSync(folder.path('good.txt'), '# handed over\nhttps://listed.example.org/a\nlisted.example.net\n');
    await hands.press('Flag lists');
    await hands.see('No list is in force');
    await hands.press('Import a list');
    await app.page.locator('input[type=file]').setInputFiles(folder.path('bad.txt'));
    await hands.pick('A text file with one address of a page');
    await hands.type('What do you call this list?', 'Example Police, November 2026');
    await hands.type('Who handed it to you?', 'DC L. Morgan, Example Police');
    await hands.press('Read the file');
    await summary(/^Line 2: this is not an address/);
    await hands.look('list-refused');
    await app.page.locator('input[type=file]').setInputFiles(folder.path('good.txt'));
    await hands.press('Read the file');
    await hands.see('Both of you sign for this list');
    await hands.sign();
    await hands.press('Sign and use this list');
    await hands.see('The list is in force');
    await app.page.getByText('2 different values are looked for').waitFor();
    await hands.look('list-imported');
    await hands.press('Back to the lists');
    await app.page.getByRole('table').getByText('DC L. Morgan, Example Police').waitFor();
    await hands.look('lists');
    await hands.press('Example Police, November 2026');
    await hands.press('Remove this list…');
    await hands.sign();
    await hands.press('Sign and remove this list');
    await hands.see('The list is removed');
    await hands.press('Back to the lists');
    await hands.see('No list is in force');
    await app.page.getByRole('list', { name: 'Lists that were removed' }).getByText('Example Police, November 2026').waitFor();
  }, 120_000);

  test('what the network is set to is checked by the engine and kept', async () => {
    await hands.press('Network');
    await hands.type('Proxy (optional)', 'http://proxy');
    await hands.press('Add a page of the filter');
    await hands.type('Which words?', 'Example Filtering has stopped this page');
    await hands.press('Save');
    await summary('This is not the name of a proxy.');
    await hands.look('network-refused');
    await hands.type('Proxy (optional)', '');
    await hands.press('Save');
    await said('Saved. It applies from the next time that the browser starts.');
    await hands.press('Overview');
    await app.page.getByText('No proxy set, 1 page of the filter').waitFor();
  }, 60_000);

  test('a third reviewer is enrolled, and the enrolment sheet that names all three is saved', async () => {
    await hands.press('Reviewers');
    await hands.press('Enrol a reviewer');
    await hands.type('Full name', 'Jo M. Keane');
    await hands.type('Position', 'Head of Year 9');
    await hands.pick('Designated safeguarding lead');
    for (const id of ['passphrase', 'passphrase-again']) await app.page.locator(`#${id}`).fill('copper window thistle ferry');
    await hands.sign();
    await hands.look('enrol');
    await hands.press('Enrol this reviewer');
    await hands.see('Jo M. Keane is enrolled', 90_000);
    await hands.press('Go to the enrolment sheet');
    await app.page.getByText('Head of Year 9').waitFor();
    await hands.type(/^Folder/, folder.path('sheets'));
    await hands.press('Save as PDF');
    await said(/^Saved, /);
    await hands.look('enrolment-sheet');
    const [sheet = ''] = readdirSync(folder.path('sheets'));
    expect(readFileSync(folder.path('sheets', sheet)).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    await hands.press('Overview');
    await app.page.getByText('3 reviewers can sign in').waitFor();
    expect([await stands('Retention'), (await stands('Backups')).startsWith('Last made '), (await stands('Check everything')).startsWith('All in order on ')]).toEqual(['Review 12 months after sealing', true, true]);
    await hands.look('overview-after');
  }, 180_000);

  test('nothing on the window’s console was an error', () => {
    expect(app.errors).toEqual([]);
  });
}
