import type { Entry } from '../record/entry.js';
import { withheldThing, withholdingReason } from '../investigation/policy/withholding.js';
import type { EntryData } from '../record/kinds.js';
import { csvText, type Cell } from './csv.js';
import { pageViews, type PageViews } from './page-views.js';
import { dataOf, type ReportFacts } from './report/facts.js';

const VISIT_HEADS = ['entry', 'time_utc', 'kind', 'view', 'place', 'address', 'typed', 'cause', 'status', 'server', 'sent_on_from', 'outcome', 'detail'] as const;
const EXHIBIT_HEADS = [
  'exhibit', 'entry', 'state', 'form', 'address', 'view', 'captured_from_utc', 'captured_to_utc', 'produced_by', 'declared_by', 'declared_utc', 'width', 'height', 'file', 'media_type', 'bytes', 'sha256', 'warnings', 'note',
] as const;

const WITHHELD_HEADS = ['what', 'in_words', 'exhibit', 'sha256', 'redacted_copy', 'entries', 'reason', 'reason_in_words', 'own_words'] as const;

/** One row of `visits.csv` by the names of its columns. */
type Visit = Partial<Record<(typeof VISIT_HEADS)[number], Cell>>;

/** `visits.csv`: everything that the browser opened, tried to open or refused to open, in order. */
export function visitsCsv(facts: ReportFacts): string {
  const views = pageViews(facts);
  const rows = facts.input.entries.flatMap((entry) => {
    const visit = visitOf(entry, views);
    return visit === null ? [] : [VISIT_HEADS.map((head) => ({ entry: entry.header.seq, time_utc: entry.header.at, kind: entry.header.kind, ...visit })[head] ?? null)];
  });
  return csvText(VISIT_HEADS, rows);
}

function visitOf(entry: Entry, views: PageViews): Visit | null {
  if (entry.body === null) return entry.header.kind.startsWith('navigation') ? { outcome: 'withheld' } : null;
  const opened = dataOf(entry, 'navigation');
  if (opened !== null) return navigation(opened, views);
  const inPage = dataOf(entry, 'navigation-in-page');
  if (inPage !== null) return { view: inPage.view, place: place(inPage.main), address: inPage.url, cause: inPage.cause, outcome: 'same page' };
  const failed = dataOf(entry, 'navigation-failed');
  if (failed !== null) return { view: failed.view, place: place(failed.main), address: failed.url, cause: failed.cause, sent_on_from: redirects(failed.redirects), outcome: 'failed', detail: failed.error };
  const refused = dataOf(entry, 'navigation-refused') ?? dataOf(entry, 'refusal');
  if (refused !== null) return { ...('view' in refused ? { view: refused.view } : {}), ...('cause' in refused ? { cause: refused.cause } : {}), address: refused.url, outcome: 'refused', detail: refused.what };
  const socket = dataOf(entry, 'socket-opened');
  if (socket !== null) return { view: socket.view, address: socket.url, outcome: 'connection opened' };
  const suspected = dataOf(entry, 'suspected-address');
  return suspected === null ? null : { address: suspected.url, outcome: 'never opened' };
}

function navigation(data: EntryData<'navigation'>, views: PageViews): Visit {
  const shared = { view: data.view, place: place(data.main), address: data.url, typed: data.typed, cause: data.cause, status: data.status, server: data.remoteAddress, sent_on_from: redirects(data.redirects) };
  return data.main ? { ...shared, outcome: views.outcomes.get(data.view) ?? null, detail: (views.deeds.get(data.view) ?? []).join('. ') } : shared;
}

function place(main: boolean): string {
  return main ? 'page' : 'inside the page';
}

function redirects(list: readonly { readonly url: string }[]): string {
  return list.map((each) => each.url).join(' ');
}

/**
 * `withheld.csv`: the sheet of what is withheld from this copy and why; heads alone where nothing is. `entries` are sequence
 * numbers of the record, as `12` or `12-15`.
 */
export function withheldCsv(facts: ReportFacts): string {
  const rows = facts.withheld.map((each) => [
    each.what, withheldThing(each.what, each.exhibit, each.redaction), each.exhibit, each.sha256, each.redaction, entryNumbers(each.entries, '-'), each.reason, withholdingReason(each.reason), each.words,
  ]);
  return csvText(WITHHELD_HEADS, rows);
}

/** Ranges of sequence numbers: `3 12-15`. */
export function entryNumbers(ranges: readonly (readonly [number, number])[], dash: string): string {
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}${dash}${to}`)).join(' ');
}

/** `exhibits.csv`: a row for each file of each exhibit and of each redacted copy. Of what is not here there are names and hashes alone. */
export function exhibitsCsv(facts: ReportFacts): string {
  const rows = facts.told('capture').flatMap(({ header, data }) => {
    const state = exhibitState(facts, data.exhibit);
    const about = (of: string): Cell[] => [
      data.exhibit, header.seq, of, data.form, data.url, data.view, data.startedAt, data.endedAt, facts.name(data.exhibit.slice(0, 3)), facts.name(data.declaration.by), data.declaration.at,
      data.image?.width ?? null, data.image?.height ?? null,
    ];
    const file = (of: string, here: boolean) => (part: EntryData<'capture'>['parts'][number]): Cell[] => [...about(of), here ? `data/exhibits/${data.exhibit.replace('/', '-')}/${part.name}` : part.name, part.mediaType, part.size, part.sha256, data.warnings.join(' '), data.note];
    const copies = facts.told('redaction').filter((each) => each.data.exhibit === data.exhibit).flatMap(({ data: copy }) => {
      const here = holdsRedaction(facts, copy);
      return copy.parts.map(file(here ? 'redacted copy' : 'redacted copy, not in this copy', here));
    });
    return [...data.parts.map(file(state, state === 'here')), ...copies];
  });
  return csvText(EXHIBIT_HEADS, rows);
}

/** Where the original of an exhibit is: `here`, `quarantined`, or why it is not in this copy. */
export function exhibitState(facts: ReportFacts, exhibit: string): 'here' | 'quarantined' | 'redacted' | 'withheld' | 'not in this copy' {
  if (facts.quarantined.has(exhibit)) return 'quarantined';
  const row = facts.withheld.find((each) => each.exhibit === exhibit);
  if (row !== undefined) return row.what === 'redacted' ? 'redacted' : 'withheld';
  return facts.input.exhibits.some((each) => each.reference === exhibit) ? 'here' : 'not in this copy';
}

/** Whether the files of a redacted copy are in this copy: it takes the exhibit's place, or the exhibit is here whole. */
export function holdsRedaction(facts: ReportFacts, { exhibit, number }: Pick<EntryData<'redaction'>, 'exhibit' | 'number'>): boolean {
  const here = facts.input.exhibits.find((each) => each.reference === exhibit);
  return here !== undefined && (here.redaction === undefined || here.redaction === number);
}
