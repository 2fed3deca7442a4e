import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportBundle } from '../../../src/bundle/bundle.js';
import { cssString, html } from '../../../src/bundle/report/template.js';
import { sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { sampleCase } from '../../vectors/sample-case.js';
import { HOSTILE, useReports, wordsOf } from './made-report.js';

const reports = useReports();
const { exported } = reports;

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
    const path = join(reports.folder, 'marked');
    await exportBundle({ ...sampleInput(reports.authority, await sampleCase(reports.authority, { end: 'sealed' })), marking: 'RESTRICTED' }, { path, form: 'folder' }, samplePorts());
    expect(await readFile(join(path, 'data/report.html'), 'utf8')).toMatch(/@top-center\{[^}]*content:"RESTRICTED"\}/);
    expect(await readFile(join(path, 'bag-info.txt'), 'utf8')).toContain('Protective-Marking: RESTRICTED\n');
    expect((await exported('unmarked', { end: 'sealed' }, false)).html).not.toContain('@top-center');
  });

  test('a withheld body is said to be withheld, and nothing of it is told', async () => {
    const sample = await sampleCase(reports.authority, { end: 'sealed' });
    const entries = sample.entries.map((entry) => (['concern', 'case-opened', 'navigation'].includes(entry.header.kind) ? { ...entry, body: null } : entry));
    const path = join(reports.folder, 'withheld');
    await exportBundle({ ...sampleInput(reports.authority, sample), entries }, { path, form: 'folder' }, samplePorts());
    const page = wordsOf(await readFile(join(path, 'data/report.html'), 'utf8'));
    expect(page).toContain('Withheld from this copy');
    expect(page).not.toContain('mock one pupil');
  });
});
