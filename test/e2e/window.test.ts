import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBundle } from '../../main/cli/bundle-source.js';
import type { DemoSite } from '../../main/demo-site.js';
import { countersign } from './command.js';
import type { Hands } from './hands.js';
import type { RunningApp } from './running-app.js';
import { inWindow, useWindow } from './use-window.js';
import { goesOn, type WindowHost } from './window-host.js';

inWindow('the app in its window', 9, windowSuite);

/** Looks again and again until `done`; a test that waits for ever runs into its own limit. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((look) => setTimeout(look, 20));
}

/** What files of exhibits a bundle holds. */
async function exhibitFiles(bundle: string, passphrase: string): Promise<string[]> {
  const source = await openBundle(bundle, { passphrase });
  try {
    return (await source.list()).map(({ path }) => path).filter((path) => path.startsWith('data/exhibits/'));
  } finally {
    await source.close();
  }
}

function windowSuite(host: WindowHost): void {
  let site: DemoSite;
  let app: RunningApp;
  let hands: Hands;
  const { folder, restart } = useWindow(host, { pictures: 'window' }, (opened) => { ({ site, app, hands } = opened); });

  test('two people set the computer up and open a case', async () => {
    await hands.setUp();
    await hands.look('cases');
    await hands.openCase('2026-014');
  }, 120_000);

  test('a page that they visit is on record, and a capture is kept only after an answer', async () => {
    await hands.visit(`${site.origin}/forum/thread/48213`);
    await app.page.keyboard.press('F4');
    await hands.see('Could anything here show the sexual abuse of a child?');
    await hands.look('declare-covered');
    await hands.press('Show what would be kept');
    await app.page.getByText('All of it has been in view.').waitFor();
    await hands.look('declare');
    await hands.press(/^No, keep it/);
    await hands.record('Captured PAS/1: whole page');
    await hands.look('kept');
    await hands.press('Describe a concern about it');
    await hands.read(/kept of it: PAS\/1/);
    await hands.press(/What kind of concern/);
    await app.page.getByRole('option', { name: /Bullying/ }).click();
    await hands.type('What did you see?', 'A pupil is mocked by name in five posts.');
    await hands.look('concern');
    await hands.press('Add to the record');
    await hands.record(/Concern by PAS/);
    // The page stands still, so its picture has to be asked for again once the canvas is back.
    await app.page.waitForFunction(() => (document.querySelector('canvas')?.width ?? 0) > 100);
    await hands.look('investigate');
    await app.page.getByRole('tab', { name: /Exhibits/ }).click();
    await app.page.getByText('PAS/1').first().waitFor();
    await hands.look('exhibits');
  }, 120_000);

  test('a copy of the exhibit with a box over a part of it is kept beside it', async () => {
    await hands.press('Review the case');
    await app.page.getByRole('tab', { name: /Exhibits/ }).click();
    await hands.press(/PAS\/1/);
    await hands.press('Make a redacted copy');
    await app.page.locator('.picture-slice img').first().waitFor();
    await hands.press('Add a box');
    await hands.type('Box 1: why (optional)', 'Name of another pupil');
    await hands.look('redact');
    await hands.press('Keep the redacted copy');
    await app.page.getByRole('button', { name: 'Make a redacted copy' }).waitFor();
    await hands.look('redacted');
    await hands.press(/Back to case/);
    await hands.record(/[Rr]edacted/);
  }, 60_000);

  test('they conclude, seal and export, and a bundle comes out that verifies', async () => {
    await hands.press('Finish');
    await hands.pick('Yes, it has substance');
    await hands.pick('The school deals with it');
    await hands.type('Conclusion and action proposed or taken', 'The school talks to the pupils who wrote the posts.');
    await hands.look('conclude');
    await hands.press('Conclude the case');
    await hands.see(/seal/i);
    await hands.sign();
    await hands.look('seal');
    await hands.press(/^Seal/);
    await hands.see(/sealed/i);
    await hands.look('sealed');
    await hands.press(/^(Export|Make a bundle)/);
    await hands.pick('The school’s own record');
    await hands.sign();
    await hands.look('export');
    await hands.press(/^Sign/);
    await hands.see('The bundle is made', 90_000);
    await hands.look('exported');
    // The page that checks bundles and the receipt lie beside it.
    const bundle = readdirSync(folder.path('home', 'countersign', 'bundles')).find((name) => name.endsWith('.zip'));
    const passphrase = await app.page.getByLabel('Passphrase of the bundle').innerText();
    writeFileSync(folder.path('passphrase.txt'), passphrase.trim().split(/\s+/).join(' '));
    const { code, stdout } = await countersign(['verify', join(folder.path('home', 'countersign', 'bundles'), bundle ?? ''), '--passphrase-file', folder.path('passphrase.txt')]);
    expect([code, stdout.split('\n').filter((line) => line.includes('✗')), stdout.trimEnd().split('\n').at(-1)]).toEqual([0, [], expect.stringContaining('is exactly as it was')]);
  }, 180_000);

  test('the LADO’s copy holds the redacted picture in place of the original, without what is withheld, and who has it is written down', async () => {
    await hands.press('Back to the case');
    await hands.press('It is written down. Back to the case');
    await hands.press('Make another bundle');
    await hands.pick('The LADO');
    await hands.press(/What becomes of PAS\/1/);
    await app.page.getByRole('option', { name: /Redacted copy 1/ }).click();
    const choose = async (place: RegExp, why: RegExp): Promise<void> => {
      await app.page.getByRole('group', { name: place }).getByRole('button', { name: /Why\?/ }).click();
      await app.page.getByRole('option', { name: why }).click();
    };
    await choose(/withheld: PAS\/1/, /not concerned/);
    await hands.pick(/mocked by name/);
    await choose(/withheld: .*mocked by name/, /not concerned/);
    await hands.sign();
    await hands.look('withhold');
    await hands.press(/^Sign/);
    await hands.see('The bundle is made', 90_000);
    const words = async (label: string): Promise<string> => (await app.page.getByLabel(label).innerText()).trim().split(/\s+/).join(' ');
    const readOut = await words('Words of the bundle');
    writeFileSync(folder.path('lado.txt'), await words('Passphrase of the bundle'));
    const bundles = folder.path('home', 'countersign', 'bundles');
    const bundle = join(bundles, readdirSync(bundles).find((name) => /lado.*\.zip$/i.test(name)) ?? '');
    const { code, stdout } = await countersign(['verify', bundle, '--passphrase-file', folder.path('lado.txt')]);
    expect([code, stdout.split('\n').filter((line) => line.includes('✗')), stdout.trimEnd().split('\n').at(-1)]).toEqual([0, [], expect.stringContaining('is exactly as it was')]);
    expect((await exhibitFiles(bundle, readFileSync(folder.path('lado.txt'), 'utf8'))).map((path) => path.split('/').at(-1))).toEqual(['redacted-1.png']);
    await hands.press('Back to the case');
    await hands.press('It is written down. Back to the case');
    await hands.press(/Write down who has it.*LADO/s);
    await hands.type('Name', 'M. Osei');
    await hands.type(/words that they read out/, readOut);
    await hands.look('hand-over');
    await hands.press('Add to the record');
    await app.page.getByText('They have what you made.').waitFor();
    await hands.press('Back to the case');
  }, 180_000);

  test('a bundle that was made here is checked without looking for its file', async () => {
    await hands.press('Back to the cases');
    await hands.press('Check a bundle');
    await hands.press(/-lado-.*\.zip$/);
    await app.page.getByText(/-lado-.*\.zip/).first().waitFor();
    await app.page.getByLabel(/^Passphrase/).fill(readFileSync(folder.path('lado.txt'), 'utf8'));
    await hands.press('Check the bundle');
    await hands.see('Unchanged since two people signed it', 60_000);
    await hands.look('checked');
  }, 90_000);

  test('F9 stops everything, and a crash does not undo it', async () => {
    await hands.press(/^(Back to (the )?)?[Cc]ases$/);
    await hands.openCase('2026-015');
    await hands.visit(`${site.origin}/flagged`);
    await app.page.keyboard.press('F9');
    await hands.see('The page is hidden. Why did you stop?');
    expect(await app.page.locator('canvas').count()).toBe(0);
    await hands.look('stop');
    // The question stands there at once; the browser's processes are stopped beside it.
    await until(() => host.stopped(folder.path('home')).length > 0);
    const frozen = host.stopped(folder.path('home'));
    await restart();
    // Standing still or gone: whoever starts a browser on this computer clears those of a dead app away, and other tests do so beside this one.
    expect(frozen.filter(goesOn)).toEqual([]);
    await hands.see('This computer is halted');
    await app.page.getByText('Example Police').first().waitFor();
    await hands.look('sign-in-halted');
    await hands.signIn();
    await hands.see('Stop. You have done the right thing.');
    await hands.look('halt');
  }, 180_000);

  test('the computer is used again only after the call to the police is written down and both have signed', async () => {
    await hands.pick('Copy what you need to paper, then cover the monitor');
    await hands.released();
    await hands.look('cases-after');
    // The browser that the halt froze outlived the crash; a new one takes its place only now.
    await hands.openCase('2026-016');
    expect(host.stopped(folder.path('home'))).toEqual([]);
  }, 120_000);

  test('nothing on the window’s console was an error', () => {
    expect(app.errors).toEqual([]);
  });
}
