import { describe, expect, test } from '@jest/globals';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { openBundle } from '../../../main/cli/bundle-source.js';
import { pixelRows } from '../../../src/cdp/pixel-rows.js';
import { redactImage } from '../../../src/cdp/redact-image.js';
import { EVERYTHING, planDisclosure, type DisclosureWish } from '../../../src/engine/disclosure.js';
import { reviewOf } from '../../../src/engine/review.js';
import { hashWords } from '../../../src/record/words.js';
import { verifyBundle } from '../../../src/verify/verify.js';
import type { VerifyReport } from '../../../src/verify/report.js';
import { readWhole } from '../../../src/verify/source.js';
import { selfContained } from '../../../src/bundle/report/pictures.js';
import { JMK, PAS, sha256 } from '../vault/support.js';
import { keepExhibit, openPage, samplePage, SECRET, SECRET_BOX, SECRET_WORD } from './evidence.js';
import { codeOf, kindsOf, NO_HOST, recordOf, told, withCase, type Started } from './support.js';

const WHY = { reason: 'not-concerned' as const, words: '' };
const BOX = { ...SECRET_BOX, reason: 'Name of another pupil' };
const PDF_TAIL = '\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';

/** A printer that keeps the page in the file, so that a search of the PDF finds what the page says and shows. */
async function started(): Promise<Started> {
  const app = await withCase({ host: { ...NO_HOST, printPdf: (html, pictures = []) => Promise.resolve(Buffer.concat([Buffer.from('%PDF-1.7\n%'), selfContained(html, pictures), Buffer.from(PDF_TAIL)])) } });
  await openPage(app, 'v1', 'https://chat.example/', 'Chat');
  await keepExhibit(app, 'PAS/1', 'v1', 'https://chat.example/', await samplePage());
  await openPage(app, 'v2', 'https://elsewhere.example/private', 'A private page');
  await recordOf(app).add('concern', ['JMK'], { view: 'v1', url: 'https://chat.example/', category: 'bullying', description: 'Mocked by name' });
  await recordOf(app).add('note', ['PAS'], { text: 'The parents were called' });
  return app;
}

interface Made {
  readonly report: VerifyReport;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly tagManifest: string;
  readonly seq: number;
}

async function exported(app: Started, recipient: 'police' | 'lado' | 'group-record' | 'other', disclosure?: DisclosureWish): Promise<Made> {
  const path = join(await mkdtemp(join(tmpdir(), 'disclosed-')), 'bundle');
  const { tagManifest, seq } = await app.engine.openedCase.export({ recipient, first: PAS, second: JMK, path, form: 'folder', encrypt: false, ...(disclosure === undefined ? {} : { disclosure }) });
  const source = await openBundle(path, {});
  const root = app.engine.installation?.rootFingerprint ?? '';
  const report = await verifyBundle(source, { rootFingerprint: root }, { sha256, subtle: crypto.subtle, now: app.clock.now() });
  const files = new Map<string, Uint8Array>();
  for (const { path: name } of await source.list()) files.set(name, await readWhole(source, name, 2 ** 26));
  await source.close();
  return { report, files, tagManifest, seq };
}

const check = (report: VerifyReport, id: string): string => {
  const found = report.checks.find((each) => each.id === id);
  return `${found?.outcome ?? 'none'}: ${found?.detail ?? ''}`;
};
const records = ({ files }: Made): { header: { kind: string; seq: number }; body: unknown }[] => Buffer.from(files.get('data/record.jsonl') ?? '').toString().trim().split('\n').map((line) => JSON.parse(line) as never);

describe('what a copy withholds', () => {
  test('withheld entries keep their headers, the copy verifies, and the sheet is in the report, in a table and in the verifier’s words', async () => {
    const app = await started();
    const concern = told(app, 'concern').length;
    const seq = kindsOf(app).indexOf('concern');
    await app.engine.openedCase.addWords('PAS', seq, 'A second family called');
    const made = await exported(app, 'lado', {
      exhibits: [], entries: [
        { what: 'concern', seq, reason: 'other', words: 'It names a child in care' }, { what: 'titles', seq: null, ...WHY }, { what: 'addresses', seq: null, reason: 'not-relevant', words: '' },
      ],
    });
    expect(concern).toBe(1);
    expect(made.report.verdict).toBe('unchanged');
    const hidden = records(made).filter((entry) => entry.body === null).map((entry) => entry.header.kind).sort();
    expect(hidden).toEqual(['addendum', 'concern', 'navigation', 'title', 'title']);
    expect(check(made.report, 'record.withheld')).toContain('A concern (Another reason, in our own words)');
    expect(check(made.report, 'visits.accounted')).toContain('1 more page view is withheld, in 1 entry');
    const html = Buffer.from(made.files.get('data/report.html') ?? '').toString();
    expect(html).toContain('It names a child in care');
    for (const secret of ['Mocked by name', 'A second family called', 'elsewhere.example', 'A private page', 'No concern was recorded']) expect(html).not.toContain(secret);
    const csv = Buffer.from(made.files.get('data/withheld.csv') ?? '').toString();
    expect(csv.split('\r\n')[1]).toBe(`concern,A concern,,,,${seq} ${kindsOf(app).indexOf('addendum')},other,"Another reason, in our own words",It names a child in care`);
  }, 120_000);

  test('of a withheld exhibit there is the hash and no file; the police get everything', async () => {
    const app = await started();
    const [capture] = told(app, 'capture');
    const made = await exported(app, 'other', { exhibits: [{ reference: 'PAS/1', how: 'withheld', redaction: null, entry: false, ...WHY }], entries: [] });
    expect(made.report.verdict).toBe('unchanged');
    expect([...made.files.keys()].filter((path) => path.startsWith('data/exhibits/'))).toEqual([]);
    expect(Buffer.from(made.files.get('data/exhibits.csv') ?? '').toString()).toContain(capture?.composite);
    const silent = await exported(app, 'other', { exhibits: [{ reference: 'PAS/1', how: 'withheld', redaction: null, entry: true, ...WHY }], entries: [] });
    expect([silent.report.verdict, records(silent).filter((entry) => entry.body === null).map((entry) => entry.header.kind)]).toEqual(['unchanged', ['capture']]);
    expect(Buffer.from(silent.files.get('data/withheld.csv') ?? '').toString()).toContain(capture?.composite);
    const police = await exported(app, 'police');
    expect([police.report.verdict, police.report.counts.withheld, [...police.files.keys()].filter((path) => path.startsWith('data/exhibits/')).length]).toEqual(['unchanged', 0, 7]);
    expect(await codeOf(() => exported(app, 'police', { exhibits: [{ reference: 'PAS/1', how: 'withheld', redaction: null, entry: false, ...WHY }], entries: [] }))).toBe('disclosure.everything');
  }, 120_000);

  test('an address that was reported as suspected is for the police alone, wherever the record names it', async () => {
    const app = await withCase({ host: { ...NO_HOST, printPdf: (html) => Promise.resolve(Buffer.concat([Buffer.from('%PDF-1.7\n%'), Buffer.from(html), Buffer.from(PDF_TAIL)])) } });
    const record = recordOf(app);
    await record.add('suspected-address', ['PAS', 'JMK'], { url: 'https://reported.example/thread' });
    await record.add('navigation-refused', ['app'], { url: 'http://REPORTED.example/thread?page=2', what: 'suspected-address', cause: 'link' });
    await record.add('note', ['PAS'], { text: 'The parents were called' });
    for (const [recipient, hidden] of [['police', []], ['lado', ['suspected-address', 'navigation-refused']], ['group-record', ['suspected-address', 'navigation-refused']]] as const) {
      const made = await exported(app, recipient);
      expect(made.report.verdict).toBe('unchanged');
      expect(records(made).filter((entry) => entry.body === null).map((entry) => entry.header.kind)).toEqual(hidden);
      expect([...made.files.values()].some((bytes) => /reported\.example/i.test(Buffer.from(bytes).toString()))).toBe(recipient === 'police');
    }
    await app.engine.close();
  }, 120_000);

  test('what cannot be withheld is refused in words, and nothing is written down', async () => {
    const app = await started();
    const before = kindsOf(app).length;
    const plan = (wish: Partial<DisclosureWish>): Promise<string> => codeOf(async () => planDisclosure(await recordOf(app).whole(), 'lado', { ...EVERYTHING, ...wish }));
    const exhibit = { reference: 'PAS/1', how: 'withheld' as const, redaction: null, entry: false, ...WHY };
    expect(await plan({ exhibits: [{ ...exhibit, reference: 'PAS/9' }] })).toBe('disclosure.unknown');
    expect(await plan({ exhibits: [exhibit, exhibit] })).toBe('disclosure.twice');
    expect(await plan({ exhibits: [{ ...exhibit, how: 'redacted', redaction: 1 }] })).toBe('disclosure.unknown');
    expect(await plan({ exhibits: [{ ...exhibit, reason: 'other' }] })).toBe('disclosure.no-reason');
    expect(await plan({ entries: [{ what: 'concern', seq: 0, ...WHY }] })).toBe('disclosure.unknown');
    expect(kindsOf(app)).toHaveLength(before);
  }, 60_000);
});

describe('a redacted copy', () => {
  test('no pixel, word or byte of what is under a box is in a copy that discloses it: not in a picture, text, page, archive, report or table', async () => {
    const app = await started();
    const [before] = told(app, 'capture');
    await app.engine.openedCase.review.redact('PAS', 'PAS/1', [BOX]);
    const made = await exported(app, 'lado', { exhibits: [{ reference: 'PAS/1', how: 'redacted', redaction: 1, entry: false, ...WHY }], entries: [] });
    expect([made.report.verdict, check(made.report, 'exhibits.redacted')]).toEqual(['unchanged', 'pass: Redacted copies of PAS/1: each names its original’s hash.']);
    expect([...made.files.keys()].filter((path) => path.startsWith('data/exhibits/'))).toEqual(['data/exhibits/PAS-1/redacted-1.png']);
    expect(told(app, 'capture')).toEqual([before]);
    let pictures = 0;
    for (const [path, bytes] of made.files) {
      const text = Buffer.from(bytes).toString('latin1');
      expect([path, text.includes(SECRET_WORD)]).toEqual([path, false]);
      for (const picture of picturesIn(path, bytes)) {
        pictures += 1;
        expect([path, await holdsSecret(picture)]).toEqual([path, false]);
      }
    }
    // The redacted PNG, and its preview in report.html and in the report that was printed from it.
    expect(pictures).toBe(3);
    const png = Buffer.from(made.files.get('data/exhibits/PAS-1/redacted-1.png') ?? '');
    expect(chunksOf(png).filter((kind) => !['IHDR', 'IDAT', 'IEND', 'pHYs', 'sRGB', 'gAMA'].includes(kind))).toEqual([]);
  }, 120_000);

  test('it covers its boxes with black and leaves every other pixel, in one piece or, where it is tall, in several', async () => {
    const page = await samplePage(200, 32_500);
    const boxes = [SECRET_BOX, { x: 0, y: 15_990, width: 200, height: 20 }, { x: 199, y: 32_499, width: 1, height: 1 }];
    const made = await redactImage(page, boxes);
    expect(made.pieces).toHaveLength(3);
    const heights = await Promise.all(made.pieces.map(async (piece) => (await sharp(piece).metadata()).height));
    expect(heights).toEqual([16_000, 16_000, 500]);
    const pieces = (async function* rows() { for (const piece of made.pieces) yield* pixelRows(piece); })();
    let row = 0;
    let same = true;
    for await (const original of pixelRows(page)) {
      const covered = (await pieces.next()).value as Uint8Array;
      const wanted = Buffer.from(original);
      for (const box of boxes) if (row >= box.y && row < box.y + box.height) wanted.fill(0, box.x * 3, (box.x + box.width) * 3);
      same &&= Buffer.compare(wanted, covered) === 0;
      row += 1;
    }
    expect([same, row]).toEqual([true, 32_500]);
    await expect(redactImage(page, [{ x: 150, y: 0, width: 51, height: 1 }])).rejects.toMatchObject({ code: 'redaction.outside' });
  }, 60_000);

  test('copies count up, are signed by both, survive a full check, and there is none of a quarantined exhibit or in a halted case', async () => {
    const app = await started();
    const open = app.engine.openedCase;
    await open.review.redact('PAS', 'PAS/1', [BOX]);
    await open.review.redact('JMK', 'PAS/1', [{ ...BOX, x: 0 }]);
    const entries = recordOf(app).since(0).filter((entry) => entry.header.kind === 'redaction');
    expect([entries.map((entry) => entry.signatures.length), told(app, 'redaction').map((each) => each.number)]).toEqual([[2, 2], [1, 2]]);
    expect((await open.context.vault.fullCheck(() => undefined)).findings).toEqual([]);
    const police = await exported(app, 'police');
    expect([police.report.verdict, [...police.files.keys()].filter((path) => path.includes('redacted-')).sort()]).toEqual(['unchanged', ['data/exhibits/PAS-1/redacted-1.png', 'data/exhibits/PAS-1/redacted-2.png']]);
    await open.halt.stop('PAS');
    expect(await codeOf(() => open.review.redact('PAS', 'PAS/1', [BOX]))).toBe('case.halted');
    expect(await codeOf(() => open.review.viewer.slice({ reference: 'PAS/1', redaction: 1, row: 0, height: 10, maxWidth: 10 }))).toBe('none');
    expect(await open.review.viewer.slice({ reference: 'PAS/1', redaction: 1, row: 0, height: 10, maxWidth: 10 })).toBeNull();
  }, 120_000);

  test('a cancelled one leaves nothing', async () => {
    const app = await started();
    const making = app.engine.openedCase.review.redact('PAS', 'PAS/1', [BOX]);
    app.engine.openedCase.cancelWork();
    expect(await codeOf(() => making)).toBe('redaction.cancelled');
    expect(kindsOf(app)).not.toContain('redaction');
  }, 60_000);
});

describe('looking a case through', () => {
  test('pages come with their exhibits and concerns, and later words stand beside what they were added to', async () => {
    const app = await started();
    const seq = kindsOf(app).indexOf('note');
    await app.engine.openedCase.addWords('JMK', seq, 'At five o’clock');
    const view = await reviewOf(app.engine.openedCase.context);
    expect(view.pages.map(({ url, exhibits, concerns, status }) => [url, exhibits, concerns.length, status])).toEqual([['https://chat.example/', ['PAS/1'], 1, 'opened'], ['https://elsewhere.example/private', [], 0, 'opened']]);
    expect(view.words.find((each) => each.seq === seq)?.added.map((each) => each.text)).toEqual(['At five o’clock']);
    expect(await codeOf(() => app.engine.openedCase.addWords('PAS', 1, 'To a page'))).toBe('addendum.no-such-entry');
    await app.engine.openedCase.conclude({ substance: false, outcomes: [], text: 'Nothing' });
    await app.engine.openedCase.seal(PAS, JMK, app.engine.openedCase.context.record.count);
    expect(await codeOf(() => app.engine.openedCase.addWords('PAS', seq, 'Too late'))).toBe('case.sealed');
    expect(await reviewOf(app.engine.openedCase.context)).toMatchObject({ canAdd: false, canRedact: true });
    await app.engine.openedCase.review.redact('PAS', 'PAS/1', [BOX]);
    expect((await exported(app, 'police')).report.verdict).toBe('unchanged');
  }, 120_000);
});

describe('who has a copy', () => {
  const receipt = (bundle: string, change: Record<string, unknown> = {}): string => JSON.stringify({
    receipt: 'countersign-verification', version: 1, tool: 'verify.html', checkedAt: '2026-11-26T09:00:00.000Z', file: { name: 'bundle.zip', size: 1 }, bundle, verdict: 'unchanged', sentence: '', case: { id: null, reference: null, organisation: null },
    root: null, rootTyped: true, signers: [], signedAt: null, counts: { files: 1, bytes: 1, entries: 1, exhibits: 0, visits: 0, withheld: 0, quarantined: 0 }, checks: [{ id: 'bag.paths', outcome: 'pass', detail: '', where: null }], ...change,
  });
  const handOver = (app: Started, seq: number, change: Record<string, unknown> = {}) => ({ export: seq, name: 'DC L. Morgan', position: 'Example Police', at: app.clock.now(), readOut: null, note: '', receipt: null, ...change });

  test('it is written down after the seal and for a case that is with the police, told in the next copy, and what does not match is written down as that', async () => {
    const { addHandOver } = await import('../../../src/engine/hand-overs.js');
    const app = await started();
    const { context } = app.engine.openedCase;
    await app.engine.openedCase.conclude({ substance: false, outcomes: [], text: 'Nothing' });
    await app.engine.openedCase.seal(PAS, JMK, app.engine.openedCase.context.record.count);
    const made = await exported(app, 'police');
    const words = hashWords(made.tagManifest);
    expect(await addHandOver(context, 'PAS', handOver(app, made.seq, { readOut: ` ${words.join(', ').toUpperCase()} ` }))).toEqual({ wordsMatch: true });
    expect(await addHandOver(context, 'JMK', handOver(app, made.seq, { readOut: [...words].reverse().join(' ') }))).toEqual({ wordsMatch: false });
    expect(await addHandOver(context, 'JMK', handOver(app, made.seq, { receipt: receipt(made.tagManifest) }))).toEqual({ wordsMatch: null });
    const next = await exported(app, 'group-record');
    expect([next.report.verdict, check(next.report, 'record.references')]).toEqual(['unchanged', 'pass: 0 additions and 3 hand-overs, each with the entry that it is about.']);
    const html = Buffer.from(next.files.get('data/report.html') ?? '').toString();
    expect(html).toContain(`The copy of entry ${made.seq} was received by DC L. Morgan, Example Police`);
    expect(html).toContain('are not those of its fingerprint');
  }, 120_000);

  test('a receipt of another bundle, one made by hand, and one that is none are refused', async () => {
    const { addHandOver, readReceipt } = await import('../../../src/engine/hand-overs.js');
    const app = await started();
    const { context } = app.engine.openedCase;
    const made = await exported(app, 'police');
    const read = (text: string): Promise<string> => codeOf(() => readReceipt(context.record, text));
    expect(readReceipt(context.record, receipt(made.tagManifest))).toMatchObject({ export: made.seq, recipient: 'police', verdict: 'unchanged', failed: [] });
    expect(await read(receipt('0'.repeat(64)))).toBe('receipt.other-bundle');
    expect(await read(receipt(made.tagManifest, { added: 1 }))).toBe('receipt.unreadable');
    expect(await read(receipt(made.tagManifest, { verdict: 'changed' }))).toBe('receipt.unreadable');
    for (const junk of ['', '[]', '{"__proto__":{}}', '['.repeat(100_000), 'null', '"x"']) expect(await read(junk)).toBe('receipt.unreadable');
    expect(await codeOf(() => addHandOver(context, 'PAS', handOver(app, made.seq, { receipt: receipt('0'.repeat(64)) })))).toBe('receipt.other-bundle');
    expect(await codeOf(() => addHandOver(context, 'PAS', handOver(app, 0)))).toBe('received.no-copy');
    expect(await codeOf(() => addHandOver(context, 'PAS', handOver(app, made.seq, { at: '2199-01-01T00:00:00.000Z' })))).toBe('received.future');
    expect(await codeOf(() => addHandOver(context, 'PAS', handOver(app, made.seq, { at: '1999-01-01T00:00:00.000Z' })))).toBe('received.too-early');
    expect(kindsOf(app)).not.toContain('received');
    // The time is typed in minutes: that of the minute in which the copy was made has begun before it.
    const at = `${recordOf(app).state.copies[0]?.at.slice(0, 16) ?? ''}:00.000Z`;
    await addHandOver(context, 'PAS', handOver(app, made.seq, { at }));
    expect(told(app, 'received').map((each) => each.at)).toEqual([at]);
  }, 120_000);
});

/** Every picture in a file: the file itself, or those that stand in its text. */
function picturesIn(path: string, bytes: Uint8Array): Buffer[] {
  if (path.endsWith('.png')) return [Buffer.from(bytes)];
  return [...Buffer.from(bytes).toString('latin1').matchAll(/data:image\/[a-z]+;base64,([A-Za-z0-9+/=]+)/g)].map((found) => Buffer.from(found[1] ?? '', 'base64'));
}

/** Whether a picture has a pixel that is nearly the secret colour; a preview has gone through JPEG. */
async function holdsSecret(picture: Buffer): Promise<boolean> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  for (let at = 0; at < data.length; at += info.channels) {
    if (Math.abs((data[at] ?? 0) - SECRET.r) < 40 && Math.abs((data[at + 1] ?? 0) - SECRET.g) < 40 && Math.abs((data[at + 2] ?? 0) - SECRET.b) < 40) return true;
  }
  return false;
}

function chunksOf(png: Buffer): string[] {
  const kinds: string[] = [];
  for (let at = 8; at + 8 <= png.length; at += 12 + png.readUInt32BE(at)) kinds.push(png.toString('latin1', at + 4, at + 8));
  return kinds;
}
