import { parentPort, workerData } from 'node:worker_threads';
import { PDFiumLibrary, type PDFiumDocument } from '@hyzyla/pdfium';
import type { PdfAnswer, PdfOrder, PdfOrders } from './pdf-document.js';

/*
 * Draws the pages of one PDF, on a thread of its own: PDFium reads what an attacker may have written, so it runs as
 * WebAssembly, which reaches neither disk nor network nor our memory, and can be ended from outside at any instant.
 */

const port = parentPort;
const { bytes, wasm, pages: most } = workerData as PdfOrders;

async function open(): Promise<PDFiumDocument> {
  const library = await PDFiumLibrary.init({ wasmBinary: wasm });
  return library.loadDocument(bytes);
}

async function answer(document: PDFiumDocument, { page, scale }: PdfOrder): Promise<PdfAnswer> {
  const one = document.getPage(page);
  // Drawing closes the page, so its text comes first.
  const text = one.getText();
  const { width, height, data } = await one.render({ scale, render: 'bitmap' });
  return { kind: 'page', width, height, rgba: data, text };
}

function tell(told: PdfAnswer): void {
  port?.postMessage(told, told.kind === 'page' ? [told.rgba.buffer as ArrayBuffer] : []);
}

try {
  const document = await open();
  const count = document.getPageCount();
  const sizes = Array.from({ length: Math.min(count, most) }, (_, page) => {
    const { originalWidth, originalHeight } = document.getPage(page).getOriginalSize();
    return { width: originalWidth, height: originalHeight };
  });
  tell({ kind: 'opened', count, sizes });
  port?.on('message', (order: PdfOrder) => {
    answer(document, order).then(tell, () => tell({ kind: 'failed' }));
  });
} catch {
  tell({ kind: 'failed' });
}
