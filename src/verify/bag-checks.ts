import { hex } from '../record/bytes.js';
import type { Sha256 } from '../record/ports.js';
import { LIMITS } from './limits.js';
import { parseBagInfo, parseManifest, textOf } from './manifest.js';
import type { Findings } from './report.js';
import { SIGNATURE_TIMES } from './timestamp-checks.js';
import { foldedName, pathFault, readWhole, type BundleSource } from './source.js';

const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
const PAYLOAD_MANIFEST = 'manifest-sha256.txt';
const TAG_MANIFEST = 'tagmanifest-sha256.txt';

/** Files about the bundle that are read whole; all of them must be there. */
const TAG_FILES = ['bagit.txt', 'bag-info.txt', PAYLOAD_MANIFEST, 'VERIFY.txt', 'certificates/root.pem', 'certificates/reviewers.pem', 'certificates/crl.der'] as const;
const SIGNATURE_FILES = ['signatures/tagmanifest.p7s'] as const;
const PAYLOAD_FILES = ['data/record.jsonl', 'data/report.pdf', 'data/report.html'] as const;
/** The report of the app's self-test; read whole where it is there. */
export const SELF_TEST = 'data/self-test.json';
/** The last four tell again, for machines, what the record tells; a bundle may come without them. */
const OPTIONAL_FILES = [SELF_TEST, 'data/visits.csv', 'data/exhibits.csv', 'data/withheld.csv', 'data/case.jsonld'] as const;
/** The roots of time stamping authorities, and their time stamps; read whole where they are there. */
const TIME_FILES = SIGNATURE_TIMES.flatMap(({ token, root }) => [token, root]);
const TIME_TOKENS = SIGNATURE_TIMES.map(({ token }) => token);
const EXHIBIT_FILE = /^data\/exhibits\/[A-Z]{3}-[1-9]\d{0,5}\/[a-z0-9][a-z0-9.-]{0,63}$/;

/** A bag as far as it can be read without its payload. */
export interface Bag {
  /** Every file with the size that the source states. */
  readonly sizes: ReadonlyMap<string, number>;
  /** The small files' bytes; absent where missing or too large. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** What the payload manifest says; empty when it cannot be read. */
  readonly payload: ReadonlyMap<string, string>;
  readonly tagManifestSha256: string | null;
}

/** Reads a bag's list and small files and settles the checks `bag.*` but those that need the payload's bytes. */
export async function readBag(source: BundleSource, sha256: Sha256, findings: Findings): Promise<Bag> {
  const sizes = await readList(source, findings);
  const files = await readSmallFiles(source, sizes, findings);
  if (textOf(files.get('bagit.txt') ?? new Uint8Array()) !== DECLARATION) findings.fail('bag.declaration', 'This is not a BagIt 1.0 bag in UTF-8.', 'bagit.txt');
  findings.pass('bag.declaration', 'BagIt 1.0 (RFC 8493).');
  const payload = readManifest(PAYLOAD_MANIFEST, files, findings);
  const tags = readManifest(TAG_MANIFEST, files, findings);
  if (payload !== null && tags !== null) {
    findings.pass('bag.manifests', `${payload.size + tags.size} files are listed.`);
    checkListed(sizes, payload, tags, findings);
    checkTagDigests(files, tags, sha256, findings);
  }
  checkKnown(sizes, findings);
  const tagManifest = files.get(TAG_MANIFEST);
  return { sizes, files, payload: payload ?? new Map<string, string>(), tagManifestSha256: tagManifest === undefined ? null : hex(sha256.of(tagManifest)) };
}

async function readList(source: BundleSource, findings: Findings): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const folded = new Set<string>();
  let bytes = 0;
  for (const { path, size } of await source.list()) {
    const fault = pathFault(path);
    if (fault !== null) findings.fail('bag.paths', `A file cannot be part of a bundle, because ${fault}.`, path.slice(0, 200));
    if (folded.has(foldedName(path))) findings.fail('bag.paths', 'Two files have the same name.', path.slice(0, 200));
    folded.add(foldedName(path));
    sizes.set(path, size);
    bytes += size;
    if (sizes.size > LIMITS.files || bytes > LIMITS.bytes) {
      findings.fail('bag.paths', 'There is more here than a bundle can hold.');
      break;
    }
  }
  findings.pass('bag.paths', `${sizes.size} files.`);
  return sizes;
}

async function readSmallFiles(source: BundleSource, sizes: ReadonlyMap<string, number>, findings: Findings): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const path of [...TAG_FILES, TAG_MANIFEST, ...SIGNATURE_FILES, ...PAYLOAD_FILES, ...[...TIME_FILES, SELF_TEST].filter((each) => sizes.has(each))]) {
    const size = sizes.get(path);
    const limit = path.endsWith('manifest-sha256.txt') ? LIMITS.manifest : LIMITS.small;
    if (size === undefined) findings.fail('bag.required', 'A file that must be there is missing.', path);
    else if (!path.startsWith('data/') || path === SELF_TEST) {
      if (size > limit) findings.fail('bag.required', 'A file is larger than it can be.', path);
      else files.set(path, await readWhole(source, path, limit));
    }
  }
  findings.pass('bag.required', 'Record, report, lists, certificates and signatures.');
  return files;
}

function readManifest(name: string, files: ReadonlyMap<string, Uint8Array>, findings: Findings): ReadonlyMap<string, string> | null {
  const bytes = files.get(name);
  const manifest = bytes === undefined ? { fault: 'it is missing' } : parseManifest(bytes);
  if ('digests' in manifest) return manifest.digests;
  findings.fail('bag.manifests', `The list of files cannot be used: ${manifest.fault}.`, name);
  return null;
}

function checkListed(sizes: ReadonlyMap<string, number>, payload: ReadonlyMap<string, string>, tags: ReadonlyMap<string, string>, findings: Findings): void {
  const outside = new Set<string>([TAG_MANIFEST, ...SIGNATURE_FILES, ...TIME_TOKENS]);
  for (const path of sizes.keys()) {
    const list = path.startsWith('data/') ? payload : tags;
    if (!list.has(path) && !outside.has(path)) findings.fail('bag.listed', 'A file is here that is in no list: it was added.', path);
  }
  for (const [list, isPayload] of [[payload, true], [tags, false]] as const) {
    for (const path of list.keys()) {
      if (path.startsWith('data/') !== isPayload || outside.has(path)) findings.fail('bag.listed', 'A file is in the wrong list.', path);
      if (!sizes.has(path)) findings.fail('bag.listed', 'A file is listed but not here: it was taken away.', path);
    }
  }
  findings.pass('bag.listed', 'The files here are the files listed.');
}

function checkTagDigests(files: ReadonlyMap<string, Uint8Array>, tags: ReadonlyMap<string, string>, sha256: Sha256, findings: Findings): void {
  for (const [path, digest] of tags) {
    const bytes = files.get(path);
    if (bytes === undefined || hex(sha256.of(bytes)) !== digest) findings.fail('bag.tag-digests', 'A file is not the one that was listed.', path);
  }
  findings.pass('bag.tag-digests', `${tags.size} files.`);
}

function checkKnown(sizes: ReadonlyMap<string, number>, findings: Findings): void {
  const known = new Set<string>([...TAG_FILES, TAG_MANIFEST, ...SIGNATURE_FILES, ...PAYLOAD_FILES, ...OPTIONAL_FILES, ...TIME_FILES]);
  for (const path of sizes.keys()) {
    if (!known.has(path) && !EXHIBIT_FILE.test(path)) findings.fail('bag.known', 'A file has no purpose that is known here. It may come from a newer version, or somebody added it.', path);
  }
  findings.pass('bag.known', 'Nothing but what a bundle is made of.');
}

/** `bag.info`: Payload-Oxum (RFC 8493 section 2.2.2) against what was found. */
export function checkInfo(bytes: Uint8Array | undefined, found: { files: number; bytes: number }, findings: Findings): void {
  const info = bytes === undefined ? null : parseBagInfo(bytes);
  const oxum = info?.get('payload-oxum');
  if (oxum === undefined) findings.fail('bag.info', 'The bundle’s own description cannot be read.', 'bag-info.txt');
  else if (oxum !== `${found.bytes}.${found.files}`) findings.fail('bag.info', `The bundle states ${oxum} (bytes, then files). Here are ${found.bytes}.${found.files}.`, 'bag-info.txt');
  findings.pass('bag.info', `${found.files.toLocaleString('en-GB')} files of the case, ${found.bytes.toLocaleString('en-GB')} bytes.`);
}
