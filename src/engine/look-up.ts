import type { EntryData } from '../record/kinds.js';

/** Where a name leads. */
export type NameAnswers = Pick<EntryData<'dns-answers'>, 'servers' | 'answers'>;

/** What a service answered: its text, and the address that gave it in the end. */
export interface LookedUp {
  readonly status: number;
  readonly url: string;
  readonly bytes: Uint8Array;
}

/** Looks things up on the internet, beside the browser. It never sends more than what it is asked to look up. */
export interface LookUpPort {
  /** The addresses and aliases of a host, by this computer's resolver. @throws CodedError `look-up.not-found`, `look-up.unreachable`, `look-up.no-answer` */
  names(host: string): Promise<NameAnswers>;
  /** Fetches a short text over HTTP(S). @throws CodedError `look-up.unreachable`, `look-up.no-answer`, `look-up.too-large`, `look-up.refused` */
  get(url: string, accept: string): Promise<LookedUp>;
}
