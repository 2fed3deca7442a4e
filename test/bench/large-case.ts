import { createPrivateKey, randomBytes, randomFillSync, sign } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { BundleInput, BundleSigner } from '../../src/bundle/bundle-input.js';
import { previewFiles } from '../../src/bundle/kept-preview.js';
import { previewOf } from '../../src/bundle/preview.js';
import { nodeSha256, systemRandom } from '../../src/engine/node-ports.js';
import { hex } from '../../src/record/bytes.js';
import { ObjectFolder } from '../../src/vault/object-file.js';
import type { ObjectFacts } from '../../src/vault/object-row.js';
import { makeAuthority } from '../vectors/authority.js';
import { sampleInput } from '../vectors/make-bundle.js';
import { navigate, openCase, RecordBuilder } from '../vectors/sample-case.js';

const EXHIBIT_BYTES = 5_000_000;
const AAD = Buffer.from('bench');

/** A file of an exhibit, and where it lies encrypted: what the vault knows of an object. */
type KeptPart = Omit<ObjectFacts, 'exhibit'>;

/** What `case.json` holds: a large case, whose files lie encrypted beside it. */
interface KeptCase {
  readonly key: string;
  readonly input: Omit<BundleInput, 'signers' | 'exhibits' | 'certificates'> & { readonly certificates: Omit<BundleInput['certificates'], 'crlDer'> };
  readonly crl: string;
  readonly root: string;
  readonly signers: readonly (Omit<BundleSigner, 'sign'> & { readonly privateKey: string })[];
  readonly exhibits: readonly { readonly reference: string; readonly parts: readonly KeptPart[] }[];
}

/** A case to export, and its root's fingerprint. */
export interface LargeCase {
  readonly input: BundleInput;
  readonly root: string;
}

/** Makes a case of `count` exhibits of 5 MB in `folder`, its files encrypted as a vault keeps them. In a process of its own, so that none of its memory is the export's. */
async function makeLargeCase(folder: string, count: number): Promise<void> {
  const key = randomBytes(32);
  const objects = new ObjectFolder(join(folder, 'vault'), systemRandom, nodeSha256);
  const authority = makeAuthority('Example School');
  // Two hundred captures take more than an hour of the sample's clock, and end before the bundle is signed.
  const record = new RecordBuilder(authority.people, '2026-11-24T08:00:00.123Z');
  openCase(record, authority, '');
  const pictures = await Promise.all([0, 1, 2, 3].map(picture));
  const previews = await Promise.all(pictures.map(async (png) => previewFiles(await previewOf(png, EXHIBIT_BYTES) ?? { pieces: [], width: 0, height: 0 })));
  const archive = randomFillSync(Buffer.alloc(EXHIBIT_BYTES - (pictures[0]?.length ?? 0)));
  const [{ initials }] = authority.people;
  const exhibits: KeptCase['exhibits'][number][] = [];
  const stored = async (name: string, mediaType: string, plain: Uint8Array): Promise<KeptPart> => ({ name, mediaType, size: plain.length, sha256: hex(nodeSha256.of(plain)), ...await objects.write(key, plain, AAD) });
  for (let number = 1; number <= count; number += 1) {
    archive.writeUInt32LE(number, 0);
    const parts = [await stored('page.png', 'image/png', numbered(pictures[number % 4] ?? Buffer.alloc(0), number)), await stored('page.wacz', 'application/wacz', archive)];
    // As a capture keeps them.
    for (const { name, mediaType, bytes } of previews[number % 4] ?? []) parts.push(await stored(name, mediaType, bytes));
    captureEntry(record, initials, number, parts);
    exhibits.push({ reference: `${initials}/${number}`, parts });
  }
  record.add('export', authority.people.map((person) => person.initials), { recipient: 'police', exhibits: count, withheld: 0, quarantined: 0 });
  const { signers: _signers, exhibits: _exhibits, certificates: { crlDer, ...certificates }, ...input } = sampleInput(authority, { caseId: record.caseId, entries: record.entries, exhibits: [], bytes: new Map() });
  const kept: KeptCase = {
    key: key.toString('hex'), input: { ...input, certificates }, crl: Buffer.from(crlDer).toString('base64'), root: authority.root, exhibits,
    signers: authority.people.map(({ key: privateKey, sign: _, ...person }) => ({ ...person, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() })),
  };
  await writeFile(join(folder, 'case.json'), JSON.stringify(kept));
}

/** The case that lies in `folder`; its files are decrypted when they are read. */
export async function readLargeCase(folder: string): Promise<LargeCase> {
  const kept = JSON.parse(await readFile(join(folder, 'case.json'), 'utf8')) as KeptCase;
  const [objects, key] = [new ObjectFolder(join(folder, 'vault'), systemRandom, nodeSha256), Buffer.from(kept.key, 'hex')];
  const [first, second] = kept.signers.map(({ privateKey, ...person }): BundleSigner => {
    const signing = createPrivateKey(privateKey);
    return { ...person, sign: (bytes) => sign('sha256', bytes, signing) };
  });
  if (first === undefined || second === undefined) throw new Error('the case of the bench has not two signers');
  const exhibits = kept.exhibits.map(({ reference, parts }) => ({ reference, parts: parts.map((part) => ({ ...part, read: () => storedBytes(objects, key, part) })) }));
  return { input: { ...kept.input, certificates: { ...kept.input.certificates, crlDer: Buffer.from(kept.crl, 'base64') }, signers: [first, second], exhibits }, root: kept.root };
}

/** As the vault reads: the hash is held against the record. */
async function storedBytes(objects: ObjectFolder, key: Uint8Array, part: KeptPart): Promise<Uint8Array> {
  const found = await objects.read(key, part.file, part.size, AAD);
  if (found === null || hex(nodeSha256.of(found)) !== part.sha256) throw new Error('the bench lost an exhibit');
  return found;
}

function captureEntry(record: RecordBuilder, initials: string, number: number, parts: readonly KeptPart[]): void {
  const view = `v${number}`;
  const url = `https://pupil-chat.example/${number}`;
  navigate(record, view, url, { cause: 'link' });
  const at = record.now;
  const composite = parts.find((part) => part.name === 'page.png')?.sha256 ?? '';
  record.add('capture', [initials], {
    exhibit: `${initials}/${number}`, form: 'full-page', view, url, startedAt: at, endedAt: at, image: { width: 1280, height: 3_200, scale: 1 }, composite,
    declaration: { by: initials, answer: 'not-suspected', at }, parts: parts.map(({ file: _, ...part }) => part), note: '', warnings: [],
  });
  record.checkpoint('capture');
}

/** A page of 1280 x 3200 pixels: text-like bars, and photographs, which are most of a page's bytes. */
async function picture(seed: number): Promise<Buffer> {
  const [width, height] = [1280, 3_200];
  const noise = randomFillSync(Buffer.alloc(800 * 900 * 3));
  const photograph = await sharp(noise, { raw: { width: 800, height: 900, channels: 3 } }).blur(1).png().toBuffer();
  const bars = Array.from({ length: 90 }, (_, i) => `<rect x="40" y="${i * 34 + 8 + seed}" width="${300 + ((i * 7919) % 900)}" height="14" fill="#333"/>`).join('');
  const page = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${bars}</svg>`);
  return sharp(page).composite([{ input: photograph, left: 200, top: 300 + seed }]).png({ compressionLevel: 6 }).toBuffer();
}

/** The same picture with a number in a text chunk (PNG, third edition, section 11.3.3), so that every exhibit is another file. */
function numbered(png: Buffer, number: number): Buffer {
  const body = Buffer.from(`tEXtComment\0${number}`, 'latin1');
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4, 0);
  checksum.writeUInt32BE(crc32(body), 0);
  const end = png.length - 12;
  return Buffer.concat([png.subarray(0, end), length, body, checksum, png.subarray(end)]);
}

const [, program, folder, count] = process.argv;
if (program !== undefined && folder !== undefined && import.meta.filename === program) await makeLargeCase(folder, Number(count));
