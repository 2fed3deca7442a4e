import type { BrowserQuestion } from '../cdp/facts.js';
import type { FlagFound } from './flag-matching.js';

/** A page load and the address that it shows. */
export interface Place {
  readonly view: string;
  readonly url: string;
}

/** Who hears of what the browser tells, beside the record. */
export interface SittingHearing {
  /** Another page stands in the view. */
  turned(): Promise<unknown>;
  moved(url: string): void;
  asked(question: BrowserQuestion): void;
  /** An address that a page gave itself is on a list. */
  listed(found: FlagFound, url: string): void;
  /** The filter's own page says what halts a case. */
  suspected(place: Place): void;
  /** A page gave itself an address that is marked as suspected: no request could be refused. */
  marked(): void;
  /** The browser is gone, and nobody closed it. */
  lost(): Promise<void>;
  /** Nothing more can be recorded, so nothing more may be visited. */
  closeBrowser(): Promise<void>;
}
