import { spawnSync } from 'node:child_process';
import { randomBytes, randomFillSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { startPdfPrinter } from '../../main/chromium/pdf-printer.js';
import { findBrowser } from '../../main/chromium/find-browser.js';
import { openBundle } from '../../main/cli/bundle-source.js';
import { exportBundle } from '../../src/bundle/bundle.js';
import type { BundleInput, BundlePart, BundlePorts, BundleTarget } from '../../src/bundle/bundle-input.js';
import { previewFiles } from '../../src/bundle/kept-preview.js';
import { previewOf } from '../../src/bundle/preview.js';
import { acceptBundle } from '../../src/engine/bundle-acceptance.js';
import { nodeSha256, systemRandom } from '../../src/engine/node-ports.js';
import { hex } from '../../src/record/bytes.js';
import { ObjectFolder } from '../../src/vault/object-file.js';
import { verifyBundle } from '../../src/verify/verify.js';
import { withChromium } from '../e2e/preview/open-scene.js';
import { makeAuthority, type Authority } from '../vectors/authority.js';
import { NOW, sampleInput, samplePorts } from '../vectors/make-bundle.js';
import { navigate, openCase, RecordBuilder } from '../vectors/sample-case.js';
import { PeakMemory } from './peak-memory.js';

const EXHIBITS = Number(process.env['COUNTERSIGN_BENCH_EXHIBITS'] ?? 200);
const EXHIBIT_BYTES = 5_000_000;
const PASSPHRASE = 'copper lantern orchid seven glacier';
const KEY = randomBytes(32);
const AAD = Buffer.from('bench');

/**
 * A case of 200 exhibits and 1 GB, its evidence encrypted as the vault keeps it and its report printed by the real browser: exported under a
 * passphrase with the exporter's own check, and held against `7z a -mx0 -mem=AES256` plus `sha256sum` over the same files; then checked as a
 * folder, a ZIP and an encrypted ZIP against `sha256sum -c`, and by the page in Chromium. Everything in one run, from the page cache.
 */
export async function benchExport(): Promise<object[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-export-'));
  try {
    const authority = makeAuthority('Example School');
    const input = await largeCase(authority, folder);
    const at = (name: string): string => join(folder, name);
    const plain = await exported(input, authority, { path: at('plain.zip'), form: 'zip' });
    const bag = await exported(input, authority, { path: at('bag'), form: 'folder' });
    const carried = await exported(input, authority, { path: at('carried.zip'), form: 'zip', passphrase: PASSPHRASE });
    const sums = timedRun('find bag -type f -print0 | xargs -0 sha256sum > sums.txt', folder);
    const packed = timedRun(`7z a -mx0 -mem=AES256 -tzip -p'${PASSPHRASE}' peer.zip bag`, folder);
    const peer = sums + packed;
    const checksums = timedRun('sha256sum --check --quiet manifest-sha256.txt', at('bag'));
    const figures = [
      exportFigure('bundle.export-encrypted', carried, peer, { sha256sumSeconds: sums, sevenZipSeconds: packed, aim: 1.3, aimMegabytes: 500 }),
      exportFigure('bundle.export-zip', plain, peer, {}), exportFigure('bundle.export-folder', bag, peer, {}),
    ];
    for (const [form, name] of [['folder', 'bag'], ['zip', 'plain.zip'], ['encrypted', 'carried.zip']] as const) {
      const took = await timed(() => verify(at(name), authority.root));
      figures.push({ figure: `bundle.verify-${form}`, megabytes: carried.megabytes, seconds: took, sha256sumSeconds: checksums, ratio: round(took / checksums), aim: 0.8 });
    }
    for (const [form, name] of [['zip', 'plain.zip'], ['encrypted', 'carried.zip']] as const) {
      const took = await verifyInPage(at(name), authority.root);
      figures.push({ figure: `bundle.verify-page-${form}`, megabytes: carried.megabytes, seconds: took, megabytesPerSecond: Math.round(carried.megabytes / took), aim: 80, sha256sumSeconds: checksums });
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Exported {
  readonly seconds: number;
  readonly ownCheckSeconds: number;
  readonly megabytes: number;
  readonly peakMegabytes: number;
}

async function exported(input: BundleInput, authority: Authority, target: BundleTarget): Promise<Exported> {
  const browser = findBrowser(process.env);
  if (browser === null) throw new Error('no Chromium here');
  const memory = PeakMemory.watch(process.pid);
  const printer = await startPdfPrinter(browser);
  let ownCheckSeconds = 0;
  const accept: BundlePorts['accept'] = async (written) => {
    ownCheckSeconds = await timed(() => acceptBundle(written, { rootPem: authority.rootPem }, { sha256: nodeSha256, now: NOW, signal: new AbortController().signal, onProgress: () => undefined }));
  };
  try {
    let bytes = 0;
    const seconds = await timed(async () => {
      ({ bytes } = await exportBundle(input, target, { ...samplePorts((html, _options, pictures) => printer.print(html, { pictures })), sha256: nodeSha256, accept }));
    });
    return { seconds, ownCheckSeconds, megabytes: Math.round(bytes / 1e6), peakMegabytes: await memory.stop() };
  } finally {
    await printer.close();
  }
}

function exportFigure(figure: string, made: Exported, peer: number, more: object): object {
  return { figure, ...made, megabytesPerSecond: Math.round(made.megabytes / made.seconds), peerSeconds: round(peer), ratio: round(made.seconds / peer), ...more };
}

/** A case whose exhibits lie on the disk as a vault's objects, and are decrypted when they are read. */
async function largeCase(authority: Authority, folder: string): Promise<BundleInput> {
  const objects = new ObjectFolder(join(folder, 'vault'), systemRandom, nodeSha256);
  // Two hundred captures take more than an hour of the sample's clock, and end before the bundle is signed.
  const record = new RecordBuilder(authority.people, '2026-11-24T08:00:00.123Z');
  openCase(record, authority, '');
  const pictures = await Promise.all([0, 1, 2, 3].map(picture));
  const archive = randomFillSync(Buffer.alloc(EXHIBIT_BYTES - (pictures[0]?.length ?? 0)));
  const [{ initials }] = authority.people;
  const exhibits: BundleInput['exhibits'][number][] = [];
  const previews = await Promise.all(pictures.map(async (png) => previewFiles(await previewOf(png, EXHIBIT_BYTES) ?? { pieces: [], width: 0, height: 0 })));
  for (let number = 1; number <= EXHIBITS; number += 1) {
    archive.writeUInt32LE(number, 0);
    const parts = [
      await storedPart(objects, 'page.png', 'image/png', numbered(pictures[number % 4] ?? Buffer.alloc(0), number)), await storedPart(objects, 'page.wacz', 'application/wacz', archive),
    ];
    // As a capture keeps them.
    for (const { name, mediaType, bytes } of previews[number % 4] ?? []) parts.push(await storedPart(objects, name, mediaType, bytes));
    captureEntry(record, initials, number, parts.map(({ read: _, ...facts }) => facts));
    exhibits.push({ reference: `${initials}/${number}`, parts });
  }
  record.add('export', authority.people.map((person) => person.initials), { recipient: 'police', exhibits: EXHIBITS, withheld: 0, quarantined: 0 });
  return sampleInput(authority, { caseId: record.caseId, entries: record.entries, exhibits, bytes: new Map() });
}

/** One file of an exhibit, encrypted on the disk; it keeps nothing of `plain`. */
async function storedPart(objects: ObjectFolder, name: string, mediaType: string, plain: Uint8Array): Promise<StoredPart> {
  const { file, cipherSha256 } = await objects.write(KEY, plain, AAD);
  const facts = { name, mediaType, size: plain.length, sha256: hex(nodeSha256.of(plain)), cipherSha256 };
  return { ...facts, read: () => storedBytes(objects, file, facts) };
}

/** As the vault reads: both hashes are held against the record. */
async function storedBytes(objects: ObjectFolder, file: string, facts: Omit<StoredPart, 'read'>): Promise<Uint8Array> {
  const found = await objects.read(KEY, file, facts.size, AAD);
  if (found?.cipherSha256 !== facts.cipherSha256 || hex(nodeSha256.of(found.bytes)) !== facts.sha256) throw new Error('the bench lost an exhibit');
  return found.bytes;
}

interface StoredPart extends BundlePart {
  readonly cipherSha256: string;
}

function captureEntry(record: RecordBuilder, initials: string, number: number, parts: { name: string; mediaType: string; size: number; sha256: string; cipherSha256: string }[]): void {
  const view = `v${number}`;
  const url = `https://pupil-chat.example/${number}`;
  navigate(record, view, url, { cause: 'link' });
  const at = record.now;
  const composite = parts.find((part) => part.name === 'page.png')?.sha256 ?? '';
  record.add('capture', [initials], {
    exhibit: `${initials}/${number}`, form: 'full-page', view, url, startedAt: at, endedAt: at, image: { width: 1280, height: 3_200, scale: 1 }, composite,
    declaration: { by: initials, answer: 'not-suspected', at }, parts, note: '', warnings: [],
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

async function verify(path: string, root: string): Promise<void> {
  const source = await openBundle(path, { passphrase: path.includes('carried') ? PASSPHRASE : undefined });
  const report = await verifyBundle(source, { rootFingerprint: root }, { sha256: nodeSha256, subtle: crypto.subtle, now: NOW });
  await source.close();
  if (report.verdict !== 'unchanged') throw new Error(report.sentence);
}

/** Seconds of the page that recipients open, from the press of its button to the verdict. */
async function verifyInPage(path: string, root: string): Promise<number> {
  return withChromium(async (context) => {
    const page = await context.newPage();
    page.setDefaultTimeout(300_000);
    await page.goto(pathToFileURL(resolve('out/verify-page/index.html')).href);
    await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(path);
    await page.getByLabel('Fingerprint of the school').fill(root);
    if (path.includes('carried')) await page.getByLabel('Passphrase').fill(PASSPHRASE);
    return timed(async () => {
      await page.getByRole('button', { name: 'Check the bundle' }).click();
      await page.getByRole('heading', { name: 'Unchanged since two people signed it' }).waitFor();
    });
  });
}

function timedRun(command: string, cwd: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return round((performance.now() - began) / 1000);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return round((performance.now() - began) / 1000);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
