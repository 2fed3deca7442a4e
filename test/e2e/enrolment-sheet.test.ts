import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createApp, type App } from '../../src/engine/app.js';
import { enrolmentSheetHtml } from '../../src/bundle/sheets/enrolment-sheet.js';
import { hashWords } from '../../src/record/words.js';
import { createChromiumHost, demandBrowser, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import { folderPort } from '../../main/folders.js';
import { memoryIntake } from '../../main/memory-intake.js';
import { freshFolder, JMK, newVaultFolder, PAS, removeFolders, TestClock } from '../unit/vault/support.js';
import { enginePorts } from '../unit/engine/support.js';
import { program } from './command.js';

/* The enrolment sheet as the real browser prints it, read back with a public tool. */

const DAO = { initials: 'DAO', name: 'Dele <b>A.</b> Okafor & Söhne', position: 'Head of Year', role: 'dsl' as const, passphrase: 'basket comet river pilot' };
const EVE = { initials: 'EVE', name: 'Eve V. Example', position: 'Chair of the governing body', role: 'chair-of-governors' as const, passphrase: 'copper window thistle ferry' };

let host: ChromiumHost;
let app: App;
let ofTwo = '';

beforeAll(async () => {
  host = createChromiumHost(demandBrowser());
  app = await createApp(await newVaultFolder(), true, enginePorts(new TestClock(), { host, exportFolder: freshFolder(), folders: folderPort(freshFolder()) }), memoryIntake);
  const both = { first: PAS, second: JMK };
  await app.handlers['sign-in'](both);
  ofTwo = (await app.handlers['enrolment-sheet.save']({ folder: null })).path;
  await app.handlers['reviewers.enrol']({ ...both, reviewer: DAO });
  await app.handlers['reviewers.enrol']({ ...both, reviewer: EVE });
  await app.handlers['reviewers.remove']({ ...both, initials: 'EVE' });
}, 120_000);

afterAll(async () => {
  await app.close();
  await host.close();
  removeFolders();
});

test('names the school, the computer, the root in words and digits and every active reviewer, and holds nothing secret', async () => {
  const { path, bytes } = await app.handlers['enrolment-sheet.save']({ folder: null });
  expect([basename(path), bytes > 10_000]).toEqual(['enrolment-sheet-2026-11-24-2.pdf', true]);
  const text = (await program('pdftotext', ['-layout', path, '-'])).stdout;
  const { admin } = await app.handlers['state.get']({});
  const close = text.replace(/\s+/g, '');
  for (const words of ['Ash Grove Academy', 'REVIEW-01, Locked office, first floor', 'Priya Anand-Sutton', 'Designated safeguarding lead', 'Jürgen Mac Kenna', 'Headteacher', 'Senior leader', DAO.name, 'enrolled 24 November 2026', 'Signature of', 'Date', 'Keep the sheet away from this computer', 'Whoever checks a bundle']) {
    expect([words, close.includes(words.replace(/\s+/g, ''))]).toEqual([words, true]);
  }
  expect(close).toContain(admin?.root.fingerprint);
  expect(text).toContain(admin?.root.words.slice(0, 4).join(' '));
  expect(text).toContain(admin?.root.words.slice(4).join(' '));
  expect(text).not.toMatch(/Eve V\. Example|harbour|otter|basket comet|forensic|certified|admissible/i);
  const info = (await program('pdfinfo', [path])).stdout;
  expect(info).toMatch(/Title:\s+Enrolment sheet: Ash Grove Academy/);
  expect(info).toMatch(/Page size:\s+59\d(?:\.\d+)? x 84\d/);
  // The two of a new installation have all of it on one page.
  expect((await program('pdfinfo', [ofTwo])).stdout).toMatch(/Pages:\s+1\n/);
  const gallery = join(process.cwd(), 'test', 'e2e', 'gallery', 'sheets');
  mkdirSync(gallery, { recursive: true });
  for (const [name, sheet] of [['enrolment-two', ofTwo], ['enrolment', path]] as const) await program('pdftoppm', ['-r', '70', '-png', sheet, join(gallery, name)]);
}, 120_000);

test('lets no name break out of its place, however long or hostile', async () => {
  const hash = 'ab'.repeat(32);
  const nasty = { initials: 'XXX', name: '</style><script>alert(1)</script>', position: '‮evil" onload="x', role: 'head' as const, certificate: hash, enrolledAt: '2026-11-24T10:00:00.000Z' };
  const page = await enrolmentSheetHtml({ organisation: '"}</style><img src=x>', computer: { name: '<b>', location: 'W'.repeat(500) }, root: hash, reviewers: Array.from({ length: 20 }, () => nasty), at: '2026-11-24T10:00:00.000Z' });
  expect(page).not.toMatch(/<script|<img|<b>|\u202e/);
  expect(page).toContain(hashWords(hash).slice(0, 4).join(' '));
  expect(Buffer.from(await host.printPdf(page)).subarray(0, 5).toString()).toBe('%PDF-');
}, 120_000);
