import { isEvent, type CdpEvent } from './connection.js';

/** Kinds of request that stay open by design and say nothing about whether a page is still loading. */
const OPEN_ENDED = new Set(['WebSocket', 'EventSource', 'Media', 'Ping', 'Preflight', 'CSPViolationReport']);
/** How many requests are followed at once; beyond, the oldest are taken to be done. */
const MAX_FOLLOWED = 5_000;

/** Counts the requests that are under way, over all sessions, so that a capture can wait for a pause. */
export class NetworkQuiet {
  readonly #open = new Set<string>();
  #waiting: (() => void)[] = [];

  /** Takes the event if it is about a request's start or end. */
  take(event: CdpEvent): void {
    if (isEvent(event, 'Network.requestWillBeSent')) this.#started(event.params.requestId, event.params.type);
    else if (isEvent(event, 'Network.loadingFinished') || isEvent(event, 'Network.loadingFailed')) this.#ended(event.params.requestId);
  }

  /** Waits until no request has been under way for `quietMs`, at most `limitMs`; whether that was reached. */
  async wait(quietMs: number, limitMs: number): Promise<boolean> {
    const until = performance.now() + limitMs;
    for (;;) {
      const left = until - performance.now();
      if (left <= 0) return false;
      const changed = await this.#change(this.#open.size === 0 ? Math.min(quietMs, left) : left);
      if (!changed && this.#open.size === 0) return true;
    }
  }

  #started(requestId: string, type: string | undefined): void {
    if (type !== undefined && OPEN_ENDED.has(type)) return;
    this.#open.add(requestId);
    if (this.#open.size > MAX_FOLLOWED) this.#open.clear();
    this.#wake();
  }

  #ended(requestId: string): void {
    if (this.#open.delete(requestId)) this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async #change(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      timer.unref();
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}
