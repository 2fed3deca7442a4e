import type { EntryData } from '../record/kinds.js';
import type { Clock } from '../record/ports.js';

/** Measures how long the page in the view has stood there, seen and unseen, by the clock that nobody can set. */
export class PageTime {
  readonly #clock: Clock;
  #page: { readonly view: string; readonly url: string } | null = null;
  #visible = false;
  #since = 0;
  #shownMs = 0;
  #hiddenMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Another page is in the view. Gives what there is to say of the one before it; null when there was none. */
  arrived(page: { readonly view: string; readonly url: string } | null): EntryData<'page-left'> | null {
    this.#count();
    const before = this.#page;
    const left = before === null ? null : { ...before, shownMs: Math.round(this.#shownMs), hiddenMs: Math.round(this.#hiddenMs) };
    this.#page = page;
    this.#shownMs = 0;
    this.#hiddenMs = 0;
    return left;
  }

  /** The reviewers can, or cannot, see the view from now on. */
  seen(visible: boolean): void {
    this.#count();
    this.#visible = visible;
  }

  #count(): void {
    const now = this.#clock.monotonicMs();
    const passed = Math.max(0, now - this.#since);
    this.#since = now;
    if (this.#visible) this.#shownMs += passed;
    else this.#hiddenMs += passed;
  }
}
