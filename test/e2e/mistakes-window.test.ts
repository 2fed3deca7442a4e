import { afterAll, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBundle } from '../../main/cli/bundle-source.js';
import type { DemoSite } from '../../main/demo-site.js';
import { exportBundle } from '../../src/bundle/bundle.js';
import { empty, fill, smallDisk, unmountAll } from '../fault/small-disk.js';
import { removeFolders } from '../unit/vault/support.js';
import { makeAuthority } from '../vectors/authority.js';
import { rawZip, type RawEntry } from '../vectors/hostile-zips.js';
import { sampleInput, samplePorts } from '../vectors/make-bundle.js';
import { sampleCase } from '../vectors/sample-case.js';
import { PEOPLE, type Hands } from './hands.js';
import type { RunningApp } from './running-app.js';
import { inWindow, useWindow } from './use-window.js';
import type { WindowHost } from './window-host.js';

/* What goes wrong on a bad day: a wrong passphrase, two people who were called away, a full disk, a bundle that was changed. */

inWindow('mistakes and faults in the window', 8, mistakesSuite);

function mistakesSuite(host: WindowHost): void {
  let site: DemoSite;
  let app: RunningApp;
  let hands: Hands;
  const { folder } = useWindow(host, { pictures: 'mistakes' }, (opened) => { ({ site, app, hands } = opened); });
  afterAll(() => {
    unmountAll();
    removeFolders();
  });

  const summary = (text: string | RegExp): Promise<void> => app.page.locator('.summary').getByText(text).first().waitFor();
  const [{ passphrase: hers }, { passphrase: his }] = PEOPLE;

  test('a wrong passphrase is told by its person’s name, keeps nothing that was typed, and the right one opens the app', async () => {
    await hands.setUp();
    await hands.press('Sign out');
    const fields = app.page.locator('input[type=password]');
    const signIn = async (first: string, second: string): Promise<void> => {
      await fields.nth(0).fill(first);
      await fields.nth(1).fill(second);
      await hands.press('Sign in');
    };
    await hands.see('Two people sign in together');
    await hands.press('Sign in');
    await summary('Priya A. Shah must type their passphrase');
    await signIn(hers, 'orchard lantern seven kettles');
    await summary('The passphrase of Tom R. Ellis is not right.');
    await hands.look('wrong-passphrase');
    // The sentence leads to the field of the one whom it is about.
    await app.page.locator('.summary').getByRole('button').click();
    expect(await fields.nth(1).evaluate((field) => field === document.activeElement && field.getAttribute('aria-invalid') === 'true')).toBe(true);
    expect([await fields.nth(0).inputValue(), await fields.nth(1).inputValue()]).toEqual(['', '']);
    expect(await app.page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(/lantern|battery/);
    // Both in the other's field: as wrong as any other, and not remembered.
    await signIn(his, hers);
    await summary(/not right|Wait \d+ seconds?/);
    for (let tries = 0; (await app.page.getByRole('heading', { name: 'Cases' }).count()) === 0 && tries < 20; tries += 1) {
      await signIn(hers, his);
      await app.page.getByRole('heading', { name: 'Cases' }).or(app.page.locator('.summary').getByText(/Wait/)).first().waitFor();
    }
    await hands.see('Cases');
  }, 120_000);

  test('both called away: after a minute nothing of the case is on the screen, and a wrong passphrase does not bring it back', async () => {
    await hands.press('Register and settings');
    await hands.press('Lock, clock and sound');
    await hands.type(/^Lock after/, '1');
    await hands.press('Save');
    await hands.read('Saved.');
    await hands.press(/^(Back to (the )?)?[Cc]ases$/);
    await hands.openCase('2026-041');
    await hands.visit(`${site.origin}/forum/thread/48213`);
    await hands.see('Locked', 100_000);
    await hands.read('Nothing was pressed or moved for a minute');
    await hands.look('idle');
    expect(await app.page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(/2026-041|48213|forum/);
    expect(await app.page.locator('canvas').count()).toBe(0);
    await hands.sign([hers, 'not the one']);
    await hands.press('Continue together');
    await summary('The passphrase of Tom R. Ellis is not right.');
    expect(await app.page.locator('canvas').count()).toBe(0);
    for (let tries = 0; (await app.page.locator('canvas').count()) === 0 && tries < 20; tries += 1) {
      await hands.sign();
      await hands.press('Continue together');
      await app.page.locator('canvas').or(app.page.locator('.summary').getByText(/Wait/)).first().waitFor();
    }
    await hands.record('Unlocked by PAS and TRE');
    await hands.record(/passphrase/);
  }, 200_000);

  const disk = smallDisk('a bundle made onto a full disk, in the window', 12);
  const onDisk = disk === null ? test.skip : test;

  onDisk('a full disk ends an export with what happened and what is safe; with room it is made', async () => {
    const target = disk ?? '';
    fill(target);
    await hands.sealWithoutSubstance();
    await hands.press('Make a bundle');
    await hands.pick('The school’s own record');
    await hands.pick(/another folder|Another/);
    await hands.type(/^Folder/, target);
    await hands.sign();
    await hands.press(/^Sign/);
    await summary(/disk is full/);
    await hands.look('disk-full');
    expect(readdirSync(target)).toEqual(['filler']);
    // Nothing that was chosen is lost.
    expect(await app.page.getByRole('textbox', { name: /^Folder/ }).inputValue()).toBe(target);
    empty(target);
    await hands.sign();
    await hands.press(/^Sign/);
    await hands.see('The bundle is made', 90_000);
    writeFileSync(folder.path('words.txt'), (await app.page.getByLabel('Passphrase of the bundle').innerText()).trim().split(/\s+/).join(' '));
    expect(readdirSync(target).filter((name) => name.endsWith('.zip'))).toHaveLength(1);
  }, 180_000);

  test('a bundle that was just made is checked from where it lies, with the passphrase from the paper, and its passphrase stands there again afterwards', async () => {
    await hands.press('Check this bundle');
    await hands.see('Has this bundle been changed?');
    const passphrase = app.page.getByLabel('Passphrase of the bundle');
    await passphrase.and(app.page.locator(':focus')).waitFor();
    await hands.look('check-new');
    await passphrase.fill('not what stands on the paper');
    await app.page.keyboard.press('Enter');
    await app.page.locator('.summary').waitFor();
    await passphrase.fill(readFileSync(folder.path('words.txt'), 'utf8'));
    await app.page.keyboard.press('Enter');
    await hands.see('Unchanged since two people signed it', 60_000);
    await hands.press('Back to the new bundle');
    await hands.see('The bundle is made');
    expect((await passphrase.innerText()).trim().split(/\s+/).join(' ')).toBe(readFileSync(folder.path('words.txt'), 'utf8'));
  }, 120_000);

  /** Chooses a file where bundles are checked, and has it checked. */
  const check = async (path: string, passphrase = ''): Promise<void> => {
    await app.page.locator('input[type=file]').setInputFiles(path);
    if (passphrase !== '') await app.page.getByLabel(/^Passphrase/).fill(passphrase);
    await hands.press('Check the bundle');
  };

  test('a bundle of another school is checked without sign-in: unchanged, and whose it is, is left to its words', async () => {
    const authority = makeAuthority('Another School');
    await exportBundle(sampleInput(authority, await sampleCase(authority, { end: 'sealed' })), { path: folder.path('foreign.zip'), form: 'zip' }, samplePorts());
    await hands.press(/Finish|Back to/);
    if ((await app.page.getByRole('button', { name: 'It is written down. Back to the case' }).count()) > 0) await hands.press('It is written down. Back to the case');
    await hands.press(/^(Back to (the )?)?[Cc]ases$/);
    await hands.press('Sign out');
    await hands.see('Read this, then sign out');
    await hands.sign();
    await hands.press('Sign and sign out');
    await hands.press('They are on paper');
    await hands.press('Check a bundle without signing in');
    await check(folder.path('foreign.zip'));
    await hands.see('Unchanged since it was signed', 60_000);
    await hands.read('Whose signatures are these?');
    await hands.look('foreign');
    await hands.press('They differ');
    await hands.read('The words differ. Do not rely on this bundle.');
  }, 120_000);

  test('one letter changed in it is found, and where: in the ZIP’s own sums, or by ours where those were made anew', async () => {
    const bytes = readFileSync(folder.path('foreign.zip'));
    const at = bytes.indexOf('Example School');
    bytes[at] = (bytes[at] ?? 0) ^ 0x20;
    writeFileSync(folder.path('damaged.zip'), bytes);
    await hands.press('Check another bundle');
    await check(folder.path('damaged.zip'));
    await summary(/^This ZIP is damaged/);
    writeFileSync(folder.path('altered.zip'), await zippedAgain(folder.path('foreign.zip'), 'bag-info.txt', (text) => text.replace('Example School', 'Example Schoof')));
    await check(folder.path('altered.zip'));
    await hands.see('This bundle has been changed', 60_000);
    await hands.read(/bag-info\.txt/);
    await hands.look('altered');
  }, 90_000);

  test('what is no bundle at all, and a wrong passphrase for one, get a sentence each', async () => {
    writeFileSync(folder.path('letter.zip'), 'Dear Sir');
    await hands.press('Check another bundle');
    await check(folder.path('letter.zip'));
    await app.page.locator('.summary').waitFor();
    await hands.look('no-bundle');
    expect(await app.page.locator('.summary').innerText()).toMatch(/ZIP/);
    if (disk === null) return;
    const own = readdirSync(disk).find((name) => name.endsWith('.zip')) ?? '';
    await check(join(disk, own), 'not the eight words of this bundle');
    await summary(/passphrase/);
    await hands.look('bundle-passphrase');
    await check(join(disk, own), readFileSync(folder.path('words.txt'), 'utf8'));
    await hands.see('Unchanged since two people signed it', 60_000);
  }, 90_000);

  test('nothing on the window’s console was an error', () => {
    expect(app.errors).toEqual([]);
  });
}

/** The ZIP with one of its files changed, as somebody would make it who knows how ZIPs are made. */
async function zippedAgain(path: string, changed: string, change: (text: string) => string): Promise<Uint8Array> {
  const source = await openBundle(path, {});
  const entries: RawEntry[] = [];
  for (const { path: name } of await source.list()) {
    const pieces: Uint8Array[] = [];
    for await (const piece of source.read(name)) pieces.push(piece);
    const data = Buffer.concat(pieces);
    entries.push({ name: `bag/${name}`, data: name === changed ? Buffer.from(change(data.toString('utf8'))) : data });
  }
  await source.close();
  return rawZip(entries);
}
