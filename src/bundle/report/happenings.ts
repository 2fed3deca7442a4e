import type { EntryData } from '../../record/kinds.js';
import type { ReportFacts } from './facts.js';
import { count, row, table } from './parts.js';
import { html, type Html } from './template.js';
import { bothTimes, localInstant } from './times.js';

/** Something that belongs among the steps from capture to this copy. */
export interface Step {
  readonly seq: number;
  readonly at: string;
  readonly what: string;
  readonly who: string;
}

const LOCKED = {
  idle: 'App locked by itself: nobody had used it for the time that is set. The keys were wiped from memory',
  'step-out': 'App locked by a reviewer. The keys were wiped from memory',
  computer: 'App locked because the computer went to sleep, shut down or locked its screen. The keys were wiped from memory',
} as const;

/** When the app was locked, resumed and signed out of. */
export function lockSteps(facts: ReportFacts): Step[] {
  const both = (initials: readonly string[]): string => (initials.includes('app') ? 'The software' : initials.map(facts.name).join(' and '));
  return [
    ...facts.told('locked').map(({ header, data }) => ({ seq: header.seq, at: header.at, what: LOCKED[data.reason], who: both(header.by) })),
    ...facts.told('resumed').map(({ header, data }) => ({ seq: header.seq, at: header.at, what: 'App unlocked with both passphrases', who: both(data.reviewers) })),
    ...facts.told('sign-out').map(({ header, data }) => ({ seq: header.seq, at: header.at, what: signedOut(data), who: both(header.by) })),
  ];
}

function signedOut(data: EntryData<'sign-out'>): string {
  const sums = [count(data.pages, 'page', 'pages'), count(data.captures, 'capture', 'captures'), count(data.concerns, 'concern', 'concerns'), count(data.notes, 'note', 'notes')].join(', ');
  return data.acts
    ? `Both signed out. Each read the sums (${sums}) and gave the passphrase for them`
    : `Both signed out without reading the sums and giving their passphrases for them (${sums})`;
}

/** Checks of the computer's clock and its jumps. Nothing in the record was corrected after them. */
export function clockTable(facts: ReportFacts): Html {
  const rows = [
    ...facts.told('clock-check').map(({ header, data }) => ({ seq: header.seq, cells: row([bothTimes(header.at), checkedHow(facts, header.by, data), checked(data)]) })),
    ...facts.told('clock-jump').map(({ header, data }) => ({ seq: header.seq, cells: row([bothTimes(header.at), 'The clock was set, or jumped', jumped(data)]) })),
  ].sort((a, b) => a.seq - b.seq);
  if (rows.length === 0) return html`<p>The computer’s clock was not held against another, and did not jump.</p>`;
  return table('The computer’s clock: how it was checked and when it jumped; no time in this record was corrected', ['Time', 'What happened', 'Result'], rows.map((each) => each.cells), [24, 34, 42]);
}

function checkedHow(facts: ReportFacts, by: readonly string[], { how, server }: EntryData<'clock-check'>): string {
  if (how === 'none') return 'No other clock was asked';
  return how === 'sntp' ? `Held against the time server ${server ?? ''}` : `Compared by ${by.map(facts.name).join(' and ')}`;
}

function checked({ offsetMs, note, how, timeZone, utcOffsetMinutes }: EntryData<'clock-check'>): string {
  const unknown = { sntp: 'No answer came', manual: 'No difference was given', none: 'Not compared' }[how];
  const offset = offsetMs === null ? unknown : offsetMs === 0 ? 'No difference' : `The computer’s clock was ${seconds(Math.abs(offsetMs))} ${offsetMs > 0 ? 'behind' : 'ahead'}`;
  const zone = timeZone === undefined || utcOffsetMinutes === undefined ? '' : `Time zone ${timeZone}, ${utcOffset(utcOffsetMinutes)}`;
  return [offset, note.replace(/\.$/, ''), zone].filter((part) => part !== '').map((part) => `${part}.`).join(' ');
}

/** How far a time zone is from UTC: `UTC +01:00`. */
export function utcOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((number) => String(number).padStart(2, '0'));
  return `UTC ${minutes < 0 ? '−' : '+'}${hours ?? ''}:${rest ?? ''}`;
}

function jumped({ wallMs, monotonicMs }: EntryData<'clock-jump'>): string {
  const by = wallMs - monotonicMs;
  return `It went ${by > 0 ? 'forward' : 'back'} by ${seconds(Math.abs(by))}: it showed ${seconds(wallMs)} for ${seconds(monotonicMs)} that had passed.`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toLocaleString('en-GB', { maximumFractionDigits: 3 })} seconds`;
}

/** Every wrong passphrase that the record tells of. */
export function passphraseTable(facts: ReportFacts): Html {
  const told = facts.told('wrong-passphrase');
  if (told.length === 0) return html`<p>No wrong passphrase is in this record.</p>`;
  const rows = told.map(({ data }) => row([bothTimes(data.at), facts.name(data.initials), data.earlier === undefined ? '' : `${count(data.earlier, 'earlier one', 'earlier ones')} not in the record`]));
  return table('Wrong passphrases given at this computer', ['Time', 'For', 'Besides'], rows, [30, 40, 30]);
}

/** How long checkpoints had gone without a time stamp, or nothing. */
export function gap({ unstampedSince, genTime }: EntryData<'timestamp'>): string {
  if (unstampedSince === null) return '';
  const minutes = Math.round((Date.parse(genTime) - Date.parse(unstampedSince)) / 60_000);
  return `; none since ${localInstant(unstampedSince)} (${count(minutes, 'minute', 'minutes')})`;
}
