import { afterAll, beforeAll, expect } from '@jest/globals';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { exportBundle } from '../../src/bundle/bundle.js';
import { makeAuthority, type Authority } from '../vectors/authority.js';
import { sampleInput, samplePorts } from '../vectors/make-bundle.js';
import { sampleCase, type SampleCase } from '../vectors/sample-case.js';
import { withChromium } from './preview/open-scene.js';

/** The verifier's page on the disk, and where pictures of it go. */
export const PAGE = pathToFileURL(resolve('out/verify-page/index.html')).href;
export const PICTURES = resolve('test/e2e/gallery/verify-page');

/** The verifier's page in a real Chromium, and a bundle for it. */
export interface Verifier {
  /** Holds `plain.zip`, the bundle of a sealed case, and whatever a test writes; removed after the tests. */
  readonly folder: string;
  /** Has signed the bundle. */
  readonly authority: Authority;
  readonly sample: SampleCase;
  readonly context: BrowserContext;
  /** Opens the page, and fails for anything on its console and for any request but the page itself. */
  onPage(work: (page: Page) => Promise<void>): Promise<void>;
}

/** Makes the bundle and starts the browser before the tests of a file, and ends both after them. */
export function useVerifier(): Verifier {
  let context: BrowserContext;
  let close: () => void = () => undefined;
  let closed: Promise<void>;
  let folder: string;
  let authority: Authority;
  let sample: SampleCase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verify-page-'));
    authority = makeAuthority('Example School');
    sample = await sampleCase(authority, { end: 'sealed' });
    await exportBundle(sampleInput(authority, sample), { path: join(folder, 'plain.zip'), form: 'zip' }, samplePorts());
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

  return {
    get folder() { return folder; },
    get authority() { return authority; },
    get sample() { return sample; },
    get context() { return context; },
    async onPage(work) {
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
    },
  };
}

/** Chooses a ZIP or a folder, types what is to be typed and asks for the check. */
export async function check(page: Page, path: string, typed: { passphrase?: string; fingerprint?: string } = {}): Promise<void> {
  await page.locator(path.endsWith('.zip') ? 'input[type=file]:not([webkitdirectory])' : 'input[webkitdirectory]').setInputFiles(path);
  await page.getByLabel('Passphrase').fill(typed.passphrase ?? '');
  await page.getByLabel('Fingerprint of the school').fill(typed.fingerprint ?? '');
  await page.getByRole('button', { name: 'Check the bundle' }).click();
}

/** The checks that the page lists once it has looked, each with its mark; fails where it refused the bundle. */
export async function outcomes(page: Page): Promise<{ title: string; mark: string }[]> {
  const refusal = page.getByRole('alert');
  await page.getByRole('heading', { name: 'What was checked' }).or(refusal).first().waitFor();
  expect(await refusal.allInnerTexts()).toEqual([]);
  return page.locator('.checks li').evaluateAll((lines) => lines.map((line) => ({ title: line.querySelector('.title')?.textContent ?? '', mark: line.querySelector('.mark')?.getAttribute('aria-label') ?? '' })));
}
