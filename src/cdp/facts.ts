import type { EntryData, NavigationCause, RefusedThing } from '../record/kinds.js';
import type { FlagWatch } from './response-check.js';

/** A committed document; `view` names the page load that it belongs to. Frames carry the view of their page. */
export type NavigationFact = EntryData<'navigation'>;
/** An address that changed without a load: a fragment, `pushState`, `replaceState`. */
export type InPageFact = EntryData<'navigation-in-page'>;
/** A load that brought no document. */
export type FailedFact = EntryData<'navigation-failed'>;
/** A load that the policy stopped. */
export type NavigationRefusedFact = EntryData<'navigation-refused'>;
/** Anything else that the policy stopped. */
export type RefusalFact = EntryData<'refusal'>;

/** TLS as the browser negotiated it; dates are RFC 3339 in UTC. */
export type TlsFact = NonNullable<NavigationFact['tls']>;
/** One hop of a redirect chain. */
export type RedirectFact = NavigationFact['redirects'][number];

/** What the browser tells beside visits and refusals, by the kind of its entry. */
export type NotedKind = 'certificates' | 'socket-opened' | 'block-page';

/** What the reviewers are asked: the browser has refused, and goes on only with their answer. */
export type BrowserQuestion =
  | { readonly kind: 'certificate'; readonly url: string; readonly origin: string; readonly error: string }
  | { readonly kind: 'password'; readonly url: string; readonly origin: string; readonly realm: string; readonly scheme: string };

/** What stands in the address line and on the buttons. `view` is null until a first page was loaded. */
export interface PageState {
  readonly url: string;
  readonly title: string;
  readonly loading: boolean;
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
  readonly view: string | null;
}

/** What the engine is told, in the order in which it happened. None of these may throw. */
export interface EvidenceSink {
  navigation(fact: NavigationFact): void;
  inPage(fact: InPageFact): void;
  failed(fact: FailedFact): void;
  refused(fact: NavigationRefusedFact | RefusalFact): void;
  title(view: string, title: string): void;
  noted<K extends NotedKind>(kind: K, fact: EntryData<K>): void;
  /** The page in the view was refused for want of an answer from the reviewers. */
  asked(question: BrowserQuestion): void;
  page(state: PageState): void;
  /** The browser is gone; nothing follows. `reason` is a plain sentence. */
  closed(reason: string): void;
}

/** What the policy is asked about an address. */
export interface AddressContext {
  /** Whether the page itself would be replaced, not a frame or a part of it. */
  readonly main: boolean;
  readonly cause: NavigationCause;
}

/** The policy's answer on an address. */
export type AddressDecision = { readonly allow: true } | { readonly allow: false; readonly what: RefusedThing };

/** The part of the policy table that a browser applies; pure, handed in. It is asked for every request. */
export interface Policy {
  decideAddress(url: string, context: AddressContext): AddressDecision;
  /** Whether a page is the filter's own, and by what; `text` is the beginning of what it shows. Absent: nobody asks. */
  blockPage?(page: { readonly status: number | null; readonly url: string; readonly text: string }): BlockPageSeen | null;
  /** What is looked for in what pages load; absent where no list is set, and then nothing is held for it. */
  readonly flags?: FlagWatch;
}

/** By what a filter's page was recognised. */
export type BlockPageSeen = Pick<EntryData<'block-page'>, 'by' | 'pattern' | 'says'>;

/** What a host can do to the browser's processes from outside. */
export interface EvidenceHostPort {
  /** Stops every process of the browser where it stands, where the system can; kills nothing. */
  freeze(): void;
  /** Ends every process of the browser; resolves when none is left, nor anything they wrote. */
  kill(): Promise<void>;
}

/** Width and height in CSS pixels, and device pixels in each; fixed for the whole sitting. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}
