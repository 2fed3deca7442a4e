import type { CdpSession } from './connection.js';
import type { EvidenceSink, PageState } from './facts.js';
import { cut, maskUrl } from './masking.js';
import type { Recorder } from './recorder.js';

const MAX_TITLE = 2_000;
/** A page that changes its title in a loop is looked at this often. */
const LOOK_EVERY_MS = 100;
const POLL_MS = 500;

/**
 * Keeps the address line, the buttons and the title up to date, from the browser's own history, and tells each title
 * of a page view once it changes. Looks at most ten times a second, and at least twice.
 */
export class PageWatch {
  readonly #session: CdpSession;
  readonly #recorder: Recorder;
  readonly #sink: EvidenceSink;
  #loading = false;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #last = '';
  #poll: NodeJS.Timeout | null = null;
  #title: { readonly view: string; readonly title: string } | null = null;

  constructor(session: CdpSession, recorder: Recorder, sink: EvidenceSink) {
    this.#session = session;
    this.#recorder = recorder;
    this.#sink = sink;
  }

  /** Title of the page on screen as it was last told; empty when it has none. */
  get title(): string {
    return this.#title !== null && this.#title.view === this.#recorder.current?.view ? this.#title.title : '';
  }

  /** Whether the page is loading. */
  loading(loading: boolean): void {
    this.#loading = loading;
    this.changed();
  }

  /** Looks twice a second from now on: the browser tells of no title that changes by itself. */
  start(): void {
    this.#poll ??= setInterval(() => void this.look(), POLL_MS);
    this.#poll.unref();
  }

  /** Looks no more. */
  stop(): void {
    if (this.#poll !== null) clearInterval(this.#poll);
    this.#poll = null;
  }

  /** Something that is shown may have changed. */
  changed(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.look();
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Looks now; resolves when what was found has been told. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch(() => undefined)
      .finally(() => {
        this.#looking = null;
      });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { current } = this.#recorder;
    const { currentIndex, entries } = await this.#session.send('Page.getNavigationHistory', undefined, 5_000);
    const entry = entries[currentIndex];
    // The page has moved on while the browser answered; the next look will see it.
    if (entry === undefined || current?.view !== this.#recorder.current?.view) {
      this.changed();
      return;
    }
    const title = cut(maskUrl(entry.title), MAX_TITLE);
    if (current !== null && title !== '' && (this.#title?.view !== current.view || this.#title.title !== title)) {
      this.#title = { view: current.view, title };
      this.#sink.title(current.view, title);
    }
    this.#tell({
      url: current === null ? '' : maskUrl(this.#recorder.current?.url ?? current.url),
      title: this.title,
      loading: this.#loading,
      canGoBack: currentIndex > 0 && entries[currentIndex - 1]?.url !== 'about:blank',
      canGoForward: currentIndex < entries.length - 1,
      view: current?.view ?? null,
    });
  }

  #tell(state: PageState): void {
    const text = JSON.stringify(state);
    if (text === this.#last) return;
    this.#last = text;
    this.#sink.page(state);
  }
}
