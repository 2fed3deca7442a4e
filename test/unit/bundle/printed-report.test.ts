import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFile, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { CHROMIUM } from '../../vectors/print-with-chromium.js';
import { HOSTILE, useReports, wordsOf } from './made-report.js';

const { exported } = useReports();

/** What the story of the eventful case must say, in plain words, and where. */
const CONTINUITY = [
  'App locked by itself: nobody had used it for the time that is set', 'App locked by a reviewer', 'App unlocked with both passphrases',
  'Both signed out without reading the sums and giving their passphrases for them (2 pages, 2 captures, 1 concern, 1 note)',
];
const ANNEX = [
  'The computer’s clock was 1.25 seconds ahead.', 'No difference was given. The speaking clock agreed to the second.',
  'It went forward by 3,600 seconds: it showed 3,605 seconds for 5 seconds that had passed.', 'Held against the time server time.example',
  'Wrong passphrases given at this computer', '2 earlier ones not in the record', 'Time at example', 'None was had',
];

describe('locks, the clock, passphrases and signing out', () => {
  test('stand in the report in plain words, each in its part', async () => {
    const { html: page } = await exported('eventful', { end: 'sealed', eventful: true }, false);
    const text = wordsOf(page.slice(page.indexOf('id="part-8"'), page.indexOf('id="part-9"')));
    for (const sentence of CONTINUITY) expect(text).toContain(sentence);
    const annex = wordsOf(page.slice(page.indexOf('id="part-9"')));
    for (const sentence of ANNEX) expect(annex).toContain(sentence);
  });

  test('that did not happen are said not to have happened', async () => {
    const { html: page } = await exported('quiet', { end: 'sealed' }, false);
    expect(wordsOf(page)).toContain('No wrong passphrase is in this record.');
    expect(wordsOf(page)).toContain('The computer’s clock was not held against another, and did not jump.');
  });
});

/** Each part of the report, and something that stands in it and in no other. */
const PARTS = [
  ['Record of reviewing devices', 'Details of second reviewing person'], ['What this shows and what it does not', 'Which signatures were acts'], ['Every address visited', 'Could not be opened: 1'],
  ['Exhibits', 'Exhibit PAS/2: quarantined'], ['Concerns and notes', 'The year group was told about the chat on Monday.'], ['Halt, and calls to the police and the LADO', 'EX-2026-778'], ['Conclusion and outcomes', 'No conclusion was recorded.'],
  ['Continuity', 'After this copy: fill in by hand each time it changes hands'], ['Draft statements', 'These are drafts, not statements.'], ['Technical annex', 'Hash of the last entry'],
] as const;

const withChromium = CHROMIUM === null ? test.skip : test;

/** The longest upright line in the right half of a PDF's first page, in hundredths of an inch. */
async function longestUpright(pdf: string): Promise<number> {
  const { stdout } = spawnSync('pdftoppm', ['-r', '100', '-f', '1', '-l', '1', '-png', pdf], { maxBuffer: 2 ** 26 });
  const { data, info: { width, height } } = await sharp(stdout).greyscale().raw().toBuffer({ resolveWithObject: true });
  let longest = 0;
  for (let x = Math.floor(width / 2); x < width; x += 1) {
    for (let y = 0, run = 0; y < height; y += 1) {
      run = (data[y * width + x] ?? 255) < 128 ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
  }
  return longest;
}

describe('report.pdf, printed by a real browser', () => {
  withChromium('is tagged and titled, and every page bears its number and the case’s reference', async () => {
    const { pdf } = await exported('printed', { end: 'halted', tall: 9_000 }, true);
    const info = spawnSync('pdfinfo', [pdf], { encoding: 'utf8' }).stdout;
    const pages = Number(/Pages:\s+(\d+)/.exec(info)?.[1]);
    expect(pages).toBeGreaterThan(8);
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(info).toContain('Case 2026-014: record of an online safety review');
    expect(info).toMatch(/Page size:\s+59[45]\.\d* x 84[12]/);
    const text = spawnSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).stdout;
    text.split('\f').slice(0, pages).forEach((page, i) => {
      expect(page).toContain(`Page ${i + 1} of ${pages}`);
      expect(page).toContain('Case 2026-014');
    });
    expect(text).toContain('Exhibit PAS/1, referred to in the statement of Priya A. Shah dated');
    expect(spawnSync('pdffonts', [pdf], { encoding: 'utf8' }).stdout).toContain('AtkinsonHyperlegible');
    const bytes = await readFile(pdf, 'latin1');
    expect(bytes).toContain('/Lang (en-GB)');
    expect(bytes).toMatch(/\/Outlines \d+ 0 R/);
    const words = spawnSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }).stdout.split('\f').map((page) => page.replace(/\s+/g, ' '));
    PARTS.forEach(([title, sentence], i) => {
      // The list of contents names them all; the part itself begins a page with its number.
      const at = words.findIndex((page, number) => number > 0 && page.includes(`${i + 1} ${title}`));
      expect({ title, found: at > 0 }).toEqual({ title, found: true });
      expect(words.slice(at, at + 14).join(' ')).toContain(sentence);
      expect(bytes).toContain(`/Title (${i + 1} ${title}`);
    });
    // A frame at the edge of the text lost its right side there. Letters are never so tall.
    expect(await longestUpright(pdf)).toBeGreaterThan(30);
  }, 120_000);

  withChromium('tells of locks, the clock and passphrases on paper too', async () => {
    const { pdf } = await exported('printed-eventful', { end: 'sealed', eventful: true }, true);
    const text = spawnSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }).stdout.replace(/\s+/g, ' ');
    for (const sentence of [...CONTINUITY, ...ANNEX]) expect(text).toContain(sentence);
    const kept = process.env['COUNTERSIGN_KEEP_PDF'];
    if (kept !== undefined) await copyFile(pdf, kept);
  }, 120_000);

  withChromium('with hostile values it is still a report with its pages numbered', async () => {
    const { pdf } = await exported('printed-hostile', { end: 'sealed', hostile: HOSTILE }, true);
    const text = spawnSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).stdout;
    expect(text).toMatch(/Page 2 of \d+/);
    expect(text).toContain('<script>');
  }, 120_000);
});
