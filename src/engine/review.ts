import type { AddedWords, ReviewExhibit, ReviewPage, ReviewView, ReviewWords } from '../ipc/disclosure-contract.js';
import type { AddendumState } from '../investigation/case-state.js';
import { concernCategory } from '../investigation/policy/concerns.js';
import { refusalOf } from '../investigation/rules.js';
import type { EntryData, EntryKind } from '../record/kinds.js';
import type { CaseContext } from './case-context.js';
import type { WholeEntry } from '../vault/entry-row.js';
import { outOfReach } from './exhibit-parts.js';
import { wholeRecord } from './whole-record.js';

/** What was opened, kept and noted in a case, page by page, with what was added later. Everything of it is in the record, which is read back whole for it. @throws CodedError `vault.altered` */
export async function reviewOf(context: Pick<CaseContext, 'record' | 'elsewhere' | 'stopped' | 'announce'>): Promise<ReviewView> {
  const { elsewhere, stopped } = context;
  const whole = await wholeRecord(context);
  const { entries, state } = whole;
  const titles = new Map(told(entries, 'title').map(({ data }) => [data.view, data.title]));
  const out = outOfReach(whole);
  const added = (to: number): AddedWords[] => addedTo(state.addenda, to);
  const exhibits = state.exhibits.map(({ reference, seq, at, capture }): ReviewExhibit => ({
    reference, seq, at, by: entries[seq]?.header.by ?? [], form: capture.form, url: capture.url, title: titles.get(capture.view) ?? '', startedAt: capture.startedAt, endedAt: capture.endedAt,
    image: capture.image === null ? null : { width: capture.image.width, height: capture.image.height }, composite: capture.composite, declaredBy: capture.declaration.by, declaredAt: capture.declaration.at,
    note: capture.note, account: capture.account ?? '', warnings: capture.warnings, parts: capture.parts.map(({ name, size, sha256 }) => ({ name, size, sha256 })), quarantined: out.has(reference), added: added(seq),
    redactions: state.redactions.filter((each) => each.exhibit === reference).map((each) => ({ number: each.number, at: each.at, by: each.by, sha256: each.result, boxes: each.boxes })),
  }));
  const words = [
    ...told(entries, 'concern').map(({ header, data }): ReviewWords => ({ seq: header.seq, kind: 'concern', at: header.at, by: header.by, category: data.title ?? concernCategory(data.category)?.title ?? data.category, url: data.url, text: data.description, added: added(header.seq) })),
    ...told(entries, 'note').map(({ header, data }): ReviewWords => ({ seq: header.seq, kind: 'note', at: header.at, by: header.by, category: null, url: null, text: data.text, added: added(header.seq) })),
  ].sort((a, b) => a.seq - b.seq);
  const conclusion = told(entries, 'conclusion').at(-1);
  const may = (action: 'addendum' | 'redact'): boolean => refusalOf(state, action, elsewhere) === null && !(stopped && action === 'redact');
  const sittings = told(entries, 'sitting-started').map(({ header }) => header.at);
  const { organisation, reason, cameUp = null, reviewers, computer } = state.opened;
  return {
    form: { organisation, reason, cameUp, computer, sittings: sittings.length === 0 ? [state.openedAt] : sittings, reviewers: reviewers.map(({ initials, name, position }) => ({ initials, name, position })) },
    pages: pagesOf(entries, titles), exhibits, words,
    conclusion: conclusion === undefined ? null : { seq: conclusion.header.seq, at: conclusion.header.at, by: conclusion.header.by, added: added(conclusion.header.seq) },
    canAdd: may('addendum'), canRedact: may('redact'),
  };
}

/** What was added later to the entry of that number, in order. */
export function addedTo(addenda: readonly AddendumState[], to: number): AddedWords[] {
  return addenda.filter((each) => each.to === to).map(({ seq, at, by, text, told: rows = [] }) => ({ seq, at, by, text, told: rows }));
}

interface Told<K extends EntryKind> {
  readonly header: WholeEntry['header'];
  readonly data: EntryData<K>;
}

function told<K extends EntryKind>(entries: readonly WholeEntry[], kind: K): Told<K>[] {
  return entries.filter((entry) => entry.header.kind === kind).map(({ header, body }) => ({ header, data: body.data as EntryData<K> }));
}

type Page = { -readonly [K in keyof ReviewPage]: ReviewPage[K] };

/** One page for each load in the view, in the order in which they were opened; of a load that moved on, the last address. */
function pagesOf(entries: readonly WholeEntry[], titles: ReadonlyMap<string, string>): ReviewPage[] {
  const pages = new Map<string, Page>();
  for (const { header, body } of entries) {
    const data = body.data as { view?: string | null; main?: boolean; url?: string };
    const page = typeof data.view === 'string' ? pages.get(data.view) : undefined;
    switch (header.kind) {
      case 'navigation':
      case 'navigation-failed':
        if (data.main === true && typeof data.view === 'string' && data.url !== undefined && (page === undefined || page.status === 'failed')) {
          pages.set(data.view, { view: data.view, url: data.url, title: titles.get(data.view) ?? '', at: header.at, shownMs: null, status: header.kind === 'navigation' ? 'opened' : 'failed', exhibits: [], concerns: [] });
        }
        break;
      case 'navigation-in-page':
        if (data.main === true && page !== undefined && data.url !== undefined) page.url = data.url;
        break;
      case 'page-left':
        if (page !== undefined) page.shownMs = (page.shownMs ?? 0) + (body.data as EntryData<'page-left'>).shownMs;
        break;
      case 'capture':
        if (page !== undefined) page.exhibits = [...page.exhibits, (body.data as EntryData<'capture'>).exhibit];
        break;
      case 'concern':
        if (page !== undefined) page.concerns = [...page.concerns, header.seq];
        break;
      case 'block-page':
        if (page !== undefined) page.status = 'blocked';
        break;
      case 'halt':
        if (page !== undefined) page.status = 'halted';
        break;
      default:
    }
  }
  return [...pages.values()];
}
