import { canonicalBytes, canonicalJson } from '../record/canonical-json.js';
import { hex } from '../record/bytes.js';
import { hashWords } from '../record/words.js';
import type { Entry } from '../record/entry.js';
import { CodedError } from '../record/coded-error.js';
import { X509Certificate } from 'node:crypto';
import { BAG_DECLARATION, bagInfoText, isBagPath, manifestText, textBytes, type ListedFile } from './bag.js';
import type { BundleInput, BundlePorts, BundleResult, BundleTarget } from './bundle-input.js';
import { caseJsonLd } from './case-jsonld.js';
import { detachedSignature } from './cms.js';
import { beside, stopIfCancelled, type Beside } from './cancelling.js';
import { ExhibitFiles } from './exhibit-files.js';
import { exportFailure, leftBehind } from './failures.js';
import { folderWriter } from './folder-writer.js';
import { reportFacts, type ReportFacts } from './report/facts.js';
import { selfContained } from './report/pictures.js';
import { reportHtml } from './report/report.js';
import { reportPreviews } from './report-previews.js';
import { exhibitsCsv, visitsCsv, withheldCsv } from './tables.js';
import type { BagWriter } from './target.js';
import { SIGNATURES, timeRootPath, timestampPath } from './timestamp-paths.js';
import { verifyText } from './verify-text.js';
import { zipWriter } from './zip-writer.js';

const PRINT = { printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true } as const;

/**
 * Writes the bundle of a case to `target.path`: a BagIt 1.0 bag (RFC 8493) as the README of this folder lays it out,
 * signed by both reviewers.
 *
 * It is written under another name beside the target, read back by `ports.accept`, and gets its own name when it is whole,
 * durable and accepted. When anything fails, or `ports.signal` is aborted, nothing is left; a report that cannot be printed ends it at the next file, and what fails meanwhile ends the printing.
 *
 * @throws CodedError `export.exists`, `export.disk-full`, `export.file-too-large`, `export.not-writable`, `export.cancelled`,
 * `export.left-behind` (what was not finished could not be removed), `export.not-encryptable`, `export.exhibit-changed` (a part is not what its hash says), `export.failed`.
 */
export async function exportBundle(input: BundleInput, target: BundleTarget, ports: BundlePorts): Promise<BundleResult> {
  let writer: BagWriter | null = null;
  try {
    stopIfCancelled(ports);
    if (target.form === 'folder' && target.passphrase !== undefined) throw new CodedError('export.not-encryptable', 'A folder cannot be encrypted. Export a ZIP instead.');
    const at = ports.clock.now();
    writer = target.form === 'zip' ? await zipWriter(target.path, { at, passphrase: target.passphrase, cipher: ports.cipher }) : await folderWriter(target.path);
    const result = await writeBag(input, writer, at, ports);
    stopIfCancelled(ports);
    await ports.accept(await writer.complete());
    stopIfCancelled(ports);
    await writer.finish();
    return result;
  } catch (error) {
    if (writer !== null && !(await writer.abandon())) throw leftBehind(error);
    throw exportFailure(error);
  }
}

/** Writes one file and keeps what the manifests need; `sha256` where it is known already. */
type Put = (path: string, bytes: Uint8Array, sha256?: string) => Promise<ListedFile>;

async function writeBag(input: BundleInput, writer: BagWriter, at: string, ports: BundlePorts): Promise<BundleResult> {
  const written: ListedFile[] = [];
  const total = input.exhibits.reduce((sum, exhibit) => sum + exhibit.parts.length, (input.selfTest === null ? 16 : 17) + 2 * (input.certificates.timeRoots?.length ?? 0));
  const put: Put = async (path, bytes, sha256 = hex(ports.sha256.of(bytes))) => {
    stopIfCancelled(ports);
    if (!isBagPath(path)) throw new CodedError('export.failed', 'A file of this case has a name that cannot go into a bundle.');
    await writer.add(path, bytes);
    const file = { path, sha256, size: bytes.length };
    written.push(file);
    ports.onProgress(stepOf(path), written.length, total);
    return file;
  };
  await putPayload(input, at, put, ports);
  const payload = [...written];
  await putTags(input, at, payload, put);
  const tagManifest = textBytes(manifestText(written.slice(payload.length)));
  const { sha256: tagManifestSha256 } = await put('tagmanifest-sha256.txt', tagManifest);
  const signatures = detachedSignature(tagManifest, input.signers, at, ports.sha256);
  await put(SIGNATURES, signatures);
  await putTimestamps(input, signatures, put, ports);
  return { tagManifestSha256, files: written.length, bytes: written.reduce((sum, file) => sum + file.size, 0) };
}

async function putTimestamps(input: BundleInput, signatures: Uint8Array, put: Put, ports: BundlePorts): Promise<void> {
  const roots = input.certificates.timeRoots ?? [];
  if (roots.length === 0 || ports.timestamps === undefined) return;
  ports.onProgress('Asking for a time stamp', 0, 0);
  for (const { name, token } of await ports.timestamps(ports.sha256.of(signatures))) {
    const place = roots.findIndex((each) => each.name === name);
    if (place >= 0) await put(timestampPath(place), token);
  }
}

async function putPayload(input: BundleInput, at: string, put: Put, ports: BundlePorts): Promise<void> {
  const files = new ExhibitFiles(input.exhibits, ports);
  const facts = reportFacts(input, at, await reportPreviews(input, files, ports), ports.sha256);
  const page = await reportHtml(facts);
  // Takes as long as everything else together, and another processor.
  const printing = beside((signal) => ports.printPdf(page, PRINT, facts.pictures.all, signal), ports);
  try {
    await putExhibits(files, put, printing);
    await putTables(input, facts, put, ports);
    await put('data/report.html', selfContained(page, facts.pictures.all));
    ports.onProgress('Printing the report', 0, 1);
    await put('data/report.pdf', await printing.result);
  } finally {
    // Where the copying failed, a long report would be printed for minutes more, and for nothing.
    printing.giveUp();
  }
}

async function putExhibits(files: ExhibitFiles, put: Put, printing: Pick<Beside<unknown>, 'stopIfFailed'>): Promise<void> {
  for await (const { path, bytes, sha256 } of files.all()) {
    printing.stopIfFailed();
    await put(path, bytes, sha256);
  }
}

async function putTables(input: BundleInput, facts: ReportFacts, put: Put, ports: BundlePorts): Promise<void> {
  await put('data/record.jsonl', textBytes(input.entries.map(recordLine).join('')));
  if (input.selfTest !== null) await put('data/self-test.json', canonicalBytes(input.selfTest));
  await put('data/visits.csv', textBytes(visitsCsv(facts)));
  await put('data/exhibits.csv', textBytes(exhibitsCsv(facts)));
  await put('data/withheld.csv', textBytes(withheldCsv(facts)));
  await put('data/case.jsonld', textBytes(caseJsonLd(facts, ports.sha256)));
}

/** One line of `record.jsonl`. */
function recordLine({ header, body, signatures }: Entry): string {
  return `${canonicalJson({ header: { ...header }, body: body === null ? null : { ...body }, signatures: signatures.map((signature) => ({ ...signature })) })}\n`;
}

async function putTags(input: BundleInput, at: string, payload: readonly ListedFile[], put: Put): Promise<void> {
  const { rootPem, reviewerPems, crlDer } = input.certificates;
  await put('bagit.txt', textBytes(BAG_DECLARATION));
  await put('bag-info.txt', textBytes(bagInfoText([
    ['Source-Organization', input.organisation],
    ['External-Identifier', input.caseReference],
    ['Bag-Group-Identifier', input.caseId],
    ['Bagging-Date', at.slice(0, 10)],
    ['Bag-Software-Agent', `Countersign ${input.versions.app}`],
    ['Recipient', input.recipient],
    ...(input.marking === undefined || input.marking === '' ? [] : [['Protective-Marking', input.marking] as const]),
  ], payload)));
  await put('manifest-sha256.txt', textBytes(manifestText(payload)));
  await put('certificates/root.pem', textBytes(oneFinalNewline(rootPem)));
  await put('certificates/reviewers.pem', textBytes(reviewerPems.map(oneFinalNewline).join('')));
  await put('certificates/crl.der', crlDer);
  const { timeRoots = [] } = input.certificates;
  for (const [place, each] of timeRoots.entries()) await put(timeRootPath(place), textBytes(oneFinalNewline(each.rootPem)));
  const rootFingerprint = fingerprintOf(rootPem);
  await put('VERIFY.txt', textBytes(verifyText({ caseReference: input.caseReference, at, signers: input.signers, rootFingerprint, rootWords: hashWords(rootFingerprint),
    timeAuthorities: timeRoots.map((each, place) => ({ name: each.name, rootFingerprint: fingerprintOf(each.rootPem), root: timeRootPath(place), token: timestampPath(place) })),
  })));
}

/** SHA-256 of a PEM certificate's DER, in hexadecimal. */
export function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
}

function oneFinalNewline(pem: string): string {
  return `${pem.replace(/\r\n/g, '\n').trim()}\n`;
}

function stepOf(path: string): string {
  if (path.startsWith('data/exhibits/')) return 'Copying the exhibits';
  if (path.startsWith('data/')) return 'Writing the record and the report';
  return path.startsWith('signatures/') ? 'Signing' : 'Listing the files';
}
