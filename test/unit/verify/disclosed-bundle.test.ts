import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Entry } from '../../../src/record/entry.js';
import type { EntryKind } from '../../../src/record/kinds.js';
import type { CheckId, VerifyReport } from '../../../src/verify/report.js';
import { makeAuthority } from '../../vectors/authority.js';
import { rechained } from '../../vectors/broken-bundles.js';
import { disclosedBundle, seqOf, type DisclosedBundle } from '../../vectors/disclosed-bundle.js';
import { resigned, verifyFiles, withRecord, type BundleFiles } from '../../vectors/make-bundle.js';

/*
 * A copy that withholds: what is wrong with it although both reviewers' keys signed all of it again. Each way to break it is
 * caught by the check that is there for it.
 */

let good: DisclosedBundle;
beforeAll(async () => { good = await disclosedBundle(makeAuthority('Example School')); }, 60_000);

type Data = Record<string, unknown>;
interface Broken {
  readonly check: CheckId;
  /** Changes the whole record; what stays hidden is what was, unless `hidden` says otherwise. */
  readonly entries?: (entries: Entry[]) => Entry[];
  readonly hidden?: (hidden: Set<number>, entries: readonly Entry[]) => void;
  readonly files?: (files: BundleFiles) => void;
}

const changed = (kind: EntryKind, change: (data: never) => Data, which: 'first' | 'last' = 'first') => (entries: Entry[]): Entry[] => {
  const at = which === 'first' ? seqOf(entries, kind) : entries.findLastIndex((entry) => entry.header.kind === kind);
  const entry = entries[at];
  if (entry?.body == null) throw new Error(`no ${kind}`);
  return entries.with(at, { ...entry, body: { ...entry.body, data: { ...entry.body.data, ...change(entry.body.data as never) } as never } });
};
interface Row { what: string; exhibit: string | null; sha256: string | null; redaction: number | null; entries: [number, number][]; reason: string; words: string }
interface Export { withheld: number; exhibits: number; disclosure: { views: number; withheld: Row[] } }
const sheet = (change: (rows: Row[]) => Row[], more: Data = {}) => changed('export', (data: Export) => ({ ...more, disclosure: { ...data.disclosure, withheld: change(data.disclosure.withheld) } }), 'last');
const views = (number: number) => changed('export', (data: Export) => ({ disclosure: { ...data.disclosure, views: number } }), 'last');
/** A copy of an entry right before the last one, at the time of the one before it. */
const again = (kind: EntryKind, data: Data) => (entries: Entry[]): Entry[] => {
  const copy = entries[seqOf(entries, kind)];
  const before = entries.at(-2);
  if (copy?.body == null || before === undefined) throw new Error(`no ${kind}`);
  return entries.toSpliced(-1, 0, { ...copy, header: { ...copy.header, at: before.header.at }, body: { ...copy.body, data: { ...copy.body.data, ...data } as never } });
};

const BROKEN: Readonly<Record<string, Broken>> = {
  'a concern is told that the sheet withholds': { check: 'record.withheld', hidden: (hidden, entries) => void hidden.delete(seqOf(entries, 'concern')) },
  'a note is withheld that no line of the sheet names': { check: 'record.withheld', hidden: (hidden, entries) => void hidden.add(seqOf(entries, 'note')) },
  'a line of the sheet is missing': { check: 'record.withheld', entries: sheet((rows) => rows.slice(0, -1)) },
  'a line of the sheet gives no reason': { check: 'record.withheld', entries: sheet((rows) => rows.map((row) => ({ ...row, reason: '' }))) },
  'an entry stands in two lines of the sheet': { check: 'record.withheld', entries: sheet((rows) => [...rows, { ...(rows.at(-1) as Row) }]) },
  'an exhibit stands in two lines of the sheet': { check: 'record.withheld', entries: sheet((rows) => [...rows, { ...(rows[0] as Row) }]) },
  'a suspected address is told to the LADO': {
    check: 'halt.disclosed', hidden: (hidden, entries) => void hidden.delete(seqOf(entries, 'suspected-address')), entries: sheet((rows) => rows.filter((row) => row.what !== 'flagged')),
  },
  'an addition to a withheld concern is told': {
    check: 'record.withheld', hidden: (hidden, entries) => void hidden.delete(seqOf(entries, 'addendum')),
    entries: sheet((rows) => rows.map((row) => (row.what === 'concern' ? { ...row, entries: row.entries.slice(0, 1) } : row)), { withheld: 2 }),
  },
  'the original is in the copy beside the redacted one': { check: 'exhibits.files', files: (files) => void files.set('data/exhibits/PAS-1/page.png', good.original) },
  'the page’s text is in the copy': { check: 'exhibits.files', files: (files) => void files.set('data/exhibits/PAS-1/page.txt', Buffer.from('Pupil chat')) },
  'the original stands under the redacted copy’s name': { check: 'exhibits.files', files: (files) => void files.set('data/exhibits/PAS-1/redacted-1.png', good.original) },
  'the redacted copy is missing': { check: 'exhibits.files', files: (files) => void files.delete('data/exhibits/PAS-1/redacted-1.png') },
  'a redacted copy names another original': { check: 'exhibits.redacted', entries: changed('redaction', () => ({ original: 'ee'.repeat(32) })) },
  'a redacted copy has another size': { check: 'exhibits.redacted', entries: changed('redaction', () => ({ image: { width: 640, height: 399 } })) },
  'a box lies outside the picture': { check: 'exhibits.redacted', entries: changed('redaction', () => ({ boxes: [{ x: 600, y: 0, width: 41, height: 10, reason: '' }] })) },
  'a redacted copy is the original itself': { check: 'exhibits.redacted', entries: changed('redaction', (data: { original: string }) => ({ result: data.original })) },
  'the sheet names a redacted copy that was never made': { check: 'exhibits.redacted', entries: sheet((rows) => rows.map((row) => (row.redaction === null ? row : { ...row, redaction: 2 }))) },
  'the sheet names another hash for the exhibit': { check: 'exhibits.redacted', entries: sheet((rows) => rows.map((row) => (row.sha256 === null ? row : { ...row, sha256: 'ee'.repeat(32) }))) },
  'two redacted copies have one number': { check: 'exhibits.redacted', entries: again('redaction', {}) },
  'more page views are stated than there can be': { check: 'visits.accounted', entries: views(9) },
  'fewer page views are stated than are told': { check: 'visits.accounted', entries: views(0) },
  'words were added to an entry that takes none': { check: 'record.references', entries: changed('addendum', () => ({ to: 0 })), hidden: (hidden, entries) => void hidden.delete(seqOf(entries, 'addendum')) },
  'who was told later was added to a note': {
    check: 'record.references', hidden: (hidden, entries) => void hidden.delete(seqOf(entries, 'addendum')),
    entries: (entries) => changed('addendum', () => ({ to: seqOf(entries, 'note'), told: [{ who: 'head', name: '', at: '2026-11-24T09:00:00.000Z', by: 'PAS', byName: '' }] }))(entries),
  },
  'a hand-over names a copy with another fingerprint': { check: 'record.references', entries: changed('received', () => ({ tagManifest: 'ee'.repeat(32) })) },
  'a hand-over names an entry that is no copy': { check: 'record.references', entries: changed('received', () => ({ export: 1 })) },
  'a hand-over says that right words are wrong': { check: 'record.references', entries: changed('received', () => ({ wordsMatch: false })) },
  'words were added after the seal': { check: 'record.frame', entries: again('addendum', { to: 10 }) },
};

function make({ entries, hidden, files }: Broken): BundleFiles {
  const whole = (entries ?? ((same: Entry[]) => same))(structuredClone(good.whole) as Entry[]);
  const away = new Set(good.hidden);
  hidden?.(away, whole);
  // The sums are made to fit, so that only the check that is meant can find it.
  const counted = whole.with(-1, { ...(whole.at(-1) as Entry), body: withSums(whole.at(-1) as Entry, away.size) });
  const linked = rechained(counted, good.authority.people).map((entry) => (away.has(entry.header.seq) ? { ...entry, body: null } : entry));
  const made = new Map(good.files);
  files?.(made);
  return resigned(withRecord(made, linked), good.authority.people);
}

function withSums(entry: Entry, withheld: number): Entry['body'] {
  return entry.body === null ? null : { ...entry.body, data: { ...entry.body.data, withheld } };
}

const failed = (report: VerifyReport): CheckId[] => report.checks.filter((check) => check.outcome === 'fail').map((check) => check.id);

describe('a copy that withholds', () => {
  test('passes, says what is withheld and why, and accounts for every page view', async () => {
    const report = await verifyFiles(good.files, { rootFingerprint: good.authority.root });
    expect([report.verdict, failed(report)]).toEqual(['unchanged', []]);
    const detail = (id: CheckId): string => report.checks.find((check) => check.id === id)?.detail ?? '';
    expect(detail('record.withheld')).toBe('Withheld by the reviewers, 4 entries: The original of exhibit PAS/1; redacted copy 1 is here instead (It is about somebody who is not concerned); A concern (Another reason, in our own words); Addresses of pages of which nothing else is told here (It has nothing to do with this concern); What tells of a page that led to a halt, or of a suspected address (It tells of a page that led to a halt, or of an address that is suspected, and is for the police alone). Every withheld entry is on their list; its place, time and kind still hold.');
    expect(detail('visits.accounted')).toContain('1 page view: 0 halted, 1 captured, ');
    expect(detail('visits.accounted')).toContain('1 more page view is withheld, in 1 entry');
    expect([report.counts.withheld, report.counts.exhibits]).toEqual([4, 1]);
  });

  test.each(Object.entries(BROKEN))('%s: caught, though both keys signed it', async (_, broken) => {
    expect(failed(await verifyFiles(make(broken), { rootFingerprint: good.authority.root }))).toContain(broken.check);
  });

  test('its parts can be made anew without being noticed when nothing is wrong with them', async () => {
    expect(failed(await verifyFiles(make({ check: 'bag.paths' }), { rootFingerprint: good.authority.root }))).toEqual([]);
  });
});
