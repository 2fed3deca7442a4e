import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { exportBundle } from '../../src/bundle/bundle.js';
import type { BundlePorts } from '../../src/bundle/bundle-input.js';
import { redactImage } from '../../src/cdp/redact-image.js';
import { hex } from '../../src/record/bytes.js';
import type { Entry } from '../../src/record/entry.js';
import type { EntryData, EntryKind } from '../../src/record/kinds.js';
import { hashWords } from '../../src/record/words.js';
import type { Authority } from './authority.js';
import { readFolder, sampleInput, samplePorts, type BundleFiles } from './make-bundle.js';
import { navigate, openCase, RecordBuilder, sha256 } from './sample-case.js';

/** A copy for the LADO: one exhibit redacted, a concern with an addition, one page and a suspected address withheld; a copy for the police was made and received before. */
export interface DisclosedBundle {
  readonly authority: Authority;
  /** Every entry with its body, and the sequence numbers of those whose bodies the copy withholds. */
  readonly whole: readonly Entry[];
  readonly hidden: ReadonlySet<number>;
  readonly files: BundleFiles;
  /** Bytes of the original picture, which must not be in the copy. */
  readonly original: Uint8Array;
}

type Part = EntryData<'capture'>['parts'][number];

function partOf(name: string, mediaType: string, bytes: Uint8Array): Part {
  return { name, mediaType, size: bytes.length, sha256: hex(sha256.of(bytes)), cipherSha256: 'cd'.repeat(32) };
}

/** Makes the bundle in memory; with `folder`, leaves it there as well, printed by `printPdf`. */
export async function disclosedBundle(authority: Authority, keep?: { readonly folder: string; readonly printPdf: BundlePorts['printPdf'] }): Promise<DisclosedBundle> {
  const { whole, hidden, original, covered } = await disclosedCase(authority);
  const disclosed = whole.map((entry) => (hidden.has(entry.header.seq) ? { ...entry, body: null } : entry));
  const place = keep?.folder ?? (await mkdtemp(join(tmpdir(), 'disclosed-')));
  const parts = [{ ...partOf('redacted-1.png', 'image/png', covered), read: () => Promise.resolve(covered) }];
  const input = sampleInput(authority, { caseId: whole[0]?.header.case ?? '', entries: disclosed, exhibits: [{ reference: 'PAS/1', parts, redaction: 1, picture: 'redacted-1.png' }], bytes: new Map() });
  try {
    await exportBundle({ ...input, recipient: 'lado' }, { path: join(place, 'bag'), form: 'folder' }, samplePorts(keep?.printPdf));
    return { authority, whole, hidden, files: await readFolder(join(place, 'bag')), original };
  } finally {
    if (keep === undefined) await rm(place, { recursive: true });
  }
}

async function disclosedCase(authority: Authority): Promise<{ whole: Entry[]; hidden: Set<number>; original: Uint8Array; covered: Uint8Array }> {
  const record = new RecordBuilder(authority.people);
  const [first, second] = authority.people;
  const both = [first.initials, second.initials];
  const original = await picture();
  openCase(record, authority, '');
  navigate(record, 'v1', 'https://pupil-chat.example/', { typed: 'pupil-chat.example', cause: 'typed' });
  const at = record.now;
  const composite = hex(sha256.of(original));
  record.add('capture', [first.initials], {
    exhibit: 'PAS/1', form: 'viewport', view: 'v1', url: 'https://pupil-chat.example/', startedAt: at, endedAt: at, image: { width: 640, height: 400, scale: 1 }, composite, declaration: { by: first.initials, answer: 'not-suspected', at },
    parts: [partOf('page.png', 'image/png', original), partOf('page.txt', 'text/plain', Buffer.from('Pupil chat'))], note: '', warnings: [],
  });
  record.checkpoint('capture');
  navigate(record, 'v2', 'https://elsewhere.example/private', { cause: 'link' });
  record.add('concern', [second.initials], { view: 'v1', url: 'https://pupil-chat.example/', category: 'bullying', description: 'It names a child who is looked after elsewhere.' });
  record.add('note', [first.initials], { text: 'The year group was told on Monday.' });
  record.add('addendum', [first.initials], { to: seqOf(record.entries, 'concern'), text: 'The family called again.' });
  const box = { x: 80, y: 40, width: 210, height: 30, reason: 'Name of another pupil' };
  const { png: covered } = await redactImage(original, [box]);
  record.add('redaction', [first.initials], { exhibit: 'PAS/1', number: 1, original: composite, result: hex(sha256.of(covered)), image: { width: 640, height: 400 }, boxes: [box], parts: [partOf('redacted-1.png', 'image/png', covered)] });
  record.add('sitting-ended', both, { reason: 'sign-out' });
  record.add('conclusion', both, { substance: true, outcomes: ['authority'], text: 'The LADO is asked for advice.' });
  record.add('addendum', [second.initials], { to: seqOf(record.entries, 'conclusion'), text: '', told: [{ who: 'lado', name: 'Ms R. Iqbal', at: record.now, by: second.initials, byName: '' }] });
  record.add('seal', both, { entries: record.entries.length, exhibits: 1, quarantined: 0, concerns: 1, head: record.head?.hash ?? '' });
  record.add('export', both, { recipient: 'police', exhibits: 1, withheld: 0, quarantined: 0, disclosure: { views: 2, withheld: [] } });
  const tagManifest = '5f'.repeat(32);
  record.add('export-finished', ['app'], { tagManifest, files: 20, bytes: 40_000, code: null });
  record.add('received', [first.initials], {
    export: seqOf(record.entries, 'export'), tagManifest, name: 'DC L. Morgan', position: 'Example Police', at: record.now, readOut: hashWords(tagManifest), wordsMatch: true, note: 'At the front desk.',
    receipt: { sha256: 'ab'.repeat(32), tool: 'verify.html', checkedAt: record.now, verdict: 'unchanged', failed: [], rootTyped: true },
  });
  const seq = (kind: EntryKind): number => seqOf(record.entries, kind);
  const [suspected, concern, added, away] = [seq('suspected-address'), seq('concern'), seq('addendum'), record.entries.findLastIndex((entry) => entry.header.kind === 'navigation')];
  const row = { exhibit: null, sha256: null, redaction: null, words: '' };
  record.add('export', both, {
    recipient: 'lado', exhibits: 1, withheld: 4, quarantined: 0, disclosure: {
      views: 2, withheld: [
        { ...row, what: 'redacted', exhibit: 'PAS/1', sha256: composite, redaction: 1, entries: [], reason: 'not-concerned' },
        { ...row, what: 'concern', entries: [[concern, concern], [added, added]], reason: 'other', words: 'It names a child who is looked after elsewhere.' },
        { ...row, what: 'addresses', entries: [[away, away]], reason: 'not-relevant' },
        { ...row, what: 'flagged', entries: [[suspected, suspected]], reason: 'for-the-police' },
      ],
    },
  });
  return { whole: record.entries, hidden: new Set([suspected, concern, added, away]), original, covered };
}

/** Sequence number of the first entry of `kind`. */
export function seqOf(entries: readonly Entry[], kind: EntryKind): number {
  return entries.findIndex((entry) => entry.header.kind === kind);
}

/** A page with a heading, a name and lines of text as strokes. */
function picture(): Promise<Buffer> {
  const lines = Array.from({ length: 9 }, (_, i) => `<rect x="40" y="${90 + 30 * i}" width="${240 + ((i * 137) % 300)}" height="11" fill="#9aa3ad"/>`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="100%" height="100%" fill="#fdfdfc"/><rect x="80" y="42" width="200" height="26" fill="#36506b"/>${lines}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().png({ palette: false }).toBuffer();
}
