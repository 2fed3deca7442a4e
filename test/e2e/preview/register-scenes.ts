import { choose, newPassphrase, press, register, sign, steps, type, type Act } from './acts.js';
import { ADMIN, ADMIN_LATER, BACKUPS, BARE, cases, CHECKED, DESTROYED, FACTS, FOLDERS, FOUND, HALT, LISTS, PEOPLE, POLICY, REVIEWERS, SET_UP, SHEET, SIGNED_IN } from './samples.js';
import type { Scene } from './scenes.js';
import type { AppState } from '../../../src/ipc/state.js';

const reviewers = [...REVIEWERS, ...PEOPLE.slice(2, 3).map(({ initials, name, position }) => ({ initials, name, position }))];
const NEW: AppState = SIGNED_IN;
const LATER: AppState = { ...SIGNED_IN, cases: cases(10), admin: ADMIN_LATER, reviewers };
const refused = (sentence: string, code = 'app.refused') => ({ code, sentence });
const inOrder = { ...LATER, admin: { ...ADMIN_LATER, lastCheck: null } };
const cut = refused('The disk cannot be read. Put it in again, or choose another.', 'folders.none');
const browse: Act = steps(press('Choose a folder'), async (page) => { await page.locator('.folder-browser').waitFor(); });
const listed: Act = steps(browse, async (page) => { await page.locator('.folder-item').first().waitFor(); });
const person = (name: string): Act => steps((page) => type(page, 'Full name', name), (page) => type(page, 'Position', 'Head of Year 9'), choose('Designated safeguarding lead'));

const lists = { 'lists.list': { value: { lists: LISTS } } };
const noLists = { 'lists.list': { value: { lists: [] } } };
const damaged = { 'lists.list': { value: { lists: LISTS.map((each, at) => ({ ...each, damaged: at === 2 })) } } };
const NETWORK: AppState['network'] = { proxy: 'proxy.example.org:8080', privateAddresses: true, blockPages: [{ by: 'text', pattern: 'Example Filtering has stopped this page', says: 'blocked' }, { by: 'status', pattern: '451', says: 'suspected' }], rdap: 'https://rdap.org', publicAddress: null };
const overview = (text: string): Act => steps(press('Register and settings'), async (page) => { await page.getByText(text).waitFor(); });

const PEOPLE_SCENES: readonly Scene[] = [
  { name: 'register-1-overview-new', script: { state: { ...NEW, contacts: { ...NEW.contacts, lado: '' } }, answers: noLists }, act: overview('None in force') },
  { name: 'register-2-overview', script: { state: { ...LATER, network: NETWORK }, answers: lists }, act: overview('3 lists in force') },
  { name: 'register-3-overview-damaged', script: { state: LATER, answers: damaged }, act: overview('no browser starts') },
  { name: 'reviewers-1-two', script: { state: NEW }, act: register('Reviewers') },
  { name: 'reviewers-2-many', script: { state: LATER }, act: register('Reviewers') },
  { name: 'reviewers-3-remove', script: { state: LATER }, act: steps(register('Reviewers'), press(/^Remove/)) },
  { name: 'reviewers-4-removed', script: { state: LATER }, act: steps(register('Reviewers'), press(/^Remove/), sign, press('Remove this reviewer')) },
  { name: 'reviewers-5-replace-keys', script: { state: LATER }, act: steps(register('Reviewers'), press(/^Replace keys/)) },
  { name: 'reviewers-6-keys-replaced', script: { state: LATER }, act: steps(register('Reviewers'), press(/^Replace keys/), sign, press('Replace the keys'), async (page) => { await page.getByRole('heading', { name: 'has new keys' }).waitFor(); }) },
  { name: 'enrol-1', script: { state: NEW, answers: { 'passphrase.suggest': { value: { words: 'orchard lantern seven kettle' } } } }, act: steps(register('Reviewers'), press('Enrol a reviewer'), person('Jo M. Keane'), press('Suggest four words')) },
  { name: 'enrol-2-weak', script: { state: NEW }, act: steps(register('Reviewers'), press('Enrol a reviewer'), person('Jo M. Keane'), (page) => type(page, 'Passphrase', 'password1'), async (page) => { await page.locator('.strength-words li').first().waitFor(); await page.locator('#passphrase').scrollIntoViewIfNeeded(); }) },
  { name: 'enrol-3-errors', script: { state: NEW }, act: steps(register('Reviewers'), press('Enrol a reviewer'), press('Enrol this reviewer')) },
  { name: 'enrol-4-working', script: { state: NEW, answers: { 'reviewers.enrol': 'never' }, progress: { task: 'reviewers', step: 'Making the keys', done: 0, total: 0, canCancel: false } }, act: steps(register('Reviewers'), press('Enrol a reviewer'), person('Jo M. Keane'), newPassphrase, sign, press('Enrol this reviewer'), async (page) => { await page.locator('.progress').scrollIntoViewIfNeeded(); }) },
  { name: 'enrol-5-done', script: { state: NEW }, act: steps(register('Reviewers'), press('Enrol a reviewer'), person('Jo M. Keane'), newPassphrase, sign, press('Enrol this reviewer'), async (page) => { await page.getByText('is enrolled').waitFor(); }) },
  { name: 'passphrase-1', script: { state: LATER }, act: steps(register('Change my passphrase'), choose('Tom R. Ellis'), newPassphrase, async (page) => { await page.locator('.strength-meter').waitFor(); }) },
  { name: 'passphrase-2-wrong', script: { state: LATER, answers: { 'passphrase.change': refused('Tom R. Ellis’s passphrase is not right. Nothing was changed.', 'auth.bad-passphrase') } }, act: steps(register('Change my passphrase'), choose('Tom R. Ellis'), (page) => type(page, 'Passphrase now', 'wrong'), newPassphrase, press('Change the passphrase'), async (page) => { await page.locator('.summary').waitFor(); }) },
];

const make: Act = steps(register('Recovery sheet'), (page) => type(page, 'Who will keep the sheet?', 'Margaret Adeyemi-Brown'), sign, press(/^Sign and make/), async (page) => { await page.getByRole('heading', { name: 'Print this sheet now' }).waitFor(); });
const words = { 'recovery.make': { value: { words: SHEET } } };
const SHEET_SCENES: readonly Scene[] = [
  { name: 'recovery-sheet-1-none', script: { state: NEW }, act: register('Recovery sheet') },
  { name: 'recovery-sheet-2-held', script: { state: LATER }, act: register('Recovery sheet') },
  { name: 'recovery-sheet-3-words', script: { state: LATER, answers: words }, act: make },
  { name: 'recovery-sheet-4-leave', script: { state: LATER, answers: words }, act: steps(make, press('We cannot print or copy it now')) },
  { name: 'recovery-sheet-5-read-back', script: { state: LATER, answers: words }, act: steps(make, press('It is on paper'), async (page) => { for (const field of await page.locator('.input').all()) await field.fill('other'); }, press('Finish')) },
  { name: 'enrolment-sheet-1', script: { state: LATER }, act: register('Enrolment sheet') },
  { name: 'enrolment-sheet-2-saved', script: { state: LATER, answers: { 'enrolment-sheet.save': { value: { path: '/home/staff/Countersign/exports/Enrolment sheet INV-01 2026-11-24.pdf', bytes: 48_112 } } } }, act: steps(register('Enrolment sheet'), press('Save as PDF'), async (page) => { await page.locator('.status').scrollIntoViewIfNeeded(); }) },
  { name: 'rules', script: { state: LATER }, act: register('Passphrase rules') },
  { name: 'rules-errors', script: { state: LATER }, act: steps(register('Passphrase rules'), (page) => type(page, /At least how many/, '4'), (page) => type(page, /Change after/, '99'), press('Save')) },
];

const COMPUTER_SCENES: readonly Scene[] = [
  { name: 'contacts', script: { state: NEW }, act: register('Numbers to call') },
  { name: 'settings', script: { state: { ...NEW, settings: { idleMinutes: 10, sntpServer: 'time.example.org' } } }, act: register('Lock, clock and sound') },
  { name: 'settings-saved', script: { state: NEW }, act: steps(register('Lock, clock and sound'), press('Save'), async (page) => { await page.locator('.status').waitFor(); }) },
  { name: 'policy-1', script: { state: { ...NEW, admin: { ...ADMIN, policy: POLICY } } }, act: register('Kinds of concern') },
  { name: 'policy-2-errors', script: { state: { ...NEW, admin: { ...ADMIN, policy: POLICY } } }, act: steps(register('Kinds of concern'), press('Add this kind')) },
  { name: 'sanctions-1', script: { state: { ...NEW, admin: { ...ADMIN, policy: POLICY } } }, act: register('Sanctions') },
  { name: 'sanctions-2-errors', script: { state: { ...NEW, admin: { ...ADMIN, policy: POLICY } } }, act: steps(register('Sanctions'), press('Add this sanction')) },
  { name: 'display', script: { state: { ...NEW, settings: { idleMinutes: 10, sntpServer: null, theme: 'contrast' } } }, act: register('How it looks') },
  { name: 'about', script: { state: { ...NEW, version: 'Countersign 0.1.0', versions: { browser: 'Chromium 156.0.7204.92', node: 'Node 22.12.0', system: 'Windows 11 Pro 24H2' } } }, act: register('About Countersign') },
  { name: 'time-1-none', script: { state: NEW }, act: register('Time stamps') },
  { name: 'time-2-one', script: { state: LATER }, act: register('Time stamps') },
  { name: 'time-3-errors', script: { state: NEW }, act: steps(register('Time stamps'), press('Add a service'), press('Save')) },
  { name: 'backups-1-none', script: { state: NEW, answers: { 'backup.list': { value: { backups: [] } } } }, act: register('Backups') },
  { name: 'backups-2', script: { state: LATER, answers: { 'backup.list': { value: { backups: BACKUPS } } } }, act: steps(register('Backups'), async (page) => { await page.locator('.register-rows').scrollIntoViewIfNeeded(); }) },
  { name: 'backups-3-loading', script: { state: LATER, answers: { 'backup.list': 'never' } }, act: steps(register('Backups'), async (page) => { await page.locator('.loading').scrollIntoViewIfNeeded(); }) },
  { name: 'backups-4-failed', script: { state: LATER, answers: { 'backup.list': refused('The list of backups could not be read. The cases are not affected.') } }, act: steps(register('Backups'), async (page) => { await page.getByText('Try again').scrollIntoViewIfNeeded(); }) },
  { name: 'backups-5-making', script: { state: LATER, answers: { 'backup.list': { value: { backups: [] } } }, progress: { task: 'backup', step: 'Copying evidence file 210 of 412', done: 210, total: 412, canCancel: true } }, act: register('Backups') },
  { name: 'backups-6-refused', script: { state: LATER, answers: { 'backup.list': { value: { backups: [] } }, 'backup.make': refused('The disk is full. The part of the backup that was made is removed again. Choose another disk.', 'backup.full') } }, act: steps(register('Backups'), (page) => type(page, 'Where to?', '/media/staff/SAFE-DISK-2'), press('Make a backup'), async (page) => { await page.locator('.summary').waitFor(); }) },
  { name: 'backups-7-made', script: { state: LATER, answers: { 'backup.list': { value: { backups: BACKUPS } }, 'backup.make': { value: BACKUPS[0] } } }, act: steps(register('Backups'), (page) => type(page, 'Where to?', '/media/staff/SAFE-DISK-2'), press('Make a backup'), async (page) => { await page.locator('.status').waitFor(); }) },
  { name: 'folders-1', script: { state: LATER, answers: { 'backup.list': { value: { backups: [] } }, 'folders.list': { value: FOLDERS } } }, act: steps(register('Backups'), listed, async (page) => { await page.keyboard.press('Tab'); await page.keyboard.press('Tab'); }) },
  { name: 'folders-2-not-writable', script: { state: LATER, answers: { 'backup.list': { value: { backups: [] } }, 'folders.list': { value: { ...FOLDERS, writable: false, more: true, free: null } } } }, act: steps(register('Backups'), listed) },
  { name: 'folders-3-empty', script: { state: LATER, answers: { 'backup.list': { value: { backups: [] } }, 'folders.list': { value: { ...FOLDERS, folders: [] } } } }, act: steps(register('Backups'), listed) },
  { name: 'folders-4-failed', script: { state: LATER, answers: { 'backup.list': { value: { backups: [] } }, 'folders.list': cut } }, act: steps(register('Backups'), browse, async (page) => { await page.locator('.folder-failed').waitFor(); }) },
  { name: 'folders-5-windows', script: { state: LATER, answers: { 'backup.list': { value: { backups: [] } }, 'folders.list': { value: { ...FOLDERS, path: 'E:\\Safe\\Countersign', parent: 'E:\\Safe', drives: [{ name: 'C:', path: 'C:\\', removable: false }, { name: 'SAFE (E:)', path: 'E:\\', removable: true }] } } } }, act: steps(register('Backups'), listed) },
  { name: 'check-1-never', script: { state: inOrder }, act: register('Check everything') },
  { name: 'check-2-checking', script: { state: LATER, answers: { 'check.full': 'never' }, progress: { task: 'check', step: 'Checking case 7 of 31', done: 7, total: 31, canCancel: true } }, act: register('Check everything') },
  { name: 'check-3-in-order', script: { state: LATER, answers: { 'check.full': { value: CHECKED } } }, act: steps(register('Check everything'), press('Check everything now'), async (page) => { await page.locator('.verdict-ok').waitFor(); }) },
  { name: 'check-4-findings', script: { state: LATER, answers: { 'check.full': { value: FOUND } } }, act: steps(register('Check everything'), press('Check everything now'), async (page) => { await page.locator('.findings').waitFor(); }) },
];

const importing = { ...lists, 'lists.import.begin': { value: { id: 'i' } } };
const listFile: Act = async (page) => { await page.locator('input[type=file]').setInputFiles({ name: 'hashes-2026-11.csv', mimeType: 'text/csv', buffer: Buffer.alloc(2_500_000) }); };
const describeList: Act = steps(register('Flag lists'), press('Import a list'), listFile, choose('Hashes of files'), (page) => type(page, 'What do you call this list?', 'Example Police, November 2026'), (page) => type(page, 'Who handed it to you?', 'DC L. Morgan, Example Police, 4471'));
const readList: Act = steps(describeList, press('Read the file'), async (page) => { await page.getByRole('heading', { name: 'Both of you sign for this list' }).waitFor(); });
const lineFault = refused('Line 14: this is not an MD5 hash, which has 32 digits. Nothing of this list was taken. Ask whoever gave it to you for a whole file.', 'lists.bad-hash');
const LIST_SCENES: readonly Scene[] = [
  { name: 'lists-1-none', script: { state: NEW, answers: noLists }, act: steps(register('Flag lists'), async (page) => { await page.getByText('No list is in force').waitFor(); }) },
  { name: 'lists-2', script: { state: LATER, answers: lists }, act: steps(register('Flag lists'), async (page) => { await page.locator('.register-table').waitFor(); }) },
  { name: 'lists-3-damaged', script: { state: LATER, answers: damaged }, act: steps(register('Flag lists'), async (page) => { await page.locator('.register-table').waitFor(); }) },
  { name: 'lists-4-loading', script: { state: LATER, answers: { 'lists.list': 'never' } }, act: register('Flag lists') },
  { name: 'lists-5-failed', script: { state: LATER, answers: { 'lists.list': refused('The lists could not be read. The cases are not affected.') } }, act: steps(register('Flag lists'), async (page) => { await page.getByText('Try again').waitFor(); }) },
  { name: 'lists-6-one', script: { state: LATER, answers: lists }, act: steps(register('Flag lists'), press('Example Police, September 2026')) },
  { name: 'lists-7-remove', script: { state: LATER, answers: lists }, act: steps(register('Flag lists'), press('Example Police, September 2026'), press('Remove this list…')) },
  { name: 'lists-8-removed', script: { state: LATER, answers: lists }, act: steps(register('Flag lists'), press('Example Police, September 2026'), press('Remove this list…'), sign, press('Sign and remove this list'), async (page) => { await page.getByText('The list is removed').waitFor(); }) },
  { name: 'list-import-1', script: { state: LATER, answers: lists }, act: describeList },
  { name: 'list-import-2-errors', script: { state: LATER, answers: lists }, act: steps(register('Flag lists'), press('Import a list'), press('Read the file')) },
  { name: 'list-import-3-reading', script: { state: LATER, answers: { ...importing, 'lists.import.piece': 'never' } }, act: steps(describeList, press('Read the file'), async (page) => { await page.locator('.progress').waitFor(); }) },
  { name: 'list-import-4-line', script: { state: LATER, answers: { ...importing, 'lists.import.piece': lineFault } }, act: steps(describeList, press('Read the file'), async (page) => { await page.locator('.summary').waitFor(); }) },
  { name: 'list-import-5-sign', script: { state: LATER, answers: importing }, act: readList },
  { name: 'list-import-6-wrong', script: { state: LATER, answers: { ...importing, 'lists.import.finish': refused('Tom R. Ellis’s passphrase is not right. Nothing was changed.', 'auth.bad-passphrase') } }, act: steps(readList, sign, press('Sign and use this list'), async (page) => { await page.locator('.summary').waitFor(); }) },
  { name: 'list-import-7-keeping', script: { state: LATER, answers: { ...importing, 'lists.import.finish': 'never' }, progress: { task: 'lists', step: 'Keeping the list', done: 0, total: 0, canCancel: false } }, act: steps(readList, sign, press('Sign and use this list'), async (page) => { await page.locator('.progress').scrollIntoViewIfNeeded(); }) },
  { name: 'list-import-8-done', script: { state: LATER, answers: { ...importing, 'lists.import.finish': { value: LISTS[3] } } }, act: steps(readList, sign, press('Sign and use this list'), async (page) => { await page.getByText('The list is in force').waitFor(); }) },
  { name: 'network-1', script: { state: NEW, answers: noLists }, act: register('Network') },
  { name: 'network-2-set', script: { state: { ...LATER, network: NETWORK }, answers: lists }, act: steps(register('Network'), async (page) => { await page.locator('#block-pages-title').scrollIntoViewIfNeeded(); }) },
  { name: 'network-3-errors', script: { state: NEW, answers: noLists }, act: steps(register('Network'), press('Add a page of the filter'), press('Save')) },
  { name: 'network-4-refused', script: { state: NEW, answers: { ...noLists, 'network.save': refused('This is not the name of a proxy. It looks like proxy.example.org:8080.', 'settings.proxy') } }, act: steps(register('Network'), async (page) => { await page.locator('#proxy, [id=proxy] input').first().fill('http://proxy'); }, press('Save'), async (page) => { await page.locator('.summary').waitFor(); }) },
  { name: 'network-5-saved', script: { state: { ...LATER, network: NETWORK }, answers: lists }, act: steps(register('Network'), press('Save'), async (page) => { await page.locator('.status').scrollIntoViewIfNeeded(); }) },
];

const holdings = { reference: '2026-013', backups: BACKUPS.map(({ at, place }) => ({ at, place })), exports: [{ at: '2026-10-02T10:00:00.000Z', recipient: 'police' }], refused: null };
const destroy: Act = steps(register('Destroy a case'), press(/^Destroy….*2026-013/));
const fill: Act = steps((page) => type(page, 'Why is it destroyed?', DESTROYED.reason), async (page) => { await page.locator('#reference').fill('2026-013'); }, sign, press('Destroy this case for ever'));
const CASE_SCENES: readonly Scene[] = [
  { name: 'retention', script: { state: LATER }, act: register('Retention') },
  { name: 'destroy-1-none', script: { state: NEW }, act: register('Destroy a case') },
  { name: 'destroy-2-choose', script: { state: { ...LATER, cases: cases(30) } }, act: register('Destroy a case') },
  { name: 'destroy-3-holdings', script: { state: LATER, answers: { 'case.holdings': { value: holdings } } }, act: steps(destroy, async (page) => { await page.getByText('Copies that stay').waitFor(); }) },
  { name: 'destroy-4-refused', script: { state: LATER, answers: { 'case.holdings': { value: { ...holdings, refused: 'A bundle of this case is being made. Wait until it is finished.' } } } }, act: steps(destroy, async (page) => { await page.getByText('Copies that stay').waitFor(); }) },
  { name: 'destroy-5-errors', script: { state: LATER, answers: { 'case.holdings': { value: holdings } } }, act: steps(destroy, press('Destroy this case for ever')) },
  { name: 'destroy-6-done', script: { state: LATER, answers: { 'case.holdings': { value: holdings }, 'case.destroy': { value: { certificate: { ...DESTROYED, reference: '2026-013' }, facts: FACTS } } } }, act: steps(destroy, fill, async (page) => { await page.getByText('is destroyed').first().waitFor(); }) },
  { name: 'destructions-1-none', script: { state: NEW, answers: { 'destructions.list': { value: { destructions: [] } } } }, act: register('Certificates of destruction') },
  { name: 'destructions-2', script: { state: LATER, answers: { 'destructions.list': { value: { destructions: [DESTROYED, { ...DESTROYED, id: '8', reference: '2018-001', at: '2025-11-02T10:00:00.000Z' }] } } } }, act: steps(register('Certificates of destruction'), async (page) => { await page.locator('.register-rows').waitFor(); }) },
  { name: 'destructions-3-one', script: { state: LATER, answers: { 'destructions.list': { value: { destructions: [DESTROYED] } } } }, act: steps(register('Certificates of destruction'), press('2019-003')) },
];

const recovery = press('One of us cannot sign in');
const paste: Act = async (page) => { await page.locator('#word-1').fill(SHEET.slice(0, 17).join(' ')); };
const BEFORE_SCENES: readonly Scene[] = [
  { name: 'recover-1', script: { state: { ...SET_UP, reviewers } }, act: recovery },
  { name: 'recover-2-words', script: { state: { ...SET_UP, reviewers } }, act: steps(recovery, paste, async (page) => { await page.locator('#words').scrollIntoViewIfNeeded(); }) },
  { name: 'recover-3-errors', script: { state: { ...SET_UP, reviewers } }, act: steps(recovery, paste, press('Enrol the replacement')) },
  { name: 'recover-4-done', script: { state: SET_UP }, act: steps(recovery, press(/Choose your name/), async (page) => { await page.getByRole('option', { name: 'Priya A. Shah' }).click(); await page.locator('#own-passphrase').fill('sample'); await page.locator('#word-1').fill(SHEET.join(' ')); }, person('Jo M. Keane'), newPassphrase, press('Enrol the replacement'), async (page) => { await page.getByText('is a reviewer now').waitFor(); }) },
  { name: 'log-call-1', script: { state: { ...SET_UP, crisis: { caseReference: '2026-014', at: HALT.at } } }, act: press('Write down a call') },
  { name: 'log-call-2-done', script: { state: { ...SET_UP, crisis: { caseReference: '2026-014', at: HALT.at } } }, act: steps(press('Write down a call'), choose('Priya A. Shah'), press('Write the call down'), async (page) => { await page.getByText('The call is written down').waitFor(); }) },
  { name: 'log-call-3-locked', script: { state: { ...SET_UP, screen: 'locked', locked: { reason: 'idle', reviewers: ['PAS', 'TRE'], waiting: false }, crisis: { caseReference: '2026-014', at: HALT.at } } }, act: steps(press('Write down a call'), choose('Priya A. Shah'), press('Write the call down'), async (page) => { await page.getByText('The call is written down').waitFor(); }) },
  { name: 'restore-1', script: { state: BARE }, act: press(/Take this computer’s cases/) },
  { name: 'restore-2-folders', script: { state: BARE, answers: { 'folders.list': { value: FOLDERS } } }, act: steps(press(/Take this computer’s cases/), listed) },
  { name: 'restore-3-progress', script: { state: BARE, progress: { task: 'restore', step: 'Copying evidence file 210 of 412', done: 210, total: 412, canCancel: true } }, act: press(/Take this computer’s cases/) },
  { name: 'restore-4-refused', script: { state: BARE, answers: { 'backup.restore': refused('There is no backup in this folder.', 'restore.no-backup') } }, act: steps(press(/Take this computer’s cases/), (page) => type(page, 'Where is the backup?', '/media/staff'), press('Take the cases from this backup'), async (page) => { await page.locator('.summary').waitFor(); }) },
  { name: 'restore-5-done', script: { state: BARE, answers: { 'backup.restore': { value: { files: 412, bytes: 5_214_000_000, damaged: 2 } } }, moves: { 'backup.restore': SET_UP } }, act: steps(press(/Take this computer’s cases/), (page) => type(page, 'Where is the backup?', '/media/staff'), press('Take the cases from this backup'), async (page) => { await page.getByText('The cases were taken').waitFor(); }) },
  { name: 'cases-filter-none', script: { state: { ...LATER, cases: cases(1) } }, act: choose('Due for review') },
];

/** The register, and what can be done before two have signed in. */
export const REGISTER_SCENES: readonly Scene[] = [...PEOPLE_SCENES, ...SHEET_SCENES, ...COMPUTER_SCENES, ...LIST_SCENES, ...CASE_SCENES, ...BEFORE_SCENES];
