import { hex } from '../record/bytes.js';
import { CodedError } from '../record/coded-error.js';
import { hashWords } from '../record/words.js';
import type { Sha256 } from '../record/ports.js';
import { checkInfo, readBag, type Bag } from './bag-checks.js';
import { CheckpointCheck } from './check-checkpoints.js';
import { CountCheck } from './check-counts.js';
import { ExhibitCheck, type FoundFile } from './check-exhibits.js';
import { FrameCheck } from './check-frame.js';
import { DisclosureCheck, HaltCheck } from './check-halt.js';
import { LockCheck } from './check-lock.js';
import { EntrySignatureCheck } from './check-signatures.js';
import { VisitCheck } from './check-visits.js';
import { RECORD } from './entries.js';
import { RecordWalk } from './record-walk.js';
import { Findings, type ReportCounts, type SignerFact, type TimeFact, type VerifyReport } from './report.js';
import { checkSignatures, type SignatureFacts, type Trust } from './signature-checks.js';
import type { BundleSource } from './source.js';
import { TimestampCheck } from './timestamp-checks.js';
import { sentenceOf, verdictOf } from './verdict.js';

/** What a verification needs of the outside. `now` is the reader's clock (UTC, RFC 3339 with milliseconds). */
export interface VerifyPorts {
  readonly sha256: Sha256;
  readonly subtle: SubtleCrypto;
  readonly now: string;
  readonly onProgress?: ((bytes: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks a bundle, each file read once. Nothing inside it is trusted, least of all a key: without `trust`, the best verdict
 * is that it is unchanged since it was signed, but not by whom.
 *
 * @returns the findings; a changed bundle is a report, not an error.
 * @throws CodedError `bundle.*` when `source` cannot be read, `verify.cancelled` when `ports.signal` was aborted.
 */
export async function verifyBundle(source: BundleSource, trust: Trust, ports: VerifyPorts): Promise<VerifyReport> {
  const findings = new Findings();
  const bag = await readBag(source, ports.sha256, findings);
  const file = (path: string): Uint8Array<ArrayBuffer> | null => bag.files.get(path) ?? null;
  const signatures = await checkSignatures({
    root: file('certificates/root.pem'), reviewers: file('certificates/reviewers.pem'), crl: file('certificates/crl.der'), cms: file('signatures/tagmanifest.p7s'), tagManifest: bag.tagManifestSha256,
  }, trust, ports, findings);
  const checks = recordChecks(signatures, trust, ports, findings);
  const found = await readPayload(source, bag, checks, ports, findings);
  await checks.walk.finish();
  checks.exhibits.settle(found);
  checks.counts.settle(new Set([...found.keys()].filter((path) => path.startsWith('data/exhibits/')).map((path) => path.split('/')[2])).size, checks.walk.totals);
  checkInfo(bag.files.get('bag-info.txt'), { files: found.size, bytes: [...found.values()].reduce((sum, each) => sum + each.size, 0) }, findings);
  const times = await checks.times.settle({ file, cms: file('signatures/tagmanifest.p7s'), signedAt: signatures.signedAt });
  return report(bag, signatures, checks, times, findings);
}

interface Checks {
  readonly walk: RecordWalk;
  readonly frame: FrameCheck;
  readonly entrySignatures: EntrySignatureCheck;
  readonly exhibits: ExhibitCheck;
  readonly visits: VisitCheck;
  readonly counts: CountCheck;
  readonly times: TimestampCheck;
}

function recordChecks(signatures: SignatureFacts, trust: Trust, ports: VerifyPorts, findings: Findings): Checks {
  const frame = new FrameCheck(signatures, findings);
  const entrySignatures = new EntrySignatureCheck(signatures, frame, ports.subtle, findings);
  const exhibits = new ExhibitCheck(frame, findings);
  const visits = new VisitCheck(findings);
  const counts = new CountCheck(exhibits, findings);
  const times = new TimestampCheck(trust.tsaRoots ?? [], ports, findings);
  const all = [frame, entrySignatures, new CheckpointCheck(findings), exhibits, new HaltCheck(findings), new DisclosureCheck(findings), new LockCheck(findings), visits, counts, times];
  return { walk: new RecordWalk(all, ports.sha256, findings), frame, entrySignatures, exhibits, visits, counts, times };
}

/** Hashes every file of the payload; the record goes through the walk on the way. */
async function readPayload(source: BundleSource, bag: Bag, checks: Checks, ports: VerifyPorts, findings: Findings): Promise<Map<string, FoundFile>> {
  const paths = [...bag.sizes.keys()].filter((path) => path.startsWith('data/'));
  const total = paths.reduce((sum, path) => sum + (bag.sizes.get(path) ?? 0), 0);
  const found = new Map<string, FoundFile>();
  let done = 0;
  for (const path of paths) {
    const hash = ports.sha256.start();
    const stated = bag.sizes.get(path) ?? 0;
    let size = 0;
    for await (const piece of source.read(path)) {
      if (ports.signal?.aborted === true) throw new CodedError('verify.cancelled', 'You stopped the check. It says nothing about the bundle.');
      hash.update(piece);
      size += piece.length;
      if (size > stated) throw new CodedError('bundle.damaged', 'A file changed while it was being read.', { where: path });
      if (path === RECORD) {
        checks.walk.push(piece);
        await checks.entrySignatures.drain();
        await checks.times.drain();
      }
      ports.onProgress?.(done + size, total);
    }
    done += size;
    const sha256 = hex(hash.digest());
    found.set(path, { size, sha256 });
    const listed = bag.payload.get(path);
    if (listed !== undefined && listed !== sha256) findings.fail('bag.payload-digests', 'A file was changed.', path);
  }
  if (bag.payload.size > 0) findings.pass('bag.payload-digests', `${found.size} files match.`);
  return found;
}

function report(bag: Bag, signatures: SignatureFacts, checks: Checks, times: readonly TimeFact[], findings: Findings): VerifyReport {
  const results = findings.results();
  const { root, signedAt } = signatures;
  const counts: ReportCounts = {
    files: bag.sizes.size, bytes: [...bag.sizes.values()].reduce((sum, size) => sum + size, 0), entries: checks.walk.totals.entries, exhibits: checks.exhibits.captures.size,
    visits: checks.visits.visits, withheld: checks.walk.totals.withheld, quarantined: checks.exhibits.quarantined.size,
  };
  const signers = signatures.signers.map((certificate): SignerFact => {
    const person = [...checks.frame.people.values()].find((each) => each.certificate === certificate.fingerprint);
    return { name: certificate.name, position: certificate.title === '' ? (person?.position ?? '') : certificate.title, organisation: certificate.organisation, certificate: certificate.fingerprint };
  });
  const verdict = verdictOf(results);
  return {
    verdict, sentence: sentenceOf(verdict, results, { counts, signers, signedAt }),
    case: { id: checks.frame.caseId, reference: checks.frame.reference, organisation: checks.frame.organisation },
    signers, root: root === null ? null : { fingerprint: root.fingerprint, words: hashWords(root.fingerprint) },
    signedAt, times, tagManifestSha256: bag.tagManifestSha256, counts, checks: results,
  };
}
