import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpEvent, type CdpSession } from './connection.js';
import type { RefusalLog } from './refusal-log.js';

/** A world of its own beside each document; no page can see it or what is in it. */
const WORLD = 'countersign-listener';
const BINDING = 'countersignTell';
const FLUSH = 'countersignFlush';

/**
 * Listens beside the page's own script, for what the protocol does not tell of. It changes nothing in the document but
 * for ending a pointer lock or a full screen that was given. Sent as text: it may use nothing outside itself.
 */
function listen(name: string, flush: string): void {
  const world = globalThis as unknown as Record<string, ((text: string) => void) | undefined>;
  const heard: string[] = [];
  // The way out is opened a moment after the document began; until then what was heard is kept.
  const tell = (text: string): void => (world[name] === undefined ? void heard.push(text) : world[name](text));
  world[flush] = () => heard.splice(0, 100).forEach(tell);
  let told = 0;
  // A page may cause events without end; what comes beyond this in one second is dropped.
  const bounded = (text: string): void => {
    if (told === 0) setTimeout(() => (told = 0), 1_000);
    told += 1;
    if (told <= 40) tell(text);
  };
  window.addEventListener('beforeprint', () => bounded('print'), true);
  document.addEventListener('pointerlockchange', () => {
    if (document.pointerLockElement === null) return;
    document.exitPointerLock();
    bounded('pointer-lock');
  }, true);
  document.addEventListener('fullscreenchange', () => {
    if (document.fullscreenElement === null) return;
    void document.exitFullscreen();
    bounded('fullscreen');
  }, true);
  document.addEventListener('click', (event) => {
    const link = event.isTrusted ? event.composedPath().find((part) => part instanceof HTMLAnchorElement || part instanceof SVGAElement) : undefined;
    if (link instanceof HTMLAnchorElement && link.hash !== '') tell(`link ${link.href.slice(0, 16_384)}`);
  }, true);
  if (window !== window.top) return;
  let waiting = false;
  const titled = (): void => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      tell('title');
    }, 50);
  };
  const title = new MutationObserver(titled);
  const follow = (): void => {
    const element = document.querySelector('title');
    if (element !== null) title.observe(element, { childList: true, characterData: true, subtree: true });
    titled();
  };
  document.addEventListener('DOMContentLoaded', () => {
    const head = document.querySelector('head');
    if (head !== null) new MutationObserver(follow).observe(head, { childList: true });
    follow();
  });
  if (typeof navigator.permissions === 'undefined') return;
  void navigator.permissions.query({ name: 'notifications' }).then((status) => {
    status.onchange = () => bounded('notifications');
    globalThis.addEventListener('pagehide', () => (status.onchange = null));
  });
}

/** Who is told of what the listener heard. */
export interface PageHearing {
  /** The title may have changed. */
  title(): void;
  /** A person clicked a link that has a fragment. `frameId` is null where the frame is not known. */
  link(sessionId: string | null, url: string): void;
}

/** Puts the listener into every document of a session, and takes what it tells. */
export class PageListener {
  readonly #refusals: RefusalLog;
  readonly #hearing: PageHearing;

  constructor(refusals: RefusalLog, hearing: PageHearing) {
    this.#refusals = refusals;
    this.#hearing = hearing;
  }

  /** Sends the command for a new page or frame, without waiting. */
  static prepare(session: CdpSession): void {
    session.tell('Page.addScriptToEvaluateOnNewDocument', { source: `(${listen.toString()})(${JSON.stringify(BINDING)}, ${JSON.stringify(FLUSH)})`, worldName: WORLD });
  }

  /** Takes the event if the listener sent it, or if there is a new document to listen to. */
  take(event: CdpEvent): void {
    if (isEvent(event, 'Runtime.bindingCalled') && event.params.name === BINDING) this.#heard(event.session.id, event.params);
    else if (isEvent(event, 'Page.frameNavigated')) void this.#open(event.session, event.params.frame.id).catch(() => undefined);
  }

  /** Opens the way out of the listener's world. Bound to one world it needs no `Runtime.enable`, which pages can find out about. */
  async #open(session: CdpSession, frameId: string): Promise<void> {
    const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId, worldName: WORLD });
    await session.send('Runtime.addBinding', { name: BINDING, executionContextId });
    await session.send('Runtime.evaluate', { expression: `globalThis.${FLUSH}?.()`, contextId: executionContextId, silent: true });
  }

  #heard(sessionId: string | null, { payload }: Protocol.Runtime.BindingCalledEvent): void {
    if (payload === 'title') this.#hearing.title();
    else if (payload.startsWith('link ')) this.#hearing.link(sessionId, payload.slice(5));
    else if (payload === 'print') this.#refusals.refuse('print', null, 'The page asked to be printed. Nothing was.');
    else if (payload === 'fullscreen') this.#refusals.refuse('fullscreen', null, 'The page filled the screen for an instant. It was put back.');
    else if (payload === 'pointer-lock') this.#refusals.refuse('pointer-lock', null, 'The page took the mouse. It was given back at once.');
    else if (payload === 'notifications') this.#refusals.refuse('permission', null, 'The page asked for: notifications.');
  }
}
