import type { EntryData, EntryKind } from '../record/kinds.js';
import type { EntryHeader } from '../record/entry.js';
import { withoutFragment, type FlaggedPage } from './flagged.js';
import { changeHalt, NEW_HALT, type HaltState } from './halt-state.js';
import { toldBy, type ToldSoFar } from './told.js';

/** Where a case stands. A halted case stays halted; a sealed case takes exports alone, and STOP. */
export type CasePhase = 'open' | 'halted' | 'concluded' | 'sealed';

/** An exhibit as the record tells of it. */
export interface ExhibitState {
  readonly reference: string;
  readonly seq: number;
  readonly at: string;
  readonly capture: EntryData<'capture'>;
  readonly quarantined: boolean;
}

/** A redacted copy as the record tells of it. */
export type RedactionState = EntryData<'redaction'> & { readonly seq: number; readonly at: string; readonly by: readonly string[] };

/** A bundle that was made of the case, and who said that they have it. `finished` is null for one that may not have been finished. */
export interface CopyState {
  readonly seq: number;
  readonly at: string;
  readonly by: readonly string[];
  readonly export: EntryData<'export'>;
  readonly finished: EntryData<'export-finished'> | null;
  readonly received: readonly (EntryData<'received'> & { readonly seq: number; readonly by: readonly string[]; readonly writtenAt: string })[];
}

/** Words that were added to an entry later. */
export type AddendumState = EntryData<'addendum'> & { readonly seq: number; readonly at: string; readonly by: readonly string[] };

/** What the clock checks say: the newest that found how far the clock is off, and when a time server was asked in vain since. */
export interface ClockState {
  readonly offset: { readonly offsetMs: number; readonly at: string } | null;
  readonly unansweredAt: string | null;
}

/** Where a time-stamping authority stands with a case. */
export interface StampState {
  /** The newest checkpoint that bears its time stamp, or -1. */
  readonly stamped: number;
  /** Whether a failure is on record that no time stamp has followed. */
  readonly failing: boolean;
  /** Whether that failure left a checkpoint without a time stamp. */
  readonly missed: boolean;
}

/** How {@link CaseState} is made: goes up whenever its fields or {@link applyEntry} change, so that no state made otherwise is taken for it. */
export const STATE_VERSION = 3;

/** Everything that a decision about a case rests on; made from its entries alone. Plain JSON: it is kept with the record, so that opening a long one need not read it all. */
export interface CaseState {
  readonly phase: CasePhase;
  readonly opened: EntryData<'case-opened'>;
  readonly openedAt: string;
  /** Addresses that are never opened: as they were reported, and those of pages that halted the case. */
  readonly suspected: readonly string[];
  /** Addresses of the report that may be opened, as they were reported. */
  readonly reported: readonly string[];
  /** The last answers before browsing, and which entry they are; null before the first. */
  readonly preFlight: { readonly seq: number; readonly data: EntryData<'pre-flight'> } | null;
  /** Whether a sitting is under way. */
  readonly sitting: boolean;
  /** Who has the controls; the first reviewer until somebody takes them. */
  readonly heldBy: string;
  /** The page in the view: its load and its present address. */
  readonly view: { readonly id: string; readonly url: string } | null;
  readonly views: number;
  readonly exhibits: readonly ExhibitState[];
  readonly concerns: readonly (EntryData<'concern'> & { by: readonly string[]; at: string; seq: number })[];
  readonly addenda: readonly AddendumState[];
  readonly redactions: readonly RedactionState[];
  /** Every bundle that was begun, in order. */
  readonly copies: readonly CopyState[];
  readonly halt: HaltState | null;
  /** Halts after which the police advised no further action. Quarantine and closed addresses stay. */
  readonly pastHalts: readonly HaltState[];
  /** The page that was open when the app or the browser stopped by itself, until a reviewer has said what it was. */
  readonly interrupted: { readonly view: string; readonly url: string } | null;
  /** Whether the app is locked: a page behind a lock was not in anybody's view. */
  readonly locked: boolean;
  /** Of a case about a member of staff: whether advice is on record, and whether both have declared that they are not concerned. */
  readonly staff: { readonly advised: boolean; readonly declared: boolean };
  /** Who the record itself says was told: calls to the police, advice before a case about staff, bundles that the police or the LADO have. */
  readonly told: readonly ToldSoFar[];
  readonly conclusion: EntryData<'conclusion'> | null;
  /** Whether both have sealed it; a sealed case that is halted is still sealed. */
  readonly sealed: boolean;
  readonly checkpoint: (EntryData<'checkpoint'> & { at: string }) | null;
  readonly clock: ClockState;
  /** By name of the authority. */
  readonly stamps: Readonly<Record<string, StampState>>;
  readonly entries: number;
}

/** What {@link applyEntry} needs of an entry. */
export type AppliedEntry = { [K in EntryKind]: { header: Pick<EntryHeader, 'at' | 'by' | 'seq'>; kind: K; data: EntryData<K> } }[EntryKind];

/** The state once `entry` has been added; `state` is null before `case-opened`, which must come first. */
export function applyEntry(state: CaseState | null, entry: AppliedEntry): CaseState {
  if (entry.kind === 'case-opened') return openedState(entry.data, entry.header.at);
  if (state === null) throw new RangeError('a record starts with case-opened');
  const told = toldBy(entry, state.copies);
  return { ...change(state, entry), ...(told === null ? {} : { told: [...state.told, told] }), entries: state.entries + 1 };
}

function openedState(opened: EntryData<'case-opened'>, at: string): CaseState {
  return {
    phase: 'open', opened, openedAt: at, suspected: [], reported: [], preFlight: null, sitting: false, heldBy: opened.reviewers[0]?.initials ?? '', view: null, views: 0, exhibits: [],
    concerns: [], addenda: [], redactions: [], copies: [], halt: null, pastHalts: [], interrupted: null, locked: false, staff: { advised: false, declared: false }, told: [], conclusion: null, sealed: false, checkpoint: null, clock: { offset: null, unansweredAt: null }, stamps: {}, entries: 1,
  };
}

function change(state: CaseState, entry: Exclude<AppliedEntry, { kind: 'case-opened' }>): CaseState {
  const { at, by, seq } = entry.header;
  switch (entry.kind) {
    case 'suspected-address':
      return { ...state, suspected: [...state.suspected, entry.data.url] };
    case 'reported-address':
      return { ...state, reported: [...state.reported, entry.data.url] };
    case 'pre-flight':
      return { ...state, preFlight: { seq, data: entry.data } };
    case 'sitting-started':
      return { ...state, sitting: true, heldBy: entry.data.reviewers[0] ?? state.heldBy, view: null, interrupted: null, locked: false };
    case 'sitting-ended':
      return { ...state, sitting: false, view: null, interrupted: entry.data.reason === 'interrupted' && !state.locked && state.view !== null ? { view: state.view.id, url: state.view.url } : state.interrupted };
    case 'interruption-answered':
      return { ...state, interrupted: null };
    case 'locked':
    case 'resumed':
      return { ...state, locked: entry.kind === 'locked' };
    case 'staff-advice':
      return { ...state, staff: { ...state.staff, advised: true }, halt: state.halt === null ? null : changeHalt(state.halt, entry) };
    case 'not-concerned':
      return { ...state, staff: { ...state.staff, declared: true } };
    case 'controls':
      return { ...state, heldBy: entry.data.heldBy };
    case 'navigation':
      return entry.data.main ? { ...state, view: { id: entry.data.view, url: entry.data.url }, views: state.views + 1 } : state;
    case 'navigation-in-page':
      return entry.data.main ? { ...state, view: { id: entry.data.view, url: entry.data.url } } : state;
    case 'capture':
      return { ...state, exhibits: [...state.exhibits, { reference: entry.data.exhibit, seq, at, capture: entry.data, quarantined: false }] };
    case 'quarantine':
      return { ...state, exhibits: state.exhibits.map((e) => (e.reference === entry.data.exhibit ? { ...e, quarantined: true } : e)) };
    case 'concern':
      return { ...state, concerns: [...state.concerns, { ...entry.data, by, at, seq }] };
    case 'addendum':
      return { ...state, addenda: [...state.addenda, { ...entry.data, seq, at, by }] };
    case 'redaction':
      return { ...state, redactions: [...state.redactions, { ...entry.data, seq, at, by }] };
    case 'export':
      return { ...state, copies: [...state.copies, { seq, at, by, export: entry.data, finished: null, received: [] }] };
    case 'export-finished':
      return { ...state, copies: state.copies.map((copy, i, all) => (i === all.length - 1 ? { ...copy, finished: entry.data } : copy)) };
    case 'received':
      return { ...state, copies: state.copies.map((copy) => (copy.seq === entry.data.export ? { ...copy, received: [...copy.received, { ...entry.data, seq, by, writtenAt: at }] } : copy)) };
    case 'stop':
      return { ...state, phase: 'halted', halt: { ...NEW_HALT, seq, at, by, answered: false, cause: 'unanswered', sentence: '', ...entry.data } };
    case 'stop-withdrawn':
      return { ...state, phase: phaseBefore(state), halt: null };
    case 'halt':
      return { ...state, phase: 'halted', interrupted: null, halt: { ...(state.halt ?? NEW_HALT), seq: state.halt?.seq ?? seq, at: state.halt?.at ?? at, by, answered: true, ...entry.data } };
    case 'halt-step':
    case 'police-call':
    case 'halt-released':
      return state.halt === null ? state : { ...state, halt: changeHalt(state.halt, entry) };
    case 'halt-ended':
      return endHalt(state, { ...entry.data, at, by });
    case 'conclusion':
      return { ...state, phase: 'concluded', interrupted: null, conclusion: entry.data };
    case 'seal':
      return { ...state, phase: 'sealed', sealed: true };
    case 'checkpoint':
      return { ...state, checkpoint: { ...entry.data, at } };
    case 'clock-check':
      return { ...state, clock: clockAfter(state.clock, entry.data, at) };
    case 'timestamp':
      return { ...state, stamps: { ...state.stamps, [entry.data.authority]: { stamped: entry.data.checkpointSeq, failing: false, missed: false } } };
    case 'timestamp-failed':
      return { ...state, stamps: { ...state.stamps, [entry.data.authority]: { stamped: state.stamps[entry.data.authority]?.stamped ?? -1, failing: true, missed: entry.data.checkpointSeq !== null } } };
    default:
      return state;
  }
}

function clockAfter(clock: ClockState, { offsetMs, how }: EntryData<'clock-check'>, at: string): ClockState {
  if (offsetMs !== null) return { offset: { offsetMs, at }, unansweredAt: null };
  return how === 'sntp' ? { ...clock, unansweredAt: at } : clock;
}

/** Where a case stood before it was halted. */
function phaseBefore({ sealed, conclusion }: CaseState): CasePhase {
  return sealed ? 'sealed' : conclusion === null ? 'open' : 'concluded';
}

function endHalt(state: CaseState, ended: NonNullable<HaltState['ended']>): CaseState {
  if (state.halt === null) return state;
  const halt = { ...state.halt, ended };
  if (ended.how === 'handed-to-police') return { ...state, halt };
  const shown = state.exhibits.filter(({ reference }) => halt.shown?.includes(reference) === true).map(({ capture }) => capture.url);
  const closed = [...new Set([...(halt.url === null ? [] : [halt.url]), ...shown])].filter((url) => /^https?:/i.test(url));
  return { ...state, phase: phaseBefore(state), halt: null, pastHalts: [...state.pastHalts, halt], suspected: [...state.suspected, ...closed] };
}

/** The number that the next redacted copy of an exhibit gets. */
export function nextRedaction(state: CaseState, exhibit: string): number {
  return state.redactions.filter((redaction) => redaction.exhibit === exhibit).length + 1;
}

/** The reference that the next exhibit produced by `initials` gets: unique in the case, numbered from 1. */
export function nextExhibit(state: CaseState, initials: string): string {
  const produced = state.exhibits.filter((exhibit) => exhibit.reference.startsWith(`${initials}/`)).length;
  return `${initials}/${produced + 1}`;
}

/**
 * The exhibits that a halt on `view` and `url` seals: earlier captures of the same page load, the same address (fragment
 * aside) or the same document, as `flagged` tells. They are never again shown, opened, exported or printed.
 */
export function exhibitsToQuarantine(state: CaseState, view: string | null, url: string | null, flagged: FlaggedPage | null = null): ExhibitState[] {
  const address = url === null ? null : withoutFragment(url);
  const isFlagged = (of: string, at: string): boolean => of === view || at === address || flagged?.views.has(of) === true || flagged?.addresses.has(at) === true;
  return state.exhibits.filter((e) => !e.quarantined && isFlagged(e.capture.view, withoutFragment(e.capture.url)));
}
