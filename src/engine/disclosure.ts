import type { DisclosureWishInput } from '../ipc/disclosure-contract.js';
import { CodedError } from '../record/coded-error.js';
import type { Entry } from '../record/entry.js';
import type { EntryData, EntryKind } from '../record/kinds.js';
import { rangesOf } from '../record/ranges.js';
import type { ExhibitState, RedactionState } from '../investigation/case-state.js';
import { CHOOSING_RECIPIENTS, FOR_THE_POLICE, WITHHOLDING_REASONS } from '../investigation/policy/withholding.js';
import type { WholeEntry } from '../vault/entry-row.js';
import type { WholeRecord } from './case-record.js';
import { outOfReach } from './exhibit-parts.js';
import { withoutFlaggedPage } from './halt-disclosure.js';

/** What two reviewers choose to withhold from one copy. What is not named goes in. */
export type DisclosureWish = DisclosureWishInput;

/** Nothing is withheld by choice. */
export const EVERYTHING: DisclosureWish = { exhibits: [], entries: [] };

type Recipient = EntryData<'export'>['recipient'];
type Row = NonNullable<EntryData<'export'>['disclosure']>['withheld'][number];

/** What goes into one copy. */
export interface Disclosure {
  /** The sheet: every thing withheld, with its entries and its reason. Each withheld entry stands in exactly one row. */
  readonly rows: readonly Row[];
  /** Sequence numbers of entries whose bodies are withheld. */
  readonly hidden: ReadonlySet<number>;
  /** Exhibits of which files go in: everything, redacted copies included, or the files of one redacted copy alone. */
  readonly exhibits: readonly { readonly exhibit: ExhibitState; readonly redaction: RedactionState | null; readonly parts: EntryData<'capture'>['parts'] }[];
  /** Page views of the whole record. */
  readonly views: number;
}

/** The record as a copy holds it. */
export function disclosedEntries(entries: readonly WholeEntry[], { hidden }: Disclosure): readonly Entry[] {
  return entries.map((entry) => (hidden.has(entry.header.seq) ? { ...entry, body: null } : entry));
}

/**
 * Works out what a copy for `recipient` holds and leaves out.
 *
 * @throws CodedError `disclosure.everything` (nothing can be withheld from this recipient), `disclosure.unknown` (an exhibit,
 * entry or redacted copy that is not there), `disclosure.no-reason`, `disclosure.twice`
 */
export function planDisclosure(record: WholeRecord, recipient: Recipient, wish: DisclosureWish): Disclosure {
  const { entries, state } = record;
  if (!CHOOSING_RECIPIENTS.has(recipient) && wish.exhibits.length + wish.entries.length > 0) {
    throw new CodedError('disclosure.everything', 'Nothing is withheld from this copy but what is quarantined. Make it for the LADO or for somebody else to choose.');
  }
  for (const { reason, words } of [...wish.exhibits, ...wish.entries]) if (words === '' && WITHHOLDING_REASONS.find((each) => each.id === reason)?.words === true) throw noReason();
  const out = outOfReach(record);
  const plan = new Plan(record, out);
  plan.withholdFlagged(recipient);
  for (const each of wish.exhibits) plan.withholdExhibit(each);
  // What is told of a page decides which addresses are told, so they come last.
  for (const each of [...wish.entries].sort((a, b) => Number(a.what === 'addresses') - Number(b.what === 'addresses'))) plan.withholdEntries(each);
  const instead = new Map(wish.exhibits.map((each) => [each.reference, each]));
  const exhibits = state.exhibits.filter(({ reference }) => !out.has(reference) && instead.get(reference)?.how !== 'withheld').map((exhibit) => {
    const chosen = instead.get(exhibit.reference);
    const redaction = chosen === undefined ? null : plan.redaction(chosen);
    const copies = state.redactions.filter((each) => each.exhibit === exhibit.reference).flatMap((each) => each.parts);
    return { exhibit, redaction, parts: redaction?.parts ?? [...exhibit.capture.parts, ...copies] };
  });
  return { rows: plan.rows, hidden: plan.hidden, exhibits, views: countViews(entries) };
}

/** Collects rows; an entry that is withheld already belongs to the row that came first. */
class Plan {
  readonly rows: Row[] = [];
  readonly hidden = new Set<number>();
  readonly #record: WholeRecord;
  readonly #out: ReadonlySet<string>;

  constructor(record: WholeRecord, out: ReadonlySet<string>) {
    this.#record = record;
    this.#out = out;
  }

  withholdFlagged(recipient: Recipient): void {
    if (recipient === 'police') return;
    const { entries, state } = this.#record;
    const told = new Set(withoutFlaggedPage(recipient, entries).filter((entry) => entry.body === null).map(({ header }) => header.seq));
    if (told.size === 0) return;
    for (const { exhibit, seq } of state.redactions) if (this.#out.has(exhibit)) told.add(seq);
    this.#add({ what: 'flagged', exhibit: null, sha256: null, redaction: null, reason: FOR_THE_POLICE.id, words: '' }, told);
  }

  withholdExhibit(wish: DisclosureWish['exhibits'][number]): void {
    const { state } = this.#record;
    const exhibit = state.exhibits.find((each) => each.reference === wish.reference);
    if (exhibit === undefined) throw unknown(`There is no exhibit ${wish.reference} in this case.`);
    if (this.#out.has(wish.reference)) throw unknown(`${wish.reference} is quarantined. Nothing of it goes into any copy.`);
    if (this.rows.some((row) => row.exhibit === wish.reference)) throw new CodedError('disclosure.twice', `Say only once what is withheld of ${wish.reference}.`);
    const kept = wish.how === 'redacted' ? this.redaction(wish) : null;
    const told = new Set(state.redactions.filter((each) => each.exhibit === wish.reference && each.seq !== kept?.seq).map((each) => each.seq));
    if (wish.entry) told.add(exhibit.seq);
    const what = kept !== null ? 'redacted' : wish.entry ? 'exhibit-entry' : 'exhibit';
    this.#add({ what, exhibit: wish.reference, sha256: exhibit.capture.composite, redaction: kept?.number ?? null, reason: wish.reason, words: wish.words }, told);
  }

  /** The redacted copy that a wish names. @throws CodedError `disclosure.unknown` */
  redaction({ reference, redaction }: Pick<DisclosureWish['exhibits'][number], 'reference' | 'redaction'>): RedactionState {
    const found = this.#record.state.redactions.find((each) => each.exhibit === reference && each.number === redaction);
    if (found === undefined) throw unknown(`There is no such redacted copy of ${reference}. Make it first.`);
    return found;
  }

  withholdEntries({ what, seq, reason, words }: DisclosureWish['entries'][number]): void {
    const row = { what, exhibit: null, sha256: null, redaction: null, reason, words };
    if (what === 'concern' || what === 'note') {
      const found = seq === null ? undefined : this.#record.entries[seq];
      if (found?.header.kind !== what) throw unknown(`There is no such ${what} in this case.`);
      this.#add(row, new Set([found.header.seq]));
    } else if (what === 'conclusion') this.#add(row, this.#ofKinds(['conclusion']));
    else if (what === 'advice') this.#add(row, this.#ofKinds(['police-call', 'staff-advice']));
    else if (what === 'titles') this.#add(row, this.#ofKinds(['title']));
    else this.#add(row, this.#addresses());
  }

  #ofKinds(kinds: readonly EntryKind[]): Set<number> {
    return new Set(this.#record.entries.filter(({ header }) => kinds.includes(header.kind)).map(({ header }) => header.seq));
  }

  /** Entries that tell an address of a page of which no exhibit and no concern is told in this copy. */
  #addresses(): Set<number> {
    const { entries } = this.#record;
    const told = new Set(entries.filter(({ header }) => (header.kind === 'capture' || header.kind === 'concern') && !this.hidden.has(header.seq)).map(({ body }) => (body.data as { view: string | null }).view));
    return new Set(entries.filter(({ header, body }) => TELLS_ADDRESS.has(header.kind) && !told.has((body.data as { view?: string | null }).view ?? null)).map(({ header }) => header.seq));
  }

  /** Words that were added to a withheld entry are withheld with it. */
  #add(row: Omit<Row, 'entries'>, told: ReadonlySet<number>): void {
    const added = this.#record.state.addenda.filter((each) => told.has(each.to)).map((each) => each.seq);
    const fresh = [...told, ...added].filter((seq) => !this.hidden.has(seq));
    for (const seq of fresh) this.hidden.add(seq);
    if (fresh.length > 0 || row.exhibit !== null) this.rows.push({ ...row, entries: rangesOf(fresh) });
  }
}

const TELLS_ADDRESS: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'navigation', 'navigation-in-page', 'navigation-failed', 'navigation-refused', 'title', 'refusal', 'page-left', 'certificates', 'socket-opened', 'block-page', 'certificate-accepted', 'authentication', 'not-checked',
  'suspected-address', 'interruption-answered', 'stop',
]);

function countViews(entries: readonly WholeEntry[]): number {
  const views = new Set<string>();
  for (const { header, body } of entries) {
    if (header.kind !== 'navigation' && header.kind !== 'navigation-failed') continue;
    const data = body.data as { view: string; main: boolean };
    if (data.main) views.add(data.view);
  }
  return views.size;
}

function unknown(sentence: string): CodedError {
  return new CodedError('disclosure.unknown', sentence);
}

function noReason(): CodedError {
  return new CodedError('disclosure.no-reason', 'Write down in your own words why this is withheld.');
}
