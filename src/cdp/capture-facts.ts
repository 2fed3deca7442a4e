import type { Viewport, TlsFact, RedirectFact } from './facts.js';
import type { PdfFacts } from './pdf-capture.js';
import { maskHeaders, maskUrl } from './masking.js';
import type { CurrentPage } from './recorder.js';
import type { BlockedRequest } from './request-gate.js';
import { answerFacts, NO_ANSWER } from './response-facts.js';

/**
 * What is known of the page load that a capture shows, all from that one load. Values of cookies and of authorization
 * are masked. `null` means that the browser did not tell, or that no server answered (`data:` addresses, an error page).
 */
export interface CaptureFacts {
  readonly typedUrl: string | null;
  readonly url: string;
  readonly cause: string;
  readonly redirects: readonly RedirectFact[];
  readonly method: string | null;
  readonly status: number | null;
  readonly statusText: string | null;
  readonly protocol: string | null;
  readonly remoteAddress: string | null;
  readonly mediaType: string | null;
  readonly tls: TlsFact | null;
  readonly requestHeaders: { readonly [name: string]: string };
  readonly responseHeaders: { readonly [name: string]: string };
  /** Whether the answer came from the browser's cache in memory and not over the network for this load. */
  readonly fromCache: boolean | null;
  /** Where the page was scrolled to when the capture was asked for, in CSS pixels. */
  readonly scroll: { readonly x: number; readonly y: number };
  /** The whole document, in CSS pixels. */
  readonly document: { readonly width: number; readonly height: number };
  readonly viewport: Viewport;
  readonly userAgent: string;
  readonly browser: string;
  readonly blocked: readonly BlockedRequest[];
  /** How many pictures, videos, sounds and script files were not loaded, because the reviewers chose text first. */
  readonly notLoaded: number;
  /** Addresses of the frames inside the page. */
  readonly frames: readonly string[];
  /** Of a PDF whose pages were drawn; null for everything else. */
  readonly pdf: PdfFacts | null;
}

/** What the capture itself adds to what the load tells. */
export type CaptureSurroundings = Pick<CaptureFacts, 'scroll' | 'document' | 'viewport' | 'userAgent' | 'browser' | 'blocked' | 'notLoaded' | 'frames' | 'pdf'>;

/** Puts the facts of a page together. */
export function captureFacts(page: CurrentPage, surroundings: CaptureSurroundings): CaptureFacts {
  const { load } = page;
  const response = load?.response ?? null;
  return {
    typedUrl: typeof load?.typed === 'string' ? maskUrl(load.typed) : null,
    url: maskUrl(page.url),
    cause: load?.cause ?? 'unknown',
    redirects: load?.redirects ?? [],
    method: load?.request?.method ?? null,
    statusText: response === null ? null : response.statusText,
    ...(response === null ? NO_ANSWER : answerFacts(response)),
    requestHeaders: maskHeaders(load?.requestHeaders ?? load?.request?.headers ?? {}),
    responseHeaders: maskHeaders(load?.responseHeaders ?? response?.headers ?? {}),
    fromCache: response === null ? null : (response.fromDiskCache ?? false),
    ...surroundings,
  };
}
