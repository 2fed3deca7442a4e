import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { manifestText } from '../../src/bundle/bag.js';
import { exportBundle } from '../../src/bundle/bundle.js';
import type { BundleInput, BundlePorts, BundleSigner } from '../../src/bundle/bundle-input.js';
import { detachedSignature } from '../../src/bundle/cms.js';
import { carrierCipher } from '../../src/engine/carried-cipher.js';
import { canonicalJson, type JsonValue } from '../../src/record/canonical-json.js';
import type { Entry } from '../../src/record/entry.js';
import type { VerifyReport } from '../../src/verify/report.js';
import type { Trust } from '../../src/verify/signature-checks.js';
import type { BundleSource } from '../../src/verify/source.js';
import { verifyBundle } from '../../src/verify/verify.js';
import type { Authority } from './authority.js';
import { sampleCase, SELF_TEST, sha256, type SampleCase, type SampleOptions } from './sample-case.js';

/** When the sample bundles are made and signed. */
export const EXPORTED_AT = '2026-11-24T11:32:08.456Z';
/** The reader's clock in tests. */
export const NOW = '2026-11-25T09:00:00.000Z';

/** The smallest file that begins and ends like a PDF; what is in it does not matter to a test of the bag. */
const PLAIN_PDF = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

export function samplePorts(printPdf: BundlePorts['printPdf'] = () => Promise.resolve(PLAIN_PDF)): BundlePorts {
  return { clock: { now: () => EXPORTED_AT, monotonicMs: () => 0 }, sha256, printPdf, cipher: carrierCipher, onProgress: () => undefined, accept: () => Promise.resolve() };
}

export function sampleInput(authority: Authority, sample: SampleCase): BundleInput {
  return {
    organisation: 'Example School', computer: { name: 'INV-01', location: 'Head’s office' }, caseReference: '2026-014', caseId: sample.caseId, recipient: 'police', entries: sample.entries,
    exhibits: sample.exhibits, certificates: { rootPem: authority.rootPem, reviewerPems: authority.people.map((person) => person.certificatePem), crlDer: authority.crlDer }, signers: authority.people,
    selfTest: SELF_TEST, versions: { app: '0.1.0', browser: 'Chromium 156.0.8078.79', node: process.version, system: 'Linux 6.1 x64' },
  };
}

/** A bundle's files in memory. */
export type BundleFiles = Map<string, Uint8Array>;

/** A good bundle, exported for real into a folder and read back. */
export interface GoodBundle {
  readonly authority: Authority;
  readonly sample: SampleCase;
  readonly files: BundleFiles;
}

export async function goodBundle(authority: Authority, options: SampleOptions): Promise<GoodBundle> {
  return goodBundleOf(authority, await sampleCase(authority, options));
}

/** The bundle of a case, exported into a folder and read back. */
export async function goodBundleOf(authority: Authority, sample: SampleCase): Promise<GoodBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  try {
    await exportBundle(sampleInput(authority, sample), { path: join(folder, 'bag'), form: 'folder' }, samplePorts());
    return { authority, sample, files: await readFolder(join(folder, 'bag')) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function readFolder(folder: string): Promise<BundleFiles> {
  const files: BundleFiles = new Map();
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const path = join(item.parentPath, item.name);
    files.set(relative(folder, path).split(sep).join('/'), await readFile(path));
  }
  return files;
}

export function memorySource(files: BundleFiles): BundleSource {
  return {
    list: () => Promise.resolve([...files].map(([path, bytes]) => ({ path, size: bytes.length }))),
    read: (path) => pieces(files.get(path) ?? new Uint8Array()),
    close: () => Promise.resolve(),
  };
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += 50_021) yield bytes.subarray(offset, offset + 50_021);
}

export function verifyFiles(files: BundleFiles, trust: Trust): Promise<VerifyReport> {
  return verifyBundle(memorySource(files), trust, { sha256, subtle: crypto.subtle, now: NOW });
}

/** The bundle with `entries` as its record. */
export function withRecord(files: BundleFiles, entries: readonly Entry[]): BundleFiles {
  return new Map(files).set('data/record.jsonl', Buffer.from(entries.map((entry) => `${canonicalJson(entry as unknown as JsonValue)}\n`).join('')));
}

/** Makes the manifests and the description fit the files again, as somebody would who wants a change to go unnoticed. */
export function relisted(files: BundleFiles): BundleFiles {
  const made = new Map(files);
  const listed = (paths: string[]): { path: string; sha256: string; size: number }[] => paths.map((path) => {
    const bytes = made.get(path) ?? new Uint8Array();
    return { path, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
  });
  const payload = listed([...made.keys()].filter((path) => path.startsWith('data/')));
  const oxum = `Payload-Oxum: ${payload.reduce((sum, file) => sum + file.size, 0)}.${payload.length}`;
  const info = Buffer.from(made.get('bag-info.txt') ?? new Uint8Array()).toString();
  if (made.has('bag-info.txt')) made.set('bag-info.txt', Buffer.from(info.replace(/Payload-Oxum: .*/, oxum)));
  made.set('manifest-sha256.txt', Buffer.from(manifestText(payload)));
  const tags = [...made.keys()].filter((path) => !path.startsWith('data/') && !path.startsWith('signatures/') && path !== 'tagmanifest-sha256.txt');
  return made.set('tagmanifest-sha256.txt', Buffer.from(manifestText(listed(tags))));
}

/** Lists the files anew and signs the list with `signers`. */
export function resigned(files: BundleFiles, signers: readonly BundleSigner[], at = EXPORTED_AT): BundleFiles {
  const made = relisted(files);
  return made.set('signatures/tagmanifest.p7s', detachedSignature(made.get('tagmanifest-sha256.txt') ?? new Uint8Array(), signers, at, sha256));
}
