import { z } from 'zod';
import { MARKING_IDS } from '../investigation/policy/markings.js';
import { WITHHOLDING_REASON_IDS } from '../investigation/policy/withholding.js';
import type { ToldRow } from '../investigation/told.js';
import { TOLD_PEOPLE } from '../record/kinds.js';

/* Looking at what was captured, copies with parts covered, what a copy withholds, and who has the copies. */

const initials = z.string().regex(/^[A-Z]{3}$/);
const credentials = z.strictObject({ initials, passphrase: z.string().min(1).max(1_000) });
const line = z.string().trim().max(500);
const words = z.string().trim().max(20_000);
const reference = z.string().max(16);
const seq = z.int().min(0).max(10_000_000);
const copyNumber = z.int().min(1).max(999);
const pixel = z.int().min(0).max(50_000_000);
const recipient = z.enum(['police', 'lado', 'group-record', 'other']);
const why = { reason: z.enum(WITHHOLDING_REASON_IDS), words: z.string().trim().max(2_000) };

/** Who was told when. `by` is null where no reviewer told them, and `byName` says who did. */
export const toldRows = z.array(z.strictObject({ who: z.enum(TOLD_PEOPLE), name: line, at: z.iso.datetime({ precision: 3 }), by: initials.nullable(), byName: line })).max(50);

/** What is withheld from one copy by choice; see `src/engine/disclosure.ts`. */
export const disclosureWish = z.strictObject({
  exhibits: z.array(z.strictObject({ reference, how: z.enum(['withheld', 'redacted']), redaction: copyNumber.nullable(), entry: z.boolean(), ...why })).max(1_000),
  entries: z.array(z.strictObject({ what: z.enum(['concern', 'note', 'conclusion', 'advice', 'titles', 'addresses']), seq: seq.nullable(), ...why })).max(1_000),
});

/** See {@link disclosureWish}. */
export type DisclosureWishInput = z.infer<typeof disclosureWish>;

/** Bytes of the largest receipt that is taken; a real one has a few kilobytes. */
export const MAX_RECEIPT = 262_144;

/** Schema of each call's arguments. */
export const DISCLOSURE_CALL_SCHEMAS = {
  /** The case page by page: what was opened, kept and noted at each address. */
  'review.read': z.strictObject({}),
  /** Rows of an exhibit's picture, or of a redacted copy's, scaled down to `maxWidth`. */
  'exhibit.slice': z.strictObject({ reference, redaction: copyNumber.nullable(), row: pixel, height: z.int().min(1).max(4_000), maxWidth: z.int().min(1).max(4_000) }),
  /** Which exhibits the screens show from now on; STOP is about them too. */
  'exhibit.showing': z.strictObject({ references: z.array(reference).max(1_000) }),
  /** The beginning of an exhibit's page text. */
  'exhibit.text': z.strictObject({ reference }),
  /** `told`: who was told since the conclusion, which `to` then is; the words may be empty beside it. */
  'addendum.add': z.strictObject({ by: initials, to: seq, text: words, told: toldRows.exactOptional() }),
  'redaction.make': z.strictObject({ by: initials, reference, boxes: z.array(z.strictObject({ x: pixel, y: pixel, width: pixel.min(1), height: pixel.min(1), reason: line })).min(1).max(500) }),
  /** What a copy would hold and leave out. */
  'export.plan': z.strictObject({ recipient, disclosure: disclosureWish }),
  /** `folder` null: the app's own export folder. `marking` absent: as the settings say, null: none. */
  export: z.strictObject({
    recipient, first: credentials, second: credentials, folder: z.string().max(4_096).nullable(), encrypt: z.boolean(), disclosure: disclosureWish.exactOptional(), marking: z.enum(MARKING_IDS).nullable().exactOptional(),
  }),
  /** Shows a bundle that was made here since the app was started, in the computer's own file manager. */
  'bundle.show': z.strictObject({ path: z.string().min(1).max(4_096) }),
  /** Takes a bundle that was made here since the app was started as the one to be checked, where it lies. */
  'bundle.check': z.strictObject({ path: z.string().min(1).max(4_096) }),
  /** Writes the one-page receipt of a copy again, as a PDF. */
  'receipt.save': z.strictObject({ export: seq, folder: z.string().min(1).max(4_096).nullable() }),
  /** What the receipt of a recipient's own check says, and which copy it is of. */
  'receipt.read': z.strictObject({ text: z.string().max(MAX_RECEIPT) }),
  /** The same of a file on this computer, which the reviewers chose in the app. */
  'receipt.open': z.strictObject({ path: z.string().min(1).max(4_096) }),
  /** Writes down who has a copy. `receipt`: the file that {@link DISCLOSURE_CALL_SCHEMAS}`['receipt.read']` was given, or null. */
  'received.add': z.strictObject({
    by: initials, export: seq, name: line.min(1), position: line, at: z.iso.datetime({ precision: 3 }), readOut: z.string().trim().max(500).nullable(), note: z.string().trim().max(2_000), receipt: z.string().max(MAX_RECEIPT).nullable(),
  }),
} as const;

/** Words that were added later, and who was told since; the words are empty where there is only that. */
export interface AddedWords {
  readonly seq: number;
  readonly at: string;
  readonly by: readonly string[];
  readonly text: string;
  readonly told: readonly ToldRow[];
}

/** A redacted copy of an exhibit. */
export interface RedactionView {
  readonly number: number;
  readonly at: string;
  readonly by: readonly string[];
  readonly sha256: string;
  readonly boxes: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly reason: string }[];
}

/** An exhibit with everything that the record says of it. */
export interface ReviewExhibit {
  readonly reference: string;
  readonly seq: number;
  readonly at: string;
  readonly by: readonly string[];
  readonly form: 'viewport' | 'full-page' | 'text' | 'region' | 'element' | 'series';
  readonly url: string;
  readonly title: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly image: { readonly width: number; readonly height: number } | null;
  readonly composite: string;
  readonly declaredBy: string;
  readonly declaredAt: string;
  readonly note: string;
  readonly account: string;
  readonly warnings: readonly string[];
  readonly parts: readonly { readonly name: string; readonly size: number; readonly sha256: string }[];
  readonly quarantined: boolean;
  readonly added: readonly AddedWords[];
  readonly redactions: readonly RedactionView[];
}

/** A concern or a note with what was added to it later; a note belongs to no page. */
export interface ReviewWords {
  readonly seq: number;
  readonly kind: 'concern' | 'note';
  readonly at: string;
  readonly by: readonly string[];
  /** A concern's category in words; null for a note. */
  readonly category: string | null;
  /** The address that a concern is about; null for none, and for a note. */
  readonly url: string | null;
  readonly text: string;
  readonly added: readonly AddedWords[];
}

/** One load of a page in the view. */
export interface ReviewPage {
  readonly view: string;
  readonly url: string;
  readonly title: string;
  readonly at: string;
  readonly shownMs: number | null;
  readonly status: 'opened' | 'failed' | 'blocked' | 'halted';
  /** References of exhibits that were taken there. */
  readonly exhibits: readonly string[];
  /** Sequence numbers of the concerns that were noted there. */
  readonly concerns: readonly number[];
}

/** The fields of the reviewing form (DOMAIN.md section 2) that come from the opening of the case and from its sittings. */
export interface ReviewForm {
  readonly organisation: string;
  /** When each sitting began; of a case without one, when it was opened. */
  readonly sittings: readonly string[];
  readonly reason: string;
  readonly cameUp: { readonly way: string; readonly words: string } | null;
  readonly reviewers: readonly { readonly initials: string; readonly name: string; readonly position: string }[];
  readonly computer: { readonly name: string; readonly location: string };
}

/** What `review.read` answers. */
export interface ReviewView {
  readonly form: ReviewForm;
  readonly pages: readonly ReviewPage[];
  readonly exhibits: readonly ReviewExhibit[];
  readonly words: readonly ReviewWords[];
  readonly conclusion: { readonly seq: number; readonly at: string; readonly by: readonly string[]; readonly added: readonly AddedWords[] } | null;
  /** Whether words can still be added, and whether redacted copies can be made. */
  readonly canAdd: boolean;
  readonly canRedact: boolean;
}

/** What a copy would hold and leave out, before it is made. */
export interface PlanView {
  readonly exhibits: number;
  readonly redacted: number;
  readonly entries: number;
  readonly withheldEntries: number;
  readonly quarantined: number;
  readonly views: number;
  readonly rows: readonly { readonly what: string; readonly why: string; readonly words: string; readonly entries: number }[];
}

/** What a returned receipt says, once it is held against the copies of this case. */
export interface ReceiptView {
  readonly export: number;
  readonly recipient: string;
  readonly madeAt: string;
  readonly verdict: 'unchanged' | 'unchanged-signers-not-shown' | 'changed';
  readonly checkedAt: string;
  readonly tool: string;
  readonly file: string;
  readonly rootTyped: boolean;
  readonly failed: readonly string[];
}

/** A bundle that was made of the case, and who said that they have it. */
export interface CopyMade {
  readonly export: number;
  readonly at: string;
  readonly by: readonly string[];
  readonly recipient: 'police' | 'lado' | 'group-record' | 'other';
  /** Null for one that was not finished. */
  readonly tagManifest: string | null;
  readonly words: readonly string[];
  readonly files: number;
  readonly bytes: number;
  readonly withheld: number;
  readonly received: readonly {
    readonly seq: number; readonly name: string; readonly position: string; readonly at: string; readonly by: readonly string[]; readonly wordsMatch: boolean | null; readonly note: string;
    readonly receipt: { readonly verdict: ReceiptView['verdict']; readonly checkedAt: string } | null;
  }[];
}

/** What each call answers. */
export interface DisclosureCallResults {
  'review.read': ReviewView;
  'exhibit.slice': { mediaType: string; base64: string } | null;
  'exhibit.text': { text: string };
  'redaction.make': { number: number; sha256: string };
  'export.plan': PlanView;
  'receipt.save': { path: string };
  'receipt.read': ReceiptView;
  'receipt.open': { text: string; receipt: ReceiptView };
  'received.add': { wordsMatch: boolean | null };
}
