import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { BundleExhibit, BundleInput, BundlePart, BundlePorts } from '../../../src/bundle/bundle-input.js';
import { ExhibitFiles } from '../../../src/bundle/exhibit-files.js';
import { keptPieces, previewFiles } from '../../../src/bundle/kept-preview.js';
import { previewOf } from '../../../src/bundle/preview.js';
import { reportPreviews } from '../../../src/bundle/report-previews.js';
import { pictureAt, selfContained } from '../../../src/bundle/report/pictures.js';
import { hex } from '../../../src/record/bytes.js';
import { makeAuthority } from '../../vectors/authority.js';
import { sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { sampleCase, sha256 } from '../../vectors/sample-case.js';

let input: BundleInput;
let page: Uint8Array;
let ports: BundlePorts;

beforeAll(async () => {
  ports = samplePorts();
  const whole = sampleInput(makeAuthority('Example School'), await sampleCase(makeAuthority('Example School'), { end: 'sealed' }));
  const exhibit = whole.exhibits.find((each) => each.parts.some((part) => part.name === 'page.png'));
  if (exhibit === undefined) throw new Error('the sample case has no picture');
  input = { ...whole, exhibits: [exhibit] };
  page = await exhibit.parts.find((part) => part.name === 'page.png')?.read() ?? new Uint8Array();
}, 60_000);

function partOf(name: string, mediaType: string, bytes: Uint8Array, onRead: (name: string) => void): BundlePart {
  return { name, mediaType, size: bytes.length, sha256: hex(sha256.of(bytes)), read: () => { onRead(name); return Promise.resolve(bytes); } };
}

/** The sample's exhibit with the preview that a capture would have kept, and which of its files are read. */
async function captured(more: Partial<BundleExhibit> = {}): Promise<{ exhibit: BundleExhibit; read: string[] }> {
  const read: string[] = [];
  const files = previewFiles(await previewOf(page, 1e9) ?? { pieces: [], width: 0, height: 0 });
  const parts = [{ name: 'page.png', mediaType: 'image/png', bytes: page }, ...files].map(({ name, mediaType, bytes }) => partOf(name, mediaType, bytes, (each) => { read.push(each); }));
  return { exhibit: { reference: input.exhibits[0]?.reference ?? '', parts, ...more }, read };
}

describe('the pictures of the report', () => {
  test('are those that were kept at the capture, byte for byte; the picture itself is not decrypted for them, and nothing twice', async () => {
    const { exhibit, read } = await captured();
    const files = new ExhibitFiles([exhibit], ports);
    const shown = (await reportPreviews({ ...input, exhibits: [exhibit] }, files, ports)).get(exhibit.reference);
    expect(shown).toEqual(await previewOf(page, 1e9));
    expect(read).toEqual(exhibit.parts.slice(1).map((part) => part.name));
    const copied: string[] = [];
    for await (const file of files.all()) copied.push(file.path);
    expect(copied).toHaveLength(exhibit.parts.length);
    expect(read.sort()).toEqual(exhibit.parts.map((part) => part.name).sort());
  });

  test('are made now for an exhibit of before, and for a redacted copy, which never shows its original’s', async () => {
    const made = await previewOf(page, 1e9);
    for (const { exhibit, read } of [await captured({ parts: (await captured()).exhibit.parts.slice(0, 1) }), await captured({ redaction: 1 })]) {
      const shown = await reportPreviews({ ...input, exhibits: [exhibit] }, new ExhibitFiles([exhibit], ports), ports);
      expect([shown.get(exhibit.reference), read.filter((name) => name.startsWith('preview-'))]).toEqual([made, []]);
    }
  });

  test('a kept piece that is not as it was captured stops the export', async () => {
    const { exhibit } = await captured();
    const parts = exhibit.parts.map((part) => ({ ...part, read: async () => Buffer.from(await part.read()).fill(1, 0, 4) }));
    await expect(reportPreviews({ ...input, exhibits: [{ ...exhibit, parts }] }, new ExhibitFiles([], ports), ports)).rejects.toMatchObject({ code: 'export.exhibit-changed' });
  });

  test.each([[['preview-1-10.jpg', 'preview-12-20.jpg']], [['preview-2-10.jpg']], [['preview-1-10.jpg', 'preview-11-21.jpg']], [['preview-1-10.png']], [[]]])('pieces that do not follow one another (%j) are not taken for a preview', (names) => {
    const parts = names.map((name) => partOf(name, 'image/jpeg', new Uint8Array(), () => undefined));
    expect(keptPieces(parts, 20)).toBeNull();
  });

  test('a photograph takes little room, and words stay sharp', async () => {
    const noise = Buffer.from(Uint32Array.from({ length: 1_100 * 946 }, (_, i) => Math.imul(i, 2_654_435_761) >>> 7).buffer).subarray(0, 1_100 * 946 * 3);
    const photograph = await previewOf(await sharp(noise, { raw: { width: 1_100, height: 946, channels: 3 } }).blur(2).png().toBuffer(), 1e9);
    expect(photograph?.pieces[0]?.jpeg.length).toBeLessThan(256 * 2 ** 10);
  });
});

describe('the page of the report', () => {
  const pictures = [Buffer.from('first'), Buffer.from('second')];

  test('carries its pictures inside it, each in its place, and may load nothing else', () => {
    const page = '<meta content="img-src https://pictures.invalid;"><img src="https://pictures.invalid/1" alt="é"><img src="https://pictures.invalid/0">';
    expect(Buffer.from(selfContained(page, pictures)).toString('utf8')).toBe(`<meta content="img-src data:;"><img src="data:image/jpeg;base64,${pictures[1]?.toString('base64')}" alt="é"><img src="data:image/jpeg;base64,${pictures[0]?.toString('base64')}">`);
  });

  test('an address that somebody visited is text, and no picture', () => {
    const text = '<bdi>https://pictures.invalid/0 &lt;img src=&quot;https://pictures.invalid/0&quot;</bdi>';
    expect(Buffer.from(selfContained(text, pictures)).toString('utf8')).toBe(text);
    expect([pictureAt('https://pictures.invalid/1', pictures), pictureAt('https://pictures.invalid/2', pictures), pictureAt('https://pictures.invalid/x', pictures), pictureAt('https://elsewhere.test/1', pictures)]).toEqual([pictures[1], null, null, null]);
  });
});
