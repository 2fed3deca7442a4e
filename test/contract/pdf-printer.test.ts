import { describe, expect, test } from '@jest/globals';
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
        printer.print(html, { header: '<span></span>', footer: '<span class="pageNumber" style="font-size:8px"></span>' }),
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
});
