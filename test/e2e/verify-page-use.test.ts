import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { check, PAGE, PICTURES, useVerifier } from './verifier.js';

/* The verifier's page in the hands of whoever opens it from the disk, in real Chromium: by keyboard, enlarged, stopped half-way; and what its policy lets out. */

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const verifier = useVerifier();
const { onPage } = verifier;

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
      await check(page, join(verifier.folder, 'plain.zip'), { fingerprint: verifier.authority.root });
      await page.getByRole('button', { name: 'Stop checking' }).click();
      await page.evaluate(() => { (window as unknown as { letGo: () => void }).letGo(); });
      await page.getByRole('alert').getByText('You stopped the check. It says nothing about the bundle.').waitFor();
      expect(await page.getByLabel('Fingerprint of the school').inputValue()).toBe(verifier.authority.root);
    });
  });

  test('can be used by keyboard alone', async () => {
    await onPage(async (page) => {
      await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(join(verifier.folder, 'plain.zip'));
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
        await check(page, join(verifier.folder, 'plain.zip'), { fingerprint: verifier.authority.root });
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
    const page = await verifier.context.newPage();
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
