import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpEvent, type CdpSession } from '../../src/cdp/connection.js';
import { APP_ADDRESS, APP_ORIGIN } from './app-window-flags.js';

/** How often the window is brought back to the screens before it counts as broken. */
const MAX_RETURNS = 10;

/** What the guard tells of. */
export interface GuardListener {
  /** Something was refused or went wrong in the window; for the developer. */
  report(error: unknown): void;
  /** The window cannot be kept on the screens any more. */
  lost(): void;
}

/** Keeps the window to the screens: no second window, no other page, no message box, nothing granted. */
export class WindowGuard {
  readonly #root: CdpSession;
  readonly #page: CdpSession;
  readonly #targetId: string;
  readonly #listener: GuardListener;
  #returns = 0;

  constructor(root: CdpSession, page: CdpSession, targetId: string, listener: GuardListener) {
    this.#root = root;
    this.#page = page;
    this.#targetId = targetId;
    this.#listener = listener;
  }

  /**
   * Refuses downloads. Permissions are refused by the profile's preferences: the protocol cannot set them for a window that is
   * off the record, and does not find its context by the name that it gives itself. For downloads the page's own session still
   * can, by a command that is otherwise superseded.
   */
  async install(): Promise<void> {
    await this.#page.send('Page.setDownloadBehavior', { behavior: 'deny' });
  }

  /** Looks at one event. */
  take(event: CdpEvent): void {
    if (isEvent(event, 'Target.targetCreated')) this.#newTarget(event.params.targetInfo);
    if (event.session !== this.#page) return;
    if (isEvent(event, 'Page.frameNavigated') && event.params.frame.parentId === undefined) this.#navigated(event.params.frame);
    if (isEvent(event, 'Page.javascriptDialogOpening')) this.#page.tell('Page.handleJavaScriptDialog', { accept: event.params.type === 'beforeunload' });
    if (isEvent(event, 'Inspector.targetCrashed')) this.#return('the window’s page crashed');
  }

  #newTarget(info: Protocol.Target.TargetInfo): void {
    // A second window, or developer tools, whichever way they were asked for.
    const window = info.type === 'page' || info.url.startsWith('devtools://');
    if (!window || info.targetId === this.#targetId) return;
    this.#root.tell('Target.closeTarget', { targetId: info.targetId });
    this.#listener.report(new Error('a second window was refused'));
  }

  #navigated(frame: Protocol.Page.Frame): void {
    if (URL.canParse(frame.url) && new URL(frame.url).origin === APP_ORIGIN) return;
    this.#return('the window left the screens');
  }

  #return(why: string): void {
    this.#listener.report(new Error(`${why} and was brought back`));
    this.#returns += 1;
    if (this.#returns > MAX_RETURNS) this.#listener.lost();
    else this.#page.tell('Page.navigate', { url: APP_ADDRESS });
  }
}
