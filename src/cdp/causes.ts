import type { Protocol } from 'devtools-protocol';
import type { NavigationCause } from '../record/kinds.js';

/** What the view itself asked for; `typed` is the address as a reviewer typed it. */
export interface OwnStep {
  readonly cause: 'typed' | 'popup';
  readonly url: string;
  readonly typed: string | null;
}

/** A newer browser may give reasons that this list does not know. */
const REASONS: { readonly [reason: string]: NavigationCause | undefined } = {
  anchorClick: 'link',
  formSubmissionGet: 'form',
  formSubmissionPost: 'form',
  httpHeaderRefresh: 'refresh',
  metaTagRefresh: 'refresh',
  initialFrameNavigation: 'frame',
  pageBlockInterstitial: 'unknown',
  reload: 'reload',
  scriptInitiated: 'script',
  other: 'unknown',
};

/** A loader that has started, with why it did. */
export interface Start {
  readonly cause: NavigationCause;
  readonly typed: string | null;
}

/** How many frames' last requests are remembered; a page may make frames without end. */
const MAX_FRAMES = 2_000;

/**
 * Finds out why a navigation started, from what the page asked for (`Page.frameRequestedNavigation`), what the browser
 * says it is (`Page.frameStartedNavigating`) and what the view itself asked for.
 */
export class Causes {
  readonly #requested = new Map<string, { readonly url: string; readonly cause: NavigationCause }>();
  #own: OwnStep | null = null;

  /** The view is about to send the page somewhere. */
  expect(step: OwnStep): void {
    this.#own = step;
  }

  /** The view's step is over, whatever came of it. */
  forget(): void {
    this.#own = null;
  }

  /** A page asked that a frame go somewhere. */
  requested(event: Protocol.Page.FrameRequestedNavigationEvent): void {
    if (event.disposition !== 'currentTab') return;
    if (this.#requested.size >= MAX_FRAMES) this.#requested.clear();
    this.#requested.set(event.frameId, { url: event.url, cause: REASONS[event.reason] ?? 'unknown' });
  }

  /** A frame has started to go somewhere. */
  started(event: Protocol.Page.FrameStartedNavigatingEvent, main: boolean): Start {
    const asked = this.#requested.get(event.frameId);
    this.#requested.delete(event.frameId);
    if (event.navigationType.startsWith('reload')) return { cause: 'reload', typed: null };
    if (event.navigationType.startsWith('history') || event.navigationType.startsWith('restore')) return { cause: 'history', typed: null };
    if (asked?.url === event.url) return { cause: asked.cause, typed: null };
    if (main && this.#own !== null) return { cause: this.#own.cause, typed: this.#own.typed };
    return { cause: asked?.cause ?? 'unknown', typed: null };
  }
}
