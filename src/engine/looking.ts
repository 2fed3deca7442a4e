import type { EvidenceBrowser } from '../cdp/evidence-browser.js';
import type { EntryData } from '../record/kinds.js';

/** How the reviewers look at pages. `notLoaded`: parts of the page in the view that were not asked for, text coming first. */
export interface LookingView {
  readonly shielded: boolean;
  readonly textFirst: boolean;
  readonly notLoaded: number;
}

interface Parts {
  readonly browser: () => EvidenceBrowser;
  readonly view: () => string | null;
  readonly note: <K extends 'shield' | 'text-first'>(kind: K, data: EntryData<K>) => Promise<unknown>;
}

/**
 * The two ways of looking safely, for one sitting: pictures are hidden until somebody holds a key or a button on them,
 * which is on at the start; text first, which is not. What was shown is recorded before it is shown, once a page.
 */
export class Looking {
  readonly #parts: Parts;
  #shielded = true;
  #textFirst = false;
  /** The page of which it is recorded already that pictures were shown. */
  #told: string | null | undefined = undefined;
  #down = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What the screens show. */
  get view(): LookingView {
    return { shielded: this.#shielded, textFirst: this.#textFirst, notLoaded: this.#textFirst ? this.#notLoaded() : 0 };
  }

  /** Hides pictures, or shows them until they are hidden again. */
  async shield(on: boolean): Promise<void> {
    if (on === this.#shielded) return;
    if (on) {
      this.#shielded = true;
      this.#parts.browser().shield(true);
    }
    await this.#parts.note('shield', { view: this.#parts.view(), lifted: !on, how: 'switched' });
    this.#told = on ? undefined : this.#parts.view();
    if (!on) {
      this.#shielded = false;
      this.#parts.browser().shield(false);
    }
  }

  /** Shows what lies at a point while it is held, and hides it again. */
  async hold(point: { readonly x: number; readonly y: number } | null, down: boolean): Promise<void> {
    this.#down = down;
    if (!down) {
      this.#parts.browser().release();
      return;
    }
    if (!this.#shielded) return;
    const view = this.#parts.view();
    if (view !== this.#told) await this.#parts.note('shield', { view, lifted: true, how: 'held' });
    this.#told = view;
    // Let go of while that was written: nothing is shown.
    if (this.#down && this.#parts.view() === view) this.#parts.browser().lift(point);
  }

  /** Leaves pictures, videos, sounds and script files out from the next request on, or loads them again. */
  async textFirst(on: boolean): Promise<void> {
    if (on === this.#textFirst) return;
    await this.#parts.note('text-first', { view: this.#parts.view(), on });
    this.#textFirst = on;
    this.#parts.browser().textFirst(on);
  }

  /** Another page may have come: while pictures are not hidden, each page has an entry that says so. */
  async turned(): Promise<void> {
    const view = this.#parts.view();
    if (this.#shielded || view === this.#told) return;
    this.#told = view;
    await this.#parts.note('shield', { view, lifted: true, how: 'switched' });
  }

  #notLoaded(): number {
    try {
      return this.#parts.browser().notLoaded;
    } catch {
      return 0;
    }
  }
}
