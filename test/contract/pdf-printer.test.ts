import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { createChromiumHost } from '../../main/chromium/chromium-host.js';
import { startPdfPrinter } from '../../main/chromium/pdf-printer.js';
import { killTree, processTree } from '../../main/chromium/process-tree.js';
import { startHostileSite } from '../hostile/site.js';
import { testBrowser } from './chromium-host.js';

describe('the PDF printer', () => {
  test('prints a tagged PDF with an outline, fetches nothing and runs no script', async () => {
    const site = await startHostileSite();
    const printer = await startPdfPrinter(testBrowser());
    try {
      const html = `<!doctype html><html lang="en"><head><title>Report 7</title></head><body><h1>Report</h1><p id="p">Words</p><img src="${site.base}/lazy-image" alt="Picture"><script>document.body.innerHTML=""</script><iframe src="${site.base}/next"></iframe></body></html>`;
      const [first, second] = await Promise.all([
        printer.print(html, { margins: { header: '<span></span>', footer: '<span class="pageNumber" style="font-size:8px"></span>' } }),
        printer.print('<!doctype html><html lang="en"><title>Two</title><h1>Two</h1></html>'),
      ]);
      const text = Buffer.from(first).toString('latin1');
      expect(text.startsWith('%PDF-')).toBe(true);
      expect(text).toContain('/StructTreeRoot');
      expect(text).toContain('/Outlines');
      expect(text).toMatch(/\/Title \(Report 7\)/);
      expect(Buffer.from(second).toString('latin1').startsWith('%PDF-')).toBe(true);
      expect(site.seen).toEqual([]);
    } finally {
      await printer.close();
      await site.close();
    }
  }, 90_000);

  test('shows the pictures that are handed to it, and those of one document in no other', async () => {
    const printer = await startPdfPrinter(testBrowser());
    try {
      const teal = await sharp({ create: { width: 40, height: 40, channels: 3, background: 'teal' } }).jpeg().toBuffer();
      const html = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pictures</title></head><body><h1>Pictures</h1><img src="https://pictures.invalid/0" alt="Teal"><img src="https://pictures.invalid/1" alt="None"></body></html>';
      const [first, second] = await Promise.all([printer.print(html, { pictures: [teal] }), printer.print(html)]);
      // A PDF takes a JPEG as it is.
      expect([Buffer.from(first).includes(teal), Buffer.from(second).includes(teal)]).toEqual([true, false]);
      expect(Buffer.from(first).toString('latin1')).toContain('/DCTDecode');
    } finally {
      await printer.close();
    }
  }, 90_000);

  test('one whose browser was killed fails that document alone: the next one is printed by another', async () => {
    const host = createChromiumHost(testBrowser());
    const html = '<!doctype html><html lang="en"><title>Page</title><h1>Page</h1></html>';
    try {
      await host.printPdf(html);
      const lost = host.printPdf(html, []).catch((error: unknown) => error);
      killTree(processTree(process.pid)[1] ?? Number.NaN);
      expect(await lost).toMatchObject({ code: 'print.failed' });
      expect(Buffer.from(await host.printPdf(html)).toString('latin1').startsWith('%PDF-')).toBe(true);
    } finally {
      await host.close();
    }
  }, 90_000);

  test('a document that nobody waits for any more does not hold up the next', async () => {
    const printer = await startPdfPrinter(testBrowser());
    const abort = new AbortController();
    try {
      const long = `<!doctype html><html lang="en"><title>Long</title>${'<p>A line of a long report.</p>'.repeat(200_000)}</html>`;
      const dropped = printer.print(long, { signal: abort.signal }).catch((error: unknown) => error);
      const next = printer.print('<!doctype html><html lang="en"><title>Next</title><h1>Next</h1></html>');
      abort.abort();
      expect(await dropped).toMatchObject({ code: 'print.failed' });
      expect(Buffer.from(await next).toString('latin1').startsWith('%PDF-')).toBe(true);
      expect(await printer.print(long, { signal: abort.signal }).catch((error: unknown) => error)).toMatchObject({ code: 'print.failed' });
    } finally {
      await printer.close();
    }
  }, 90_000);
});
