import type { Protocol } from 'devtools-protocol';
import { isEvent, type CdpConnection, type CdpEvent, type CdpSession } from './connection.js';

/** What is attached to: the page in the view, a frame in another process, or a worker. */
export interface AttachedTarget {
  readonly session: CdpSession;
  readonly info: Protocol.Target.TargetInfo;
  readonly kind: 'page' | 'frame' | 'worker';
}

/**
 * The browser's own pages (address bar popups and the like) are none of ours, and a `tab` would only repeat its page.
 * Everything else is attached to, paused, before it can send its first request.
 */
const FILTER: Protocol.Target.TargetFilter = [
  { type: 'browser', exclude: true },
  { type: 'browser_ui', exclude: true },
  { type: 'tab', exclude: true },
  {},
];

const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter: FILTER } as const;

/** What {@link Targets} tells of. */
export interface TargetListener {
  /** Sends the commands that make a new target ours, without waiting; it starts to run right after them. */
  prepare(target: AttachedTarget): void;
  /** A window that a page opened and that is about to be closed: nothing of it may reach the network. */
  doomed(targetId: string): void;
  /** A window that a page opened was closed before it loaded anything. */
  popup(): void;
  /** The page in the view is gone without us asking for it. */
  pageGone(): void;
}

/**
 * Keeps a session to everything that runs in the view: attached at the browser's level and from each session onwards,
 * since attaching at the page alone was seen to miss shared workers and popups.
 */
export class Targets {
  readonly #connection: CdpConnection;
  readonly #listener: TargetListener;
  readonly #attached = new Map<string, AttachedTarget>();
  #contextId: string | null = null;
  #pageId: string | null = null;
  #pageReady: (target: AttachedTarget) => void = () => undefined;

  constructor(connection: CdpConnection, listener: TargetListener) {
    this.#connection = connection;
    this.#listener = listener;
  }

  /** Opens the one page, in an off-the-record context of its own, and gives it once it is attached and prepared. */
  async open(contextId: string, width: number, height: number): Promise<AttachedTarget> {
    this.#contextId = contextId;
    const { root } = this.#connection;
    const ready = new Promise<AttachedTarget>((resolve) => {
      this.#pageReady = resolve;
    });
    await root.send('Target.setDiscoverTargets', { discover: true, filter: FILTER });
    await root.send('Target.setAutoAttach', AUTO_ATTACH);
    await root.send('Target.createTarget', { url: 'about:blank', browserContextId: contextId, width, height });
    return ready;
  }

  /** Every session that is attached now. */
  all(): AttachedTarget[] {
    return [...this.#attached.values()];
  }

  /** Takes the event if it is about targets coming and going. */
  take(event: CdpEvent): boolean {
    if (isEvent(event, 'Target.attachedToTarget')) this.#attach(event.params);
    else if (isEvent(event, 'Target.detachedFromTarget')) this.#detach(event.params.sessionId);
    else return false;
    return true;
  }

  #attach({ sessionId, targetInfo }: Protocol.Target.AttachedToTargetEvent): void {
    const session = this.#connection.session(sessionId);
    const kind = kindOf(targetInfo);
    if (kind === 'page' && this.#isPopup(targetInfo)) return this.#closePopup(session, targetInfo);
    if (kind !== null) {
      const target: AttachedTarget = { session, info: targetInfo, kind };
      this.#attached.set(sessionId, target);
      this.#listener.prepare(target);
      session.tell('Target.setAutoAttach', AUTO_ATTACH);
      if (kind === 'page') {
        this.#pageId = targetInfo.targetId;
        this.#pageReady(target);
      }
    }
    // Whatever it is, it was paused on start and would stay so for ever.
    session.tell('Runtime.runIfWaitingForDebugger');
  }

  #isPopup(info: Protocol.Target.TargetInfo): boolean {
    return info.browserContextId === this.#contextId && this.#pageId !== null && info.targetId !== this.#pageId;
  }

  #closePopup(session: CdpSession, info: Protocol.Target.TargetInfo): void {
    this.#listener.doomed(info.targetId);
    // A window that is closed while paused takes the page that opened it along: both run in one process, which stands still for good.
    session.tell('Runtime.runIfWaitingForDebugger');
    this.#connection.root.tell('Target.closeTarget', { targetId: info.targetId });
    // A page that is rendered ahead of a click is none that anyone opened.
    if (info.subtype !== 'prerender') this.#listener.popup();
  }

  #detach(sessionId: string): void {
    const gone = this.#attached.get(sessionId);
    this.#attached.delete(sessionId);
    if (gone?.kind === 'page' && gone.info.targetId === this.#pageId) this.#listener.pageGone();
  }
}

function kindOf(info: Protocol.Target.TargetInfo): AttachedTarget['kind'] | null {
  if (info.type === 'page') return 'page';
  if (info.type === 'iframe' || info.type === 'webview' || info.type === 'fenced_frame') return 'frame';
  return info.type.includes('work') ? 'worker' : null;
}
