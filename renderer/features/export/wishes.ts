import type { DisclosureWishInput } from '../../../src/ipc/disclosure-contract.js';
import type { ReviewExhibit, ReviewView } from '../../../src/ipc/disclosure-contract.js';
import { WITHHOLDING_REASONS, type WithholdingReason } from '../../../src/investigation/policy/withholding.js';
import type { Problem } from '../../ui/error-summary.js';

/** What becomes of one thing in a copy: `whole`, `withheld`, `silent` (what the record says of it is withheld too), or `copy-1`, `copy-2`, … */
export type Fate = 'whole' | 'withheld' | 'silent' | `copy-${number}`;

/** A choice about one thing; the reason is null until it is chosen. */
export interface Wish {
  readonly fate: Fate;
  readonly reason: WithholdingReason | null;
  readonly words: string;
}

/** Choices by what they are about: `exhibit PAS/1`, `concern 12`, `note 14`, `titles`, … What is not named goes in. */
export type Wishes = Readonly<Record<string, Wish>>;

/** Nothing is withheld. */
export const NO_WISH: Wish = { fate: 'whole', reason: null, words: '' };

/** What else can be withheld as a whole. */
export const GROUPS = [
  { id: 'conclusion', title: 'Your conclusion', help: '' },
  { id: 'advice', title: 'What the police and the LADO were told and advised', help: 'Calls to the police, and advice before browsing.' },
  { id: 'titles', title: 'Titles of pages', help: 'Titles often hold names.' },
  { id: 'addresses', title: 'Addresses of pages with no exhibit or concern in this copy', help: 'That you opened a page, and when, still shows.' },
] as const;

/** What can become of an exhibit. */
export function fatesOf(exhibit: ReviewExhibit): { readonly id: Fate; readonly title: string }[] {
  return [
    { id: 'whole', title: 'Goes in whole' },
    ...exhibit.redactions.map((copy) => ({ id: `copy-${copy.number}` as const, title: `Redacted copy ${copy.number} instead` })),
    { id: 'withheld', title: 'Withheld; its hash, address and time stay' },
    { id: 'silent', title: 'Withheld, with its address and note; its hash stays' },
  ];
}

/** What the engine is asked for. Choices without a reason are left out: {@link missing} names them. */
export function disclosureOf(wishes: Wishes): DisclosureWishInput {
  const chosen = Object.entries(wishes).flatMap(([about, wish]) => (wish.fate === 'whole' || wish.reason === null ? [] : [{ about, fate: wish.fate, why: { reason: wish.reason, words: wish.words.trim() } }]));
  return {
    exhibits: chosen.flatMap(({ about, fate, why }) => {
      const [kind, reference = ''] = about.split(' ');
      if (kind !== 'exhibit') return [];
      const redaction = fate.startsWith('copy-') ? Number(fate.slice(5)) : null;
      return [{ reference, how: redaction === null ? 'withheld' as const : 'redacted' as const, redaction, entry: fate === 'silent', ...why }];
    }),
    entries: chosen.flatMap(({ about, why }): DisclosureWishInput['entries'] => {
      const [kind = '', seq] = about.split(' ');
      if (kind === 'concern' || kind === 'note') return [{ what: kind, seq: Number(seq), ...why }];
      const group = GROUPS.find((each) => each.id === kind);
      return group === undefined ? [] : [{ what: group.id, seq: null, ...why }];
    }),
  };
}

/** What is missing, for the error summary. */
export function missing(wishes: Wishes): Problem[] {
  return Object.entries(wishes).flatMap(([about, { fate, reason, words }]): Problem[] => {
    if (fate === 'whole') return [];
    if (reason === null) return [{ field: `${fieldOf(about)}-reason`, sentence: `Choose why this is withheld: ${about}` }];
    const needsWords = WITHHOLDING_REASONS.find((each) => each.id === reason)?.words === true;
    return needsWords && words.trim() === '' ? [{ field: `${fieldOf(about)}-words`, sentence: `Write why this is withheld, in your own words: ${about}` }] : [];
  });
}

/** Identifier of the field of a choice. */
export function fieldOf(about: string): string {
  return `wish-${about.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

/** Whether there is anything to choose from. */
export function hasChoice(review: ReviewView): boolean {
  return review.exhibits.length + review.words.length + review.pages.length > 0;
}
