/** A header as it may be kept: values of cookies and of authorization are masked by whoever gives it. A name may occur more than once. */
export type KeptHeader = readonly [name: string, value: string];

/** One request and what answered it, as one page load had it. Nothing here was fetched for the archive's sake. */
export interface Exchange {
  readonly url: string;
  /** When the request was sent: RFC 3339 in UTC with three decimals. */
  readonly at: string;
  readonly method: string;
  readonly requestHeaders: readonly KeptHeader[];
  readonly status: number;
  readonly statusText: string;
  readonly responseHeaders: readonly KeptHeader[];
  /** Address that answered, without its port; null where the browser did not say. */
  readonly address: string | null;
  /** `http/1.1`, `h2`, `h3`; null where the browser did not say. */
  readonly protocol: string | null;
  readonly mediaType: string;
  /** The body after transfer and content encodings were undone; empty for a redirect. */
  readonly body: Uint8Array;
  /** How many pictures were taken out of the body, because they stood in its text and nobody could say whether they were seen. */
  readonly emptied: number;
}

/** Why a response that the page loaded is not in its archive. */
export type MissReason =
  | 'not-displayed'
  | 'animated'
  | 'media'
  | 'not-readable'
  | 'failed'
  | 'unfinished'
  | 'too-large'
  | 'evicted'
  | 'too-many';

/** What is not kept, by address; `sha256` of its body where the browser still had it. */
export interface Missed {
  readonly url: string;
  readonly mediaType: string | null;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly reason: MissReason;
}

/** One page load to be archived. */
export interface ArchivedPage {
  readonly url: string;
  readonly title: string;
  /** When its document was asked for; RFC 3339 in UTC. */
  readonly at: string;
  /** When the archive was made; RFC 3339 in UTC. */
  readonly madeAt: string;
  /** `Countersign 0.1.0, Chrome/156.0…`. */
  readonly software: string;
  readonly userAgent: string;
  readonly exchanges: readonly Exchange[];
  readonly missed: readonly Missed[];
}
