import { beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exportBundle } from '../../src/bundle/bundle.js';
import { parseReceipt } from '../../src/engine/returned-receipt.js';
import { hashWords } from '../../src/record/words.js';
import { pathFault } from '../../src/verify/source.js';
import type { Authority } from '../vectors/authority.js';
import { BROKEN_BUNDLES, makeStranger } from '../vectors/broken-bundles.js';
import { goodBundle, sampleInput, samplePorts, verifyFiles, type BundleFiles, type GoodBundle } from '../vectors/make-bundle.js';
import { checksOnPage } from './checks-on-page.js';
import { check, outcomes, PICTURES, useVerifier } from './verifier.js';

/* The verifier's page as a recipient uses it: opened from the disk in real Chromium, with no server. */

/** Every so many of the broken bundles goes through the page in `npm test`, all of them in `npm run test:long`. */
const EVERY = process.env['COUNTERSIGN_LONG'] === '1' ? 1 : 14;

const verifier = useVerifier();
const { onPage } = verifier;

let stranger: Authority;
let good: { sealed: GoodBundle; halted: GoodBundle; locked: GoodBundle };

beforeAll(async () => {
  const { authority, folder, sample } = verifier;
  stranger = makeStranger();
  good = { sealed: await goodBundle(authority, { end: 'sealed' }), halted: await goodBundle(authority, { end: 'halted' }), locked: await goodBundle(authority, { end: 'sealed', eventful: true }) };
  await exportBundle(sampleInput(authority, sample), { path: join(folder, 'closed.zip'), form: 'zip', passphrase: 'eight plain words' }, samplePorts());
}, 120_000);

async function asFolder(name: string, files: BundleFiles): Promise<string> {
  const path = join(verifier.folder, name);
  for (const [file, bytes] of files) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), bytes);
  }
  return path;
}

describe('the page that checks a bundle', () => {
  test('finds a good ZIP unchanged, by the fingerprint typed as words or as digits, with the checks of the command', async () => {
    for (const fingerprint of [verifier.authority.root.toUpperCase().replace(/../g, '$&:'), hashWords(verifier.authority.root).join('  ')]) {
      await onPage(async (page) => {
        await check(page, join(verifier.folder, 'plain.zip'), { fingerprint });
        await page.getByRole('heading', { name: 'Unchanged since two people signed it' }).waitFor();
        expect(await outcomes(page)).toEqual(checksOnPage((await verifyFiles(good.sealed.files, { rootFingerprint: verifier.authority.root })).checks));
      });
    }
  });

  test('without a fingerprint it says that it is not shown who signed, and gives the words to compare', async () => {
    await onPage(async (page) => {
      await check(page, join(verifier.folder, 'plain.zip'));
      await page.getByRole('heading', { name: 'by whom is not shown' }).waitFor();
      await page.getByRole('group', { name: 'Words of the school' }).getByText(hashWords(verifier.authority.root).slice(0, 4).join(' ')).waitFor();
      await page.screenshot({ path: join(PICTURES, 'not-shown.png'), fullPage: true });
      await page.getByRole('button', { name: 'They differ' }).click();
      await page.getByText('Then do not rely on this bundle').waitFor();
    });
  });

  test('opens an encrypted bundle with its passphrase, and keeps what was typed when that is wrong', async () => {
    await onPage(async (page) => {
      await check(page, join(verifier.folder, 'closed.zip'), { passphrase: 'other words', fingerprint: verifier.authority.root });
      await page.getByRole('alert').getByText('passphrase').waitFor();
      expect(await page.getByLabel('Fingerprint of the school').inputValue()).toBe(verifier.authority.root);
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
        await check(page, join(verifier.folder, 'closed.zip'), { passphrase: 'eight plain words', fingerprint: verifier.authority.root });
        await page.getByRole('heading', { name: 'Unchanged since two people signed it' }).waitFor();
        expect(await outcomes(page)).toEqual(checksOnPage((await verifyFiles(good.sealed.files, { rootFingerprint: verifier.authority.root })).checks));
        // Where nothing is missing, it is the thread that decrypts.
        expect(threads.length).toBe(missing.length === 0 ? 1 : 0);
      });
    }
  });

  test('checks a folder, of a halted case too', async () => {
    const path = await asFolder('halted', good.halted.files);
    await onPage(async (page) => {
      await check(page, path, { fingerprint: verifier.authority.root });
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
      await drop(join(verifier.folder, 'plain.zip'));
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
      const expected = await verifyFiles(files, { rootFingerprint: verifier.authority.root });
      const path = await asFolder(`broken-${at}`, files);
      looked += 1;
      await onPage(async (page) => {
        await check(page, path, { fingerprint: verifier.authority.root });
        if (files.has('bagit.txt')) expect({ name: broken.name, found: await outcomes(page) }).toEqual({ name: broken.name, found: checksOnPage(expected.checks) });
        else await page.getByRole('alert').getByText('not a bundle').waitFor();
      }).catch((cause: unknown) => { throw new Error(`${broken.name}: ${String(cause)}`, { cause }); });
      await rm(path, { recursive: true });
    }
    process.stdout.write(`broken bundles in the page: ${looked} looked at, each with the answer of the command\n`);
  }, 1_800_000);

  test('turns what is no bundle into a sentence', async () => {
    await writeFile(join(verifier.folder, 'letter.zip'), 'Dear all');
    await writeFile(join(verifier.folder, 'empty.zip'), '');
    for (const name of ['letter.zip', 'empty.zip']) {
      await onPage(async (page) => {
        await check(page, join(verifier.folder, name));
        await page.getByRole('heading', { name: 'The bundle was not checked' }).waitFor();
      });
    }
    await onPage(async (page) => {
      await page.getByRole('button', { name: 'Check the bundle' }).click();
      await page.getByRole('alert').getByText('Choose the bundle first.').waitFor();
      await check(page, join(verifier.folder, 'plain.zip'), { fingerprint: 'four words and more' });
      await page.getByText('A fingerprint is eight words').waitFor();
    });
  });

  test('saves a receipt that names bundle, verdict, clock and every check', async () => {
    await onPage(async (page) => {
      await check(page, join(verifier.folder, 'plain.zip'), { fingerprint: verifier.authority.root });
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the receipt' }).click()]);
      expect(download.suggestedFilename()).toBe('plain-receipt.json');
      const receipt = JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, unknown>;
      expect(receipt).toMatchObject({ receipt: 'countersign-verification', version: 1, verdict: 'unchanged', root: verifier.authority.root, rootTyped: true, file: { name: 'plain.zip' } });
      expect(receipt['bundle']).toMatch(/^[0-9a-f]{64}$/);
      // What the app takes when it is handed back.
      expect(parseReceipt(await readFile(await download.path(), 'utf8'))).toEqual(receipt);
      expect((receipt['checks'] as unknown[]).length).toBe(await page.locator('.checks li').count());
    });
  });
});
