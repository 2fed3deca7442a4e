import type { Page } from 'playwright-core';
import type { CopyMade, PlanView, ReceiptView, ReviewExhibit, ReviewPage, ReviewView, ReviewWords } from '../../../src/ipc/disclosure-contract.js';
import type { CaseView } from '../../../src/ipc/case-view.js';
import { choose, press, sign, steps, type, type Act } from './acts.js';
import { CALL, CONCLUSION, EXPORTED, FOLDERS, HALT, inCase, record } from './samples.js';
import type { Scene } from './scenes.js';

/* Pictures of the review, of redacting, of what a copy withholds, and of who has the copies. */

const HASH = EXPORTED.tagManifest;
const THREAD = 'https://forum.example.org/thread/48213';

const exhibit = (reference: string, change: Partial<ReviewExhibit> = {}): ReviewExhibit => ({
  reference, seq: 5, at: '2026-11-24T10:42:11.000Z', by: [reference.slice(0, 3)], form: 'full-page', url: THREAD, title: 'Year 10 group chat leaks', startedAt: '2026-11-24T10:42:05.000Z', endedAt: '2026-11-24T10:42:11.000Z',
  image: { width: 1280, height: 6240 }, composite: HASH, declaredBy: reference.slice(0, 3), declaredAt: '2026-11-24T10:42:10.000Z', note: '', account: '', warnings: [],
  parts: [{ name: 'page.png', size: 1_204_113, sha256: HASH }, { name: 'page.txt', size: 4_113, sha256: [...HASH].reverse().join('') }, { name: 'page.wacz', size: 811_204, sha256: HASH }], quarantined: false, added: [], redactions: [], ...change,
});

const FORM: ReviewView['form'] = {
  organisation: 'Example School', sittings: ['2026-11-24T10:40:52.000Z', '2026-11-24T14:02:00.000Z', '2026-11-25T09:15:00.000Z'], reason: 'Report that a pupil shared screenshots of a group chat', cameUp: { way: 'parent', words: 'The mother of a pupil in Year 10 rang the office at 08:50.' },
  reviewers: [{ initials: 'PAS', name: 'Priya A. Shah', position: 'Deputy Head' }, { initials: 'TRE', name: 'Tom R. Ellis', position: 'Assistant Head' }], computer: { name: 'INV-01', location: 'Head’s office' },
};

/** A case with a little of everything. */
export const REVIEW: ReviewView = {
  canAdd: true, canRedact: true, form: FORM,
  pages: [
    page('v1', THREAD, 'Year 10 group chat leaks', { exhibits: ['PAS/1'], concerns: [8], shownMs: 95_000 }),
    page('v2', 'https://forum.example.org/user/anon_fox?tab=posts&sort=newest&highlight=group-chat-screenshots-of-the-week', '', { shownMs: 12_000 }),
    page('v3', `${THREAD}?page=2`, 'Year 10 group chat leaks, page 2', { exhibits: ['TRE/1', 'TRE/2'] }),
    page('v4', 'https://video.example.org/clip/7', '', { status: 'blocked' }), page('v5', 'https://gone.example.org/', '', { status: 'failed' }),
  ],
  exhibits: [
    exhibit('PAS/1', {
      redactions: [{ number: 1, at: '2026-11-24T11:10:00.000Z', by: ['PAS'], sha256: [...HASH].reverse().join(''), boxes: [{ x: 90, y: 300, width: 240, height: 40, reason: 'Name of another pupil' }] }],
      added: [{ seq: 22, at: '2026-11-24T11:02:00.000Z', by: ['TRE'], text: 'The third post was gone when we looked again at 11:00.', told: [] }], warnings: ['The page was still loading pictures when it was captured.'], account: 'not logged in',
    }),
    exhibit('TRE/1', { form: 'viewport', image: { width: 1280, height: 800 }, url: `${THREAD}?page=2`, note: 'Second page of the thread' }), exhibit('TRE/2', { form: 'text', image: null, url: `${THREAD}?page=2` }),
    exhibit('TRE/3', { quarantined: true, url: 'https://flagged.example.org/', title: '' }),
  ],
  words: [
    words(8, 'concern', 'Fourteen posts on two pages mock a named pupil. The last one says that a picture will follow.', [{ seq: 20, at: '2026-11-24T10:58:00.000Z', by: ['PAS'], text: 'The pupil’s mother called at 10:55: the posts are known to the family.', told: [] }]),
    words(13, 'note', 'Ms Osei told by telephone at 10:44'),
  ],
  conclusion: null,
};

function page(view: string, url: string, title: string, change: Partial<ReviewPage> = {}): ReviewPage {
  return { view, url, title, at: `2026-11-24T10:4${view.slice(1)}:09.000Z`, shownMs: null, status: 'opened', exhibits: [], concerns: [], ...change };
}

function words(seq: number, kind: 'concern' | 'note', text: string, added: ReviewWords['added'] = []): ReviewWords {
  return { seq, kind, at: '2026-11-24T10:44:31.000Z', by: ['TRE'], category: kind === 'concern' ? 'Bullying or harassment' : null, url: kind === 'concern' ? THREAD : null, text, added };
}

/** What a copy for the LADO would hold. */
export const PLAN: PlanView = {
  exhibits: 2, redacted: 1, entries: 31, withheldEntries: 4, quarantined: 0, views: 5, rows: [
    { what: 'The original of exhibit PAS/1; redacted copy 1 is here instead', why: 'It is about somebody who is not concerned', words: '', entries: 0 },
    { what: 'A concern', why: 'Another reason, in our own words', words: 'It names a child who is looked after elsewhere.', entries: 2 },
  ],
};

const CHAIR = { who: 'chair' as const, name: 'Mr A. Byrne', at: '2026-11-24T15:40:00.000Z', by: 'TRE', byName: '' };

const copy = (change: Partial<CopyMade> = {}): CopyMade => ({ export: 32, at: '2026-11-24T11:40:00.000Z', by: ['PAS', 'TRE'], recipient: 'police', tagManifest: HASH, words: EXPORTED.words, files: 412, bytes: 214_000_000, withheld: 0, received: [], ...change });

/** Bundles that were made, one of them with two people. */
export const COPIES_MADE: readonly CopyMade[] = [
  copy({
    received: [
      { seq: 40, name: 'DC L. Morgan', position: 'Example Police, 4471', at: '2026-11-24T14:10:00.000Z', by: ['PAS'], wordsMatch: true, note: 'Handed over at the front desk.', receipt: { verdict: 'unchanged', checkedAt: '2026-11-24T15:02:00.000Z' } },
      { seq: 41, name: 'A. Nowak', position: '', at: '2026-11-25T09:00:00.000Z', by: ['TRE'], wordsMatch: false, note: '', receipt: null },
    ],
  }),
  copy({ export: 36, at: '2026-11-24T12:05:00.000Z', recipient: 'lado', withheld: 2, tagManifest: [...HASH].reverse().join(''), words: [...EXPORTED.words].reverse() }), copy({ export: 38, at: '2026-11-24T12:20:00.000Z', recipient: 'other', tagManifest: null, words: [], files: 0, bytes: 0 }),
];

/** What a returned receipt says. */
export const RECEIPT: ReceiptView = { export: 32, recipient: 'police', madeAt: '2026-11-24T11:40:00.000Z', verdict: 'unchanged', checkedAt: '2026-11-24T15:02:00.000Z', tool: 'verify.html', file: 'EXSCH-2026-014-police.zip', rootTyped: true, failed: [] };

/** What the engine says of a case that is reviewed. */
export const reviewing = { 'review.read': { value: REVIEW }, 'export.plan': { value: PLAN }, 'folders.list': { value: FOLDERS }, 'exhibit.text': { value: { text: 'Year 10 group chat leaks\n\nanon_fox, 3 hours ago\nPosting the next lot here.' } } };
const live = (change: Partial<CaseView> = {}, answers: Scene['script']['answers'] = reviewing): Scene['script'] => ({ state: inCase(change), items: record(), answers });

/** A sealed case with bundles. */
export const SEALED: Partial<CaseView> = { phase: 'sealed', browsing: false, page: null, conclusion: CONCLUSION, entries: 31, copies: COPIES_MADE };
const sealed = (change: Partial<CaseView> = {}, answers: Scene['script']['answers'] = reviewing): Scene['script'] => live({ ...SEALED, ...change }, answers);

const review = press('Review the case');
const pictured: Act = async (page) => { await page.locator('.picture-slice img').first().waitFor(); };
const open = (reference: string): Act => steps(review, async (page) => { await page.getByRole('tab', { name: /Exhibits/ }).click(); await page.getByRole('button', { name: new RegExp(reference) }).click(); });
/** Draws one box with the mouse, and one by the keyboard. */
export const draw: Act = async (page) => {
  await page.getByRole('button', { name: 'Make a redacted copy' }).click();
  await pictured(page);
  const layer = await page.locator('.box-layer').boundingBox();
  if (layer === null) throw new Error('no layer');
  await page.mouse.move(layer.x + 60, layer.y + 60);
  await page.mouse.down();
  await page.mouse.move(layer.x + 260, layer.y + 110, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Add a box' }).click();
  for (const key of ['Control+ArrowDown', 'Shift+Control+ArrowRight']) await page.keyboard.press(key);
  await page.getByLabel('Box 1: why (optional)').fill('Name of another pupil');
};
const pick = (label: string | RegExp, option: string | RegExp): Act => async (page) => { await page.getByRole('button', { name: label }).first().click(); await page.getByRole('option', { name: option }).click(); };
const lado = steps(press(/Make a(nother)? bundle/), choose('The LADO'), async (page) => { await page.getByText('What becomes of PAS/1?').waitFor();
  // What the copy would hold is asked for once nothing has been chosen for a moment.
  await page.getByRole('heading', { name: 'The sheet of what is withheld' }).waitFor();
});
/** What of a case is withheld from the LADO, with reasons. */
export const withhold: Act = steps(lado, pick(/What becomes of PAS\/1/, /Redacted copy 1/), pick(/^Why\?|Choose a reason/, /not concerned/), choose(/Fourteen posts/));
/** A concluded case, with somebody who was told since. */
export const concluded = live({ phase: 'concluded', browsing: false, page: null, conclusion: CONCLUSION, toldSince: [CHAIR] }, {
  ...reviewing, 'review.read': { value: { ...REVIEW, conclusion: { seq: 27, at: '2026-11-24T11:30:00.000Z', by: ['PAS', 'TRE'], added: [{ seq: 30, at: '2026-11-24T15:10:00.000Z', by: ['TRE'], text: 'The site took the thread down at 14:50.', told: [] }, { seq: 31, at: '2026-11-24T15:42:00.000Z', by: ['TRE'], text: '', told: [CHAIR] }] } } },
});
/** A halted case that both have signed what the police said about. */
export const released: Scene['script'] = live({ phase: 'halted', browsing: false, page: null, halt: { ...HALT, calls: [CALL], released: true } });
const toConclusion: Act = async (page) => { await page.getByRole('heading', { name: 'Conclusion', exact: true }).evaluate((heading) => { heading.scrollIntoView({ block: 'start' }); }); };
const toTold: Act = async (page) => { await page.locator('.review-add').evaluate((form) => { form.scrollIntoView({ block: 'start' }); }); };
const RECEIPT_NAME = 'EXSCH-2026-014-police-receipt.json';
const receiptFiles = { ...reviewing, 'folders.list': { value: { ...FOLDERS, files: [{ name: RECEIPT_NAME, path: `${FOLDERS.path}/${RECEIPT_NAME}` }] } } };
const openFiles: Act = async (page: Page) => { await page.getByRole('button', { name: 'Choose a file' }).click(); await page.getByRole('option', { name: RECEIPT_NAME }).waitFor(); };
const receiptFile: Act = steps(openFiles, async (page) => { await page.getByRole('option', { name: RECEIPT_NAME }).click(); });
const tab = (name: string): Act => async (page) => { await page.getByRole('tab', { name }).click(); };
const handOver = press(/Write down who has it\s+for The police/);

/** See above. */
export const DISCLOSURE_SCENES: readonly Scene[] = [
  { name: 'review-1-pages', script: live(), act: review },
  { name: 'review-2-add-words', script: live(), act: steps(review, press(/Add words to this concern/)) },
  { name: 'review-3-sheet', script: live(), act: steps(review, async (page) => { await page.getByRole('tab', { name: /Exhibits/ }).click(); await page.locator('.review-sheet img').first().waitFor(); }) },
  { name: 'review-4-exhibit', script: live(), act: steps(open('PAS/1'), pictured) },
  { name: 'review-5-zoomed', script: live(), act: steps(open('PAS/1'), pictured, press('Larger'), press('Larger')) },
  { name: 'review-6-text', script: live(), act: open('TRE/2') },
  { name: 'review-7-quarantined', script: live(), act: open('TRE/3') },
  { name: 'review-8-redacting', script: live(), act: steps(open('PAS/1'), pictured, draw) },
  { name: 'review-9-preview', script: live(), act: steps(open('PAS/1'), pictured, draw, press('Preview')) },
  { name: 'review-10-empty', script: live({}, { ...reviewing, 'review.read': { value: { form: FORM, pages: [], exhibits: [], words: [], conclusion: null, canAdd: true, canRedact: true } } }), act: review },
  { name: 'review-11-sealed', script: sealed({}, { ...reviewing, 'review.read': { value: { ...REVIEW, canAdd: false, conclusion: { seq: 27, at: '2026-11-24T11:30:00.000Z', by: ['PAS', 'TRE'], added: [] } } } }), act: review },
  { name: 'review-15-concluded', script: concluded, act: steps(review, toConclusion) },
  { name: 'review-16-told-since', script: concluded, act: steps(review, press('Add words to the conclusion, or who was told'), press(/^Add somebody/), press('Add to the record'), async (page) => { await page.locator('.summary').waitFor(); }, toTold) },
  { name: 'review-13-form', script: live(), act: steps(review, tab('The form')) },
  { name: 'review-14-form-sealed', script: sealed({}, { ...reviewing, 'review.read': { value: { ...REVIEW, canAdd: false } } }), act: steps(review, tab('The form')) },
  { name: 'review-17-halted', script: released, act: press('Read the case') },
  { name: 'review-18-form-halted', script: released, act: steps(press('Read the case'), tab('The form'), async (page) => { await page.getByText('This review was halted').evaluate((words) => { words.scrollIntoView({ block: 'center' }); }); }) },
  { name: 'review-12-failed', script: live({}, { ...reviewing, 'review.read': { code: 'vault.altered', sentence: 'The record cannot be read now.' } }), act: review },
  { name: 'withhold-1-choose', script: sealed(), act: lado },
  { name: 'withhold-2-reasons', script: sealed(), act: withhold },
  { name: 'withhold-3-errors', script: sealed(), act: steps(lado, choose(/Fourteen posts/), sign, press('Sign and make the bundle')) },
  { name: 'copies', script: sealed() },
  { name: 'hand-over-1', script: sealed(), act: handOver },
  { name: 'hand-over-2-receipt', script: sealed({}, { ...receiptFiles, 'receipt.open': { value: { text: '{}', receipt: RECEIPT } } }), act: steps(handOver, receiptFile, async (page) => { await page.getByText('Their check says').waitFor(); }) },
  { name: 'hand-over-2-choosing', script: sealed({}, receiptFiles), act: steps(handOver, openFiles) },
  { name: 'hand-over-3-other', script: sealed({}, { ...receiptFiles, 'receipt.open': { code: 'receipt.other-bundle', sentence: 'This receipt is of another bundle: its fingerprint is not that of any copy made of this case. Ask whoever sent it which bundle they checked.' } }), act: steps(handOver, receiptFile, async (page) => { await page.getByRole('alert').first().waitFor(); }) },
  { name: 'hand-over-4-wrong-words', script: sealed({}, { ...reviewing, 'received.add': { value: { wordsMatch: false } } }), act: steps(handOver, (page) => type(page, 'Name', 'DC L. Morgan'), press('Add to the record')) },
];

