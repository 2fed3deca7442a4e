import { hostname, release, type } from 'node:os';
import { CodedError } from '../../src/record/coded-error.js';
import type { HostPorts } from '../../src/engine/ports.js';
import { startEvidenceBrowser } from './evidence-host.js';
import { findBrowser, type FoundBrowser } from './find-browser.js';
import { startPdfPrinter, type PdfPrinter } from './pdf-printer.js';

/** The host over a system Chromium, Chrome or Edge. */
export interface ChromiumHost extends HostPorts {
  readonly kind: 'chromium';
  readonly browser: FoundBrowser;
  close(): Promise<void>;
}

/** @throws CodedError `machine.no-browser` with what to install */
export function demandBrowser(): FoundBrowser {
  const browser = findBrowser(process.env);
  if (browser === null) throw new CodedError('machine.no-browser', 'No browser was found. Install Chromium, Google Chrome or Microsoft Edge, or name one in COUNTERSIGN_BROWSER.');
  return browser;
}

/** A host over `browser`. The printer is a process of its own and starts with the first page that is printed. */
export function createChromiumHost(browser: FoundBrowser): ChromiumHost {
  let printer: Promise<PdfPrinter> | null = null;
  return {
    kind: 'chromium',
    browser,
    startEvidenceBrowser: (options) => startEvidenceBrowser({ ...options, browser }),
    async printPdf(html, pictures, signal) {
      printer = runningPrinter(printer, browser);
      return (await printer).print(html, { pictures, signal });
    },
    async close() {
      const started = printer;
      printer = null;
      await (await started?.catch(() => null))?.close();
    },
  };
}

/** `before`, or another one where it never started or ended by itself: a long report may take more memory than there was. */
async function runningPrinter(before: Promise<PdfPrinter> | null, browser: FoundBrowser): Promise<PdfPrinter> {
  const printer = await before?.catch(() => null);
  if (printer?.gone === false) return printer;
  await printer?.close();
  return startPdfPrinter(browser);
}

/** The operating system in words, for the record. */
export function systemName(): string {
  return `${type()} ${release()}`;
}

/** The computer's own name on the network, for the record. */
export function hostName(): string {
  return hostname();
}
