import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { PrintOptions } from '../../src/bundle/bundle-input.js';
import { selfContained, type Pictures } from '../../src/bundle/report/pictures.js';

/** Where a system Chromium is, or null. */
export const CHROMIUM = [process.env['COUNTERSIGN_BROWSER'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path !== '' && existsSync(path)) ?? null;

/** Prints a page with its pictures inside it, as the app's hosts do: in a real browser, scripts off, offline. */
export async function printWithChromium(html: string, options: PrintOptions, pictures: Pictures = []): Promise<Uint8Array> {
  if (CHROMIUM === null) throw new Error('no Chromium here');
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'] });
  try {
    const page = await browser.newPage({ javaScriptEnabled: false, offline: true });
    await page.setContent(Buffer.from(selfContained(html, pictures)).toString('utf8'), { waitUntil: 'load' });
    return await page.pdf({ preferCSSPageSize: options.preferCSSPageSize, printBackground: options.printBackground, tagged: options.generateTaggedPDF, outline: options.generateDocumentOutline });
  } finally {
    await browser.close();
  }
}
