import { canonicalBytes, canonicalJson } from '../record/canonical-json.js';
import { hex } from '../record/bytes.js';
import { hashWords } from '../record/words.js';
import type { Entry } from '../record/entry.js';
import { CodedError } from '../record/coded-error.js';
import { X509Certificate } from 'node:crypto';
import { BAG_DECLARATION, bagInfoText, isBagPath, manifestText, textBytes, type ListedFile } from './bag.js';
import type { BundleExhibit, BundleInput, BundlePart, BundlePorts, BundleResult, BundleTarget } from './bundle-input.js';
import { caseJsonLd } from './case-jsonld.js';
import { detachedSignature } from './cms.js';
import { cancelled, exportFailure } from './failures.js';
import { folderWriter } from './folder-writer.js';
import { previewOf, type Preview } from './preview.js';
import { reportFacts } from './report/facts.js';
import { reportHtml } from './report/report.js';
import { exhibitsCsv, visitsCsv, withheldCsv } from './tables.js';
import type { BagWriter } from './target.js';
import { SIGNATURES, timeRootPath, timestampPath } from './timestamp-paths.js';
import { verifyText } from './verify-text.js';
import { zipWriter } from './zip-writer.js';

/** Characters that all pictures of a report may have together, but for the first piece of each: a report must open on any computer. */
const PICTURE_ROOM = 32 * 2 ** 20;

/** Bytes of two parts that may be in memory together. */
const TOGETHER = 96 * 2 ** 20;

const PRINT = { printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true } as const;

/**
 * Writes the bundle of a case to `target.path`: a BagIt 1.0 bag (RFC 8493) as the README of this folder lays it out,
 * signed by both reviewers.
 *
 * It is written under another name beside the target, read back by `ports.accept`, and gets its own name when it is whole,
 * durable and accepted. When anything fails, or `ports.signal` is aborted, nothing is left.
 *
 * @throws CodedError `export.exists`, `export.disk-full`, `export.file-too-large`, `export.not-writable`, `export.cancelled`,
 * `export.not-encryptable`, `export.exhibit-changed` (a part is not what its hash says), `export.failed`.
 */
export async function exportBundle(input: BundleInput, target: BundleTarget, ports: BundlePorts): Promise<BundleResult> {
  let writer: BagWriter | null = null;
  try {
    stopIfCancelled(ports);
    if (target.form === 'folder' && target.passphrase !== undefined) throw new CodedError('export.not-encryptable', 'A folder cannot be encrypted. Export a ZIP instead.');
    const at = ports.clock.now();
    writer = target.form === 'zip' ? await zipWriter(target.path, { at, passphrase: target.passphrase }) : await folderWriter(target.path);
    const result = await writeBag(input, writer, at, ports);
    stopIfCancelled(ports);
    await ports.accept(await writer.complete());
    stopIfCancelled(ports);
    await writer.finish();
    return result;
  } catch (error) {
    await writer?.abandon();
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
  const previews = await putExhibits(input.exhibits, put, ports);
  await put('data/record.jsonl', textBytes(input.entries.map(recordLine).join('')));
  if (input.selfTest !== null) await put('data/self-test.json', canonicalBytes(input.selfTest));
  const facts = reportFacts(input, at, previews, ports.sha256);
  await put('data/visits.csv', textBytes(visitsCsv(facts)));
  await put('data/exhibits.csv', textBytes(exhibitsCsv(facts)));
  await put('data/withheld.csv', textBytes(withheldCsv(facts)));
  await put('data/case.jsonld', textBytes(caseJsonLd(facts, ports.sha256)));
  const html = await reportHtml(facts);
  await put('data/report.html', textBytes(html));
  ports.onProgress('Printing the report', 0, 1);
  await put('data/report.pdf', await unlessCancelled(ports.printPdf(html, PRINT), ports));
}

/** One line of `record.jsonl`. */
function recordLine({ header, body, signatures }: Entry): string {
  return `${canonicalJson({ header: { ...header }, body: body === null ? null : { ...body }, signatures: signatures.map((signature) => ({ ...signature })) })}\n`;
}

/** Writes every part of every exhibit: while one is written, the next is read and a picture is made smaller. */
async function putExhibits(exhibits: readonly BundleExhibit[], put: Put, ports: BundlePorts): Promise<Map<string, Preview>> {
  const previews = new Map<string, Preview>();
  const parts = exhibits.flatMap(({ reference, picture: shown = 'page.png', parts: all }) => all.map((part) => ({ reference, part, shown: part.name === shown })));
  const read = (at: number): Promise<Uint8Array> | null => {
    const next = parts[at];
    const reading = next === undefined ? null : readPart(next.reference, next.part, ports);
    // Told of when its turn comes, if it comes.
    reading?.catch(() => undefined);
    return reading;
  };
  let next = read(0);
  /** Two at a time: each is the work of one processor and holds its picture. */
  let [older, newer]: [Promise<void>, Promise<void>] = [Promise.resolve(), Promise.resolve()];
  for (const [at, { reference, part, shown }] of parts.entries()) {
    stopIfCancelled(ports);
    const bytes = await (next ?? read(at));
    if (bytes === null) break;
    // Two large parts at once are too much memory.
    next = bytes.length + (parts[at + 1]?.part.size ?? 0) <= TOGETHER ? read(at + 1) : null;
    if (shown) {
      await older;
      [older, newer] = [newer, addPreview(previews, reference, bytes)];
    }
    await put(`data/exhibits/${reference.replace('/', '-')}/${part.name}`, bytes, part.sha256);
  }
  await older;
  await newer;
  return previews;
}

/** Never fails. */
async function addPreview(previews: Map<string, Preview>, reference: string, png: Uint8Array): Promise<void> {
  const used = [...previews.values()].flatMap((each) => each.pieces).reduce((sum, each) => sum + each.dataUri.length, 0);
  const preview = await previewOf(png, PICTURE_ROOM - used);
  if (preview !== null) previews.set(reference, preview);
}

async function readPart(reference: string, part: BundlePart, ports: BundlePorts): Promise<Uint8Array> {
  stopIfCancelled(ports);
  const bytes = await part.read();
  if (bytes.length !== part.size || hex(ports.sha256.of(bytes)) !== part.sha256) {
    throw new CodedError('export.exhibit-changed', `A part of exhibit ${reference} is not as it was captured. No bundle was made. Keep this computer as it is and ask for help.`);
  }
  return bytes;
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

/** What `work` gives, or the cancellation as soon as it comes: a long report takes minutes to print, and nobody waits for what they gave up. */
async function unlessCancelled<T>(work: Promise<T>, { signal }: BundlePorts): Promise<T> {
  if (signal === undefined) return work;
  work.catch(() => undefined);
  if (signal.aborted) throw cancelled();
  const stop = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => { reject(cancelled()); }, { once: true, signal: stop.signal });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    stop.abort();
  }
}

function stopIfCancelled(ports: BundlePorts): void {
  if (ports.signal?.aborted === true) throw cancelled();
}
