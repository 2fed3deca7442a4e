import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpEvent, type CdpSession } from './connection.js';
import { refusedFeature } from './page-features.js';
import type { RefusalLog } from './refusal-log.js';

/** An address that a page asked to have in a new window. */
interface WindowRequest {
  readonly url: string;
  readonly gesture: boolean;
}

/** How many requests for windows are remembered until the window shows up. */
const MAX_WINDOWS = 20;

const DIALOG_NAMES: { readonly [type in Protocol.Page.DialogType]: string } = {
  alert: 'A message box was closed',
  confirm: 'A question was answered with "Cancel"',
  prompt: 'A box asking for text was closed',
  beforeunload: 'The page tried to keep you from leaving; it was left',
};

/**
 * Stops what a page tries outside its own surface: message boxes, new windows, file choosers, downloads that were not
 * seen coming. A hidden page that waited for an answer nobody can see would hang the view.
 */
export class PageGuard {
  readonly #refusals: RefusalLog;
  readonly #follow: (url: string) => void;
  #windows: WindowRequest[] = [];

  /** `follow` is handed the address of a window that a person's click asked for. */
  constructor(refusals: RefusalLog, follow: (url: string) => void) {
    this.#refusals = refusals;
    this.#follow = follow;
  }

  /** Takes the event if it is one of these. */
  take(event: CdpEvent): void {
    if (isEvent(event, 'Page.javascriptDialogOpening')) this.#dialog(event.session, event.params);
    else if (isEvent(event, 'Page.fileChooserOpened')) this.#refusals.refuse('upload', null, 'The page asked for a file from this computer. None was given.');
    else if (isEvent(event, 'Page.windowOpen')) this.#windowOpen(event.params);
    else if (isEvent(event, 'Page.frameRequestedNavigation')) this.#newTab(event.params);
    else if (isEvent(event, 'Log.entryAdded')) this.#logged(event.params.entry);
    else if (isEvent(event, 'Input.dragIntercepted')) this.#refusals.refuse('drag-out', null, 'Something of the page was about to be dragged.');
    else if (isEvent(event, 'Browser.downloadWillBegin')) this.#download(event.session, event.params);
  }

  /** A window came up (it never ran and is closed): its address is opened in the view if a person's click asked for it. */
  popup(): void {
    const asked = this.#windows.shift();
    if (asked === undefined) return this.#refusals.refuse('popup', null, 'The page opened a window. It was closed before it could load anything.');
    const place = /^https?:/i.test(asked.url);
    this.#refusals.refuse('popup', asked.url === '' ? null : asked.url, place ? 'A new window was asked for. It opens in this view instead.' : 'An empty window was asked for.');
    if (place) this.#follow(asked.url);
  }

  #windowOpen(event: Protocol.Page.WindowOpenEvent): void {
    // Without a click the browser itself opens none, so no window will show up to be told of.
    if (!event.userGesture) return this.#refusals.refuse('popup', event.url, 'The page tried to open a window by itself.');
    this.#expect({ url: event.url, gesture: true });
  }

  #newTab(event: Protocol.Page.FrameRequestedNavigationEvent): void {
    if (event.disposition === 'newTab' || event.disposition === 'newWindow') this.#expect({ url: event.url, gesture: true });
  }

  #expect(request: WindowRequest): void {
    if (this.#windows.some((known) => known.url === request.url)) return;
    this.#windows = [...this.#windows, request].slice(-MAX_WINDOWS);
  }

  #logged({ source, text }: Protocol.Log.LogEntry): void {
    const refused = source === 'violation' || source === 'other' ? refusedFeature(text) : null;
    if (refused !== null) this.#refusals.refuse(refused.what, null, `The page asked for: ${refused.name}.`);
  }

  #dialog(session: CdpSession, event: Protocol.Page.JavascriptDialogOpeningEvent): void {
    const leaving = event.type === 'beforeunload';
    session.tell('Page.handleJavaScriptDialog', { accept: leaving });
    const said = event.message === '' ? '' : `: ${event.message}`;
    this.#refusals.refuse(leaving ? 'before-unload' : 'dialog', event.url, `${DIALOG_NAMES[event.type]}${said}`);
  }

  #download(session: CdpSession, event: Protocol.Browser.DownloadWillBeginEvent): void {
    session.tell('Browser.cancelDownload', { guid: event.guid });
    this.#refusals.refuse('download', event.url, `A file was about to be saved (${event.suggestedFilename}). It was stopped.`);
  }
}
