import { z } from 'zod';

/* The calls about flag lists. A file is handed over in pieces, because the screens have no access to files. */

const initials = z.string().regex(/^[A-Z]{3}$/);
const credentials = z.strictObject({ initials, passphrase: z.string().min(1).max(1_000) });
const line = z.string().trim().max(500);
const importId = z.string().max(64);

/** The largest file of a list that is taken, in bytes. */
export const MAX_LIST_BYTES = 8 * 2 ** 30;

/** Schema of each call's arguments. */
export const LIST_CALL_SCHEMAS = {
  /** `source` is the name under which the list is spoken of from then on; `givenBy` who handed it over. */
  'lists.import.begin': z.strictObject({
    source: line.min(1),
    givenBy: line.min(1),
    note: z.string().trim().max(2_000),
    format: z.enum(['addresses', 'hashed-addresses', 'hashes', 'vics', 'pdq']),
    size: z.int().min(0).max(MAX_LIST_BYTES),
  }),
  'lists.import.piece': z.strictObject({ id: importId, base64: z.string().max(2_800_000) }),
  /** Both confirm with their passphrases; until then nothing is kept. */
  'lists.import.finish': z.strictObject({ id: importId, first: credentials, second: credentials }),
  'lists.import.cancel': z.strictObject({ id: importId }),
  'lists.list': z.strictObject({}),
  /** Both confirm: the values go for good, what is known of the list stays. */
  'lists.remove': z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/), first: credentials, second: credentials }),
} as const;

/** A flag list as the screens show it. Its values cannot be shown: they are not kept in a form that could be. */
export interface FlagListView {
  readonly id: string;
  readonly source: string;
  readonly givenBy: string;
  readonly note: string;
  readonly format: 'addresses' | 'hashed-addresses' | 'hashes' | 'vics' | 'pdq';
  /** How many different values are looked for. */
  readonly values: number;
  /** Values of the file that were left out because they mean too little. */
  readonly skipped: number;
  /** SHA-256 of the file as it was handed over. */
  readonly file: string;
  readonly at: string;
  readonly by: readonly [string, string];
  readonly removed: { readonly at: string; readonly by: readonly [string, string] } | null;
  /** It cannot be read: until it is removed no browser is started. */
  readonly damaged: boolean;
}

/** What the calls answer. */
export interface ListCallResults {
  'lists.import.begin': { id: string };
  'lists.import.finish': FlagListView;
  'lists.list': { lists: readonly FlagListView[] };
}
