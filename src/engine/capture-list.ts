import { CodedError, isCoded } from '../record/coded-error.js';
import type { CaptureListView } from '../ipc/case-view.js';
import type { PlainForm } from '../cdp/capture-request.js';
import type { Captures } from './captures.js';

/** What a list works with. */
export interface CaptureListParts {
  readonly captures: Pick<Captures, 'untilResolved' | 'discard' | 'cancel' | 'running' | 'pending'>;
  readonly goto: (url: string) => Promise<void>;
  readonly prepare: (form: PlainForm) => Promise<unknown>;
  readonly changed: () => void;
}

type Item = CaptureListView['items'][number];

/**
 * Captures a list of addresses one after another. Each is opened, taken, and then waits for its own declaration like any
 * other capture; the list does nothing that a reviewer could not do by hand. It ends with the case's first STOP or lock.
 */
export class CaptureList {
  readonly #parts: CaptureListParts;
  #items: Item[] = [];
  #at = 0;
  #running = false;
  #stopped = false;
  #skips = 0;

  constructor(parts: CaptureListParts) {
    this.#parts = parts;
  }

  /** The list as the screens show it; null when there was none. */
  get view(): CaptureListView | null {
    return this.#items.length === 0 ? null : { items: this.#items, running: this.#running };
  }

  /** Starts a list; the caller does not wait for its end. @throws CodedError `capture.list-busy` while one is worked through */
  start(urls: readonly string[], form: PlainForm): void {
    if (this.#running) throw new CodedError('capture.list-busy', 'A list is being worked through already. Stop it first.');
    this.#items = urls.map((url) => ({ url, status: 'waiting', exhibit: null, note: '' }));
    this.#running = true;
    this.#stopped = false;
    void this.#work(form);
  }

  /** Goes on to the next address; what waits for a declaration is not kept. */
  async skip(): Promise<void> {
    if (!this.#running) return;
    this.#skips += 1;
    this.#parts.captures.cancel();
    await this.#parts.captures.discard();
  }

  /** Ends the list. What waits for a declaration goes on waiting. */
  stop(): void {
    this.#stopped = true;
  }

  async #work(form: PlainForm): Promise<void> {
    for (this.#at = 0; this.#at < this.#items.length && !this.#stopped; this.#at += 1) {
      const before = this.#skips;
      const skipped = (): boolean => this.#skips !== before;
      try {
        await this.#one(form, skipped);
      } catch (error) {
        this.#set(skipped() ? { status: 'skipped' } : { status: 'failed', note: isCoded(error) ? error.sentence : 'This address could not be captured.' });
        if (isCoded(error) && /^(?:case|auth|browser\.(?:closed|cut-off)|browse\.not-started)/.test(error.code)) break;
      }
    }
    this.#running = false;
    this.#parts.changed();
  }

  async #one(form: PlainForm, skipped: () => boolean): Promise<void> {
    const item = this.#items[this.#at];
    if (item === undefined) return;
    this.#set({ status: 'loading' });
    await this.#parts.goto(item.url);
    if (skipped() || this.#stopped) {
      this.#set({ status: 'skipped' });
      return;
    }
    this.#set({ status: 'taking' });
    await this.#parts.prepare(form);
    this.#set({ status: 'declaring' });
    const exhibit = await this.#parts.captures.untilResolved();
    this.#set(exhibit === null ? { status: skipped() ? 'skipped' : 'not-kept' } : { status: 'kept', exhibit });
  }

  #set(change: Partial<Item>): void {
    this.#items = this.#items.map((item, i) => (i === this.#at ? { ...item, ...change } : item));
    this.#parts.changed();
  }
}
