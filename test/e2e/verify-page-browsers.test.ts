import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exportBundle } from '../../src/bundle/bundle.js';
import { parseReceipt } from '../../src/engine/returned-receipt.js';
import { hashWords } from '../../src/record/words.js';
import { pathFault } from '../../src/verify/source.js';
import { makeAuthority, type Authority } from '../vectors/authority.js';
import { BROKEN_BUNDLES, makeStranger } from '../vectors/broken-bundles.js';
import { rawZip } from '../vectors/hostile-zips.js';
import { goodBundle, sampleInput, samplePorts, verifyFiles, type BundleFiles, type GoodBundle } from '../vectors/make-bundle.js';
import { sampleCase } from '../vectors/sample-case.js';
import { checksOnPage } from './checks-on-page.js';
import { DrivenBrowser, type Driver } from './other-browsers/driven-browser.js';
import { startFirefox, whyNoFirefox } from './other-browsers/firefox.js';
import { startWebKit, whyNoWebKit } from './other-browsers/webkit.js';

/* The verifier's page as `verify-page.test.ts` opens it, from the disk and with no server, in the browsers that are no Chromium. */

const PAGE = pathToFileURL(resolve('out/verify-page/index.html')).href;
const PICTURES = resolve('test/e2e/gallery/verify-page');
/** Every so many of the broken bundles goes through the page in `npm test`, all of them in `npm run test:long`. */
const EVERY = process.env['COUNTERSIGN_LONG'] === '1' ? 1 : 40;

const ZIP_FIELD = 'input[type=file]:not([webkitdirectory])';
const ANSWER = '.verdict h1, [role=alert] p';

/** Has the page count what its thread answers, and keep what goes wrong in it. */
const LISTEN = `const kept = [];
const { Worker } = window;
window.found = { kept, answers: 0 };
window.Worker = new Proxy(Worker, { construct(made, given) {
  const thread = new made(...given);
  thread.addEventListener('message', () => { window.found.answers += 1; });
  return thread;
} });
for (const level of ['error', 'warn']) window.console[level] = (...said) => { kept.push(said.map(String).join(' ')); };
window.addEventListener('error', ({ message }) => { kept.push(message); });
window.addEventListener('unhandledrejection', ({ reason }) => { kept.push(String(reason)); });
document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => { kept.push(effectiveDirective); });`;

const CHECKS = `return [...document.querySelectorAll('.checks li')].map((line) => ({
  title: line.querySelector('.title').textContent, mark: line.querySelector('.mark').getAttribute('aria-label'),
}));`;

const BROWSERS: readonly { readonly engine: string; readonly why: string | null; /** Whether it keeps a list of what a page did wrong, from its first moment on. */ readonly keepsList: boolean; start(downloads: string): Promise<Driver> }[] = [
  { engine: 'Firefox', why: whyNoFirefox(), keepsList: true, start: startFirefox },
  { engine: 'WebKit', why: whyNoWebKit(), keepsList: false, start: startWebKit },
];

let folder: string;
let authority: Authority;
let stranger: Authority;
let good: { sealed: GoodBundle; halted: GoodBundle; locked: GoodBundle };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-page-browsers-'));
  await mkdir(PICTURES, { recursive: true });
  authority = makeAuthority('Example School');
  stranger = makeStranger();
  good = { sealed: await goodBundle(authority, { end: 'sealed' }), halted: await goodBundle(authority, { end: 'halted' }), locked: await goodBundle(authority, { end: 'sealed', eventful: true }) };
  const sample = await sampleCase(authority, { end: 'sealed' });
  await exportBundle(sampleInput(authority, sample), { path: join(folder, 'plain.zip'), form: 'zip' }, samplePorts());
  await exportBundle(sampleInput(authority, sample), { path: join(folder, 'closed.zip'), form: 'zip', passphrase: 'eight plain words' }, samplePorts());
}, 120_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function zipped(name: string, files: BundleFiles): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, rawZip([...files].map(([file, data]) => ({ name: `bag/${file}`, data }))));
  return path;
}

/** Opens the page, chooses `path`, types what was given and presses the button. */
async function check(browser: DrivenBrowser, path: string, typed: { passphrase?: string; fingerprint?: string } = {}): Promise<void> {
  await browser.open(PAGE);
  await browser.type(ZIP_FIELD, path);
  await browser.run(LISTEN);
  if (typed.passphrase !== undefined) await browser.type('input[name=passphrase]', typed.passphrase);
  if (typed.fingerprint !== undefined) await browser.type('input[name=fingerprint]', typed.fingerprint);
  await browser.click('button.primary');
}

/** What went wrong in the page since it was opened, and how many answers its thread gave. */
async function found(browser: DrivenBrowser): Promise<{ kept: string[]; answers: number }> {
  return await browser.run('return window.found;') as { kept: string[]; answers: number };
}

for (const { engine, why, keepsList, start } of BROWSERS) {
  if (why !== null) process.stdout.write(`${engine}: the page that checks a bundle was not tried in it, ${why}\n`);
  (why === null ? describe : describe.skip)(`the page that checks a bundle, in ${engine}`, () => {
    let browser: DrivenBrowser;
    let downloads: string;

    beforeAll(async () => {
      downloads = await mkdtemp(join(folder, 'downloads-'));
      browser = await DrivenBrowser.over(await start(downloads));
      process.stdout.write(`the page that checks a bundle: in ${browser.name}\n`);
    }, 120_000);

    afterAll(async () => { await browser.stop(); }, 60_000);

    test('finds a good ZIP unchanged, with the checks of the command, and saves a receipt that the app takes', async () => {
      await check(browser, join(folder, 'plain.zip'), { fingerprint: hashWords(authority.root).join(' ') });
      expect(await browser.text(ANSWER)).toBe('Unchanged since two people signed it');
      expect(await browser.run(CHECKS)).toEqual(checksOnPage((await verifyFiles(good.sealed.files, { rootFingerprint: authority.root })).checks));
      await writeFile(join(PICTURES, `unchanged-${engine.toLowerCase()}.png`), await browser.screenshot());
      await browser.click('.actions .primary');
      const receipt = await saved(join(downloads, 'plain-receipt.json'));
      expect(parseReceipt(receipt)).toMatchObject({ verdict: 'unchanged', root: authority.root, rootTyped: true, file: { name: 'plain.zip' } });
      expect((await found(browser)).kept).toEqual([]);
    }, 120_000);

    test('without a fingerprint it says that it is not shown who signed, and gives the words to compare', async () => {
      await check(browser, join(folder, 'plain.zip'));
      expect(await browser.text(ANSWER)).toBe('Unchanged since it was signed, but by whom is not shown');
      expect(await browser.text('.words[role="group"]')).toContain(hashWords(authority.root).slice(0, 4).join(' '));
      expect((await found(browser)).kept).toEqual([]);
    }, 120_000);

    test('opens an encrypted ZIP with its passphrase, on the thread that decrypts, and keeps what was typed when that is wrong', async () => {
      await check(browser, join(folder, 'closed.zip'), { passphrase: 'other words', fingerprint: authority.root });
      expect(await browser.text(ANSWER)).toContain('This passphrase does not open the ZIP.');
      await writeFile(join(PICTURES, `wrong-passphrase-${engine.toLowerCase()}.png`), await browser.screenshot());
      await browser.clear('input[name=passphrase]');
      await browser.type('input[name=passphrase]', 'eight plain words');
      await browser.click('button.primary');
      expect(await browser.text('.verdict h1')).toBe('Unchanged since two people signed it');
      const { kept, answers } = await found(browser);
      expect(kept).toEqual([]);
      // That it runs, and what it decrypted.
      expect(answers).toBeGreaterThan(1);
    }, 120_000);

    const chosen = BROKEN_BUNDLES.filter((_, at) => at % EVERY === 0);
    test(`finds what the command finds in ${chosen.length} of ${BROKEN_BUNDLES.length} broken bundles`, async () => {
      let looked = 0;
      for (const [at, broken] of chosen.entries()) {
        const files = broken.make(good[broken.from], stranger);
        // A ZIP with such a path, or without the file that makes it a bundle, is not opened at all.
        if ([...files.keys()].some((path) => pathFault(path) !== null) || !files.has('bagit.txt')) continue;
        const path = await zipped(`broken-${at}.zip`, files);
        await check(browser, path, { fingerprint: authority.root });
        await browser.text('.verdict h1');
        const { checks } = await verifyFiles(files, { rootFingerprint: authority.root });
        expect({ name: broken.name, found: await browser.run(CHECKS), ...await found(browser) }).toEqual({ name: broken.name, found: checksOnPage(checks), kept: [], answers: 0 });
        await rm(path);
        looked += 1;
      }
      process.stdout.write(`broken bundles in ${browser.name}: ${looked} looked at, each with the answer of the command\n`);
    }, 1_800_000);

    test('turns what is no bundle into a sentence, and what is not chosen', async () => {
      await writeFile(join(folder, 'letter.zip'), 'Dear all');
      await check(browser, join(folder, 'letter.zip'));
      expect(await browser.text('[role=alert] h2')).toBe('The bundle was not checked');
      await browser.open(PAGE);
      await browser.click('button.primary');
      expect(await browser.text(ANSWER)).toBe('Choose the bundle first.');
    }, 120_000);

    test('sends nothing: its policy refuses a picture and a request, on the page and on a thread', async () => {
      await browser.open(PAGE);
      await browser.text('h1');
      await browser.run(LISTEN);
      await browser.run(`window.refused = [];
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => { window.refused.push(effectiveDirective); });
        new Image().src = 'http://127.0.0.1:9/a.png';
        fetch('http://127.0.0.1:9/').catch(() => undefined);
        const thread = new Worker(URL.createObjectURL(new Blob(["fetch('http://127.0.0.1:9/').then(() => postMessage('sent'), () => postMessage('refused'))"], { type: 'text/javascript' })));
        thread.addEventListener('message', ({ data }) => { window.refused.push('thread: ' + data); });`);
      await until(async () => (await browser.run('return window.refused.length;')) === 3);
      expect((await browser.run('return window.refused.toSorted();') as string[])).toEqual(['connect-src', 'img-src', 'thread: refused']);
      // What the other tests look at does hear of such things.
      expect((await found(browser)).kept.toSorted()).toEqual(['connect-src', 'img-src']);
    }, 120_000);

    if (keepsList) {
      test('gives the browser nothing to write down against it, not while it is opened either', async () => {
        await browser.open(PAGE);
        await browser.text('h1');
        // That such a list is kept at all.
        await browser.run("new Image().src = 'http://127.0.0.1:9/a.png';");
        await until(async () => (await browser.complaints(PAGE)).some((text) => text.includes('127.0.0.1:9')));
        expect((await browser.complaints(PAGE)).filter((text) => !text.includes('127.0.0.1:9'))).toEqual([]);
      });
    }
  });
}

/** A file's text once the browser has written it whole. */
async function saved(path: string): Promise<string> {
  let text = '';
  await until(async () => {
    text = await readFile(path, 'utf8').catch(() => '');
    return text.endsWith('}\n');
  });
  return text;
}

async function until(happened: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i += 1) {
    if (await happened()) return;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error('it never happened');
}
