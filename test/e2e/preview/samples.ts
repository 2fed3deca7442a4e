import { CONCERN_CATEGORIES } from '../../../src/investigation/policy/concerns.js';
import { SANCTIONS } from '../../../src/investigation/policy/sanctions.js';
import type { AdminState, BackupView, CheckView, DestructionView, FolderList, PolicyView, ReviewerView } from '../../../src/ipc/admin-state.js';
import type { CallResult } from '../../../src/ipc/contract.js';
import type { VerifyView } from '../../../src/ipc/verify-contract.js';
import type { FlagListView } from '../../../src/ipc/lists-contract.js';
import type { EntryView, CaseView, ExhibitItem, HaltView, RecordItem } from '../../../src/ipc/case-view.js';
import type { AppState, CaseSummary } from '../../../src/ipc/state.js';

/** The two reviewers of every sample. */
export const REVIEWERS = [
  { initials: 'PAS', name: 'Priya A. Shah', position: 'Deputy Head' },
  { initials: 'TRE', name: 'Tom R. Ellis', position: 'Assistant Head' },
] as const;

const CONTACTS = { policeForce: 'Example Police, 01632 960 999', safeguardingLead: 'Ms R. Osei, 01632 960 114', lado: 'Example Council, 01632 960 200', support: 'Occupational Health, 01632 960 140' };
const HASH = '3f6c1d0e9b7a48d2c5e1f0a7b6d39c84e2f1a0b9c8d7e6f5a4b3c2d1e0f98765';

/** Nobody signed in, nothing set up. */
export const BARE: AppState = {
  screen: 'set-up', version: '0.1.0', organisation: '', computer: { name: '', location: '' }, contacts: { policeForce: '', safeguardingLead: '', lado: '', support: '' },
  reviewers: [], signedIn: null, cases: [], case: null, locked: null, farewell: null, network: { proxy: null, privateAddresses: true, blockPages: [], rdap: 'https://rdap.org', publicAddress: null }, admin: null, settings: { idleMinutes: 10, sntpServer: null }, crisis: null, progress: null, alert: null,
};

/** Set up, nobody signed in. */
export const SET_UP: AppState = { ...BARE, screen: 'sign-in', organisation: 'Example School', computer: { name: 'INV-01', location: 'Head’s office' }, contacts: CONTACTS, reviewers: REVIEWERS };

const person = (initials: string, name: string, position: string, change: Partial<ReviewerView> = {}): ReviewerView => ({ initials, name, position, role: 'senior-leader', status: 'active', removedAt: null, keysReplacedAt: null, passphraseSince: '2026-09-03T09:12:00.000Z', changeDue: false, ...change });

/** Reviewers of every sort, one with a long name. */
export const PEOPLE: readonly ReviewerView[] = [
  person('PAS', 'Priya A. Shah', 'Deputy Head', { keysReplacedAt: '2026-10-12T08:05:00.000Z' }), person('TRE', 'Tom R. Ellis', 'Assistant Head', { role: 'dsl', changeDue: true, passphraseSince: '2025-09-03T09:12:00.000Z' }),
  person('WFA', 'Wilhelmina Fotheringay-Ashcroft-Oyelaran', 'Executive Head of the Northern Partnership of Primary and Secondary Schools', { role: 'chair-of-governors', passphraseSince: null }),
  person('JMK', 'Jo M. Keane', 'Head', { role: 'head', status: 'removed', removedAt: '2026-07-21T15:02:00.000Z' }),
];

/** What two who are signed in see of a new installation. */
export const ADMIN: AdminState = {
  reviewers: PEOPLE.slice(0, 2).map((each) => ({ ...each, changeDue: false })), recoverySheet: null, root: { fingerprint: HASH, words: 'copper lantern orchid seven glacier paper violin marsh'.split(' ') }, timeAuthorities: [],
  passphraseRules: { minimumLength: null, mixed: false, changeMonths: null }, retentionMonths: null, lastBackupAt: null, lastCheck: null,
};

/** The same after a year of use. */
export const ADMIN_LATER: AdminState = {
  ...ADMIN, reviewers: PEOPLE, recoverySheet: { holder: 'Margaret Adeyemi-Brown', at: '2026-09-03T09:30:00.000Z' },
  timeAuthorities: [{ name: 'Example Time', url: 'https://time.example.org/tsa', rootPem: '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUExample\n-----END CERTIFICATE-----' }],
  passphraseRules: { minimumLength: 12, mixed: true, changeMonths: 12 }, retentionMonths: 12, lastBackupAt: '2026-11-20T16:05:00.000Z', lastCheck: { at: '2026-11-02T08:10:00.000Z', findings: 2 },
};

/** Both signed in, no case yet. */
export const SIGNED_IN: AppState = { ...SET_UP, screen: 'cases', signedIn: ['PAS', 'TRE'], admin: ADMIN };

const list = (id: string, source: string, givenBy: string, change: Partial<FlagListView>): FlagListView => ({
  id: id.repeat(32), source, givenBy, note: '', format: 'hashes', values: 1_204_331, skipped: 0, file: HASH, at: '2026-09-14T10:20:00.000Z', by: ['PAS', 'TRE'], removed: null, damaged: false, ...change,
});

/** Flag lists of several sorts, two of them removed. */
export const LISTS: readonly FlagListView[] = [
  list('1', 'Example Police, summer 2025', 'DC L. Morgan, Example Police, 4471', { at: '2025-07-02T09:00:00.000Z', removed: { at: '2026-09-14T10:02:00.000Z', by: ['PAS', 'TRE'] } }),
  list('2', 'Example Police, September 2026', 'DC L. Morgan, Example Police, 4471', { note: 'Handed over on an encrypted USB stick, which went back to the station the same day.\nAsk again in a year.' }),
  list('3', 'Filter provider, blocked addresses', 'A. Nowak, Example Filtering Ltd', { format: 'hashed-addresses', values: 5_982, at: '2026-10-05T13:41:00.000Z' }),
  list('4', 'Pictures of the Northern Partnership of Primary and Secondary Schools and of its sixth-form college', 'Wilhelmina Fotheringay-Ashcroft-Oyelaran, Regional Online Safety Partnership', { format: 'pdq', values: 41_207, skipped: 388, at: '2026-11-20T15:05:00.000Z' }),
];

/** Backups: one of many cases in a long place. */
export const BACKUPS: readonly BackupView[] = [
  { at: '2026-11-20T16:05:00.000Z', place: '/media/staff/SAFE-DISK-2/Countersign backup 2026-11-20', by: ['PAS', 'TRE'], cases: Array.from({ length: 31 }, (_, at) => `2026-${String(at + 1).padStart(3, '0')}`), destroyed: 2 },
  { at: '2026-06-01T11:00:00.000Z', place: '/media/staff/SAFE-DISK-1/a folder with a very long name that somebody gave it in a hurry on the last day of term/Countersign backup 2026-06-01', by: ['PAS', 'JMK'], cases: ['2026-001'], destroyed: 0 },
];

/** A check that found nothing. */
export const CHECKED: CheckView = { at: '2026-11-24T10:55:00.000Z', cases: 31, entries: 18_204, objects: 412, quarantined: 3, bytes: 5_214_000_000, findings: [] };

/** A check that found something. */
export const FOUND: CheckView = {
  ...CHECKED, findings: [
    { code: 'object.changed', sentence: 'One file of exhibit PAS/3 is not as it was when it was captured.', reference: '2026-012' },
    { code: 'object.missing', sentence: 'The page text of exhibit TRE/1 is missing.', reference: '2026-007' },
    { code: 'database.trigger', sentence: 'A rule of the database that keeps entries from being changed is missing.', reference: null },
  ],
};

/** A certificate of destruction. */
export const DESTROYED: DestructionView = {
  id: '9'.repeat(32), reference: '2019-003', at: '2026-11-24T11:02:00.000Z', by: ['PAS', 'TRE'], reason: 'Kept for the time that our retention schedule asks for, and reviewed on 20 November 2026.', entries: 214, evidenceFiles: 18,
  words: 'harbour amber willow tiger ocean pencil frost maple'.split(' '),
};

/** What is certain of a destruction. */
export const FACTS = [
  'The key of this case, its entries and the list of its files are no longer in the database, and the space that they took was written over.', 'The evidence files were removed.',
  'Disks with flash memory may keep parts of what was removed. Writing over it is not claimed for them. Without the key it cannot be read.', '2 backups still hold this case with its key. Destroy them too.', 'Copies that somebody made without the app are not known.',
];

/** A folder on a disk, with folders in it. */
export const FOLDERS: FolderList = {
  path: '/media/staff/SAFE-DISK-2', parent: '/media/staff', more: false, writable: true, free: 118_400_000_000,
  folders: ['Backups', 'Minutes of the governors', 'Policies, old', 'a folder with a very long name that somebody gave it in a hurry on the last day of the summer term', 'Timetables'].map((name) => ({ name, path: `/media/staff/SAFE-DISK-2/${name}` })),
  drives: [{ name: 'Files on this computer', path: '/', removable: false }, { name: 'SAFE-DISK-2', path: '/media/staff/SAFE-DISK-2', removable: true }],
};

/** The words of a recovery sheet that opens nothing. */
export const SHEET = 'abandon amount liar amount expire adjust cage candy arch gather drum bullet absurd math era live bid rhythm alien crouch range attend journey unaware'.split(' ');

const PHASES = ['open', 'sealed', 'halted', 'concluded', 'sealed'] as const;
const REASONS = [
  'Report that a pupil shared screenshots of a group chat', 'A parent reported a public profile that names pupils and posts their timetables, seen on 2 November and again on 9 November by two families who know each other',
  'Report of an address in a pupil’s search history', 'Complaint about messages to a Year 8 pupil', 'Filter alert on a library computer',
];

/** An instant so many days from now: what is due is so against the clock of the browser. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}

/** As many cases as wanted, newest first. */
export function cases(count: number): CaseSummary[] {
  return Array.from({ length: count }, (_, at) => ({
    id: at.toString(16).padStart(32, '0'), reference: at < 14 ? `2026-${String(14 - at).padStart(3, '0')}` : `2025-${String(414 - at).padStart(3, '0')}`, reason: REASONS[at % 5] ?? '', phase: PHASES[at % 5] ?? 'open',
    openedAt: new Date(Date.UTC(2026, 10, 24 - at * 3, 10, 38)).toISOString(), exhibits: [2, 14, 0, 6, 131][at % 5] ?? 0, concerns: [1, 3, 0, 2, 4][at % 5] ?? 0, reviewOn: [null, inDays(-12), null, null, inDays(16)][at % 5] ?? null,
  }));
}

const LINES: readonly [string, string, string, string | null, RecordItem['tone']][] = [
  ['10:40:31', 'case-opened', 'Opened case 2026-014', 'Signed by PAS and TRE', 'plain'], ['10:40:52', 'sitting-started', 'Started the browser', 'Chromium 156 · 1280 × 800', 'plain'],
  ['10:41:02', 'navigation', 'Opened forum.example.org', 'Typed or chosen by PAS · the site answered (200) · 192.0.2.34', 'plain'], ['10:41:09', 'navigation', 'Went to /thread/48213', 'Link · after 1 redirect (302)', 'plain'],
  ['10:41:09', 'title', 'Title: Year 10 group chat leaks', null, 'plain'], ['10:42:11', 'capture', 'Captured PAS/1: whole page', '1,280 × 6,240 px · saved and checked', 'kept'],
  ['10:42:12', 'checkpoint', 'Checkpoint at 6 entries', 'lantern copper orchid seven glacier paper violin marsh', 'plain'], ['10:42:40', 'concern', 'Concern by TRE: bullying or harassment', '“Named pupil mocked in 14 posts”', 'plain'],
  ['10:43:05', 'refusal', 'Download refused: chat.zip', 'The page tried to send a file', 'refused'], ['10:43:17', 'refusal', 'Camera refused', 'The page asked to use the camera', 'refused'],
  ['10:43:40', 'controls', 'TRE took the controls', null, 'plain'], ['10:43:44', 'navigation-in-page', 'Went to ?page=2', 'Link, within the page', 'plain'],
  ['10:44:20', 'capture', 'Captured TRE/1: what you see', '1,280 × 800 px · saved and checked', 'kept'], ['10:44:31', 'note', 'Note by PAS', '“Ms Osei told by telephone at 10:44”', 'plain'],
];

/** The lines of a record; more than fourteen repeat. */
export function record(count: number = LINES.length): RecordItem[] {
  return Array.from({ length: count }, (_, at) => {
    const [time, kind, line, detail, tone] = LINES[at % LINES.length] ?? ['10:00:00', 'note', '', null, 'plain'];
    return { seq: at, at: `2026-11-24T${time}.120Z`, kind, by: ['PAS', 'TRE'], line, detail, tone, signed: tone === 'kept' };
  });
}

const EXHIBITS: readonly ExhibitItem[] = [
  { reference: 'PAS/1', at: '2026-11-24T10:42:11.000Z', form: 'full-page', url: 'https://forum.example.org/thread/48213', size: { width: 1280, height: 6240 }, sha256: HASH, note: '', quarantined: false },
  { reference: 'TRE/1', at: '2026-11-24T10:44:20.000Z', form: 'viewport', url: 'https://forum.example.org/thread/48213?page=2', size: { width: 1280, height: 800 }, sha256: HASH.split('').reverse().join(''), note: 'Second page of the thread', quarantined: false },
];

/** A case that is open, with the browser running on a page. */
export const CASE: CaseView = {
  id: '0'.repeat(32), reference: '2026-014', reason: 'Report that a pupil shared screenshots of a group chat', subject: 'pupil', phase: 'open', openedAt: '2026-11-24T10:40:31.000Z', browsing: true, question: null, heldBy: 'PAS',
  page: { view: 'v3', url: 'https://forum.example.org/thread/48213?page=2', title: 'Year 10 group chat leaks', loading: false, canGoBack: true, canGoForward: false },
  blockPage: null, looking: { shielded: true, textFirst: false, notLoaded: 0 }, viewport: { width: 1280, height: 800 }, entries: 14, exhibits: EXHIBITS,
  concerns: [{ by: ['TRE'], at: '2026-11-24T10:42:40.000Z', category: 'bullying', description: 'Named pupil mocked in 14 posts', url: 'https://forum.example.org/thread/48213' }],
  composite: null, series: null, captureList: null, halt: null, conclusion: null, checkpoint: { at: '2026-11-24T10:44:21.000Z', words: 'lantern copper orchid seven glacier paper violin marsh'.split(' '), count: 13 }, elsewhere: false, exports: [],
};

/** The case on the screen, with some of it changed. */
export function inCase(change: Partial<CaseView> = {}, screen: AppState['screen'] = 'case'): AppState {
  return { ...SIGNED_IN, screen, cases: cases(3), case: { ...CASE, ...change } };
}

/** A halt that has been answered. */
export const HALT: HaltView = {
  at: '2026-11-24T10:46:03.000Z', by: ['TRE'], answered: true, sentence: 'Found by a link from the second page of the thread.', released: false, calls: [],
  steps: { monitor: { by: ['PAS'], at: '2026-11-24T10:46:20.000Z' }, stay: { by: ['TRE'], at: '2026-11-24T10:47:02.000Z' } },
};

/** How a halt ended. */
export const ENDED = { how: 'handed-to-police' as const, reference: '412 of 24/11/26', officer: 'PC 4411 Adeyemi', text: 'They take the computer away this afternoon.', at: '2026-11-24T14:10:00.000Z', by: ['PAS', 'TRE'] };

/** What holds a quarantined exhibit and was made before the halt. */
export const COPIES = {
  bundles: [{ at: '2026-11-24T10:45:00.000Z', recipient: 'group-record', tagManifest: HASH, exhibits: ['TRE/1'] }],
  backups: [{ at: '2026-11-24T10:45:30.000Z', place: '/media/backup-stick/countersign-2026-11-24', exhibits: ['TRE/1'] }],
};

/** A call to the police, as the halt screen lists it. */
export const CALL = { force: 'Example Police', officer: 'PC 4411 Adeyemi', reference: '412 of 24/11/26', advice: 'Leave it on. Do not touch it. An officer comes this afternoon.', calledAt: '2026-11-24T10:52:00.000Z', by: ['PAS'], seq: 21, added: [] };

/** What would be kept, waiting for an answer. */
export const COMPOSITE = { id: 'c1', form: 'full-page' as const, url: 'https://forum.example.org/thread/48213?page=2', title: 'Year 10 group chat leaks', text: 'Year 10 group chat leaks\n\nanon_fox, 3 hours ago\nPosting the next lot here.', sha256: HASH, warnings: [], area: { x: 0, y: 0, width: 1280, height: 6240 }, element: null, pictures: [], pieces: 0 };

/** A conclusion. */
export const CONCLUSION = { substance: true, outcomes: ['internal', 'authority'], sanctions: [{ id: 'no-internet', title: 'No internet access for a period', details: 'Until 4 December, at school' }, { id: 'parents', title: 'Parents or carers contacted', details: '' }], told: [{ who: 'head' as const, name: 'Mrs J. Okafor', at: '2026-11-24T11:02:00.000Z', by: 'PAS', byName: '' }, { who: 'parents' as const, name: 'of the pupil who is mocked', at: '2026-11-24T11:20:00.000Z', by: null, byName: 'Ms L. Ward, form tutor' }], text: 'Fourteen posts on two pages mock a named pupil. The posts are public. The head of year meets both families tomorrow; the site is asked to remove the thread once it is captured.' };

/** Findings on a bundle. */
export function verdict(kind: VerifyView['verdict']): VerifyView {
  const bad = kind === 'changed';
  const check = (id: string, title: string, detail: string, outcome: 'pass' | 'fail' | 'note' = 'pass', where: string | null = null) => ({ id, title, detail, outcome, where });
  return {
    verdict: kind, signers: REVIEWERS.map(({ name, position }) => ({ name, position })), root: { fingerprint: HASH, words: 'copper lantern orchid seven glacier paper violin marsh'.split(' ') },
    trustedBy: kind === 'unchanged' ? 'typed' : null, bundle: { tagManifest: HASH, words: 'harbour amber willow tiger ocean pencil frost maple'.split(' ') },
    sentence: bad ? 'At least one file is not as it was when two people signed it. Do not rely on this bundle. Ask for it again.' : 'Every one of 412 files and 1,306 entries is exactly as it was on 24 November 2026 at 11:32 GMT.' + (kind === 'unchanged' ? '' : ' Compare the words below to know that it was them.'),
    checks: [
      bad ? check('payload', 'A file differs from its SHA-256', 'Expected 3f6c1d0e…, found 9b7a48d2…', 'fail', 'data/exhibits/PAS-1/page.png') : check('payload', '412 files match their SHA-256', 'manifest-sha256.txt, tagmanifest-sha256.txt'),
      check('complete', 'Nothing added, nothing missing', 'BagIt 1.0, RFC 8493'), check('signers', 'Two different people signed', 'RSA-3072, CMS, certificates valid'), check('chain', 'The record is whole and in order', '1,306 entries, each commits to the one before'),
      check('views', 'All 63 page views are accounted for', '12 captured, 4 concerns, 47 left with a reason'), check('withheld', '2 details are withheld', 'Their place, time and kind still verify', 'note'),
    ],
  };
}

/** What an export made. */
export const EXPORTED = { export: 32, receipt: '/home/staff/Countersign/exports/EXSCH-2026-014-police-receipt.pdf', path: '/home/staff/Countersign/exports/EXSCH-2026-014-police.zip', files: 412, bytes: 214_000_000, tagManifest: HASH, words: 'copper lantern orchid seven glacier paper violin marsh'.split(' '), passphrase: 'meadow anchor velvet thistle harbour pencil', verifyPage: '/home/staff/Countersign/exports/verify.html' };

/** What the app looked at before the first browsing. */
export const CHECKS: CallResult<'pre-flight.read'>['checks'] = [
  { id: 'self-test', state: 'good', says: 'The app tested itself on 24 November 2026: 41 checks passed.' },
  { id: 'versions', state: 'good', says: 'Countersign 0.1.0 with Chromium 156.0.7204.92.' },
  { id: 'clock', state: 'look', says: 'The clock has not been compared with another one today.' },
  { id: 'disk', state: 'good', says: '118.4 GB are free on the disk.' },
  { id: 'lists', state: 'unknown', says: 'There is no flag list, of what the police or your filter know of: nothing is compared with one.' },
  { id: 'contacts', state: 'look', says: '6 numbers to call are missing in the settings.' },
  { id: 'backup', state: 'good', says: 'The last backup is from 20 November 2026.' },
  { id: 'time-stamps', state: 'unknown', says: 'No outside service confirms the times (time stamping). They rest on this computer’s clock and both signatures.' },
];

/** The answers of last time. */
export const REMEMBERED: NonNullable<CallResult<'pre-flight.read'>['remembered']> = {
  authorised: { name: 'Wilhelmina Fotheringay-Ashcroft-Oyelaran', position: 'Executive Head' }, room: 'Head’s office, main building', screenHidden: true, filter: { exception: 'exception', words: 'The forum’s address, asked for by the head on 23 November' }, numbers: true,
};

/** Every number filled in. */
export const FULL_CONTACTS: AppState['contacts'] = { ...CONTACTS, head: 'Ms A. Okafor, 01632 960 101', chair: 'Mr J. Bell, 01632 960 102', hr: 'none', chiefExecutive: 'none', iwf: 'The IWF’s website', ceop: 'CEOP’s website' };

/** One entry whole. */
export const ENTRY: EntryView = {
  seq: 3, at: '2026-11-24T10:42:17.331Z', kind: 'navigation', by: ['PAS'], hash: HASH, prev: HASH.split('').reverse().join(''), signatures: [], more: 4,
  facts: [
    { name: 'view', value: 'v1' }, { name: 'url', value: 'https://forum.example.org/thread/48213?page=2' }, { name: 'typed', value: 'forum.example.org/thread/48213' }, { name: 'cause', value: 'typed' }, { name: 'status', value: '200' },
    { name: 'remote address', value: '203.0.113.40:443' }, { name: 'redirects 1 status', value: '301' }, { name: 'redirects 1 location', value: `https://forum.example.org/${'a-very-long-way-'.repeat(9)}` }, { name: 'tls', value: 'none' },
  ],
};

/** A table of concerns that a school has changed. */
export const POLICY: PolicyView = {
  categories: [
    ...CONCERN_CATEGORIES.map(({ id, title, meaning, police }) => ({ id, title, meaning, police, own: false, hidden: id === 'copyright' })),
    { id: 'own-1', title: 'Filming in changing rooms', meaning: 'Somebody filmed, or meant to film, where people change.', police: true, own: true, hidden: false },
  ],
  history: [{ at: '2026-11-20T15:05:00.000Z', by: ['PAS', 'TRE'], line: 'No longer offered: Copyright or data protection' }, { at: '2026-10-02T09:12:00.000Z', by: ['PAS', 'TRE'], line: 'Added: Filming in changing rooms' }],
  sanctions: [
    ...SANCTIONS.map(({ id, title, meaning, aim }) => ({ id, title, meaning, aim, own: false, hidden: id === 'mail-provider' })),
    { id: 'own-1', title: 'A talk with the school’s police officer', meaning: 'The officer comes to the school.', aim: 'pupil', own: true, hidden: false },
  ],
  sanctionHistory: [{ at: '2026-11-20T15:11:00.000Z', by: ['PAS', 'TRE'], line: 'No longer offered: The sender’s email provider told' }, { at: '2026-10-02T09:20:00.000Z', by: ['PAS', 'TRE'], line: 'Added: A talk with the school’s police officer' }],
};

/** Signed in on a computer that has been in use for a while. */
export const LATER = { ...SIGNED_IN, cases: cases(10), admin: ADMIN_LATER };
