import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { BundleExhibit, BundlePart, BundleSigner } from '../../src/bundle/bundle-input.js';
import type { WholeEntry } from '../../src/vault/entry-row.js';
import { sumsOf } from '../../src/engine/sign-out.js';
import { hex } from '../../src/record/bytes.js';
import { canonicalBytes } from '../../src/record/canonical-json.js';
import { entryHash, headAfter, nextHeader, statementBytes, type Entry, type EntrySignature, type Head } from '../../src/record/entry.js';
import { ACT_KINDS, SIGNED_KINDS, type EntryData, type EntryKind } from '../../src/record/kinds.js';
import type { Sha256 } from '../../src/record/ports.js';
import { hashWords } from '../../src/record/words.js';
import type { Authority, TestPerson } from './authority.js';

/** SHA-256 by Node. */
export const sha256: Sha256 = {
  of: (bytes) => createHash('sha256').update(bytes).digest(),
  start: () => {
    const hash = createHash('sha256');
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
  },
};

/** Signs an entry as a reviewer's key does. */
export function signEntry(entry: Pick<Entry, 'header'>, person: BundleSigner, how: EntrySignature['how']): EntrySignature {
  const value = person.sign(statementBytes(entryHash(entry.header, sha256), how));
  return { by: person.initials, certificate: person.certificate, how, value: Buffer.from(value).toString('base64') };
}

/** Writes a record as the engine would: the time goes on by eleven seconds an entry. */
export class RecordBuilder {
  readonly caseId = randomBytes(16).toString('hex');
  readonly entries: Entry[] = [];
  readonly #people: readonly TestPerson[];
  #head: Head | null = null;
  #ms: number;

  constructor(people: readonly TestPerson[], start = '2026-11-24T10:30:00.123Z') {
    this.#people = people;
    this.#ms = Date.parse(start);
  }

  get now(): string {
    return new Date(this.#ms).toISOString();
  }

  /** The next entry is not earlier than `ms`. */
  skipTo(ms: number): void {
    this.#ms = Math.max(this.#ms, ms - 11_000);
  }

  get head(): Head | null {
    return this.#head;
  }

  add<K extends EntryKind>(kind: K, by: readonly string[], data: EntryData<K>): void {
    this.#ms += 11_000;
    this.addNow(kind, by, data);
  }

  /** Like {@link add}, at the time of the entry before. */
  addNow<K extends EntryKind>(kind: K, by: readonly string[], data: EntryData<K>): void {
    const body = { nonce: randomBytes(16).toString('hex'), data: data as Entry['body'] extends infer B ? (B extends { data: infer D } ? D : never) : never };
    const header = nextHeader(this.#head, { case: this.caseId, at: this.now, kind, by, body }, sha256);
    const how = ACT_KINDS.has(kind) ? 'act' : 'machine';
    const signatures = SIGNED_KINDS.has(kind) ? this.#people.map((person) => signEntry({ header }, person, how)) : [];
    const entry = { header, body, signatures };
    this.entries.push(entry);
    this.#head = headAfter(entry, sha256);
  }

  checkpoint(reason: EntryData<'checkpoint'>['reason']): void {
    const head = this.#head?.hash ?? '';
    this.add('checkpoint', ['app'], { reason, head, count: this.entries.length, words: hashWords(head) });
  }
}

/** A record with its exhibits' files. */
export interface SampleCase {
  readonly caseId: string;
  readonly entries: Entry[];
  readonly exhibits: BundleExhibit[];
  /** Bytes by `PAS-1/page.png`, quarantined exhibits included: what a wrong bundle might hold. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

export interface SampleOptions {
  /** How the case goes on after two captures. */
  readonly end: 'sealed' | 'halted';
  /** Texts of other people's making, to see what becomes of them. */
  readonly hostile?: string;
  /** Whether the app is locked and resumed in between, and the clock, passphrases and time stamps have their stories. */
  readonly eventful?: boolean;
  /** Height of the tall picture in pixels. */
  readonly tall?: number;
}

/** A case with two sittings' worth of everything: links, a redirect, a refusal, two captures, a concern, and its end. */
export async function sampleCase(authority: Authority, options: SampleOptions): Promise<SampleCase> {
  const [first, second] = authority.people;
  const record = new RecordBuilder(authority.people);
  const bytes = new Map<string, Uint8Array>();
  const words = options.hostile ?? '';
  const both = [first.initials, second.initials];
  openCase(record, authority, words);
  navigate(record, 'v1', 'https://pupil-chat.example/', { typed: 'pupil-chat.example', cause: 'typed', redirect: 'http://pupil-chat.example/' });
  record.add('title', ['app'], { view: 'v1', title: `Pupil chat${words}` });
  navigate(record, 'v1', 'https://adverts.example/banner?size=728x90&slot=top', { main: false, cause: 'frame' });
  await capture(record, bytes, { exhibit: `${first.initials}/1`, view: 'v1', url: 'https://pupil-chat.example/', by: first.initials, height: options.tall ?? 2_400, note: `Front page of the chat${words}` });
  navigate(record, 'v2', `https://pupil-chat.example/rooms/year-9?page=2${words}`, { cause: 'link' });
  record.add('navigation-in-page', ['app'], { view: 'v2', target: 't1', frame: 'f1', main: true, url: 'https://pupil-chat.example/rooms/year-9?page=2#message-4711', cause: 'script' });
  await capture(record, bytes, { exhibit: `${second.initials}/1`, view: 'v2', url: 'https://pupil-chat.example/rooms/year-9?page=2#message-4711', by: second.initials, height: 800, note: '' });
  record.add('concern', [second.initials], { view: 'v2', url: 'https://pupil-chat.example/rooms/year-9?page=2#message-4711', category: 'bullying', description: `Two accounts mock one pupil by name over eleven messages. The last one says that a picture will follow.${words}` });
  record.add('refusal', ['app'], { view: 'v2', what: 'download', url: 'https://pupil-chat.example/files/setup.exe', detail: 'application/octet-stream' });
  record.add('navigation-refused', ['app'], { url: 'ftp://files.example/', cause: 'link', what: 'address-scheme' });
  record.add('navigation-failed', ['app'], { view: 'v3', target: 't1', frame: 'f1', main: true, url: 'https://gone.example/', cause: 'link', error: 'The name could not be found', redirects: [] });
  record.add('note', [first.initials], { text: `The year group was told about the chat on Monday.${words}` });
  if (options.eventful === true) happenings(record, both);
  navigate(record, 'v4', 'https://pupil-chat.example/help', { cause: 'history' });
  const quarantined = options.end === 'halted' ? await halt(record, bytes, both) : seal(record, both, options.eventful === true);
  record.add('export', both, { recipient: 'police', exhibits: 2, withheld: 0, quarantined });
  return { caseId: record.caseId, entries: record.entries, exhibits: exhibitsOf(record.entries, bytes, new Set(quarantined === 0 ? [] : [`${first.initials}/2`])), bytes };
}

/** What can happen beside the review itself: checks of the clock, a wrong passphrase, two locks, and signing out twice. */
function happenings(record: RecordBuilder, both: readonly string[]): void {
  const [first = '', second = ''] = both;
  record.add('clock-check', ['app'], { how: 'sntp', offsetMs: -1_250, server: 'time.example', note: '' });
  record.add('clock-check', [first], { how: 'manual', offsetMs: null, server: null, note: 'The speaking clock agreed to the second.' });
  record.add('clock-jump', ['app'], { wallMs: 3_605_000, monotonicMs: 5_000 });
  record.add('wrong-passphrase', ['app'], { initials: second, at: '2026-11-24T10:20:00.000Z', earlier: 2 });
  record.add('locked', ['app'], { reason: 'idle' });
  record.add('navigation-in-page', ['app'], { view: 'v2', target: 't1', frame: 'f1', main: true, url: 'https://pupil-chat.example/rooms/year-9?page=2#last', cause: 'script' });
  record.checkpoint('lock');
  record.add('refusal', ['app'], { view: 'v2', what: 'popup', url: 'https://adverts.example/window', detail: 'A new window', seenAt: record.now });
  record.add('resumed', both, { reviewers: [...both] });
  record.add('locked', both, { reason: 'step-out' });
  record.checkpoint('lock');
  record.add('resumed', both, { reviewers: [...both] });
  record.add('timestamp-failed', ['app'], { checkpointSeq: record.entries.length - 2, head: 'ab'.repeat(32), authority: 'Time at example', code: 'tsa.unreachable' });
  record.add('sign-out', ['app'], { acts: false, ...sumsOf(record.entries as WholeEntry[]), head: record.head?.hash ?? '' });
}

/** The self-test's report of every sample case. */
export const SELF_TEST = { passed: 42, failed: 0 };

/** The entries that every sample case begins with. */
export function openCase(record: RecordBuilder, authority: Authority, words: string): void {
  const [first, second] = authority.people;
  const reviewers = authority.people.map(({ initials, name, position, certificate }) => ({ initials, name, position, certificate }));
  const both = [first.initials, second.initials];
  record.add('case-opened', both, {
    reference: '2026-014', reason: `A parent reported that pupils of year 9 are mocked in a public chat.${words}`, subject: 'pupil', organisation: 'Example School',
    computer: { name: 'INV-01', location: 'Head’s office' }, reviewers, root: authority.root,
  });
  record.add('suspected-address', both, { url: 'https://never-opened.example/path' });
  record.add('sitting-started', both, {
    reviewers: both, app: '0.1.0', host: 'chromium', browser: 'Chromium 156.0.8078.79', userAgent: 'Mozilla/5.0 (X11; Linux x86_64)', viewport: { width: 1280, height: 800, scale: 1 },
    machine: { hostname: 'inv-01', system: 'Linux 6.1 x64' }, timeZone: 'Europe/London', utcOffsetMinutes: 0,
  });
  record.add('self-test', ['app'], { at: record.now, app: '0.1.0', browser: 'Chromium 156.0.8078.79', passed: 42, failed: 0, report: hex(sha256.of(canonicalBytes(SELF_TEST))) });
  record.add('controls', ['app'], { heldBy: first.initials });
}

interface Navigation {
  readonly typed?: string;
  readonly cause: EntryData<'navigation'>['cause'];
  readonly redirect?: string;
  readonly main?: boolean;
}

/** A page load. */
export function navigate(record: RecordBuilder, view: string, url: string, options: Navigation): void {
  const main = options.main ?? true;
  record.add('navigation', ['app'], {
    view, target: 't1', frame: main ? 'f1' : 'f2', main, url, typed: options.typed ?? null, cause: options.cause, status: 200, protocol: 'h2', remoteAddress: '203.0.113.7', mediaType: 'text/html',
    redirects: options.redirect === undefined ? [] : [{ url: options.redirect, status: 301, location: url, remoteAddress: '203.0.113.7' }],
    tls: { protocol: 'TLS 1.3', cipher: 'AES_128_GCM', issuer: 'Example CA', subject: 'pupil-chat.example', validFrom: '2026-01-01', validTo: '2027-01-01' },
  });
}

interface CaptureOptions {
  readonly exhibit: string;
  readonly view: string;
  readonly url: string;
  readonly by: string;
  readonly height: number;
  readonly note: string;
}

async function capture(record: RecordBuilder, bytes: Map<string, Uint8Array>, options: CaptureOptions): Promise<void> {
  const png = await picture(1280, options.height);
  const files = { 'page.png': png, 'page.txt': Buffer.from('Pupil chat\nRooms\n'), 'page.html': Buffer.from('<!doctype html><p>Pupil chat'), 'capture.json': Buffer.from('{"settled":true}') };
  const types = { 'page.png': 'image/png', 'page.txt': 'text/plain', 'page.html': 'text/html', 'capture.json': 'application/json' } as const;
  const parts = Object.entries(files).map(([name, content]) => {
    bytes.set(`${options.exhibit.replace('/', '-')}/${name}`, content);
    return { name, mediaType: types[name as keyof typeof types], size: content.length, sha256: hex(sha256.of(content)), cipherSha256: 'cd'.repeat(32) };
  });
  const at = record.now;
  record.add('capture', [options.by], {
    exhibit: options.exhibit, form: options.height > 800 ? 'full-page' : 'viewport', view: options.view, url: options.url, startedAt: at, endedAt: at,
    image: { width: 1280, height: options.height, scale: 1 }, composite: hex(sha256.of(png)), declaration: { by: options.by, answer: 'not-suspected', at }, parts, note: options.note,
    warnings: options.height > 10_000 ? ['The page grew while it was captured.'] : [],
  });
  record.checkpoint('capture');
}

/** A page that leads to a halt. A plain coloured square stands in for everything on it. */
async function halt(record: RecordBuilder, bytes: Map<string, Uint8Array>, both: readonly string[]): Promise<number> {
  const [first = ''] = both;
  navigate(record, 'v5', 'https://flagged.example/page', { cause: 'link' });
  await capture(record, bytes, { exhibit: `${first}/2`, view: 'v5', url: 'https://flagged.example/page', by: first, height: 800, note: '' });
  record.add('stop', [first], { view: 'v5', url: 'https://flagged.example/page' });
  record.add('halt', [first], { cause: 'stop-suspected', view: 'v5', url: 'https://flagged.example/page', sentence: 'I saw enough to worry.' });
  record.add('quarantine', ['app'], { exhibit: `${first}/2`, reason: 'Taken from the page that led to the halt' });
  record.checkpoint('halt');
  record.add('sitting-ended', ['app'], { reason: 'halt' });
  record.add('halt-step', [first], { step: 'monitor', done: true });
  record.add('police-call', [first], { force: 'Example Police', officer: 'PC 1234 Jones', reference: 'EX-2026-778', advice: 'Leave everything as it is. An officer comes this afternoon.', calledAt: record.now });
  record.add('halt-released', both, { text: 'The police have taken over. They said that the computer may be used again.' });
  return 1;
}

/** `since`: somebody was told after the conclusion. */
function seal(record: RecordBuilder, both: readonly string[], since: boolean): number {
  record.add('sitting-ended', both, { reason: 'sign-out' });
  record.checkpoint('sign-out');
  record.add('conclusion', both, { substance: true, outcomes: ['internal', 'authority'], text: 'The two accounts belong to pupils of this school. Their parents are invited for Thursday.', sanctions: [{ id: 'no-internet', title: 'No internet access for a period', details: 'Until 4 December' }, { id: 'parents', title: 'Parents or carers contacted', details: '' }],
    told: [{ who: 'head', name: 'Mrs J. Okafor', at: record.now, by: both[0] ?? null, byName: '' }, { who: 'parents', name: '', at: record.now, by: null, byName: 'Ms L. Ward, form tutor' }] });
  const to = record.entries.length - 1;
  if (since) record.add('addendum', [both[1] ?? ''], { to, text: '', told: [{ who: 'chair', name: 'Mr A. Byrne', at: record.now, by: both[1] ?? null, byName: '' }] });
  const count = (kind: EntryKind): number => record.entries.filter((entry) => entry.header.kind === kind).length;
  record.add('seal', both, { entries: record.entries.length, exhibits: count('capture'), quarantined: count('quarantine'), concerns: count('concern'), head: record.head?.hash ?? '' });
  record.checkpoint('seal');
  return 0;
}

/** The exhibits of a record as an export takes them. */
export function exhibitsOf(entries: readonly Entry[], bytes: ReadonlyMap<string, Uint8Array>, without: ReadonlySet<string>): BundleExhibit[] {
  return entries.filter((entry) => entry.header.kind === 'capture').flatMap((entry) => {
    const data = entry.body?.data as unknown as EntryData<'capture'>;
    if (without.has(data.exhibit)) return [];
    const parts = data.parts.map(({ name, mediaType, size, sha256: digest }): BundlePart => ({
      name, mediaType, size, sha256: digest, read: () => Promise.resolve(bytes.get(`${data.exhibit.replace('/', '-')}/${name}`) ?? new Uint8Array()),
    }));
    return [{ reference: data.exhibit, parts }];
  });
}

/** A picture that looks like a page: a bar, and lines of text as grey strokes. */
async function picture(width: number, height: number): Promise<Uint8Array> {
  const lines = Array.from({ length: Math.floor((height - 160) / 34) }, (_, i) => `<rect x="80" y="${150 + 34 * i}" width="${500 + ((i * 137) % 560)}" height="13" fill="#9aa3ad"/>`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fdfdfc"/><rect width="100%" height="72" fill="#36506b"/><rect x="80" y="24" width="210" height="24" fill="#fff"/>${lines}</svg>`;
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}
