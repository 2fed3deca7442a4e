import { isEvent, type CdpEvent } from './connection.js';
import type { EvidenceSink } from './facts.js';
import { maskUrl } from './masking.js';

/** How many of a page view's sockets are told of one by one. */
const TOLD_PER_VIEW = 20;

/** Tells of WebSockets as they open; the protocol cannot hold them before they are sent. */
export class Sockets {
  readonly #sink: EvidenceSink;
  readonly #view: () => string | null;
  #of: string | null = null;
  #told = 0;
  #more = 0;
  #last = '';

  constructor(sink: EvidenceSink, view: () => string | null) {
    this.#sink = sink;
    this.#view = view;
  }

  /** Takes the event if it is about a socket. */
  take(event: CdpEvent): void {
    if (!isEvent(event, 'Network.webSocketCreated')) return;
    const view = this.#view();
    if (view !== this.#of) this.flush();
    this.#of = view;
    this.#last = maskUrl(event.params.url);
    if (this.#told >= TOLD_PER_VIEW) {
      this.#more += 1;
      return;
    }
    this.#told += 1;
    this.#sink.noted('socket-opened', { view, url: this.#last });
  }

  /** Tells the count of those that were not told one by one. */
  flush(): void {
    if (this.#more > 0) this.#sink.noted('socket-opened', { view: this.#of, url: this.#last, more: this.#more });
    this.#told = 0;
    this.#more = 0;
  }
}
