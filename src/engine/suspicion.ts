import type { FlagFound } from './flag-matching.js';

/** What halts a case without anybody being asked, where, and what the record says of it. */
export interface Suspicion {
  readonly cause: 'block-page' | 'suspected-address' | FlagFound['cause'];
  readonly place: { readonly view: string | null; readonly url: string | null };
  readonly found?: { readonly sentence: string; readonly listed?: { readonly list: string; readonly url: string } };
}
