import type { Page } from 'playwright-core';
import type { CaptureListView, CaseView, CompositeView, QuestionView, RecordItem } from '../../../src/ipc/case-view.js';
import { press, steps, type } from './acts.js';
import { CASE, COMPOSITE, inCase, record } from './samples.js';
import type { Scene } from './scenes.js';

/* Pictures of the browser's questions, of every form of capture, and of what is declared on. */

/** A site whose certificate has run out. */
export const CERTIFICATE: QuestionView = { id: 'q1', kind: 'certificate', url: 'https://gallery.example.org/year10/album', origin: 'https://gallery.example.org', error: 'ERR_CERT_DATE_INVALID', agreed: [] };

/** A site that asks for a user name and a password, without encryption. */
export const PASSWORD: QuestionView = { id: 'q2', kind: 'password', url: 'http://files.example.org/private/', origin: 'http://files.example.org', realm: 'Staff and parents', scheme: 'basic', agreed: [] };

/** A list of addresses in every state. */
export const LIST: CaptureListView = {
  running: true, items: [
    { url: 'https://forum.example.org/thread/48213', status: 'kept', exhibit: 'PAS/2', note: '' }, { url: 'https://forum.example.org/thread/48214?sort=newest&page=12&highlight=group-chat-screenshots-of-the-week', status: 'not-kept', exhibit: null, note: '' },
    { url: 'https://gone.example.org/', status: 'failed', exhibit: null, note: 'There is no site of that name.' }, { url: 'https://video.example.org/clip/7', status: 'skipped', exhibit: null, note: '' },
    { url: 'https://forum.example.org/thread/48220', status: 'taking', exhibit: null, note: '' }, { url: 'https://forum.example.org/thread/48221', status: 'waiting', exhibit: null, note: '' }, { url: 'https://forum.example.org/thread/48222', status: 'waiting', exhibit: null, note: '' },
  ],
};

/** A page that is too large for one picture, measured. */
export const MEASURED = { width: 1280, height: 2_700_000, scroll: { x: 0, y: 340 }, parts: [{ x: 0, y: 0, width: 1280, height: 1_171_875 }, { x: 0, y: 1_171_875, width: 1280, height: 1_171_875 }, { x: 0, y: 2_343_750, width: 1280, height: 356_250 }] };

/** Refused because it is too large. */
export const TOO_LARGE = { code: 'capture.too-large', sentence: 'This page is 1,280 by 2,700,000 pixels. One picture may have 1,500 million pixels and be 16,000 wide. Nothing was kept. Capture it in 3 parts instead.' };

const SHOTS = Array.from({ length: 7 }, (_, at) => ({ at: `2026-11-24T10:45:${String(10 + at * 2).padStart(2, '0')}.000Z`, row: at * 800, height: 800 }));

/** A series that waits for an answer. */
export const SERIES: CompositeView = { ...COMPOSITE, form: 'series', image: { width: 1280, height: 5600 }, area: { x: 0, y: 0, width: 1280, height: 800 }, pictures: SHOTS, warnings: ['Text, HTML and facts are of the moment of the first picture.'] };

const KINDS: readonly (readonly [string, string, RecordItem['tone']])[] = [
  ['certificates', 'Certificates of gallery.example.org: 3', 'plain'], ['certificate-accepted', 'PAS and TRE went on although the certificate of gallery.example.org is not valid', 'refused'], ['authentication', 'PAS gave a user name and password to files.example.org', 'plain'],
  ['socket-opened', 'A lasting connection was opened to wss://chat.example.org', 'plain'], ['block-page', 'The filter’s own page, not video.example.org', 'refused'], ['shield', 'Pictures shown by PAS', 'plain'], ['text-first', 'Text first: chosen by TRE', 'plain'],
  ['lists-in-force', 'Watched with 2 lists', 'plain'], ['not-checked', 'Not compared with the lists: video.example.org/clip.mp4', 'plain'], ['capture-cancelled', 'A capture was cancelled', 'plain'], ['recovered', 'The recovery sheet was used by Margaret Adeyemi-Brown to enrol TRE', 'plain'],
  ['inbox-unreadable', '1 thing left for you while nobody was signed in could not be read', 'refused'], ['page-left', 'Left forum.example.org/thread/48213', 'plain'], ['locked', 'Locked', 'plain'], ['resumed', 'Unlocked by PAS and TRE', 'plain'],
];

const kinds = (): RecordItem[] => KINDS.map(([kind, line, tone], seq) => ({ seq, at: `2026-11-24T10:45:${String(10 + seq)}.000Z`, kind, by: ['PAS'], line, detail: null, tone, signed: false }));

const live = (change: Partial<CaseView> = {}): Scene['script'] => ({ state: inCase(change), items: record() });
const menu = (item: string) => async (page: Page): Promise<void> => {
  await page.locator('#other-captures').click();
  await page.getByRole('menuitem', { name: item }).click();
};
const uncover = press('Show what would be kept');
const shown = steps(uncover, async (page) => { await page.locator('.picture-slice img').first().waitFor(); });
/** Pictures are fetched as they come into view; a small window shows only the first. */
const sheet = async (page: Page): Promise<void> => {
  await uncover(page);
  await page.waitForFunction(() => {
    const shown = [...document.querySelectorAll('.contact-image')].filter((place) => place.getBoundingClientRect().top < innerHeight);
    return shown.length > 0 && shown.every((place) => place.querySelector('img') !== null);
  });
};
const quarantined = CASE.exhibits.map((exhibit, at) => ({ ...exhibit, quarantined: at === 1 }));
const forms = (['region', 'element', 'series', 'text'] as const).map((form, at) => ({ ...(CASE.exhibits[0] ?? neverEmpty()), reference: `TRE/${at + 2}`, form, size: form === 'text' ? null : { width: 640, height: 400 } }));

function neverEmpty(): never {
  throw new Error('the sample case has exhibits');
}

/** See above. */
export const CAPTURE_SCENES: readonly Scene[] = [
  { name: 'question-certificate', script: live({ question: CERTIFICATE }) },
  { name: 'question-certificate-one', script: live({ question: { ...CERTIFICATE, agreed: ['PAS'] } }) },
  { name: 'question-password', script: live({ question: PASSWORD }) },
  { name: 'question-password-errors', script: live({ question: PASSWORD }), act: press('Send and open') },
  { name: 'picker-region', script: live(), act: menu('Part of the page') },
  { name: 'picker-element', script: live(), act: menu('One element') },
  { name: 'series-panel', script: live(), act: menu('Series of pictures') },
  { name: 'series-taking', script: { ...live({ series: { done: 4, most: 20 } }), progress: { task: 'capture', step: 'Taking pictures', done: 4, total: 20, canCancel: true } } },
  { name: 'capture-tall', script: { ...live(), progress: { task: 'capture', step: 'Taking the page', done: 48_000, total: 250_000, canCancel: true } } },
  { name: 'list-panel', script: live(), act: steps(menu('List of addresses'), (page) => type(page, 'Addresses, one on each line', LIST.items.map(({ url }) => url).join('\n'))) },
  { name: 'list-panel-error', script: live(), act: steps(menu('List of addresses'), press('Start the list')) },
  { name: 'list-progress', script: live({ captureList: LIST }), act: press(/List of addresses: 4 of 7/) },
  { name: 'list-finished', script: live({ captureList: { running: false, items: LIST.items.map((item, at) => (at < 4 ? item : { ...item, status: 'kept' as const, exhibit: `PAS/${at}` })) } }), act: press(/List of addresses: 7 of 7/) },
  { name: 'capture-parts', script: { ...live(), answers: { 'capture.prepare': TOO_LARGE, 'capture.measure': { value: MEASURED } } }, act: steps(press(/Capture page/), async (page) => { await page.getByRole('heading', { name: /3 parts/ }).waitFor(); }) },
  { name: 'block-page', script: live({ blockPage: { url: 'https://video.example.org/watch?v=7', by: 'text', pattern: 'has been blocked by your school' } }) },
  { name: 'record-kinds', script: { state: inCase(), items: kinds() } },
  { name: 'exhibits-forms', script: live({ exhibits: [...quarantined, ...forms] }), act: async (page) => { await page.getByRole('tab', { name: /Exhibits/ }).click(); await page.locator('.exhibit-picture img').nth(1).waitFor(); } },
  { name: 'declare-series', script: live({ composite: SERIES }), act: sheet },
  { name: 'declare-series-picture', script: live({ composite: SERIES }), act: steps(sheet, press(/Picture 3 of 7/), async (page) => { await page.locator('.picture-slice img').first().waitFor(); }) },
  { name: 'declare-element', script: live({ composite: { ...COMPOSITE, form: 'element', element: 'article#post-8.post.quoted', area: { x: 32, y: 2_410, width: 1_180, height: 1_200 }, image: { width: 1_180, height: 1_200 } } }), act: shown },
  { name: 'declare-list', script: live({ captureList: LIST, composite: { ...COMPOSITE, image: { width: 1280, height: 6240 }, pieces: 3, warnings: ['The page grew while it was scrolled through. Scrolling was stopped; what would have loaded below is not in the capture.'] } }), act: shown },
];
