import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { exportBundle } from '../../src/bundle/bundle.js';
import { parseReceipt } from '../../src/engine/returned-receipt.js';
import { hashWords } from '../../src/record/words.js';
import { pathFault } from '../../src/verify/source.js';
import { makeAuthority, type Authority } from '../vectors/authority.js';
import { BROKEN_BUNDLES, makeStranger } from '../vectors/broken-bundles.js';
import { goodBundle, sampleInput, samplePorts, verifyFiles, type BundleFiles, type GoodBundle } from '../vectors/make-bundle.js';
import { sampleCase } from '../vectors/sample-case.js';
import { checksOnPage } from './checks-on-page.js';
import { withChromium } from './preview/open-scene.js';

/* The verifier's page as a recipient uses it: opened from the disk in real Chromium, with no server. */

const PAGE = pathToFileURL(resolve('out/verify-page/index.html')).href;
const PICTURES = resolve('test/e2e/gallery/verify-page');
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Every so many of the broken bundles goes through the page in `npm test`, all of them in `npm run test:long`. */
const EVERY = process.env['COUNTERSIGN_LONG'] === '1' ? 1 : 14;

let context: BrowserContext;
let close: () => void = () => undefined;
let closed: Promise<void>;
let folder: string;
let authority: Authority;
let stranger: Authority;
let good: { sealed: GoodBundle; halted: GoodBundle; locked: GoodBundle };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-page-'));
  authority = makeAuthority('Example School');
  stranger = makeStranger();
  good = { sealed: await goodBundle(authority, { end: 'sealed' }), halted: await goodBundle(authority, { end: 'halted' }), locked: await goodBundle(authority, { end: 'sealed', eventful: true }) };
  const sample = await sampleCase(authority, { end: 'sealed' });
  await exportBundle(sampleInput(authority, sample), { path: join(folder, 'plain.zip'), form: 'zip' }, samplePorts());
  await exportBundle(sampleInput(authority, sample), { path: join(folder, 'closed.zip'), form: 'zip', passphrase: 'eight plain words' }, samplePorts());
  await mkdir(PICTURES, { recursive: true });
  await new Promise<void>((ready, failed) => {
    closed = withChromium(async (opened) => {
      context = opened;
      const done = new Promise<void>((end) => { close = end; });
      ready();
      await done;
    });
    closed.catch(failed);
  });
}, 120_000);

afterAll(async () => {
  close();
  await closed;
  await rm(folder, { recursive: true, force: true });
}, 60_000);

async function asFolder(name: string, files: BundleFiles): Promise<string> {
  const path = join(folder, name);
  for (const [file, bytes] of files) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), bytes);
  }
  return path;
}

/** Opens the page, and fails for anything on its console and for any request but the page itself. */
async function onPage(work: (page: Page) => Promise<void>): Promise<void> {
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('request', (request) => { if (request.url() !== PAGE && !request.url().startsWith('blob:')) said.push(`asked for ${request.url()}`); });
  // What the policy refuses without a word on the console, such as code made from text.
  await page.addInitScript(() => { document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => { console.error(`refused by the policy: ${effectiveDirective}`); }); });
  await page.setViewportSize({ width: 1280, height: 900 });
  // A check ends when it ends.
  page.setDefaultTimeout(60_000);
  try {
    await page.goto(PAGE);
    await work(page);
    expect(said).toEqual([]);
  } finally {
    await page.close();
  }
}

async function check(page: Page, path: string, typed: { passphrase?: string; fingerprint?: string } = {}): Promise<void> {
  await page.locator(path.endsWith('.zip') ? 'input[type=file]:not([webkitdirectory])' : 'input[webkitdirectory]').setInputFiles(path);
  await page.getByLabel('Passphrase').fill(typed.passphrase ?? '');
  await page.getByLabel('Fingerprint of the school').fill(typed.fingerprint ?? '');
  await page.getByRole('button', { name: 'Check the bundle' }).click();
}

async function outcomes(page: Page): Promise<{ title: string; mark: string }[]> {
  const refusal = page.getByRole('alert');
  await page.getByRole('heading', { name: 'What was checked' }).or(refusal).first().waitFor();
  expect(await refusal.allInnerTexts()).toEqual([]);
  return page.locator('.checks li').evaluateAll((lines) => lines.map((line) => ({ title: line.querySelector('.title')?.textContent ?? '', mark: line.querySelector('.mark')?.getAttribute('aria-label') ?? '' })));
}

async function violations(page: Page): Promise<string[]> {
  // axe looks from outside the page's own policy.
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: unknown) => Promise<{ violations: { id: string }[] }> } };
    return (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map(({ id }) => id);
  });
}

describe('the page that checks a bundle', () => {
  test('finds a good ZIP unchanged, by the fingerprint typed as words or as digits, with the checks of the command', async () => {
    for (const fingerprint of [authority.root.toUpperCase().replace(/../g, '$&:'), hashWords(authority.root).join('  ')]) {
      await onPage(async (page) => {
        await check(page, join(folder, 'plain.zip'), { fingerprint });
        await page.getByRole('heading', { name: 'Unchanged since two people signed it' }).waitFor();
        expect(await outcomes(page)).toEqual(checksOnPage((await verifyFiles(good.sealed.files, { rootFingerprint: authority.root })).checks));
      });
    }
  });

  test('without a fingerprint it says that it is not shown who signed, and gives the words to compare', async () => {
    await onPage(async (page) => {
      await check(page, join(folder, 'plain.zip'));
      await page.getByRole('heading', { name: 'by whom is not shown' }).waitFor();
      await page.getByRole('group', { name: 'Words of the school' }).getByText(hashWords(authority.root).slice(0, 4).join(' ')).waitFor();
      await page.screenshot({ path: join(PICTURES, 'not-shown.png'), fullPage: true });
      await page.getByRole('button', { name: 'They differ' }).click();
      await page.getByText('Then do not rely on this bundle').waitFor();
    });
  });

  test('opens an encrypted bundle with its passphrase, and keeps what was typed when that is wrong', async () => {
    await onPage(async (page) => {
      await check(page, join(folder, 'closed.zip'), { passphrase: 'other words', fingerprint: authority.root });
      await page.getByRole('alert').getByText('passphrase').waitFor();
      expect(await page.getByLabel('Fingerprint of the school').inputValue()).toBe(authority.root);
      await page.screenshot({ path: join(PICTURES, 'wrong-passphrase.png'), fullPage: true });
      await page.getByLabel('Passphrase').fill('eight plain words');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Unchanged since two people signed it' }).waitFor();
    });
  });

  test('opens an encrypted bundle also in a browser that runs no thread for it, or no WebAssembly', async () => {
    for (const missing of [['Worker'], ['Worker', 'WebAssembly'], []]) {
      await onPage(async (page) => {
        const threads: string[] = [];
        page.on('worker', (worker) => threads.push(worker.url()));
        await page.evaluate((names) => { for (const name of names) Reflect.deleteProperty(window, name); }, missing);
        await check(page, join(folder, 'closed.zip'), { passphrase: 'eight plain words', fingerprint: authority.root });
        await page.getByRole('heading', { name: 'Unchanged since two people signed it' }).waitFor();
        expect(await outcomes(page)).toEqual(checksOnPage((await verifyFiles(good.sealed.files, { rootFingerprint: authority.root })).checks));
        // Where nothing is missing, it is the thread that decrypts.
        expect(threads.length).toBe(missing.length === 0 ? 1 : 0);
      });
    }
  });

  test('checks a folder, of a halted case too', async () => {
    const path = await asFolder('halted', good.halted.files);
    await onPage(async (page) => {
      await check(page, path, { fingerprint: authority.root });
      await page.getByRole('heading', { name: 'Unchanged since two people signed it' }).waitFor();
    });
  });

  test('says how a folder is chosen when one is dropped, and takes the ZIP that is dropped after it', async () => {
    const dropped = await asFolder('dropped', good.sealed.files);
    await onPage(async (page) => {
      const session = await page.context().newCDPSession(page);
      const box = await page.locator('.drop').boundingBox();
      if (box === null) throw new Error('there is no place to drop a bundle');
      const drop = async (path: string): Promise<void> => {
        for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: box.x + 40, y: box.y + 20, data: { items: [], files: [path], dragOperationsMask: 1 } });
      };
      await drop(dropped);
      await page.getByText('That is a folder. Use “Choose a folder” for it.').waitFor();
      await page.screenshot({ path: join(PICTURES, 'folder-dropped.png'), fullPage: true });
      await drop(join(folder, 'plain.zip'));
      await page.getByText('plain.zip').waitFor();
      await page.getByRole('button', { name: 'Check the bundle' }).click();
      await page.getByRole('heading', { name: /^Unchanged since/ }).waitFor();
    });
  });

  const chosen = BROKEN_BUNDLES.filter((_, at) => at % EVERY === 0);
  test(`finds what the command finds in ${chosen.length} of ${BROKEN_BUNDLES.length} broken bundles`, async () => {
    let looked = 0;
    for (const [at, broken] of chosen.entries()) {
      const files = broken.make(good[broken.from], stranger);
      // No disk holds a folder with such names; the command's test hands them over in memory.
      if ([...files.keys()].some((path) => pathFault(path) !== null)) continue;
      const expected = await verifyFiles(files, { rootFingerprint: authority.root });
      const path = await asFolder(`broken-${at}`, files);
      looked += 1;
      await onPage(async (page) => {
        await check(page, path, { fingerprint: authority.root });
        if (files.has('bagit.txt')) expect({ name: broken.name, found: await outcomes(page) }).toEqual({ name: broken.name, found: checksOnPage(expected.checks) });
        else await page.getByRole('alert').getByText('not a bundle').waitFor();
      }).catch((cause: unknown) => { throw new Error(`${broken.name}: ${String(cause)}`, { cause }); });
      await rm(path, { recursive: true });
    }
    process.stdout.write(`broken bundles in the page: ${looked} looked at, each with the answer of the command\n`);
  }, 1_800_000);

  test('can be stopped half-way, and says that this says nothing', async () => {
    await onPage(async (page) => {
      // The disk stands still.
      await page.evaluate(() => {
        const read = Object.getOwnPropertyDescriptor(Blob.prototype, 'arrayBuffer')?.value as (this: Blob) => Promise<ArrayBuffer>;
        const held: (() => void)[] = [];
        let still = true;
        Blob.prototype.arrayBuffer = function hold(this: Blob) {
          return !still ? read.call(this) : new Promise<void>((go) => held.push(go)).then(() => read.call(this));
        };
        (window as unknown as { letGo: () => void }).letGo = () => {
          still = false;
          for (const go of held) go();
        };
      });
      await check(page, join(folder, 'plain.zip'), { fingerprint: authority.root });
      await page.getByRole('button', { name: 'Stop checking' }).click();
      await page.evaluate(() => { (window as unknown as { letGo: () => void }).letGo(); });
      await page.getByRole('alert').getByText('You stopped the check. It says nothing about the bundle.').waitFor();
      expect(await page.getByLabel('Fingerprint of the school').inputValue()).toBe(authority.root);
    });
  });

  test('turns what is no bundle into a sentence', async () => {
    await writeFile(join(folder, 'letter.zip'), 'Dear all');
    await writeFile(join(folder, 'empty.zip'), '');
    for (const name of ['letter.zip', 'empty.zip']) {
      await onPage(async (page) => {
        await check(page, join(folder, name));
        await page.getByRole('heading', { name: 'The bundle was not checked' }).waitFor();
      });
    }
    await onPage(async (page) => {
      await page.getByRole('button', { name: 'Check the bundle' }).click();
      await page.getByRole('alert').getByText('Choose the bundle first.').waitFor();
      await check(page, join(folder, 'plain.zip'), { fingerprint: 'four words and more' });
      await page.getByText('A fingerprint is eight words').waitFor();
    });
  });

  test('saves a receipt that names bundle, verdict, clock and every check', async () => {
    await onPage(async (page) => {
      await check(page, join(folder, 'plain.zip'), { fingerprint: authority.root });
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the receipt' }).click()]);
      expect(download.suggestedFilename()).toBe('plain-receipt.json');
      const receipt = JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, unknown>;
      expect(receipt).toMatchObject({ receipt: 'countersign-verification', version: 1, verdict: 'unchanged', root: authority.root, rootTyped: true, file: { name: 'plain.zip' } });
      expect(receipt['bundle']).toMatch(/^[0-9a-f]{64}$/);
      // What the app takes when it is handed back.
      expect(parseReceipt(await readFile(await download.path(), 'utf8'))).toEqual(receipt);
      expect((receipt['checks'] as unknown[]).length).toBe(await page.locator('.checks li').count());
    });
  });

  test('can be used by keyboard alone', async () => {
    await onPage(async (page) => {
      await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(join(folder, 'plain.zip'));
      await page.getByRole('button', { name: 'Choose a ZIP file' }).focus();
      const order: string[] = [];
      for (let step = 0; step < 4; step += 1) {
        await page.keyboard.press('Tab');
        order.push(await page.evaluate(() => document.activeElement instanceof HTMLInputElement ? document.activeElement.name : (document.activeElement?.textContent ?? '')));
      }
      expect(order).toEqual(['Choose a folder', 'passphrase', 'fingerprint', 'Check the bundle']);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Unchanged since it was signed' }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    });
  });

  test('has no fault that axe finds, light and dark, at 400 % zoom nothing is cut off', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await onPage(async (page) => {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(PICTURES, `question-${colorScheme}.png`), fullPage: true });
        expect(await violations(page)).toEqual([]);
        await check(page, join(folder, 'plain.zip'), { fingerprint: authority.root });
        await page.getByRole('heading', { name: 'What was checked' }).waitFor();
        expect(await violations(page)).toEqual([]);
        await page.screenshot({ path: join(PICTURES, `unchanged-${colorScheme}.png`), fullPage: true });
        await page.setViewportSize({ width: 320, height: 256 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
        await page.screenshot({ path: join(PICTURES, `zoomed-${colorScheme}.png`), fullPage: true });
      });
    }
  });

  test('its policy lets nothing out, from the thread that decrypts neither: no request, picture or script from elsewhere', async () => {
    const html = await readFile(resolve('out/verify-page/index.html'), 'utf8');
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[A-Za-z0-9+/=]+' 'wasm-unsafe-eval'; worker-src blob:; style-src 'sha256-[A-Za-z0-9+/=]+'; base-uri 'none'; form-action 'none'$/);
    const page = await context.newPage();
    await page.goto(PAGE);
    const refused = await page.evaluate(async () => {
      const tried: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => tried.push(event.effectiveDirective));
      await fetch('http://127.0.0.1:9/').catch(() => undefined);
      const image = new Image();
      await new Promise((done) => { image.onerror = done; image.src = 'http://127.0.0.1:9/a.png'; });
      const thread = `self.addEventListener('securitypolicyviolation', (event) => postMessage(event.effectiveDirective));
        fetch('http://127.0.0.1:9/').catch(() => undefined);
        try { importScripts('http://127.0.0.1:9/a.js'); } catch { /* as it should be */ }`;
      const worker = new Worker(URL.createObjectURL(new Blob([thread], { type: 'text/javascript' })));
      const said: string[] = [];
      await new Promise<void>((done) => {
        worker.onmessage = ({ data }: MessageEvent<string>) => {
          said.push(data);
          if (said.length === 2) done();
        };
      });
      return [...tried, ...said.toSorted().map((directive) => `thread: ${directive}`)];
    });
    await page.close();
    expect(refused).toEqual(['connect-src', 'img-src', 'thread: connect-src', 'thread: script-src-elem']);
  });
});
