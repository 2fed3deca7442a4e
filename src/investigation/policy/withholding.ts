/**
 * Why something is withheld from a copy. A procedure of this app, which gives no law: what is asked of a school about
 * disclosure is its own advisers' to say. `words`: the reason counts only with the reviewers' own words.
 */
export const WITHHOLDING_REASONS = [
  { id: 'not-concerned', title: 'It is about somebody who is not concerned', words: false },
  { id: 'not-relevant', title: 'It has nothing to do with this concern', words: false },
  { id: 'safety', title: 'Somebody could come to harm if it were known', words: false },
  { id: 'police-asked', title: 'The police asked us to withhold it', words: false },
  { id: 'other', title: 'Another reason, in our own words', words: true },
] as const;

/** Identifiers of the reasons that reviewers can choose. */
export const WITHHOLDING_REASON_IDS = WITHHOLDING_REASONS.map((each) => each.id) as [WithholdingReason, ...WithholdingReason[]];

/** See {@link WITHHOLDING_REASONS}. */
export type WithholdingReason = (typeof WITHHOLDING_REASONS)[number]['id'];

/** The reason that the app itself gives: what tells of a page that led to a halt or of a suspected address. Nobody chooses it. */
export const FOR_THE_POLICE = { id: 'for-the-police', title: 'It tells of a page that led to a halt, or of an address that is suspected, and is for the police alone' } as const;

/** A reason in words; one of another version by its identifier. */
export function withholdingReason(id: string): string {
  return [...WITHHOLDING_REASONS, FOR_THE_POLICE].find((each) => each.id === id)?.title ?? id;
}

/** What can be withheld, in words; `exhibit` is the reference of one. */
export function withheldThing(what: string, exhibit: string | null, redaction: number | null): string {
  switch (what) {
    case 'exhibit': return `The files of exhibit ${exhibit ?? ''}`;
    case 'exhibit-entry': return `The files of exhibit ${exhibit ?? ''}, and what the record says of it`;
    case 'redacted': return `The original of exhibit ${exhibit ?? ''}; redacted copy ${redaction ?? ''} is here instead`;
    case 'concern': return 'A concern';
    case 'note': return 'A note';
    case 'conclusion': return 'The conclusion';
    case 'advice': return 'What the police and the LADO were told and advised';
    case 'titles': return 'Titles of pages';
    case 'addresses': return 'Addresses of pages of which nothing else is told here';
    case 'flagged': return 'What tells of a page that led to a halt, or of a suspected address';
    default: return what;
  }
}

/** Whom a copy is for decides whether anything can be withheld from it: the police and the school's own record get everything but what is quarantined. */
export const CHOOSING_RECIPIENTS: ReadonlySet<string> = new Set(['lado', 'other']);
