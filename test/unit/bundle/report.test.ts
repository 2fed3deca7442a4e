import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { exportBundle } from '../../../src/bundle/bundle.js';
import { cssString, html } from '../../../src/bundle/report/template.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { CHROMIUM, printWithChromium } from '../../vectors/print-with-chromium.js';
import { sampleCase, type SampleCase, type SampleOptions } from '../../vectors/sample-case.js';

const HOSTILE = '</style><script>document.title="owned"</script><img src=x onerror=alert(1)>"\'&amp;\u202Egpj.exe';

let authority: Authority;
let folder: string;

beforeAll(async () => {
  authority = makeAuthority('Example School');
  folder = await mkdtemp(join(tmpdir(), 'report-'));
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

async function exported(name: string, options: SampleOptions, printed: boolean): Promise<{ html: string; pdf: string; graph: string; sample: SampleCase }> {
  const sample = await sampleCase(authority, options);
  const path = join(folder, name);
  const input = sampleInput(authority, sample);
  await exportBundle(options.hostile === undefined ? input : { ...input, caseReference: options.hostile, organisation: options.hostile }, { path, form: 'folder' }, samplePorts(printed ? printWithChromium : undefined));
  return { html: await readFile(join(path, 'data/report.html'), 'utf8'), pdf: join(path, 'data/report.pdf'), graph: await readFile(join(path, 'data/case.jsonld'), 'utf8'), sample };
}

/** The page's words, markup aside. */
function wordsOf(page: string): string {
  return page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

describe('the template', () => {
  test('escapes every value and shows what would turn or hide text', () => {
    expect(html`<p title="${'"><b>'}">${'a\u202Eb\u0000c\u200Bd'}</p>`.markup).toBe('<p title="&quot;&gt;&lt;b&gt;">a[U+202E]b[U+0000]c[U+200B]d</p>');
    expect(html`${html`<b>`}${null}${false}${7}${[html`<i>`, html`<u>`]}`.markup).toBe('<b>7<i><u>');
    expect(cssString('a"</style>\n')).toBe('"a\\000022 \\00003c \\00002f style\\00003e \\00000a "');
    // A style sheet takes the space after a number away, and the one that was typed stays.
    expect(cssString('a, b')).toBe('"a\\00002c  b"');
  });
});

describe('report.html', () => {
  test('hostile values stay text: no element, attribute or style of theirs comes about', async () => {
    const { html: page } = await exported('hostile', { end: 'sealed', hostile: HOSTILE }, false);
    expect(page).not.toMatch(/<script|<img src=x|onerror="/i);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).not.toContain('\u202E');
    expect(page).toContain('[U+202E]gpj.exe');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('fetches nothing and links nowhere outside itself', async () => {
    const { html: page } = await exported('self-contained', { end: 'sealed' }, false);
    for (const [, address = ''] of page.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^(?:data:image\/jpeg;base64,|#part-\d+$)/);
    for (const [, address = ''] of page.matchAll(/url\(([^)]*)\)/g)) expect(address).toMatch(/^data:font\/woff2;base64,/);
    expect(page).toContain("default-src 'none'");
  });

  test('holds the form’s fields in the form’s order', async () => {
    const { html: page } = await exported('form', { end: 'sealed' }, false);
    const fields = [
      'Record of reviewing devices / internet sites', 'Group', 'Date', 'Reason for investigation', 'Details of first reviewing person', 'Name', 'Position', 'Signature', 'Details of second reviewing person', 'Name',
      'Position', 'Signature', 'Name and location of computer used for review (for web sites)', 'Web site(s) address / device', 'Reason for concern', 'Conclusion and Action proposed or taken',
    ];
    let at = page.indexOf('id="part-1"');
    for (const field of fields) {
      at = page.indexOf(`>${field}<`, at + 1);
      expect({ field, found: at > 0 }).toEqual({ field, found: true });
    }
  });

  test.each(['sealed', 'halted'] as const)('a %s case’s report never claims what it must not', async (end) => {
    const { html: page } = await exported(`words-${end}`, { end }, false);
    expect(wordsOf(page)).not.toMatch(/forensic|certified|admissible|FSR/i);
    expect(wordsOf(page)).toContain('ACPO principle 1');
  });

  test('tells which signatures a machine applied and which were acts', async () => {
    const { html: page } = await exported('acts', { end: 'sealed' }, false);
    expect(wordsOf(page)).toMatch(/Of the 22 signatures in the record, the machine applied 20 by itself/);
    expect(wordsOf(page)).toContain('The other 2 were acts');
  });

  test('lists every address with what became of it, and the sums add up', async () => {
    const { html: page, sample } = await exported('visits', { end: 'halted' }, false);
    const schedule = wordsOf(page.slice(page.indexOf('id="part-3"'), page.indexOf('id="part-4"')));
    const kinds = new Set(['navigation', 'navigation-in-page', 'navigation-failed', 'navigation-refused', 'suspected-address']);
    for (const entry of sample.entries.filter((each) => kinds.has(each.header.kind))) {
      const { url } = entry.body?.data as { url: string };
      expect(schedule).toContain(url.replaceAll('&', '&amp;'));
      expect(schedule).toContain(`${entry.header.at.slice(0, 10)} ${entry.header.at.slice(11, 23)} UTC`);
    }
    const sum = (label: string): number => Number(new RegExp(`${label}: (\\d+)`).exec(schedule)?.[1]);
    const each = ['Review halted there', 'Captured', 'Noted as a concern, not captured', 'Blocked by the filter', 'Looked at, nothing done', 'Could not be opened'].map(sum);
    expect(each).toEqual([1, 2, 0, 0, 1, 1]);
    expect(sum('Page views in all')).toBe(5);
    expect(schedule).toContain('1 + 2 + 0 + 0 + 1 + 1 = 5');
    expect(schedule).toContain('Captured PAS/1');
    expect(schedule).toContain('Review halted here');
  });

  test('of a quarantined exhibit there is a name and no picture', async () => {
    const { html: page } = await exported('quarantine', { end: 'halted', tall: 1_000 }, false);
    expect(page.match(/<img /g)).toHaveLength(2);
    expect(wordsOf(page)).toContain('Exhibit PAS/2: quarantined');
    expect(page).not.toContain('captured as PAS/2');
  });

  test.each(['sealed', 'halted'] as const)('of a %s case it drafts a statement for each reviewer from what is theirs, and leaves room for their own words', async (end) => {
    const { html: page } = await exported(`statements-${end}`, { end }, false);
    const [, first = '', second = ''] = wordsOf(page.slice(page.indexOf('id="part-9"'), page.indexOf('id="part-10"'))).split(/Draft statement of /);
    expect(first).toContain('My name is Priya A. Shah.');
    expect(first).toContain('I produce this as exhibit PAS/1');
    expect(first).not.toContain('TRE/1');
    expect(second).toContain('My name is Tom R. Ellis.');
    expect(second).toContain('I produce this as exhibit TRE/1');
    expect(second).toContain('Two accounts mock one pupil by name');
    for (const statement of [first, second]) expect(statement).toContain('In my own words');
    expect(wordsOf(page)).toContain('The police take the final statement in their own form');
    expect(wordsOf(page)).not.toMatch(/liable to prosecution|best of my knowledge/);
    expect(first.includes('I pressed STOP')).toBe(end === 'halted');
    expect(second).not.toContain('I pressed STOP');
    if (end === 'halted') expect(first).toContain('I produce nothing of it');
  });

  test('a tall page is shown in numbered parts, up to a limit that is said', async () => {
    const { html: page } = await exported('tall', { end: 'sealed', tall: 24_000 }, false);
    expect(page.match(/<img /g)).toHaveLength(13);
    // Where exactly a part ends depends on where the picture is quiet.
    const words = wordsOf(page);
    const rows = [...words.matchAll(/PAS\/1, part (\d+) of 12: rows ([\d,]+) to ([\d,]+) of a picture of 1,280 by 24,000 pixels/g)].map((found) => found.slice(1).map((number) => Number(number.replace(',', ''))));
    expect(rows.map(([part]) => part)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    for (const [i, [, first = 0, last = 0]] of rows.entries()) {
      expect(first).toBe((rows[i - 1]?.[2] ?? 0) + 1);
      expect(last - first).toBeLessThan(i === 0 ? 1_101 : 1_600);
    }
    expect(words).toContain(`What follows after row ${rows.at(-1)?.[2]?.toLocaleString('en-GB') ?? ''} is in page.png alone`);
  });

  test('the sanctions that were chosen stand on the form and in the part of the conclusion, each with what was written about it', async () => {
    const { html: page } = await exported('sanctions', { end: 'sealed' }, false);
    const part = (number: number): string => wordsOf(page.slice(page.indexOf(`id="part-${number}"`), page.indexOf(`id="part-${number + 1}"`)));
    for (const number of [1, 7]) expect(part(number)).toMatch(/Sanctions:? No internet access for a period: Until 4 December Parents or carers contacted/);
  });

  test('who was told when stands on the form, in the part of the conclusion and in the drafts, each in the first person of who told', async () => {
    const { html: page } = await exported('told', { end: 'sealed' }, false);
    const part = (number: number): string => wordsOf(page.slice(page.indexOf(`id="part-${number}"`), page.indexOf(`id="part-${number + 1}"`)));
    expect(part(1)).toMatch(/Who was told: The head: Mrs J. Okafor, 24 November 2026, .* Parents or carers, 24 November 2026/);
    expect(part(7)).toMatch(/Who was told when .*The head: Mrs J. Okafor Priya A. Shah .*Parents or carers Ms L. Ward, form tutor/);
    const [, first = '', second = ''] = page.split('<article class="statement">').map(wordsOf);
    expect(first).toMatch(/I told the head \(Mrs J. Okafor\) at \d\d:\d\d:\d\d GMT on 24 November 2026/);
    expect(second).toMatch(/According to what we wrote down, Priya A. Shah .*told the head \(Mrs J. Okafor\)/);
    for (const statement of [first, second]) expect(statement).toMatch(/these sanctions: No internet access for a period: Until 4 December; Parents or carers contacted\..*Ms L. Ward, form tutor told parents or carers/);
  });

  test('who was told after the conclusion stands with it, on the form, in the drafts and in case.jsonld, and with whoever wrote it down', async () => {
    const { html: page, graph } = await exported('told-since', { end: 'sealed', eventful: true }, false);
    const part = (number: number): string => wordsOf(page.slice(page.indexOf(`id="part-${number}"`), page.indexOf(`id="part-${number + 1}"`)));
    expect(part(1)).toMatch(/Who was told: The head: .* The chair of governors: Mr A. Byrne, 24 November 2026/);
    expect(part(7)).toMatch(/Who was told when .*Ms L. Ward, form tutor .*Added later .*The chair of governors: Mr A. Byrne Tom R. Ellis Tom R. Ellis, .*\(entry \d+\)/);
    expect(part(5)).not.toContain('Mr A. Byrne');
    const [, first = '', second = ''] = page.split('<article class="statement">').map(wordsOf);
    expect(first).toMatch(/According to what we wrote down, Tom R. Ellis told the chair of governors \(Mr A. Byrne\)/);
    expect(second).toMatch(/I told the chair of governors \(Mr A. Byrne\) at/);
    expect(graph).toContain('Told: The chair of governors: Mr A. Byrne');
  });

  test('a marking stands on every page and in the description, and by default there is none', async () => {
    const path = join(folder, 'marked');
    await exportBundle({ ...sampleInput(authority, await sampleCase(authority, { end: 'sealed' })), marking: 'RESTRICTED' }, { path, form: 'folder' }, samplePorts());
    expect(await readFile(join(path, 'data/report.html'), 'utf8')).toMatch(/@top-center\{[^}]*content:"RESTRICTED"\}/);
    expect(await readFile(join(path, 'bag-info.txt'), 'utf8')).toContain('Protective-Marking: RESTRICTED\n');
    expect((await exported('unmarked', { end: 'sealed' }, false)).html).not.toContain('@top-center');
  });

  test('a withheld body is said to be withheld, and nothing of it is told', async () => {
    const sample = await sampleCase(authority, { end: 'sealed' });
    const entries = sample.entries.map((entry) => (['concern', 'case-opened', 'navigation'].includes(entry.header.kind) ? { ...entry, body: null } : entry));
    const path = join(folder, 'withheld');
    await exportBundle({ ...sampleInput(authority, sample), entries }, { path, form: 'folder' }, samplePorts());
    const page = wordsOf(await readFile(join(path, 'data/report.html'), 'utf8'));
    expect(page).toContain('Withheld from this copy');
    expect(page).not.toContain('mock one pupil');
  });
});

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
