import type { BrowserWindowConstructorOptions } from 'electron';
import { selfContained, type Pictures } from '../../src/bundle/report/pictures.js';
import { printFailure } from '../print-failure.js';
import { cutOffNetwork, denyPermissions, type AskableSession, type NetworkedSession } from './hardening.js';
import { PRINT_SCHEME } from './protocol.js';
import { printWindowOptions } from './window-options.js';

/** Where the document is while it is printed. */
const PRINT_ADDRESS = `${PRINT_SCHEME}://report/`;

/** What the document may load: its own styles, and pictures and fonts that it carries within itself. No script. */
const PRINT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

/** How long one print may take, in milliseconds. */
const PRINT_MS = 180_000;

/** The part of `Session` that is used. */
export interface PrintSession extends AskableSession, NetworkedSession {
  readonly protocol: { handle(scheme: string, handler: (request: { readonly url: string }) => Response): void };
}

/** The part of a hidden window that is used. */
export interface PrintWindow {
  readonly webContents: {
    loadURL(url: string): Promise<void>;
    executeJavaScript(code: string): Promise<unknown>;
    printToPDF(options: { pageSize: 'A4'; printBackground: boolean; preferCSSPageSize: boolean; generateTaggedPDF: boolean; generateDocumentOutline: boolean }): Promise<Uint8Array>;
  };
  destroy(): void;
}

/** What is needed of Electron. */
export interface PrintElectron {
  session(partition: string): PrintSession;
  window(options: BrowserWindowConstructorOptions): PrintWindow;
  /** A name that was never used before. */
  unique(): string;
}

/**
 * Fonts of the document itself take a moment to be decoded; its pictures are read once it is loaded, and not decoded, since the PDF takes JPEG as it is:
 * decoded, the pictures of a large case are gigabytes. The policy stops the document's script, not this.
 */
const READY = 'document.fonts.ready.then(() => true)';

/**
 * Prints an HTML document, whose `pictures` it first puts inside, to a tagged PDF (A4, with an outline) in a hidden window and an in-memory session of its
 * own. The document is served from memory, because an address that held it whole could not be long enough.
 *
 * @param signal aborted: nobody waits for it any more, and its window goes
 * @throws CodedError `print.failed`
 */
export async function printPdf(electron: PrintElectron, html: string, pictures: Pictures = [], signal?: AbortSignal): Promise<Uint8Array> {
  const document = Buffer.from(selfContained(html, pictures));
  const partition = electron.unique();
  const session = electron.session(partition);
  denyPermissions(session, () => undefined);
  cutOffNetwork(session, (url) => url === PRINT_ADDRESS || url.startsWith('data:'));
  session.protocol.handle(PRINT_SCHEME, () => new Response(document, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PRINT_POLICY } }));
  const window = electron.window(printWindowOptions(partition));
  try {
    return await within(PRINT_MS, print(window), signal);
  } catch (cause) {
    throw printFailure(cause);
  } finally {
    window.destroy();
  }
}

async function print({ webContents }: PrintWindow): Promise<Uint8Array> {
  await webContents.loadURL(PRINT_ADDRESS);
  await webContents.executeJavaScript(READY);
  return webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true });
}

async function within<T>(limit: number, work: Promise<T>, signal?: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const done = new AbortController();
  const late = new Promise<never>((_resolve, reject) => {
    const givenUp = (): void => { reject(new Error('nobody waits for the print any more')); };
    timer = setTimeout(() => { reject(new Error('printing took too long')); }, limit);
    if (signal?.aborted === true) givenUp();
    signal?.addEventListener('abort', givenUp, { signal: done.signal });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    done.abort();
  }
}
