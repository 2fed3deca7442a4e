import { BROWSER_RULES } from '../investigation/policy/browser.js';
import { concernCategory } from '../investigation/policy/concerns.js';
import { HALT_STEPS } from '../investigation/policy/halt-steps.js';
import { sanctionWords } from '../investigation/policy/sanctions.js';
import { toldTitle } from '../investigation/policy/who-told.js';
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

const FORMS: Readonly<Record<EntryData<'capture'>['form'], string>> = { viewport: 'what you see', 'full-page': 'whole page', text: 'text only', region: 'part of the page', element: 'one element', series: 'series of pictures' };

const HALTS: Readonly<Record<EntryData<'halt'>['cause'], string>> = {
  'stop-suspected': 'STOP was pressed: suspected', 'stop-unsure': 'STOP was pressed: not sure', 'declared-suspected': 'Before a capture a reviewer said: suspected',
  'declared-unsure': 'Before a capture a reviewer said: not sure', 'suspected-address': 'The address is marked as suspected', 'block-page': 'The filter says that the page is blocked',
  'listed-address': 'The address is on a list', 'listed-hash': 'A file on the page is on a list', 'listed-pdq': 'A picture on the page is like one on a list',
  'after-crash-suspected': 'A page was open when something stopped by itself: suspected', 'after-crash-unsure': 'A page was open when something stopped by itself: not sure',
  unanswered: 'STOP was pressed and nobody answered', interrupted: 'STOP was pressed and the app was restarted before anybody answered',
};

const LISTED: ReadonlySet<EntryData<'halt'>['cause']> = new Set(['listed-address', 'listed-hash', 'listed-pdq'] as const);

const CUT_OFFS: Readonly<Record<EntryData<'cut-off'>['steps'][number]['step'], string>> = {
  refuse: 'refused everything', blank: 'blanked the view', captures: 'wiped captures', exports: 'cancelled bundles', frames: 'stopped the pictures', offline: 'took it off line', processes: 'stopped its processes',
};

const ENDS: Readonly<Record<EntryData<'sitting-ended'>['reason'], string>> = {
  'sign-out': 'Both signed out', halt: 'The case was halted', seal: 'The case was sealed', closed: 'The browser was closed', interrupted: 'The app or the browser stopped by itself',
};

const LOCKED: Readonly<Record<EntryData<'locked'>['reason'], string>> = { idle: 'Nobody had done anything for some time.', 'step-out': 'Both stepped out.', computer: 'The computer went to sleep, shut down or locked its screen.' };

const FAILURES: Readonly<Record<NonNullable<EntryData<'navigation-failed'>['reason']>, string>> = {
  name: 'There is no site of that name', connection: 'Nobody answered', tls: 'The secure connection could not be made', certificate: 'The site’s certificate is not valid', proxy: 'The proxy did not let it through or did not answer',
  blocked: 'It was blocked', cancelled: 'It was given up', refused: 'It was refused', other: 'It did not work',
};

const UNCHECKED: Readonly<Record<EntryData<'not-checked'>['why'], string>> = {
  part: 'Only a part of it came', 'too-large': 'It is too large', endless: 'It has no end', slow: 'It did not arrive whole in time, and was not shown', many: 'The page holds more of them than are looked at',
};

const FILTERS: Readonly<Record<EntryData<'pre-flight'>['filter']['exception'], string>> = {
  'as-usual': 'The school’s filter works as usual', exception: 'The filter makes an exception', unknown: 'It is not known how the filter is set',
};

/** Why something that was looked up has no answer. */
const LOOK_UPS: { readonly [why: string]: string | undefined } = {
  proxy: 'A proxy is set, and names are the proxy’s business. Nobody was asked.', 'not-found': 'There is none of that name.', unreachable: 'Nobody answered.', 'no-answer': 'Nobody answered in time.',
  'too-large': 'The answer was too long to read.', 'not-understood': 'The answer could not be understood.', refused: 'The answer was refused.',
};

type Writers = { [K in EntryKind]: (data: EntryData<K>, by: readonly string[]) => RecordLine };

const plain = (line: string, detail: string | null = null): RecordLine => ({ line, detail, tone: 'plain' });
const kept = (line: string, detail: string | null = null): RecordLine => ({ line, detail, tone: 'kept' });
const refused = (line: string, detail: string | null = null): RecordLine => ({ line, detail, tone: 'refused' });
const halted = (line: string, detail: string | null = null): RecordLine => ({ line, detail, tone: 'halt' });

const WRITERS: Writers = {
  'case-opened': (d, by) => plain(`Case ${d.reference} opened by ${names(by)}`, d.cameUp === undefined || d.cameUp.words === '' ? d.reason : `${d.reason} · How it came up: ${d.cameUp.words}`),
  'suspected-address': (d) => refused('Address marked: never open', short(d.url)),
  'reported-address': (d) => plain('Address of the report', short(d.url)),
  'pre-flight': (d) => plain(`Before you begin: authorised by ${d.authorised.name}, ${d.authorised.position}`, preFlightDetail(d)),
  'sitting-started': (d) => plain('Browser started', `${d.browser.replace('/', ' ')} · ${d.reviewers.join(' and ')}${d.sound === 'on' ? ' · sound on' : ''}${d.autoplay === 'on' ? ' · videos start by themselves' : ''}`),
  'lists-in-force': (d) => plain(`Watched with ${d.lists.length} ${d.lists.length === 1 ? 'list' : 'lists'}`, d.lists.map(({ source, values }) => `${source} (${values.toLocaleString('en-GB')})`).join(', ')),
  'not-checked': (d) => plain(d.url === '' ? `Not compared with the lists: ${d.count} more` : `Not compared with the lists: ${short(d.url)}`, UNCHECKED[d.why]),
  'sitting-ended': (d) => plain('Browser closed', ENDS[d.reason]),
  'self-test': (d) => plain(`Self-test: ${d.passed} passed, ${d.failed} failed`),
  controls: (d) => plain(`${d.heldBy} took the controls`),
  navigation: (d, by) => plain(`${d.main ? 'Opened' : 'Part of the page opened'} ${short(d.url)}`, navigationDetail(d, by)),
  'navigation-in-page': (d) => plain(`Moved within the page to ${short(d.url)}`, CAUSES[d.cause]),
  'navigation-failed': (d) => refused(`Could not open ${short(d.url)}`, d.reason === undefined ? d.error : `${FAILURES[d.reason]} (${d.error})`),
  'navigation-refused': (d) => refused(`${BROWSER_RULES[d.what].sentence}: ${short(d.url)}`, BROWSER_RULES[d.what].why),
  title: (d) => plain(`Title: ${d.title === '' ? '(none)' : d.title}`),
  refusal: (d) => refused(`${BROWSER_RULES[d.what].sentence}${d.detail === '' ? '' : `: ${d.detail}`}`, BROWSER_RULES[d.what].why),
  'page-left': (d) => plain(`Left ${short(d.url)}`, `Seen for ${seconds(d.shownMs)}${d.hiddenMs === 0 ? '' : `, and ${seconds(d.hiddenMs)} while the view was blank`}`),
  certificates: (d) => plain(`Certificates of ${short(d.origin)}: ${d.chain.length}`, d.chain.map((one) => `${one.subject} (from ${one.issuer}), SHA-256 ${one.sha256.slice(0, 16)}…`).join(' · ')),
  'dns-answers': (d) => plain(`Where ${d.host} leads: ${d.failed === null ? answersOf(d) : 'no answer'}`, d.failed === null ? `By this computer’s own resolver (${d.servers.join(', ')}), not the browser’s` : (LOOK_UPS[d.failed] ?? d.failed)),
  registration: (d, by) => plain(`${names(by)} asked who is behind ${d.asked}: ${d.answer === null ? 'no answer' : (d.answer.holder ?? d.answer.name ?? d.answer.handle ?? 'no name given')}`, d.answer === null ? (LOOK_UPS[d.failed ?? ''] ?? d.failed) : registered(d)),
  'public-address': (d) => plain(d.address === null ? 'This computer’s public address could not be found out' : `This computer is seen as ${d.address}`, `${d.failed === null ? '' : `${LOOK_UPS[d.failed] ?? d.failed} `}Asked: ${short(d.service)}`),
  'socket-opened': (d) => plain(d.more === undefined ? `A lasting connection was opened to ${short(d.url)}` : `${d.more} more lasting connections were opened`, 'It could not be held back before it was sent.'),
  'block-page': (d) => refused(`The filter’s own page, not ${short(d.url)}`, `The filter says: ${d.says === 'suspected' ? 'this may show the sexual abuse of children' : 'blocked'}. Recognised by its ${d.by}: ${d.pattern}`),
  'certificate-accepted': (d, by) => refused(`${names(by)} went on although the certificate of ${short(d.origin)} is not valid`, d.error),
  authentication: (d, by) => plain(d.given ? `${names(by)} gave a user name and password to ${short(d.origin)}` : `${names(by)} gave no password to ${short(d.origin)}`, `For: ${d.realm === '' ? 'no name given' : d.realm}. They are not kept.`),
  shield: (d, by) => plain(d.lifted ? `Pictures shown by ${names(by)}` : `Pictures hidden again by ${names(by)}`, d.how === 'held' ? 'For as long as the key or the button was held' : d.lifted ? 'Until they are hidden again' : null),
  'text-first': (d, by) => plain(d.on ? `Text first: chosen by ${names(by)}` : `Text first: ended by ${names(by)}`, d.on ? 'Pictures, videos, sounds and script files are not loaded.' : null),
  capture: (d) => kept(`Captured ${d.exhibit}: ${FORMS[d.form]}`, `${d.image === null ? 'Text' : `${figure(d.image.width)} × ${figure(d.image.height)} px`} · saved and checked`),
  'capture-cancelled': (d) => plain('A capture was cancelled', `${d.why === 'locked' ? 'The app locked. ' : ''}${far(d)}Nothing was kept.`),
  'capture-refused': (d) => refused('Capture refused', d.sentence),
  'capture-discarded': () => plain('A capture was not kept', 'It was in memory only and has been wiped.'),
  concern: (d, by) => plain(`Concern by ${names(by)}: ${(d.title ?? concernCategory(d.category)?.title)?.toLowerCase() ?? d.category}`, d.description),
  note: (d, by) => plain(`Note by ${names(by)}`, d.text),
  addendum: (d, by) => plain(`Added to entry ${d.to} by ${names(by)}`, [...(d.text === '' ? [] : [d.text]), ...toldLines(d)].join(' · ')),
  redaction: (d, by) => kept(`Redacted copy ${d.number} of ${d.exhibit} made by ${names(by)}`, `${d.boxes.length} ${d.boxes.length === 1 ? 'part' : 'parts'} covered. The exhibit itself is unchanged.`),
  stop: (d, by) => halted(`STOP pressed${by[0] === 'app' ? '' : ` by ${names(by)}`}`, d.shown === undefined ? null : `On the screen: ${d.shown.join(', ')}`),
  'stop-withdrawn': (d) => plain('STOP was pressed by mistake', d.reason),
  // What a list found has a sentence of its own, which says the same and names the list.
  halt: (d) => halted('The case is halted', d.sentence === '' ? HALTS[d.cause] : LISTED.has(d.cause) ? d.sentence : `${HALTS[d.cause]}. ${d.sentence}`),
  'halt-step': (d, by) => plain(`${d.done ? 'Done' : 'Not done'}: ${HALT_STEPS.find((step) => step.id === d.step)?.title ?? d.step}`, names(by)),
  'halt-released': (d) => plain('Both signed: the police allow this computer to be used', d.text),
  'halt-ended': (d) => halted(d.how === 'handed-to-police' ? 'Both signed: the case is with the police' : 'Both signed: the police advised no further action', [d.reference, d.officer, d.text].filter((text) => text !== '').join(' · ') || null),
  'cut-off': (d) => halted(d.machine === undefined ? 'The browser was cut off' : `Stopped on another computer: ${d.machine.hostname}`, d.steps.map(({ step, afterMs, done }) => `${CUT_OFFS[step]} ${done ? `after ${afterMs} ms` : step === 'exports' ? `not finished after ${afterMs} ms` : 'could not be done'}`).join(', ')),
  'interruption-answered': (d, by) => plain(`${names(by)} said: the page that was open is not suspected`, d.url === null ? null : short(d.url)),
  'staff-advice': (d, by) => plain(`${d.from === 'lado' ? 'The LADO' : 'The police'} advised (${d.name}), written down by ${names(by)}`, d.advice),
  'not-concerned': (d) => plain(`${names(d.reviewers)} each declared: not the person concerned, nor a partner or relative`),
  quarantine: (d) => halted(`${d.exhibit} is quarantined`, d.reason),
  'police-call': (d, by) => plain(`Call to ${d.force} by ${names(by)}`, [d.loggedAlone === undefined ? '' : `Logged by one reviewer before both had signed in, at ${utc(d.loggedAlone)}`, d.officer, d.reference, d.advice].filter((text) => text !== '').join(' · ') || null),
  conclusion: (d) => plain(d.substance ? 'Conclusion: the concern has substance' : 'Conclusion: the concern has no substance', [d.text, ...(d.sanctions ?? []).map((each) => `Sanction: ${sanctionWords(each)}`), ...toldLines(d)].join(' · ')),
  checkpoint: (d) => plain(`Checkpoint after ${d.count} entries`, d.words.join(' ')),
  timestamp: (d) => plain(`Time stamp from ${d.authority}: ${utc(d.genTime)}`, d.unstampedSince === null ? `Covers entries 0 to ${d.checkpointSeq}.` : `Covers entries 0 to ${d.checkpointSeq}. There had been none since ${utc(d.unstampedSince)}.`),
  'timestamp-failed': (d) => refused(`No time stamp from ${d.authority}`, `${timeTrouble(d.code)} The work goes on. It is tried again by itself.`),
  seal: (d) => kept('Sealed by both reviewers', `${count(d.entries, 'entry', 'entries')}, ${count(d.exhibits, 'exhibit')}, ${count(d.concerns, 'concern')}`),
  export: (d) => plain('Bundle started', `For: ${d.recipient}. ${count(d.exhibits, 'exhibit')}, ${d.quarantined} quarantined${d.withheld === 0 ? '' : `, what ${d.withheld === 1 ? '1 entry says' : `${d.withheld} entries say`} is withheld`}`),
  'export-finished': (d) => (d.code === null ? kept('Bundle finished', `${count(d.files, 'file')}, ${figure(d.bytes)} bytes`) : refused('Bundle not made', d.code)),
  received: (d, by) => (d.wordsMatch === false || d.receipt?.verdict === 'changed' ? refused : plain)(`${d.name} has the copy of entry ${d.export}, written down by ${names(by)}`, receivedDetail(d)),
  locked: (d) => plain('Locked', LOCKED[d.reason]),
  resumed: (d) => plain(`Unlocked by ${d.reviewers.join(' and ')}`),
  'clock-jump': (d) => refused('The computer’s clock was changed, or the computer slept', `By the clock ${seconds(d.wallMs)} went by; by the time that cannot be set, ${seconds(d.monotonicMs)}.`),
  'clock-check': (d) => plain(d.how === 'none' ? `This computer’s clock is set to ${d.timeZone ?? 'its own time zone'}; it was not compared with another` : d.offsetMs === null ? (d.how === 'manual' ? 'No difference to another clock was measured' : 'The clock could not be compared') : `The other clock is ${seconds(Math.abs(d.offsetMs))} ${d.offsetMs < 0 ? 'behind' : 'ahead'}`, [d.server, d.note].filter((text) => text !== null && text !== '').join(' · ') || null),
  'wrong-passphrase': (d) => refused(`A wrong passphrase was given for ${d.initials}`, `${d.at}${d.earlier === undefined ? '' : `. ${d.earlier} earlier ones are not listed.`}`),
  recovered: (d) => plain(`The recovery sheet was used by ${d.by} to enrol ${d.initials}`, `${d.name}, at ${utc(d.at)}, before two had signed in.`),
  'inbox-unreadable': (d) => refused(`${d.items} ${d.items === 1 ? 'thing' : 'things'} left for you while nobody was signed in could not be read`, 'Somebody may have changed files on this computer’s disk.'),
  'sign-out': (d) => plain(d.acts ? 'Both signed for what they did, and signed out' : 'Signed out without signatures', `${count(d.entries, 'entry', 'entries')}: ${count(d.pages, 'page')}, ${count(d.captures, 'capture')}, ${count(d.concerns, 'concern')}`),
};

/** `kind` and `data` of an entry in plain words. */
export function recordLine<K extends EntryKind>(kind: K, data: EntryData<K>, by: readonly string[]): RecordLine {
  const written = WRITERS[kind](data, by);
  return 'seenAt' in data ? { ...written, detail: [`At ${data.seenAt}, while the app was locked`, written.detail].filter((part) => part !== null).join('. ') } : written;
}

function preFlightDetail(d: EntryData<'pre-flight'>): string {
  const look = d.checks.filter(({ state }) => state === 'look').map(({ says }) => says);
  return [
    `Room: ${d.room}. ${d.screenHidden ? 'Nobody else can see the screen' : 'Others may see the screen'}`, `${FILTERS[d.filter.exception]}${d.filter.words === '' ? '' : `: ${d.filter.words}`}`,
    d.numbers ? 'The numbers to call are at hand' : 'Not all numbers to call are at hand', ...(look.length === 0 ? [`The app’s own ${d.checks.length} checks found nothing to mend`] : look),
  ].map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ');
}

/** "1,280". */
function figure(value: number): string {
  return new Intl.NumberFormat('en-GB').format(value);
}

/** A site's answer (RFC 9110 section 15) in words, with its number. */
function answerWords(status: number): string {
  if (status >= 200 && status < 300) return `the site answered (${status})`;
  if (status === 404 || status === 410) return `the site has no such page (${status})`;
  if (status === 401 || status === 403) return `the site refused the page (${status})`;
  return status >= 500 ? `the site had a fault (${status})` : `the site’s answer: ${status}`;
}

function navigationDetail(d: EntryData<'navigation'>, by: readonly string[]): string {
  const first = d.cause === 'typed' ? `Typed or chosen by ${names(by)}` : CAUSES[d.cause];
  const hops = d.redirects.length === 0 ? null : `after ${d.redirects.length} redirect${d.redirects.length === 1 ? '' : 's'} (${d.redirects.map((hop) => hop.status).join(', ')})`;
  return [first, hops, d.status === null ? null : answerWords(d.status), d.remoteAddress, d.network === undefined || d.network === null || d.network === 'public' ? null : d.network === 'private' ? 'in a private network' : 'on this computer', d.certificateError === undefined ? null : `certificate not valid: ${d.certificateError}`].filter((part) => part !== null).join(' · ');
}

function answersOf({ answers }: EntryData<'dns-answers'>): string {
  return answers.length === 0 ? 'nowhere' : answers.map(({ value }) => value).join(', ');
}

function registered({ answer, service }: EntryData<'registration'>): string {
  const said = answer === null ? [] : [
    answer.registrar === null ? '' : `Registrar: ${answer.registrar}`, answer.range === null ? '' : `Addresses ${answer.range}`, answer.country === null ? '' : `Country: ${answer.country}`,
    answer.registered === null ? '' : `Registered ${answer.registered.slice(0, 10)}`, answer.expires === null ? '' : `until ${answer.expires.slice(0, 10)}`,
  ];
  return [...said.filter((part) => part !== ''), `By the register at ${short(service)}`].join(' · ');
}

function toldLines({ told = [] }: Pick<EntryData<'conclusion'>, 'told'>): string[] {
  return told.map((each) => `Told: ${toldTitle(each)}, by ${each.by ?? each.byName}, at ${utc(each.at)}`);
}

function receivedDetail(d: EntryData<'received'>): string {
  const words = d.wordsMatch === null ? 'No words were read out' : d.wordsMatch ? 'The words that they read out are those of this copy' : 'The words that they read out are not those of this copy';
  const receipt = d.receipt === null ? null : `Their own check on ${utc(d.receipt.checkedAt)}: ${d.receipt.verdict === 'changed' ? 'it failed' : 'unchanged'}`;
  return [d.position === '' ? null : d.position, utc(d.at), words, receipt, d.note === '' ? null : d.note].filter((part) => part !== null).join(' · ');
}

function utc(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

function far({ form, done, total }: EntryData<'capture-cancelled'>): string {
  return total === 0 ? '' : `After ${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} ${form === 'series' ? 'pictures' : 'rows of pixels'}. `;
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

/** `1 page`, `2 pages`. */
function count(value: number, one: string, many = `${one}s`): string {
  return `${value} ${value === 1 ? one : many}`;
}
