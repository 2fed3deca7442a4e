import { BROWSER_RULES } from '../investigation/policy/browser.js';
import { concernCategory } from '../investigation/policy/concerns.js';
import { HALT_STEPS } from '../investigation/policy/halt-steps.js';
import { timeTrouble } from './trusted-time-trouble.js';
import type { EntryData, EntryKind, NavigationCause } from '../record/kinds.js';

/** An entry in plain words, for the live record, the command line and the report. */
export interface RecordLine {
  readonly line: string;
  readonly detail: string | null;
  readonly tone: 'plain' | 'kept' | 'refused' | 'halt';
}

const CAUSES: Readonly<Record<NavigationCause, string>> = {
  typed: 'Typed', link: 'Link', form: 'Form', script: 'By the page itself', refresh: 'By the page itself, after a time', history: 'Back or forward',
  reload: 'Opened again', popup: 'The page wanted a new window', frame: 'Part of the page', unknown: 'Not known why',
};

const FORMS: Readonly<Record<EntryData<'capture'>['form'], string>> = { viewport: 'what you see', 'full-page': 'whole page', text: 'text only' };

const HALTS: Readonly<Record<EntryData<'halt'>['cause'], string>> = {
  'stop-suspected': 'STOP was pressed: suspected', 'stop-unsure': 'STOP was pressed: not sure', 'declared-suspected': 'Before a capture a reviewer said: suspected',
  'declared-unsure': 'Before a capture a reviewer said: not sure', 'suspected-address': 'The address is marked as suspected', 'block-page': 'The filter says that the page is blocked',
  unanswered: 'STOP was pressed and nobody answered', interrupted: 'STOP was pressed and the app was restarted before anybody answered',
};

const ENDS: Readonly<Record<EntryData<'sitting-ended'>['reason'], string>> = {
  'sign-out': 'Both signed out', halt: 'The case was halted', seal: 'The case was sealed', closed: 'The browser was closed', interrupted: 'The app or the browser stopped by itself',
};

type Writers = { [K in EntryKind]: (data: EntryData<K>, by: readonly string[]) => RecordLine };

const plain = (line: string, detail: string | null = null): RecordLine => ({ line, detail, tone: 'plain' });
const kept = (line: string, detail: string | null = null): RecordLine => ({ line, detail, tone: 'kept' });
const refused = (line: string, detail: string | null = null): RecordLine => ({ line, detail, tone: 'refused' });
const halted = (line: string, detail: string | null = null): RecordLine => ({ line, detail, tone: 'halt' });

const WRITERS: Writers = {
  'case-opened': (d, by) => plain(`Case ${d.reference} opened by ${names(by)}`, d.reason),
  'suspected-address': (d) => refused('Address marked: never open', short(d.url)),
  'sitting-started': (d) => plain('Browser started', `${d.browser} · ${d.reviewers.join(' and ')}`),
  'sitting-ended': (d) => plain('Browser closed', ENDS[d.reason]),
  'self-test': (d) => plain(`Self-test: ${d.passed} passed, ${d.failed} failed`),
  controls: (d) => plain(`${d.heldBy} took the controls`),
  navigation: (d, by) => plain(`${d.main ? 'Opened' : 'Part of the page opened'} ${short(d.url)}`, navigationDetail(d, by)),
  'navigation-in-page': (d) => plain(`Moved within the page to ${short(d.url)}`, CAUSES[d.cause]),
  'navigation-failed': (d) => refused(`Could not open ${short(d.url)}`, d.error),
  'navigation-refused': (d) => refused(`${BROWSER_RULES[d.what].sentence}: ${short(d.url)}`, BROWSER_RULES[d.what].why),
  title: (d) => plain(`Title: ${d.title === '' ? '(none)' : d.title}`),
  refusal: (d) => refused(`${BROWSER_RULES[d.what].sentence}${d.detail === '' ? '' : `: ${d.detail}`}`, BROWSER_RULES[d.what].why),
  shield: (d, by) => plain(d.lifted ? `Pictures shown by ${names(by)}` : `Pictures hidden again by ${names(by)}`, d.how === 'held' ? 'For as long as the key or the button was held' : d.lifted ? 'Until they are hidden again' : null),
  'text-first': (d, by) => plain(d.on ? `Text first: chosen by ${names(by)}` : `Text first: ended by ${names(by)}`, d.on ? 'Pictures, films, sounds and script files are not loaded.' : null),
  capture: (d) => kept(`Captured ${d.exhibit}: ${FORMS[d.form]}`, `${d.image === null ? 'Text' : `${d.image.width} × ${d.image.height} px`} · saved and checked`),
  'capture-refused': (d) => refused('Capture refused', d.sentence),
  'capture-discarded': () => plain('A capture was not kept', 'It was in memory only and has been wiped.'),
  concern: (d, by) => plain(`Concern by ${names(by)}: ${concernCategory(d.category)?.title.toLowerCase() ?? d.category}`, d.description),
  note: (d, by) => plain(`Note by ${names(by)}`, d.text),
  stop: (_, by) => halted(`STOP pressed${by[0] === 'app' ? '' : ` by ${names(by)}`}`),
  'stop-withdrawn': (d) => plain('STOP was pressed by mistake', d.reason),
  halt: (d) => halted('The case is halted', `${HALTS[d.cause]}${d.sentence === '' ? '' : `. ${d.sentence}`}`),
  'halt-step': (d, by) => plain(`${d.done ? 'Done' : 'Not done'}: ${HALT_STEPS.find((step) => step.id === d.step)?.title ?? d.step}`, names(by)),
  'halt-released': (d) => plain('Both signed: the police have said what to do', d.text),
  quarantine: (d) => halted(`${d.exhibit} is quarantined`, d.reason),
  'police-call': (d, by) => plain(`Call to ${d.force} by ${names(by)}`, [d.officer, d.reference, d.advice].filter((text) => text !== '').join(' · ') || null),
  conclusion: (d) => plain(d.substance ? 'Conclusion: the concern has substance' : 'Conclusion: the concern has no substance', d.text),
  checkpoint: (d) => plain(`Checkpoint after ${d.count} entries`, d.words.join(' ')),
  timestamp: (d) => plain(`Time stamp from ${d.authority}: ${utc(d.genTime)}`, d.unstampedSince === null ? `Covers entries 0 to ${d.checkpointSeq}.` : `Covers entries 0 to ${d.checkpointSeq}. There had been none since ${utc(d.unstampedSince)}.`),
  'timestamp-failed': (d) => refused(`No time stamp from ${d.authority}`, `${timeTrouble(d.code)} The work goes on. It is tried again by itself.`),
  seal: (d) => kept('Sealed by both reviewers', `${d.entries} entries, ${d.exhibits} exhibits, ${d.concerns} concerns`),
  export: (d) => plain('Bundle started', `For: ${d.recipient}. ${d.exhibits} exhibits, ${d.quarantined} quarantined`),
  'export-finished': (d) => (d.code === null ? kept('Bundle finished', `${d.files} files, ${d.bytes} bytes`) : refused('Bundle not made', d.code)),
  locked: (d) => plain('Locked', d.reason === 'idle' ? 'Nobody had done anything for some time.' : 'Both stepped out.'),
  resumed: (d) => plain(`Unlocked by ${d.reviewers.join(' and ')}`),
  'clock-jump': (d) => refused('The computer’s clock was changed, or the computer slept', `By the clock ${seconds(d.wallMs)} went by; by the time that cannot be set, ${seconds(d.monotonicMs)}.`),
  'clock-check': (d) => plain(d.offsetMs === null ? 'The clock could not be compared' : `The other clock is ${seconds(Math.abs(d.offsetMs))} ${d.offsetMs < 0 ? 'behind' : 'ahead'}`, [d.server, d.note].filter((text) => text !== null && text !== '').join(' · ') || null),
  'wrong-passphrase': (d) => refused(`A wrong passphrase was given for ${d.initials}`, `${d.at}${d.earlier === undefined ? '' : `. ${d.earlier} earlier ones are not listed.`}`),
  'sign-out': (d) => plain(d.acts ? 'Both signed for what they did, and signed out' : 'Signed out without signatures', `${d.entries} entries: ${d.pages} pages, ${d.captures} captures, ${d.concerns} concerns`),
};

/** `kind` and `data` of an entry in plain words. */
export function recordLine<K extends EntryKind>(kind: K, data: EntryData<K>, by: readonly string[]): RecordLine {
  const written = WRITERS[kind](data, by);
  return 'seenAt' in data ? { ...written, detail: [`At ${data.seenAt}, while the app was locked`, written.detail].filter((part) => part !== null).join('. ') } : written;
}

function navigationDetail(d: EntryData<'navigation'>, by: readonly string[]): string {
  const first = d.cause === 'typed' ? `Typed by ${names(by)}` : CAUSES[d.cause];
  const hops = d.redirects.length === 0 ? null : `after ${d.redirects.length} redirect${d.redirects.length === 1 ? '' : 's'} (${d.redirects.map((hop) => hop.status).join(', ')})`;
  return [first, hops, d.status === null ? null : String(d.status), d.remoteAddress].filter((part) => part !== null).join(' · ');
}

function utc(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function names(by: readonly string[]): string {
  return by.map((who) => (who === 'app' ? 'the app' : who)).join(' and ');
}

function short(url: string): string {
  const plainUrl = url.replace(/^https?:\/\//, '');
  return plainUrl.length > 120 ? `${plainUrl.slice(0, 119)}…` : plainUrl;
}
