import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Answer } from '../../src/ipc/contract.js';
import type { AppState } from '../../src/ipc/state.js';
import { exportBundle } from '../../src/bundle/bundle.js';
import { app, hands, told, type BrowserWindow } from '../fakes/electron/main.js';
import { startHostileSite, type HostileSite } from '../hostile/site.js';
import { makeAuthority } from '../vectors/authority.js';
import { sampleInput, samplePorts } from '../vectors/make-bundle.js';
import { sampleCase } from '../vectors/sample-case.js';
import { CASE, PRE_FLIGHT } from '../unit/engine/support.js';
import { freshFolder, JMK, newVaultFolder, PAS, removeFolders } from '../unit/vault/support.js';

/*
 * main/electron/main.ts as it is, on the double of Electron in test/fakes/electron: jest.config.js puts the double in the place of
 * the module `electron/main`. The screens are the built ones, in a real page.
 */

jest.setTimeout(120_000);

describe("the whole app on Electron's double", () => {
  let site: HostileSite;
  let window: BrowserWindow;

  const inPage = <T>(code: string): Promise<T> => window.webContents.executeJavaScript(code) as Promise<T>;
  const call = <T>(name: string, input: unknown): Promise<Answer<T>> => inPage(`countersign.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`);
  async function state(): Promise<AppState> {
    const answer = await call<AppState>('state.get', {});
    if (!answer.ok) throw new Error(answer.code);
    return answer.value;
  }
  /** Goes on once `holds`, by asking again and again. */
  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
  }

  beforeAll(async () => {
    site = await startHostileSite();
    Object.defineProperty(process, 'versions', { value: { ...process.versions, chrome: '156.0.0.0', electron: '45.4.1' } });
    process.env['XDG_DATA_HOME'] = freshFolder();
    process.argv.splice(1, Infinity, 'app', '--vault', await newVaultFolder());
    await import('../../main/electron/main.js');
    await until(() => hands.windows().length === 1);
    window = hands.windows()[0] as BrowserWindow;
    await until(async () => (await inPage<string | undefined>("document.querySelector('h1')?.textContent")) !== undefined);
  });

  afterAll(async () => {
    await site.close();
    removeFolders();
  });

  test('applies what must hold before the first page: sandbox, switches, own schemes, no menu, content protection', () => {
    expect(told).toMatchObject({ sandboxed: true, menu: null, errors: [] });
    expect([...told.switches.keys()]).toEqual(expect.arrayContaining(['disable-background-networking', 'disable-quic', 'disable-breakpad']));
    expect(told.schemes.map(({ scheme }) => scheme)).toEqual(['countersign', 'countersign-print']);
    expect(window.contentProtection).toBe(true);
    expect(app.isPackaged).toBe(false);
  });

  test('shows the screens with two functions of ours in the page and nothing else of the program', async () => {
    expect(await inPage('document.title')).toMatch(/Countersign/);
    expect(await inPage('Object.keys(countersign).sort()')).toEqual(['call', 'listen']);
    expect(await inPage("[typeof require, typeof process, typeof module].join()")).toBe('undefined,undefined,undefined');
    expect(await state()).toMatchObject({ screen: 'sign-in' });
  });

  test('opened with a bundle, by a second start or from the Finder, it shows where bundles are checked, and checks it without sign-in', async () => {
    const folder = freshFolder();
    const authority = makeAuthority('Another School');
    await exportBundle(sampleInput(authority, await sampleCase(authority, { end: 'sealed' })), { path: join(folder, 'bundle.zip'), form: 'zip' }, samplePorts());
    writeFileSync(join(folder, 'letter.zip'), 'Dear Sir');
    const shown = (name: string) => until(async () => (await inPage<string>("document.querySelector('.drop')?.textContent ?? ''")).includes(name));
    const check = async (): Promise<unknown> => call('verify.offered', { id: (await state()).offered?.id, passphrase: null, root: null });

    expect(told.handedOn).toEqual([{ bundle: null }]);
    hands.startAgain({ bundle: join(folder, 'letter.zip') });
    await shown('letter.zip');
    expect(await check()).toMatchObject({ ok: false, code: expect.stringMatching(/^bundle\./) });
    expect(hands.openFile(join(folder, 'bundle.zip'))).toBe(true);
    await shown('bundle.zip');
    expect(await check()).toMatchObject({ ok: true, value: { verdict: 'unchanged-signers-not-shown' } });
    expect(JSON.stringify(await state())).not.toContain(folder);
    hands.startAgain({ bundle: 12 });
    hands.startAgain(undefined);
    expect(await state()).toMatchObject({ screen: 'sign-in', offered: { name: 'bundle.zip' } });
    expect(await call('verify.cancel', { id: (await state()).offered?.id })).toMatchObject({ ok: true });
    await until(async () => (await state()).offered === undefined);
    await inPage("[...document.querySelectorAll('button')].find((each) => each.textContent === 'Back to sign in').click(); true");
  });

  test('keeps the screens where they are, without a network and without other windows', async () => {
    const seen = site.seen.length;
    expect(await inPage(`fetch(${JSON.stringify(`${site.base}/`)}).then(() => 'reached', () => 'refused')`)).toBe('refused');
    await inPage(`new Promise((resolve) => { const image = new Image(); image.onerror = resolve; image.onload = resolve; image.src = ${JSON.stringify(`${site.base}/picture.png`)}; }).then(() => true)`);
    await inPage(`void (location.href = ${JSON.stringify(`${site.base}/`)}); true`);
    await inPage(`void window.open(${JSON.stringify(`${site.base}/`)}); true`);
    expect(await state()).toMatchObject({ screen: 'sign-in' });
    expect(window.webContents.getURL()).toBe('countersign://app/');
    expect(site.seen).toHaveLength(seen);
  });

  test('two sign in, open a case and look at a page, which reaches them as pictures; meanwhile the display stays awake', async () => {
    expect(told.awake).toBe(0);
    expect(await call('sign-in', { first: PAS, second: JMK })).toMatchObject({ ok: true });
    expect(await call('case.open', CASE)).toMatchObject({ ok: true });
    await inPage("globalThis.frames_ = 0; countersign.listen((name) => { if (name === 'frame') globalThis.frames_ += 1; }); true");
    expect(await call('pre-flight.add', PRE_FLIGHT)).toMatchObject({ ok: true });
    expect(await call('browse.start', {})).toMatchObject({ ok: true });
    expect(await call('browse.goto', { url: `${site.base}/` })).toMatchObject({ ok: true });
    await until(async () => (await inPage<number>('globalThis.frames_')) > 0);
    expect((await state()).case).toMatchObject({ browsing: true, page: { url: `${site.base}/` } });
    expect(told.awake).toBe(1);
  });

  test('locks with the computer, and the record says why', async () => {
    hands.sleep('suspend');
    await until(async () => (await state()).screen === 'locked');
    expect(await call('record.list', { from: 0, count: 10 })).toMatchObject({ ok: false, code: 'auth.locked' });
    expect(await call('resume', { first: PAS, second: JMK })).toMatchObject({ ok: true });
    const { value } = (await call<{ items: { kind: string; by: string[]; detail: string }[] }>('record.list', { from: 0, count: 1_000 })) as { value: { items: { kind: string; by: string[] }[] } };
    expect(value.items.find(({ kind }) => kind === 'locked')).toMatchObject({ by: ['app'] });
  });

  test('the key stops everything: the case is halted, the page cut off, and nothing is opened any more', async () => {
    hands.press('F9');
    await until(async () => (await state()).screen === 'halted');
    const seen = site.seen.length;
    expect(await call('browse.goto', { url: `${site.base}/` })).toMatchObject({ ok: false, code: 'case.halted' });
    const kinds = async (): Promise<string[]> => ((await call('record.list', { from: 0, count: 1_000 })) as { value: { items: { kind: string }[] } }).value.items.map(({ kind }) => kind);
    // What was cut off is written down once it is.
    await until(async () => (await kinds()).includes('cut-off'));
    expect(await kinds()).toContain('stop');
    expect(site.seen).toHaveLength(seen);
  });

  test('ends in order: the vault is closed before the process ends', async () => {
    expect(await hands.quit()).toBe(0);
    expect(told.errors).toEqual([]);
  });
});
