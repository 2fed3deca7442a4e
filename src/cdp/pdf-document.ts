import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CodedError } from '../record/coded-error.js';

/** What the thread is started with. */
export interface PdfOrders {
  readonly bytes: Uint8Array;
  readonly wasm: ArrayBuffer;
  readonly pages: number;
}

/** One page to be drawn: its number from 0, and pixels to a point (1/72 inch). */
export interface PdfOrder {
  readonly page: number;
  readonly scale: number;
}

/** Sizes of pages in points. */
export interface PdfSize {
  readonly width: number;
  readonly height: number;
}

/** One page, drawn. */
export interface PdfPage extends PdfSize {
  /** Four bytes a pixel, rows from the top; sizes in pixels. */
  readonly rgba: Uint8Array;
  readonly text: string;
}

/** What the thread answers. */
export type PdfAnswer = { readonly kind: 'opened'; readonly count: number; readonly sizes: readonly PdfSize[] } | ({ readonly kind: 'page' } & PdfPage) | { readonly kind: 'failed' };

/** How long opening, and each page, may take. */
const STEP_MS = 30_000;
const PACKAGE = '@hyzyla/pdfium';
const { resolve } = createRequire(import.meta.url);

/** Which program draws the pages, for the record. */
export const PDF_DRAWN_BY = `PDFium (WebAssembly, ${PACKAGE} ${(JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version})`;

/** A file of the package, wherever it is installed. */
function packageFile(name: string): string {
  return resolve(`${PACKAGE}/pdfium.wasm`).replace(/dist[\\/]pdfium\.wasm$/, name);
}

/** A PDF that is being read on a thread of its own. Close it, also after an error. */
export class PdfDocument {
  readonly #worker: Worker;
  #take: (answer: PdfAnswer) => void = () => undefined;
  #count = 0;
  #sizes: readonly PdfSize[] = [];

  private constructor(bytes: Uint8Array, pages: number) {
    const wasm = Uint8Array.from(readFileSync(packageFile('dist/pdfium.wasm'))).buffer;
    // Threads cannot be started from within the archive that the app is installed as; the installer leaves this file outside.
    const program = fileURLToPath(new URL('./pdf-worker.js', import.meta.url)).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
    this.#worker = new Worker(program, { workerData: { bytes, wasm, pages } satisfies PdfOrders, stdout: true, stderr: true, env: {}, argv: [], execArgv: [] });
    this.#worker.on('message', (answer: PdfAnswer) => this.#take(answer));
    this.#worker.on('error', () => this.#take({ kind: 'failed' }));
    this.#worker.on('exit', () => this.#take({ kind: 'failed' }));
  }

  /**
   * Opens a PDF.
   *
   * @param pages at most this many are measured and can be drawn
   * @throws CodedError `capture.pdf-unreadable` for what is none, is protected by a password, or takes too long
   */
  static async open(bytes: Uint8Array, pages: number): Promise<PdfDocument> {
    const document = new PdfDocument(bytes, pages);
    const answer = await document.#wait();
    if (answer.kind !== 'opened' || answer.count === 0) {
      await document.close();
      throw new CodedError('capture.pdf-unreadable', 'This PDF could not be read: it is damaged, or protected by a password. Nothing was kept. Capture what you see instead, page by page.');
    }
    document.#count = answer.count;
    document.#sizes = answer.sizes;
    return document;
  }

  /** How many pages it has. */
  get count(): number {
    return this.#count;
  }

  /** The sizes of those that can be drawn, in order. */
  get sizes(): readonly PdfSize[] {
    return this.#sizes;
  }

  /** Draws a page whole. @throws CodedError `capture.pdf-page` where it cannot be drawn, or not in time */
  async page(page: number, scale: number): Promise<PdfPage> {
    const answered = this.#wait();
    this.#worker.postMessage({ page, scale } satisfies PdfOrder);
    const answer = await answered;
    if (answer.kind !== 'page') throw new CodedError('capture.pdf-page', `Page ${page + 1} of this PDF could not be drawn. Nothing was kept. Capture what you see instead, page by page.`);
    return answer;
  }

  /** Ends the thread; what it held is gone with it. */
  async close(): Promise<void> {
    this.#take = () => undefined;
    await this.#worker.terminate();
  }

  #wait(): Promise<PdfAnswer> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ kind: 'failed' }), STEP_MS);
      this.#take = (answer) => {
        clearTimeout(timer);
        this.#take = () => undefined;
        resolve(answer);
      };
    });
  }
}
