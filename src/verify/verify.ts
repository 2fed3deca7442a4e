import { hashWords } from '../record/words.js';
import type { Sha256 } from '../record/ports.js';
import { checkInfo, readBag, SELF_TEST, type Bag } from './bag-checks.js';
import { CheckpointCheck } from './check-checkpoints.js';
import { CountCheck } from './check-counts.js';
import { ExhibitCheck } from './check-exhibits.js';
import { FrameCheck } from './check-frame.js';
import { DisclosureCheck, HaltCheck } from './check-halt.js';
import { LockCheck } from './check-lock.js';
import { SelfTestCheck } from './check-self-test.js';
import { EntrySignatureCheck } from './check-signatures.js';
import { ReferenceCheck } from './check-references.js';
import { VisitCheck } from './check-visits.js';
import { WithheldCheck } from './check-withheld.js';
import { readPayload } from './payload.js';
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
  /** SHA-256 of a whole file, where that is quicker than {@link sha256} piece by piece: in a page, whose own is not to be had in pieces. */
  readonly sha256Whole?: ((bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>) | undefined;
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
  const found = await readPayload(source, bag, ports, findings, async (piece) => {
    checks.walk.push(piece);
    await checks.entrySignatures.drain();
    await checks.times.drain();
  });
  await source.settle?.();
  await checks.walk.finish();
  checks.exhibits.settle(found);
  checks.counts.settle(new Set([...found.keys()].filter((path) => path.startsWith('data/exhibits/')).map((path) => path.split('/')[2])).size, checks.walk.totals);
  const selfTest = found.get(SELF_TEST);
  checks.selfTest.settle(selfTest === undefined ? null : { bytes: bag.files.get(SELF_TEST) ?? new Uint8Array(), sha256: selfTest.sha256 });
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
  readonly selfTest: SelfTestCheck;
  readonly times: TimestampCheck;
}

function recordChecks(signatures: SignatureFacts, trust: Trust, ports: VerifyPorts, findings: Findings): Checks {
  const frame = new FrameCheck(signatures, findings);
  const entrySignatures = new EntrySignatureCheck(signatures, frame, ports.subtle, findings);
  const exhibits = new ExhibitCheck(frame, findings);
  const visits = new VisitCheck(findings);
  const counts = new CountCheck(exhibits, findings);
  const selfTest = new SelfTestCheck(findings);
  const times = new TimestampCheck(trust.tsaRoots ?? [], ports, findings);
  const all = [frame, entrySignatures, new CheckpointCheck(findings), exhibits, new HaltCheck(findings), new DisclosureCheck(findings), new LockCheck(findings), new WithheldCheck(findings), new ReferenceCheck(findings), visits, counts, selfTest, times];
  return { walk: new RecordWalk(all, ports.sha256, findings), frame, entrySignatures, exhibits, visits, counts, selfTest, times };
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
  // In the order in which the case names them; the signature file has an order of its own.
  const named = [...checks.frame.people.values()].map(({ certificate }) => certificate);
  signers.sort((one, other) => named.indexOf(one.certificate) - named.indexOf(other.certificate));
  const verdict = verdictOf(results);
  return {
    verdict, sentence: sentenceOf(verdict, results, { counts, signers, signedAt }),
    case: { id: checks.frame.caseId, reference: checks.frame.reference, organisation: checks.frame.organisation },
    signers, root: root === null ? null : { fingerprint: root.fingerprint, words: hashWords(root.fingerprint) },
    signedAt, times, tagManifestSha256: bag.tagManifestSha256, counts, checks: results,
  };
}
