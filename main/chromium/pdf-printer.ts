import { setTimeout as sleep } from 'node:timers/promises';
import { CdpConnection, isEvent, type CdpSession } from '../../src/cdp/connection.js';
import { pictureAt, type Pictures } from '../../src/bundle/report/pictures.js';
import { CodedError } from '../../src/record/coded-error.js';
import { printFailure } from '../print-failure.js';
import { startBrowserProcess } from './browser-process.js';
import type { FoundBrowser } from './find-browser.js';

/** Longest HTML that is printed, in bytes of UTF-8: the browser takes no longer message than 100 MB. */
const MAX_HTML_BYTES = 90_000_000;
const PRINT_MS = 180_000;

/** What stands at the head and the foot of each page: HTML as `Page.printToPDF` takes it (`<span class="pageNumber">`). */
export interface PageMargins {
  readonly header: string;
  readonly footer: string;
}

/** What a document is printed with. */
export interface PrintedWith {
  readonly margins?: PageMargins | undefined;
  /** What the document shows by addresses of its own (`src/bundle/report/pictures.ts`): handed over one by one, so that a large case is never one long text. */
  readonly pictures?: Pictures | undefined;
  /** Aborted: nobody waits for it any more, and the next document need not either. */
  readonly signal?: AbortSignal | undefined;
}

/** Prints documents of ours to PDF. */
export interface PdfPrinter {
  /**
   * A tagged PDF (A4, with an outline made from headings) of one HTML document. The document must carry its fonts, and all pictures
   * but those that are handed over, within itself: nothing is fetched and no script of it runs.
   *
   * @throws CodedError `print.too-large`, `print.failed`.
   */
  print(html: string, printedWith?: PrintedWith): Promise<Uint8Array>;
  /** Whether its browser ended by itself: it prints nothing any more, and another one must be started. */
  readonly gone: boolean;
  close(): Promise<void>;
}

/**
 * Starts a browser that only prints: a process of its own beside the evidence browser, without network.
 *
 * @throws CodedError `browser.not-started`.
 */
export async function startPdfPrinter(browser: FoundBrowser): Promise<PdfPrinter> {
  const host = await startBrowserProcess({ browser, flags: ['--headless=new', '--incognito', '--lang=en-GB', '--host-resolver-rules=MAP * ~NOTFOUND'], preferences: {} });
  const connection = new CdpConnection(host.transport);
  /** Of the document that is being printed. */
  let pictures: Pictures = [];
  connection.onEvent((event) => {
    // What was asked of a document that is closed meanwhile is answered by nobody.
    if (isEvent(event, 'Target.detachedFromTarget')) connection.forget(event.params.sessionId);
    if (!isEvent(event, 'Fetch.requestPaused')) return;
    const { requestId, request } = event.params;
    const picture = pictureAt(request.url, pictures);
    if (picture === null) event.session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    else event.session.tell('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders: JPEG, body: Buffer.from(picture).toString('base64') });
  });
  let last: Promise<unknown> = Promise.resolve();
  try {
    await connection.root.send('Fetch.enable', {});
  } catch (cause) {
    await host.kill();
    throw new CodedError('browser.not-started', 'The browser that prints the report could not be started.', { cause });
  }
  return {
    print: (html, printedWith = {}) => {
      const printed = last.catch(() => undefined).then(() => {
        pictures = printedWith.pictures ?? [];
        return printOne(connection, html, printedWith);
      }).finally(() => { pictures = []; });
      last = printed;
      return printed;
    },
    get gone() { return connection.closed; },
    close: async () => {
      connection.close();
      await host.kill();
    },
  };
}

async function printOne(connection: CdpConnection, html: string, { margins, signal }: PrintedWith): Promise<Uint8Array> {
  if (Buffer.byteLength(html) > MAX_HTML_BYTES) throw new CodedError('print.too-large', 'This document is too large to be printed as one PDF. Nothing was changed or lost.');
  const { root } = connection;
  let close = (): void => undefined;
  try {
    signal?.throwIfAborted();
    const { targetId } = await root.send('Target.createTarget', { url: 'about:blank' });
    close = () => { root.tell('Target.closeTarget', { targetId }); };
    signal?.addEventListener('abort', close);
    const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
    const session = connection.session(sessionId);
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    const { frameTree } = await session.send('Page.getFrameTree');
    await session.send('Page.setDocumentContent', { frameId: frameTree.frame.id, html: html.replace(/<\/head>/i, `${ON_PAPER_ALONE}</head>`) }, PRINT_MS);
    await session.send('Runtime.evaluate', { expression: FONTS_READY, awaitPromise: true }, PRINT_MS);
    await picturesHere(session);
    // As base64 in the answer: as a stream the browser would first write the PDF to a temporary file.
    const { data } = await session.send(
      'Page.printToPDF',
      {
        transferMode: 'ReturnAsBase64', printBackground: true, preferCSSPageSize: true, paperWidth: 8.27, paperHeight: 11.69,
        generateTaggedPDF: true, generateDocumentOutline: true,
        displayHeaderFooter: margins !== undefined, headerTemplate: margins?.header ?? '', footerTemplate: margins?.footer ?? '',
      },
      PRINT_MS,
    );
    return Buffer.from(data, 'base64');
  } catch (cause) {
    throw printFailure(cause);
  } finally {
    signal?.removeEventListener('abort', close);
    close();
  }
}

const JPEG = [{ name: 'Content-Type', value: 'image/jpeg' }];

/** Nobody looks at the page on a screen: to lay it out for one before and after it is printed took a third of the time. */
const ON_PAPER_ALONE = '<style>@media screen{body{display:none!important}}</style>';

/** Fonts of the document itself take a moment to be decoded; none is asked for by a page that is laid out nowhere yet. */
const FONTS_READY = 'Promise.all(Array.from(document.fonts, (font) => font.load().catch(() => null))).then(() => true)';
const PICTURES_HERE = 'Array.from(document.images).every((image) => image.complete)';
const LOOK_AGAIN_MS = 25;

/**
 * Until every picture is read, or found to be none. It asks again and again, as no listener fires in a page without scripts; and it does not
 * decode them, since the PDF takes JPEG as it is: decoded, the pictures of a large case are gigabytes.
 */
async function picturesHere(session: CdpSession): Promise<void> {
  const until = performance.now() + PRINT_MS;
  for (;;) {
    const { result } = await session.send('Runtime.evaluate', { expression: PICTURES_HERE });
    if (result.value === true) return;
    if (performance.now() > until) throw new Error('the pictures of a document were not read in time');
    await sleep(LOOK_AGAIN_MS);
  }
}
