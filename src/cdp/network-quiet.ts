import { isEvent, type CdpEvent } from './connection.js';

/** Kinds of request that stay open by design and say nothing about whether a page is still loading. */
const OPEN_ENDED = new Set(['WebSocket', 'EventSource', 'Media', 'Ping', 'Preflight', 'CSPViolationReport']);
/** How many requests are followed at once; beyond, the oldest are taken to be done. */
const MAX_FOLLOWED = 5_000;

/** Counts the requests that are under way, over all sessions, so that a capture can wait for a pause. */
export class NetworkQuiet {
  readonly #open = new Set<string>();
  #waiting: (() => void)[] = [];
  #lastChange = Number.NEGATIVE_INFINITY;
  #started = 0;

  /** How many requests have been started so far. */
  get started(): number {
    return this.#started;
  }

  /** Takes the event if it is about a request's start or end. */
  take(event: CdpEvent): void {
    if (isEvent(event, 'Network.requestWillBeSent')) this.#begun(event.params.requestId, event.params.type);
    else if (isEvent(event, 'Network.loadingFinished') || isEvent(event, 'Network.loadingFailed')) this.#ended(event.params.requestId);
  }

  /**
   * Waits until no request has been under way for `quietMs`, at most `limitMs`; whether that was reached. What has been
   * quiet for that long already is not waited for.
   */
  async wait(quietMs: number, limitMs: number): Promise<boolean> {
    const until = performance.now() + limitMs;
    for (;;) {
      const now = performance.now();
      const missing = this.#open.size === 0 ? this.#lastChange + quietMs - now : Number.POSITIVE_INFINITY;
      if (missing <= 0) return true;
      if (now >= until) return false;
      await this.#change(Math.min(missing, until - now));
    }
  }

  #begun(requestId: string, type: string | undefined): void {
    if (type !== undefined && OPEN_ENDED.has(type)) return;
    this.#open.add(requestId);
    this.#started += 1;
    if (this.#open.size > MAX_FOLLOWED) this.#open.clear();
    this.#wake();
  }

  #ended(requestId: string): void {
    if (this.#open.delete(requestId)) this.#wake();
  }

  #wake(): void {
    this.#lastChange = performance.now();
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async #change(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
