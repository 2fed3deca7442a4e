import type { Page } from 'playwright-core';
import type { RecordItem } from '../../../src/ipc/case-view.js';
import type { AppState } from '../../../src/ipc/state.js';
import { choose, newPassphrase, press, sign, steps, type, type Act } from './acts.js';
import { CAPTURE_SCENES } from './capture-scenes.js';
import { DISCLOSURE_SCENES } from './disclosure-scenes.js';
import type { Script } from './preview-bridge.js';
import { REGISTER_SCENES } from './register-scenes.js';
import { ADMIN, COPIES, ENDED, BARE, CALL, CASE, cases, CHECKS, COMPOSITE, CONCLUSION, ENTRY, EXPORTED, FULL_CONTACTS, HALT, inCase, record, REMEMBERED, SET_UP, SIGNED_IN, verdict } from './samples.js';

/** One picture of the gallery: what the stand-in engine says, and what is done before the picture is taken. */
export interface Scene {
  readonly name: string;
  readonly script: Partial<Omit<Script, 'state'>> & { readonly state: AppState };
  readonly act?: (page: Page) => Promise<void>;
}

const go = press('Continue');

const organisation = steps(press('Start'), (page) => type(page, 'Name', 'Example School'), go);
const computer = steps(organisation, (page) => type(page, 'Name or asset number', 'INV-01'), (page) => type(page, 'Room', 'Head’s office'), go);
const contacts = steps(computer, (page) => type(page, 'Your police force', 'Example Police, 01632 960 999'), go);
const reviewer = (name: string, position: string, next: string) => steps(
  (page) => type(page, 'Full name', name), (page) => type(page, 'Position', position), choose('Senior leader'), newPassphrase, go, async (page) => { await page.getByRole('heading', { name: next }).waitFor(); },
);
const suggested = { 'passphrase.suggest': { value: { words: 'orchard lantern seven kettle' } } };

const SET_UP_SCENES: readonly Scene[] = [
  { name: 'set-up-1-start', script: { state: BARE } },
  { name: 'set-up-2-organisation-error', script: { state: BARE }, act: steps(press('Start'), go) },
  { name: 'set-up-3-computer', script: { state: BARE }, act: organisation },
  { name: 'set-up-4-contacts', script: { state: BARE }, act: computer },
  { name: 'set-up-5-first-reviewer', script: { state: BARE, answers: suggested }, act: steps(contacts, (page) => type(page, 'Full name', 'Priya A. Shah'), press('Suggest four words')) },
  { name: 'set-up-6-second-reviewer-errors', script: { state: BARE }, act: steps(contacts, reviewer('Priya A. Shah', 'Deputy Head', 'Who is the second reviewer?'), (page) => type(page, 'Full name', 'Pat A. Smith'), go) },
  { name: 'set-up-7-check', script: { state: BARE }, act: steps(contacts, reviewer('Priya A. Shah', 'Deputy Head', 'Who is the second reviewer?'), reviewer('Tom R. Ellis', 'Assistant Head', 'Check your answers')) },
];

const SET_UP_LATER: readonly Scene[] = [
  { name: 'set-up-1-left', script: { state: { ...BARE, setUpDraft: { organisation: 'Example School', computer: { name: 'INV-01', location: 'Head’s office' }, contacts: BARE.contacts, reviewers: [{ name: 'Priya A. Shah', position: 'Deputy Head', initials: 'PAS', role: 'dsl' }, { name: '', position: '', initials: '', role: null }] } } } },
  { name: 'set-up-8-finish', script: { state: { ...SIGNED_IN, contacts: FULL_CONTACTS, admin: { ...ADMIN, setUpSkipped: ['marking'] } }, answers: { 'lists.list': { value: { lists: [] } } } }, act: press('Finish setting up') },
];

const SIGN_IN_SCENES: readonly Scene[] = [
  { name: 'sign-in', script: { state: SET_UP } },
  {
    name: 'sign-in-wrong', script: { state: SET_UP, answers: { 'sign-in': { code: 'auth.bad-passphrase', sentence: 'Tom R. Ellis’s passphrase is not right. Nothing was opened. Both of you type again.' } } },
    act: steps((page) => type(page, 'Passphrase', 'a'), (page) => page.getByLabel('Passphrase', { exact: true }).nth(1).fill('b'), press('Sign in')),
  },
  { name: 'sign-in-practice', script: { state: SET_UP, answers: { 'practice.start': 'never' } }, act: press(/Practise first/) },
  { name: 'sign-in-name-list', script: { state: SET_UP }, act: press(/Priya A. Shah/) },
  { name: 'sign-in-purpose', script: { state: SET_UP }, act: async (page) => { await page.getByText('What this is for').click(); } },
  { name: 'sign-in-crisis', script: { state: { ...SET_UP, crisis: { caseReference: '2026-014', at: HALT.at } } } },
];

const toReason = steps((page) => type(page, 'Reference', '2026-015'), go);
const toCameUp = steps(toReason, (page) => type(page, 'Reason', 'Screenshots of a pupils’ group chat are said to be on a public forum.'), go);
const toSubject = steps(toCameUp, choose('A parent or carer told us'), (page) => type(page, /Who, when and how/, 'Mrs Green, by telephone to the office on 23 November at 15:40.'), go);
const toAddresses = steps(toSubject, choose('A pupil'), go);
const typeAddresses = steps((page) => type(page, 'Addresses', `forum.example.org/thread/48213\nhttps://pictures.example.net/${'a-long-name-'.repeat(12)}\nhttps://flagged.example.org/`), choose(/^https:\/\/flagged/));
const toCheck = steps(toAddresses, typeAddresses, go, choose('Priya A. Shah declares this'), choose('Tom R. Ellis declares this'), go);
const CASES_SCENES: readonly Scene[] = [
  { name: 'cases-none', script: { state: { ...SIGNED_IN, contacts: { ...SIGNED_IN.contacts, lado: '', support: '' } } } },
  { name: 'cases', script: { state: { ...SIGNED_IN, cases: cases(5) } } },
  { name: 'cases-many', script: { state: { ...SIGNED_IN, cases: cases(300), alert: { code: 'browser.died', sentence: 'The browser stopped by itself. Everything recorded until then is saved. Start it again when you are ready.' } } } },
  { name: 'open-case-1-reference', script: { state: SIGNED_IN }, act: press('Open a case') },
  { name: 'open-case-2-reason', script: { state: SIGNED_IN }, act: steps(press('Open a case'), toReason) },
  { name: 'open-case-3-came-up-error', script: { state: SIGNED_IN }, act: steps(press('Open a case'), toCameUp, go) },
  { name: 'open-case-4-subject', script: { state: SIGNED_IN }, act: steps(press('Open a case'), toSubject) },
  { name: 'open-case-5-staff', script: { state: SIGNED_IN }, act: steps(press('Open a case'), toSubject, choose(/^A member of staff$/), go) },
  { name: 'open-case-6-addresses', script: { state: SIGNED_IN }, act: steps(press('Open a case'), toAddresses, typeAddresses) },
  { name: 'open-case-7-declare-error', script: { state: SIGNED_IN }, act: steps(press('Open a case'), toAddresses, typeAddresses, go, choose('Priya A. Shah declares this'), go) },
  { name: 'open-case-8-check', script: { state: SIGNED_IN }, act: steps(press('Open a case'), toCheck) },
];

const chooseBundle: Act = async (page) => { await page.locator('input[type=file]').setInputFiles({ name: 'EXSCH-2026-014-police.zip', mimeType: 'application/zip', buffer: Buffer.alloc(2_500_000) }); };
const PRACTICE = { passphrases: [{ initials: 'PRA', name: 'Practice One', passphrase: 'practice one' }, { initials: 'PRB', name: 'Practice Two', passphrase: 'practice two' }], site: 'http://127.0.0.1:40123' };
/** A state within a practice. */
export const practising = (state: AppState): AppState => ({ ...state, organisation: 'PRACTICE, no real school', computer: { name: 'PRACTICE', location: 'practice room' }, practice: PRACTICE });

const PRACTICE_SCENES: readonly Scene[] = [
  { name: 'practice-1-cases', script: { state: practising(SIGNED_IN) } },
  { name: 'practice-2-investigate', script: { state: practising(inCase({ concerns: [] })), items: record() } },
  { name: 'practice-3-halt', script: { state: practising(inCase({ phase: 'halted', browsing: false, page: null, halt: HALT }, 'halted')), items: record() } },
  { name: 'practice-4-leave', script: { state: practising(SIGNED_IN) }, act: press('Leave the practice') },
  { name: 'practice-5-open-case', script: { state: practising(SIGNED_IN) }, act: press('Open a case') },
  { name: 'practice-6-made-up', script: { state: practising(SIGNED_IN) }, act: steps(press('Open a case'), press('Use a made-up case'), choose('Priya A. Shah declares this'), choose('Tom R. Ellis declares this'), press('Continue')) },
  { name: 'practice-7-verdict', script: { state: practising({ ...SIGNED_IN, cases: cases(1).map((one) => ({ ...one, phase: 'sealed' })) }), answers: { 'verify.begin': { value: { id: 'v' } }, 'verify.finish': { value: verdict('unchanged') } } }, act: steps(press(/Check a bundle/), chooseBundle, press('Check the bundle')) },
  { name: 'practice-8-over', script: { state: practising(SET_UP) }, act: (page) => page.evaluate((state) => { (window as unknown as { preview: { emit: (name: string, value: unknown) => void } }).preview.emit('state', state); }, SET_UP) },
];

/** What was asked about the site in the view, beside the browser. */
const ORIGINS: readonly RecordItem[] = [
  { seq: 90, at: '2026-11-24T10:46:01.000Z', kind: 'dns-answers', by: ['app'], line: 'Where forum.example.org leads: 198.51.100.7', detail: 'By this computer’s own resolver (192.0.2.53), not the browser’s', tone: 'plain', signed: false },
  { seq: 91, at: '2026-11-24T10:46:20.000Z', kind: 'registration', by: ['PAS'], line: 'PAS asked who is behind example.org: Example Holder Limited', detail: 'Registrar: Example Registrar · Registered 1995-08-31 · until 2027-08-30 · By the register at rdap.example.net/domain/example.org', tone: 'plain', signed: false },
  { seq: 92, at: '2026-11-24T10:46:21.000Z', kind: 'registration', by: ['PAS'], line: 'PAS asked who is behind 198.51.100.7: EXAMPLE-NET', detail: 'Addresses 198.51.100.0 to 198.51.100.255 · Country: GB · By the register at rdap.example.net/ip/198.51.100.7', tone: 'plain', signed: false },
];

const live = (change: Parameters<typeof inCase>[0] = {}, count?: number): Scene['script'] => ({ state: inCase(change), items: record(count) });
const INVESTIGATE_SCENES: readonly Scene[] = [
  { name: 'investigate-1-start', script: { state: inCase({ browsing: false, page: null, exhibits: [], checkpoint: null, subject: 'staff' }), items: record(1) } },
  { name: 'pre-flight-1-questions', script: { state: inCase({ browsing: false, page: null, exhibits: [], checkpoint: null, preFlightDue: true }), items: record(1), answers: { 'pre-flight.read': { value: { checks: CHECKS, remembered: null } } } } },
  { name: 'pre-flight-4-clock', script: { state: inCase({ browsing: false, page: null, exhibits: [], checkpoint: null, preFlightDue: true, clockAsked: true }), items: record(1), answers: { 'pre-flight.read': { value: { checks: CHECKS, remembered: REMEMBERED } } } }, act: steps(press('Now')) },
  { name: 'pre-flight-2-errors', script: { state: inCase({ browsing: false, page: null, exhibits: [], checkpoint: null, preFlightDue: true }), items: record(1), answers: { 'pre-flight.read': { value: { checks: CHECKS, remembered: null } } } }, act: steps(choose('With an exception for this'), press('Start the browser')) },
  { name: 'pre-flight-3-again', script: { state: inCase({ browsing: false, page: null, exhibits: [], checkpoint: null, preFlightDue: true, subject: 'staff' }), items: record(1), answers: { 'pre-flight.read': { value: { checks: CHECKS.filter(({ state }) => state === 'good'), remembered: REMEMBERED } } } } },
  { name: 'investigate-1-reported', script: live({ reported: ['https://forum.example.org/thread/48213', `https://pictures.example.net/${'a-long-name-'.repeat(12)}`] }), act: press(/^Reported/) },
  { name: 'investigate-1-started', script: { ...live({ page: null, exhibits: [] }), frame: null }, act: async (page) => { await page.locator('#address').focus(); } },
  { name: 'investigate-2-live', script: live() },
  { name: 'investigate-3-very-long-record', script: live({ entries: 12_000 }, 12_000) },
  { name: 'investigate-3-long-record', script: live({ entries: 5_000, page: { ...pageOf(), loading: true } }, 5_000) },
  {
    name: 'investigate-3-entry', script: { ...live(), answers: { 'record.entry': { value: ENTRY } } },
    act: async (page) => { await page.getByRole('row').nth(3).click(); await page.getByText('hash of this entry').waitFor(); },
  },
  { name: 'investigate-4-exhibits', script: live(), act: async (page) => { await page.getByRole('tab', { name: /Exhibits/ }).click(); await page.locator('.exhibit-picture img').nth(1).waitFor(); } },
  { name: 'investigate-5-other-captures', script: live(), act: press(/Other captures/) },
  {
    name: 'investigate-6-concern', script: live(),
    act: steps(press('Describe a concern'), async (page) => { await page.locator('#category').click(); await page.getByRole('option', { name: /Grooming/ }).click(); }, (page) => type(page, 'What did you see?', 'An adult account asks three pupils for pictures.')),
  },
  { name: 'investigate-7-note-error', script: live(), act: steps(press('Note'), press('Add to the record')) },
  { name: 'investigate-8-sign-out', script: live(), act: press('Sign out') },
  { name: 'investigate-18-sign-out-clock', script: { ...live({ clockAsked: true }), answers: { 'clock.manual': { value: { offsetMs: -2_400 } } } }, act: steps(press('Sign out'), (page) => type(page, /The time that it will show/, '14:05:30'), press('Now'), async (page) => { await page.getByText('It is in the record').waitFor(); }) },
  { name: 'investigate-12-clock', script: { ...live(), answers: { 'clock.manual': { value: { offsetMs: -2_400 } } } }, act: steps(press('Compare the clock'), (page) => type(page, /Which clock/, 'Speaking clock'), (page) => type(page, /The time that it shows/, '14:05:30'), press('Now')) },
  { name: 'investigate-13-words-match', script: { ...live(), answers: { 'words.compare': { value: { match: { seq: 13, at: '2026-11-24T10:44:21.000Z', count: 13 } } } } }, act: steps(press('Compare the record’s words'), (page) => type(page, /The record’s eight words/, 'lantern copper orchid seven glacier paper violin marsh'), press('Compare')) },
  { name: 'investigate-14-words-differ', script: { ...live(), answers: { 'words.compare': { value: { match: null } } } }, act: steps(press('Compare the record’s words'), (page) => type(page, /The record’s eight words/, 'marsh violin paper glacier seven orchid copper lantern'), press('Compare')) },
  { name: 'investigate-15-text-first', script: live({ looking: { shielded: false, textFirst: true, notLoaded: 14 } }) },
  { name: 'investigate-16-where-from', script: { ...live(), items: [...record(), ...ORIGINS] }, act: steps(press('Where this page comes from'), async (page) => { await page.getByText('In the record').waitFor(); }) },
  { name: 'investigate-17-where-from-proxy', script: { ...live(), answers: { 'where-from.ask': { code: 'where-from.proxy', sentence: 'A proxy is set, and these questions would go round it. Nothing was asked. Ask your network manager to look it up.' } } }, act: steps(press('Where this page comes from'), press('Ask the registers'), async (page) => { await page.locator('.summary').waitFor(); }) },
  { name: 'elsewhere', script: live({ elsewhere: true, browsing: false, page: null }) },
  { name: 'investigate-9-capturing', script: { ...live(), progress: { task: 'capture', step: 'Taking the page', done: 2_746, total: 6_240, canCancel: true } } },
  { name: 'investigate-10-refused', script: { ...live(), answers: { 'browse.goto': { code: 'address.suspected', sentence: 'This address is marked as suspected. It is never opened here.' } } }, act: async (page) => { await page.locator('#address').fill('https://flagged.example.org/'); await page.keyboard.press('Enter'); } },
  { name: 'investigate-11-view-focused', script: live(), act: async (page) => { await page.keyboard.press('F6'); } },
];

function pageOf() {
  if (CASE.page === null) throw new Error('the sample case has a page');
  return CASE.page;
}

const DECLARE_SCENES: readonly Scene[] = [
  { name: 'declare-covered', script: live({ composite: { ...COMPOSITE, image: { width: 1280, height: 6240 } } }) },
  { name: 'declare-image', script: live({ composite: { ...COMPOSITE, image: { width: 1280, height: 6240 } } }), act: async (page) => { await press('Show what would be kept')(page); await page.locator('.picture-slice img').first().waitFor(); await page.locator('.composite-map img').first().waitFor({ state: 'attached' }); } },
  { name: 'declare-text', script: live({ composite: { ...COMPOSITE, form: 'text', image: null, warnings: ['The page was still loading when it was read.'] } }) },
];

const halted = (change: Partial<typeof HALT>): Scene['script'] => ({ state: inCase({ phase: 'halted', browsing: false, page: null, halt: { ...HALT, ...change } }, 'halted'), items: record() });
const HALT_SCENES: readonly Scene[] = [
  { name: 'halt-1-stopping', script: { ...live(), answers: { stop: 'never' } }, act: async (page) => { await page.keyboard.press('F9'); } },
  { name: 'halt-2-stopping-failed', script: { ...live(), answers: { stop: { code: 'app.unexpected', sentence: 'The browser did not answer.' } } }, act: async (page) => { await page.keyboard.press('F9'); } },
  { name: 'halt-3-question', script: halted({ answered: false, answerBy: '2026-11-24T10:48:03.000Z', steps: {} }), act: choose('We are not sure') },
  { name: 'halt-4-mistake', script: halted({ answered: false, answerBy: '2026-11-24T10:48:03.000Z', steps: {} }), act: choose('STOP was pressed by mistake') },
  { name: 'halt-19-question-no-page', script: halted({ answered: false, answerBy: '2026-11-24T10:48:03.000Z', steps: {}, withoutPage: true }) },
  { name: 'halt-5-halted', script: halted({}) },
  { name: 'halt-20-by-itself', script: { ...halted({ by: ['app'], sentence: '', steps: {} }), items: [...record(), { seq: 900, at: HALT.at, kind: 'halt', by: ['app'], line: 'The case is halted', detail: 'The filter says that the page is blocked', tone: 'halt', signed: true }] } },
  { name: 'halt-6-write-down-a-call', script: halted({}), act: press('Write down a call') },
  { name: 'halt-7-called', script: halted({ calls: [CALL] }) },
  { name: 'halt-21-call-added', script: halted({ calls: [{ ...CALL, added: [{ seq: 24, at: '2026-11-24T11:20:00.000Z', by: ['TRE'], text: 'The officer rang back: it is PC 4471, not 4411.', told: [] }] }] }), act: steps(press(/Add words to this call/), async (page) => { await page.getByRole('button', { name: 'Add to the record' }).scrollIntoViewIfNeeded(); }) },
  { name: 'halt-8-release', script: halted({ calls: [CALL] }), act: press('This computer may be used again') },
  { name: 'halt-10-end-police', script: halted({ calls: [CALL] }), act: steps(press('What happens with this case'), choose('The police have taken the case')) },
  { name: 'halt-11-end-no-action', script: halted({ calls: [CALL] }), act: steps(press('What happens with this case'), choose('The police advise no further action'), press('Sign together')) },
  { name: 'halt-12-handed-over', script: halted({ calls: [CALL], ended: ENDED, copies: COPIES }) },
  { name: 'halt-13-copies', script: halted({ copies: COPIES, steps: {} }) },
  { name: 'halt-14-staff', script: { state: inCase({ phase: 'halted', browsing: false, page: null, subject: 'staff', halt: HALT }, 'halted'), items: record() } },
  { name: 'halt-22-call-lado', script: { state: inCase({ phase: 'halted', browsing: false, page: null, subject: 'staff', halt: HALT }, 'halted'), items: record() }, act: steps(press('Write down a call'), async (page) => { await page.locator('#call-who').getByText('The LADO').click(); }, press('Add to the record')) },
  { name: 'halt-23-lado-called', script: { state: inCase({ phase: 'halted', browsing: false, page: null, subject: 'staff', halt: { ...HALT, calls: [CALL], advice: [{ seq: 25, from: 'lado', name: 'Ms R. Iqbal, LADO', advice: 'Tell nobody else until we have met. No interview before that.', advisedAt: '2026-11-24T11:05:00.000Z', by: ['PAS'], added: [] }] } }, 'halted'), items: record() }, act: async (page) => { await page.getByText('Ms R. Iqbal').scrollIntoViewIfNeeded(); } },
  { name: 'halt-15-interrupted', script: live({ interrupted: { url: 'https://forum.example.org/thread/48213?page=2' }, browsing: false, page: null }) },
  { name: 'halt-16-staff-first', script: live({ subject: 'staff', staff: { advised: false, declared: false }, browsing: false, page: null }) },
  { name: 'halt-17-staff-advised', script: live({ subject: 'staff', staff: { advised: true, declared: false }, browsing: false, page: null }) },
  { name: 'halt-9-released', script: halted({ calls: [CALL], released: true }) },
];

const locked = (change: Partial<NonNullable<AppState['locked']>> = {}): AppState => ({ ...SET_UP, screen: 'locked', locked: { reason: 'idle', reviewers: ['PAS', 'TRE'], waiting: false, ...change } });
const sums = (reference: string, captures: number) => ({ id: reference, reference, sums: { entries: 31, pages: 12, captures, concerns: 1, notes: 2, refused: 4 } });
const LEAVING_SCENES: readonly Scene[] = [
  { name: 'locked-idle', script: { state: locked() } },
  { name: 'locked-waiting', script: { state: locked({ reason: 'step-out', waiting: true }), progress: { task: 'export', step: 'Writing exhibit 3 of 12', done: 3, total: 12, canCancel: true } } },
  { name: 'locked-leave', script: { state: locked({ reason: 'step-out' }) }, act: press('Is one of you not coming back?') },
  { name: 'halt-18-locked', script: { state: { ...locked(), crisis: { caseReference: '2026-014', at: HALT.at } } } },
  { name: 'sign-out', script: { state: { ...SIGNED_IN, cases: cases(2) }, answers: { 'sign-out.read': { value: { cases: [sums('2026-014', 2), sums('2026-015', 0)] } } } }, act: press('Sign out') },
  { name: 'sign-out-unsigned', script: { state: { ...SIGNED_IN, cases: cases(2) }, answers: { 'sign-out.read': { value: { cases: [sums('2026-014', 2)] } } } }, act: steps(press('Sign out'), press('One of us has already left')) },
  { name: 'farewell', script: { state: { ...SET_UP, farewell: [{ reference: '2026-014', at: '2026-11-24T11:40:00.000Z', words: 'lantern copper orchid seven glacier paper violin marsh'.split(' ') }] } } },
];

const TOLD = [{ who: 'lado' as const, name: 'Ms R. Iqbal, duty officer', at: '2026-11-24T09:20:00.000Z', by: null, byName: '' }, { who: 'police' as const, name: 'Example Police, PC 4411 Adeyemi', at: '2026-11-24T09:42:00.000Z', by: 'PAS', byName: '' }];
/** Chooses from the last list that opens under that label. */
const pick = (label: RegExp, option: string): Act => async (page) => {
  await page.getByRole('button', { name: label }).last().click();
  await page.getByRole('option', { name: option }).click();
};
const sealed = inCase({ phase: 'sealed', browsing: false, page: null, conclusion: CONCLUSION, entries: 31 });
const OFFERED = { id: 'b1', name: 'EXSCH-2026-014-police.zip', size: 214_000_000, encrypted: true };
const END_SCENES: readonly Scene[] = [
  { name: 'conclude-errors', script: live(), act: steps(press('Finish'), press('Conclude the case')) },
  { name: 'conclude', script: live(), act: steps(press('Finish'), choose('Yes, it has substance'), choose('The school deals with it'), choose('No internet access for a period'), (page) => type(page, /^Details/, 'Until 4 December, at school')) },
  { name: 'conclude-told', script: live({ subject: 'staff', told: TOLD }), act: steps(press('Finish'), press('Add another'), pick(/Who was told/, 'Somebody else'), press('Conclude the case'), async (page) => { await page.locator('.summary').waitFor(); await page.locator('.told').scrollIntoViewIfNeeded(); }) },
  { name: 'conclude-ticked', script: live({ tellingTicked: [{ step: 'safeguarding', by: ['PAS'], at: '2026-11-24T10:58:00.000Z' }] }), act: steps(press('Finish'), async (page) => { await page.locator('.told').scrollIntoViewIfNeeded(); }) },
  { name: 'conclude-bundle-waits', script: { state: { ...inCase(), offered: { id: 'b1', name: 'EXSCH-2026-011-lado.zip', size: 1_204_113, encrypted: true } }, items: record() }, act: press('Finish') },
  { name: 'seal', script: { state: inCase({ phase: 'concluded', browsing: false, page: null, conclusion: CONCLUSION }), items: record() } },
  { name: 'seal-note', script: { state: inCase({ phase: 'concluded', browsing: false, page: null, conclusion: CONCLUSION }), items: record() }, act: press('Note') },
  { name: 'sealed', script: { state: { ...sealed, case: sealed.case === null ? null : { ...sealed.case, exports: [{ path: EXPORTED.path, recipient: 'police', at: '2026-11-24T11:40:00.000Z', tagManifest: EXPORTED.tagManifest }] } }, items: record() } },
  { name: 'export', script: { state: sealed, items: record() }, act: press(/Make a(nother)? bundle/) },
  { name: 'export-progress', script: { state: sealed, items: record(), progress: { task: 'export', step: 'Writing exhibit 3 of 12', done: 3, total: 12, canCancel: true } }, act: steps(press(/Make a(nother)? bundle/), async (page) => { await page.locator('.progress').scrollIntoViewIfNeeded(); }) },
  {
    name: 'export-done', script: { state: sealed, items: record(), answers: { export: { value: EXPORTED } } },
    act: steps(press(/Make a(nother)? bundle/), choose('The LADO'), sign, press('Sign and make the bundle')),
  },
  {
    name: 'export-check', script: { state: { ...sealed, offered: OFFERED }, items: record(), answers: { export: { value: EXPORTED } } },
    act: steps(press(/Make a(nother)? bundle/), choose('The LADO'), sign, press('Sign and make the bundle'), press('Check this bundle')),
  },
];

const MADE = ['2026-014-police-20261124-114210.zip', '2026-014-lado-20261124-115402.zip', 'OFFICIAL-SENSITIVE-2026-013-group-record-20261120-093000.zip', '2026-011-police-20261112-140000.zip'].map((name, at) => ({ name, size: 214_000_000 >> at, at: `2026-11-${24 - at}T11:42:10.000Z` }));
const check = (value: unknown) => ({ 'verify.begin': { value: { id: 'v' } }, 'verify.finish': { value } });
const verify = steps(press(/Check a bundle/), chooseBundle, press('Check the bundle'));
const VERIFY_SCENES: readonly Scene[] = [
  { name: 'verify-choose', script: { state: SET_UP }, act: steps(press(/Check a bundle/), chooseBundle) },
  { name: 'verify-made', script: { state: SET_UP, answers: { 'verify.made': { value: { bundles: MADE } } } }, act: press(/Check a bundle/) },
  { name: 'verify-offered', script: { state: { ...SET_UP, offered: OFFERED } } },
  { name: 'verify-offered-open', script: { state: { ...SET_UP, offered: { ...OFFERED, encrypted: false } } } },
  { name: 'verify-progress', script: { state: SET_UP, answers: { ...check(null), 'verify.finish': 'never' }, progress: { task: 'verify', step: 'Checking file 210 of 412', done: 210, total: 412, canCancel: true } }, act: verify },
  { name: 'verify-unchanged', script: { state: SET_UP, answers: check(verdict('unchanged')) }, act: verify },
  { name: 'verify-signers-not-shown', script: { state: SET_UP, answers: check(verdict('unchanged-signers-not-shown')) }, act: steps(verify, press('They match')) },
  { name: 'verify-changed', script: { state: SET_UP, answers: check(verdict('changed')) }, act: verify },
  { name: 'verify-refused', script: { state: SET_UP, answers: { ...check(null), 'verify.finish': { code: 'bundle.encrypted', sentence: 'This ZIP needs a passphrase. Type the one that came with it by another route.' } } }, act: verify },
];

/** Every picture of the gallery, in the order in which two people meet the screens. */
export const SCENES: readonly Scene[] = [...SET_UP_SCENES, ...SET_UP_LATER, ...SIGN_IN_SCENES, ...CASES_SCENES, ...PRACTICE_SCENES, ...DISCLOSURE_SCENES, ...REGISTER_SCENES, ...INVESTIGATE_SCENES, ...DECLARE_SCENES, ...CAPTURE_SCENES, ...HALT_SCENES, ...END_SCENES, ...LEAVING_SCENES, ...VERIFY_SCENES];
