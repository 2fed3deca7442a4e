import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { startPdfPrinter } from '../../main/chromium/pdf-printer.js';
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
});
