import type { EntryData } from '../record/kinds.js';
import type { ReportFacts } from './report/facts.js';

/**
 * What became of a page view, each in one way alone; where several hold, the first one counts. `left`: looked at and nothing
 * was done. `failed`: it could not be opened.
 */
export const VIEW_OUTCOMES = ['halted', 'captured', 'concern', 'blocked', 'left', 'failed'] as const;

/** See {@link VIEW_OUTCOMES}. */
export type ViewOutcome = (typeof VIEW_OUTCOMES)[number];

/** Each page view of the record with what became of it and what was done there, in order. */
export interface PageViews {
  readonly outcomes: ReadonlyMap<string, ViewOutcome>;
  /** Sentences for the table; empty where nothing was done. */
  readonly deeds: ReadonlyMap<string, readonly string[]>;
  /** How many views came out in each way; the sum is the number of views. */
  readonly totals: Readonly<Record<ViewOutcome, number>>;
  /** Addresses that the browser refused to open at all: they never became a view. */
  readonly refused: number;
  /** Entries about navigation whose bodies are not in this copy. */
  readonly withheld: number;
}

/** Accounts for every page that the record says was opened in the view, or that could not be. */
export function pageViews(facts: ReportFacts): PageViews {
  const deeds = deedsByView(facts);
  const outcomes = new Map<string, ViewOutcome>();
  for (const { data } of facts.told('navigation')) if (data.main) outcomes.set(data.view, 'left');
  for (const { data } of facts.told('navigation-failed')) if (data.main && !outcomes.has(data.view)) outcomes.set(data.view, 'failed');
  const settle = (view: string | null, outcome: ViewOutcome): void => {
    const before = view === null ? undefined : outcomes.get(view);
    if (view !== null && before !== undefined && VIEW_OUTCOMES.indexOf(outcome) < VIEW_OUTCOMES.indexOf(before)) outcomes.set(view, outcome);
  };
  for (const { data } of facts.told('block-page')) settle(data.view, 'blocked');
  for (const { data } of facts.told('concern')) settle(data.view, 'concern');
  for (const { data } of facts.told('capture')) settle(data.view, 'captured');
  for (const { data } of facts.told('halt')) settle(data.view, 'halted');
  const totals = { halted: 0, captured: 0, concern: 0, blocked: 0, left: 0, failed: 0 };
  for (const outcome of outcomes.values()) totals[outcome] += 1;
  const withheld = facts.input.entries.filter((entry) => entry.body === null && entry.header.kind.startsWith('navigation')).length;
  return { outcomes, deeds, totals, refused: facts.told('navigation-refused').length, withheld };
}

function deedsByView(facts: ReportFacts): Map<string, string[]> {
  const deeds = new Map<string, string[]>();
  const note = (view: string | null, deed: string): void => {
    if (view !== null) deeds.set(view, [...(deeds.get(view) ?? []), deed]);
  };
  for (const { data } of facts.told('capture')) note(data.view, facts.quarantined.has(data.exhibit) ? `Captured ${data.exhibit}, later quarantined` : `Captured ${data.exhibit}`);
  for (const { data } of facts.told('concern')) note(data.view, 'Concern noted');
  for (const { data } of facts.told('capture-refused')) note(data.view, 'Capture refused');
  for (const { data } of facts.told('capture-discarded')) note(data.view, 'Looked at for capture, not kept');
  for (const { data } of facts.told('block-page')) note(data.view, blockedSentence(data));
  for (const { data } of facts.told('stop')) note(data.view, 'STOP pressed');
  for (const { data } of facts.told('halt')) note(data.view, 'Review halted here');
  return deeds;
}

function blockedSentence({ says }: EntryData<'block-page'>): string {
  return says === 'suspected' ? 'Stopped by the filter as suspected' : 'Blocked by the filter';
}
