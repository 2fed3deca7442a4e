import type { CaseState } from '../investigation/case-state.js';
import { HALT_STEPS } from '../investigation/policy/halt-steps.js';
import type { EntryData } from '../record/kinds.js';
import type { CaseView, CompositeView, ExhibitItem, HaltView, QuestionView, RecordItem } from '../ipc/case-view.js';
import type { AppState, Progress, SetUpDraftView } from '../ipc/state.js';
import type { WholeEntry } from '../vault/entry-row.js';
import type { Engine } from './engine.js';
import { clockToday } from './clock-check.js';
import type { OpenCase } from './open-case.js';
import type { PendingComposite } from './captures.js';
import { adminState } from './admin-state.js';
import { ANSWER_WITHIN_MS } from './halt.js';
import { copiesMade } from './hand-overs.js';
import { monthsLater } from './months.js';
import { recordLine } from './record-lines.js';
import { addedTo } from './review.js';
import { VIEWPORT } from './sitting-facts.js';
import { toldSince } from '../investigation/told.js';

/** What the snapshot needs besides the engine. */
export interface AppExtras {
  readonly versions: { readonly app: string; readonly browser: string; readonly node: string; readonly system: string };
  readonly progress: Progress | null;
  readonly alert: AppState['alert'];
  readonly exports: CaseView['exports'];
  readonly farewell: AppState['farewell'];
  readonly draft: SetUpDraftView | null;
  readonly offered: AppState['offered'] | null;
  /** The time now, an instant. */
  readonly now: string;
}

/** The whole state of the app as the screens show it, made anew from the engine each time. */
export function appState(engine: Engine, extras: AppExtras): AppState {
  const installation = engine.installation;
  const open = engine.case;
  return {
    screen: screenOf(engine),
    version: extras.versions.app,
    versions: { browser: extras.versions.browser, node: extras.versions.node, system: extras.versions.system },
    organisation: installation?.organisation ?? '',
    computer: installation?.computer ?? { name: '', location: '' },
    contacts: engine.school.contacts,
    reviewers: (installation?.reviewers ?? []).filter((r) => r.status === 'active').map(({ initials, name, position }) => ({ initials, name, position })),
    signedIn: engine.signedIn,
    cases: engine.cases.map(({ released: _released, sealedAt, ...line }) => ({ ...line, reviewOn: reviewOn(sealedAt, engine.admin?.kept.retentionMonths ?? null) })),
    case: open === null ? null : { ...caseView(open, extras.exports), preFlightDue: engine.preFlight.due },
    locked: engine.lockView,
    farewell: extras.farewell,
    settings: engine.school.settings,
    network: engine.school.network,
    admin: adminState(engine, extras.now),
    crisis: installation?.crisis === null || installation === null ? null : { caseReference: installation.crisis.caseReference, at: installation.crisis.at },
    progress: extras.progress,
    alert: extras.alert,
    ...(extras.offered == null ? {} : { offered: extras.offered }),
    ...(installation === null && extras.draft !== null ? { setUpDraft: extras.draft } : {}),
  };
}

/** When a sealed case is due to be looked at again (DOMAIN.md section 6): so many months after it was sealed. */
function reviewOn(sealedAt: string | null, months: number | null): string | null {
  return sealedAt === null || months === null ? null : monthsLater(sealedAt, months);
}

function screenOf(engine: Engine): AppState['screen'] {
  if (engine.installation === null) return 'set-up';
  if (engine.lockView !== null) return 'locked';
  if (engine.signedIn === null) return 'sign-in';
  if (engine.case === null) return 'cases';
  return engine.case.context.record.state.halt?.released === false ? 'halted' : 'case';
}

/** Whether the reviewers are asked to compare the clock: nobody knows today how far it is off, and no time server will say. */
function clockAsked({ context: { record, ports, settings, elsewhere } }: OpenCase): boolean {
  const { offset, unanswered } = clockToday(record.state.clock, ports.clock.now());
  return !elsewhere && offset === null && (settings().sntpServer === null || unanswered);
}

function caseView(open: OpenCase, exports: CaseView['exports']): CaseView {
  const { record } = open.context;
  const { state } = record;
  const page = open.sitting?.page ?? null;
  return {
    id: record.store.id,
    reference: state.opened.reference,
    reason: state.opened.reason,
    subject: state.opened.subject,
    phase: state.phase,
    openedAt: state.openedAt,
    browsing: open.sitting !== null,
    clockAsked: clockAsked(open),
    heldBy: state.heldBy,
    page: page === null ? null : { view: page.view, url: page.url, title: page.title, loading: page.loading, canGoBack: page.canGoBack, canGoForward: page.canGoForward },
    question: questionView(open),
    blockPage: open.sitting?.blockPage ?? null,
    looking: open.sitting?.looking ?? { shielded: true, textFirst: false, notLoaded: 0 },
    viewport: { width: VIEWPORT.width, height: VIEWPORT.height },
    entries: record.count,
    exhibits: state.exhibits.map(exhibitItem),
    concerns: state.concerns.map(({ by, at, category, description, url }) => ({ by, at, category, description, url })),
    composite: open.captures.pending === null ? null : compositeView(open.captures.pending),
    series: open.captures.series,
    captureList: open.list.view,
    halt: haltView(open),
    pastHalts: state.pastHalts.length,
    interrupted: state.interrupted === null || open.context.elsewhere ? null : { url: state.interrupted.url },
    staff: state.opened.subject === 'staff' ? state.staff : null,
    reported: state.reported,
    conclusion: state.conclusion,
    told: state.told,
    ...tellingTicked(state.pastHalts),
    toldSince: toldSince(state),
    checkpoint: state.checkpoint === null ? null : { at: state.checkpoint.at, words: state.checkpoint.words, count: state.checkpoint.count },
    elsewhere: open.context.elsewhere,
    exports,
    copies: copiesMade(record),
  };
}

function questionView(open: OpenCase): QuestionView | null {
  const asked = open.sitting?.questions.open ?? null;
  return asked === null ? null : { id: asked.id, agreed: asked.agreed, ...asked.question };
}

function exhibitItem(exhibit: OpenCase['context']['record']['state']['exhibits'][number]): ExhibitItem {
  const { capture } = exhibit;
  return {
    reference: exhibit.reference,
    at: exhibit.at,
    form: capture.form,
    url: capture.url,
    size: capture.image === null ? null : { width: capture.image.width, height: capture.image.height },
    sha256: capture.composite,
    note: capture.note,
    quarantined: exhibit.quarantined,
  };
}

function compositeView({ composite, digest }: PendingComposite): CompositeView {
  return {
    id: composite.id,
    form: composite.form,
    url: composite.url,
    title: composite.title,
    image: composite.image === null ? null : { width: composite.image.width, height: composite.image.height },
    area: composite.image?.area ?? null,
    element: composite.image?.element ?? null,
    pictures: (composite.image?.pieces ?? []).flatMap(({ at, row, height }) => (at === null ? [] : [{ at, row, height }])),
    pieces: (composite.image?.pieces ?? []).filter(({ at }) => at === null).length,
    text: composite.text.slice(0, 20_000),
    sha256: digest,
    warnings: [...composite.warnings],
  };
}

function tellingTicked(halts: CaseState['pastHalts']): Pick<CaseView, 'tellingTicked'> {
  const ticked = halts.flatMap(({ steps }) => HALT_STEPS.flatMap(({ id, tells }) => (tells === true && steps[id] !== undefined ? [{ step: id, ...steps[id] }] : [])));
  return ticked.length === 0 ? {} : { tellingTicked: ticked };
}

function haltView(open: OpenCase): HaltView | null {
  const { halt, addenda } = open.context.record.state;
  if (halt === null) return null;
  const { at, by, answered, sentence, steps, released, ended, view, url } = halt;
  const added = <T extends { readonly seq: number }>(each: T): T & { readonly added: ReturnType<typeof addedTo> } => ({ ...each, added: addedTo(addenda, each.seq) });
  const [calls, advice] = [halt.calls.map(added), halt.advice.map(added)];
  const answerBy = new Date(Date.parse(at) + ANSWER_WITHIN_MS).toISOString();
  return { at, by, answered, ...(answered ? {} : { answerBy }), ...(view === null && url === null ? { withoutPage: true as const } : {}), sentence, steps, calls, advice, released, ended, copies: open.halt.copies };
}

/** One entry as a line of the live record. */
export function recordItem(entry: WholeEntry): RecordItem {
  const { seq, at, kind, by } = entry.header;
  const words = recordLine(kind, entry.body.data as EntryData<typeof kind>, by);
  return { seq, at, kind, by, ...words, signed: entry.signatures.length === 2 };
}
