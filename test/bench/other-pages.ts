import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DrivenBrowser, type Driver } from '../e2e/other-browsers/driven-browser.js';
import { startFirefox, whyNoFirefox } from '../e2e/other-browsers/firefox.js';
import { startWebKit, whyNoWebKit } from '../e2e/other-browsers/webkit.js';

const BROWSERS: readonly { readonly why: string | null; start(downloads: string): Promise<Driver> }[] = [
  { why: whyNoFirefox(), start: startFirefox }, { why: whyNoWebKit(), start: startWebKit },
];

/** How long a browser's page took from the press of its button to the verdict, in seconds; or why there was none. */
export interface PageTime {
  /** With its version. */
  readonly browser: string;
  readonly seconds: number | null;
  readonly failed?: string;
}

/** The page that recipients open, in each browser here that is no Chromium. */
export async function verifyInOthers(path: string, root: string, passphrase?: string): Promise<PageTime[]> {
  const times: PageTime[] = [];
  for (const { why, start } of BROWSERS) {
    if (why === null) times.push(await verifyIn(start, path, root, passphrase));
  }
  return times;
}

async function verifyIn(start: (downloads: string) => Promise<Driver>, path: string, root: string, passphrase?: string): Promise<PageTime> {
  const downloads = await mkdtemp(join(tmpdir(), 'bench-page-'));
  const browser = await DrivenBrowser.over(await start(downloads));
  try {
    await browser.open(pathToFileURL(resolve('out/verify-page/index.html')).href);
    await browser.type('input[type=file]:not([webkitdirectory])', path);
    await browser.type('input[name=fingerprint]', root);
    if (passphrase !== undefined) await browser.type('input[name=passphrase]', passphrase);
    const began = performance.now();
    await browser.click('button.primary');
    const verdict = await browser.text('.verdict h1, [role=alert] p');
    if (verdict !== 'Unchanged since two people signed it') return { browser: browser.name, seconds: null, failed: verdict };
    return { browser: browser.name, seconds: Math.round((performance.now() - began) / 10) / 100 };
  } catch (error) {
    return { browser: browser.name, seconds: null, failed: String(error) };
  } finally {
    await browser.stop();
    await rm(downloads, { recursive: true, force: true });
  }
}
