import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Hands } from './hands.js';
import { Keyboard } from './keyboard.js';
import type { RunningApp } from './running-app.js';
import { inWindow, useWindow } from './use-window.js';
import type { WindowHost } from './window-host.js';

inWindow('a practice in the app’s window, by keyboard alone', 4, practiceSuite);

function practiceSuite(host: WindowHost): void {
  let app: RunningApp;
  let hands: Hands;
  let keys: Keyboard;
  let site = '';

  const { folder } = useWindow(host, { pictures: 'practice' }, (opened) => {
    ({ app, hands } = opened);
    keys = new Keyboard(app.page);
  });

  const practices = (): string[] => readdirSync(folder.path('.')).filter((name) => name.includes('-practice-'));
  const sign = async (): Promise<void> => {
    await keys.write(/^password .*/, 'practice one');
    await keys.press('Tab');
    await keys.write(/^password .*/, 'practice two');
  };

  test('without a set-up and without a passphrase of their own they open a made-up case', async () => {
    await keys.push(/Practise first/);
    await hands.see('No cases yet');
    await app.page.getByText('PRACTICE', { exact: true }).first().waitFor();
    site = new URL(await app.page.locator('.practice-step code').innerText()).origin;
    await keys.push(/Open a case/);
    await keys.write(/Reference/, 'P-1');
    await keys.press('Enter');
    await hands.see('Why are you looking?');
    await keys.write(/Reason/, 'A practice.');
    await keys.push(/^button Continue/);
    await hands.see('How did it come up?');
    await keys.pick(/A parent or carer told us/);
    await keys.push(/^button Continue/);
    await hands.see('Who is it about?');
    await keys.pick(/A pupil/);
    await keys.push(/^button Continue/);
    await hands.see('Which addresses were reported?');
    await keys.write(/Addresses/, `${site}/forum/thread/48213`);
    await keys.push(/^button Continue/);
    await hands.see('Are you both free to look?');
    await keys.pick(/Practice One declares this/);
    await keys.pick(/Practice Two declares this/);
    await keys.push(/^button Continue/);
    await hands.see('Check your answers');
    await sign();
    await hands.look('check');
    await keys.push(/Open the case/);
  }, 120_000);

  test('they answer what is asked, open the address that was reported, keep it and describe a concern', async () => {
    await hands.see('Before you begin');
    await keys.push(/Start the browser/);
    await hands.see('There is a problem');
    await keys.write(/Full name/, 'Ada Okafor');
    await keys.write(/Job title/, 'Head');
    for (const answer of [/Nobody else/, /As usual/, /^radio Yes/]) await keys.pick(answer);
    await hands.look('before-you-begin');
    await keys.push(/Start the browser/);
    await app.page.getByRole('textbox', { name: 'Address' }).and(app.page.locator(':enabled')).waitFor();
    await keys.push(/Reported/);
    await app.page.getByRole('menuitem').first().waitFor();
    await keys.press('Enter');
    await hands.record(/Opened 127\.0\.0\.1:\d+\/forum\/thread\/48213/);
    await keys.press('F4');
    await hands.see('Could anything here show the sexual abuse of a child?');
    await keys.press('Enter');
    await app.page.getByText('All of it has been in view.').waitFor();
    await keys.press('k');
    await hands.record('Captured PRA/1: whole page');
    await keys.press('Shift+F6');
    await keys.push(/Describe a concern/);
    await keys.push(/What kind of concern/);
    await app.page.getByRole('option', { name: /Bullying/ }).waitFor();
    await app.page.keyboard.type('Bull');
    await keys.press('Enter');
    // The button gets the focus back once the list is gone, a moment after the key.
    await app.page.waitForFunction(() => document.activeElement?.closest('button') != null && document.querySelector('[role=listbox]') === null);
    await keys.write(/What did you see/, 'A pupil is mocked by name.');
    await keys.push(/Add to the record/);
    await hands.record(/Concern by PRA/);
    await hands.look('investigate');
  }, 120_000);

  test('they meet the halt, and go through it to its end', async () => {
    await keys.press('F6');
    await keys.press('F6');
    await keys.write(/Address/, `${site}/flagged`);
    await keys.press('Enter');
    await hands.record(/Opened 127\.0\.0\.1:\d+\/flagged/);
    await keys.press('F9');
    await hands.see('The page is hidden. Why did you stop?');
    await keys.pick(/It may show/);
    await keys.pick(/Practice One/);
    await keys.push(/^button Continue/);
    await hands.see('Stop. You have done the right thing.');
    await hands.look('halt');
    await keys.push(/Write down a call/);
    await keys.write(/force/i, 'Practice Police');
    await keys.write(/reference/i, 'P-42');
    await keys.push(/Add to the record/);
    await keys.push(/What happens with this case/);
    await keys.pick(/no further action/);
    await keys.write(/reference/i, 'P-42');
    await keys.write(/Which officer/, 'PC Practice');
    await keys.write(/What did the officer say/, 'It was a practice.');
    await sign();
    await keys.push(/Sign together/);
    await hands.see(/Ready when you both are|Before you begin/);
  }, 120_000);

  test('they conclude, seal and make a bundle that says PRACTICE, and check it; leaving destroys all of it', async () => {
    await keys.press('Shift+F6');
    await keys.push(/^button Finish/);
    await keys.pick(/No, it has no substance/);
    await keys.write(/Conclusion and action/, 'It was a practice.');
    await keys.push(/Conclude the case/);
    await hands.see(/seal/i);
    await sign();
    await keys.push(/^button Seal/);
    await hands.see(/sealed/i);
    await keys.push(/Make a bundle/);
    await keys.pick(/The school’s own record/);
    await sign();
    await keys.push(/Sign and make/);
    await hands.see('The bundle is made', 90_000);
    await hands.look('bundle');
    const [practice] = practices();
    expect(readdirSync(folder.path(practice ?? '', 'bundles')).filter((name) => name.startsWith('PRACTICE-'))).not.toEqual([]);
    const passphrase = (await app.page.getByLabel('Passphrase of the bundle').innerText()).trim().split(/\s+/).join(' ');
    await keys.push(/Check this bundle/);
    await keys.write(/^password Passphrase/, passphrase);
    await keys.press('Enter');
    await hands.see('Unchanged since two people signed it', 60_000);
    await hands.read('You have practised all of it.');
    await hands.look('checked');
    await keys.push(/Leave the practice/);
    await hands.look('leave');
    await keys.push(/Leave and destroy it/);
    await hands.see('Set up this computer');
    await hands.read('The practice is over.');
    await hands.look('over');
    expect(practices()).toEqual([]);
    expect(app.errors).toEqual([]);
  }, 180_000);
}
