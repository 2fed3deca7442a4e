import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { pixelRows } from '../../../src/cdp/pixel-rows.js';
import { redactImage } from '../../../src/cdp/redact-image.js';
import { BOX, check, exported, started, WHY } from './disclosed.js';
import { samplePage, SECRET, SECRET_BOX, SECRET_WORD } from './evidence.js';
import { codeOf, kindsOf, recordOf, told } from './support.js';

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
