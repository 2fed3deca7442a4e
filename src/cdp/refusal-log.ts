import type { RefusedThing } from '../record/kinds.js';
import type { EvidenceSink, NavigationRefusedFact, RefusalFact } from './facts.js';
import { maskUrl, oneLine } from './masking.js';

/** How many refusals of one kind are told one by one in a window; the rest of the window is told as a number. */
const TOLD_PER_WINDOW = 10;
const FIRST_WINDOW_MS = 1_000;
/** Windows double while a page keeps on, up to this, so that a day of refusals is a few thousand entries and not millions. */
const LONGEST_WINDOW_MS = 60_000;

interface Window {
  readonly length: number;
  readonly timer: NodeJS.Timeout;
  told: number;
  more: number;
}

/**
 * Tells the sink of refusals, bounded: a page that opens dialogs in a loop must not fill the record or the disk. What
 * is not told one by one is counted, and the count is told at the end of its window ("and 431 more").
 */
export class RefusalLog {
  readonly #sink: EvidenceSink;
  readonly #view: () => string | null;
  readonly #windows = new Map<RefusedThing, Window>();

  constructor(sink: EvidenceSink, view: () => string | null) {
    this.#sink = sink;
    this.#view = view;
  }

  /** Something of a page was stopped. `url` and `detail` are masked and bounded here; `view` is given where it is not of the page on screen. */
  refuse(what: RefusedThing, url: string | null, detail: string, view: string | null = this.#view()): void {
    this.#bounded(what, { view, what, url: url === null ? null : maskUrl(url), detail: oneLine(detail) });
  }

  /** A navigation was stopped. */
  refuseNavigation(url: string, cause: NavigationRefusedFact['cause'], what: RefusedThing): void {
    this.#bounded(what, { url: maskUrl(url), cause, what });
  }

  /** Tells every count that has not been told yet; for when the browser is cut off or closed. */
  flush(): void {
    for (const [what, window] of [...this.#windows]) {
      clearTimeout(window.timer);
      this.#end(what, window);
    }
    for (const window of this.#windows.values()) clearTimeout(window.timer);
    this.#windows.clear();
  }

  #bounded(what: RefusedThing, fact: NavigationRefusedFact | RefusalFact): void {
    const window = this.#windows.get(what) ?? this.#open(what, FIRST_WINDOW_MS);
    if (window.told >= TOLD_PER_WINDOW) {
      window.more += 1;
      return;
    }
    window.told += 1;
    this.#sink.refused(fact);
  }

  #open(what: RefusedThing, length: number): Window {
    const timer = setTimeout(() => this.#end(what, window), length);
    timer.unref();
    const window: Window = { length, timer, told: 0, more: 0 };
    this.#windows.set(what, window);
    return window;
  }

  #end(what: RefusedThing, window: Window): void {
    this.#windows.delete(what);
    if (window.more === 0) return;
    this.#sink.refused({ view: this.#view(), what, url: null, detail: `and ${window.more} more` });
    this.#open(what, Math.min(2 * window.length, LONGEST_WINDOW_MS));
  }
}
