import { hex } from '../record/bytes.js';
import { hashWords } from '../record/words.js';
import type { Sha256 } from '../record/ports.js';
import {
  isSignedBy, KEY_USAGE, pemCertificates, readCertificate, readRevocations, RSA_SHA256, type KnownCertificate,
} from './certificates.js';
import { cmsBytes, sameBytes, signedBytes } from './cms-form.js';
import { parseCms, signingInstant, type CmsSigner } from './cms-parse.js';
import { inWords } from './plain-words.js';
import type { Findings } from './report.js';

/** What the reader knows from outside the bundle: of the root any of the three or nothing, and whose time stamps to trust. */
export interface Trust {
  /** SHA-256 of the root certificate's DER, in hexadecimal; spaces, colons and capitals do not matter. */
  readonly rootFingerprint?: string | undefined;
  readonly rootPem?: string | undefined;
  /** The eight words of the fingerprint. */
  readonly rootWords?: readonly string[] | undefined;
  /** What was given is the root of the computer that checks, and nobody typed it. */
  readonly ownRoot?: true | undefined;
  /** Roots of time stamping authorities that the reader trusts: fingerprints or PEM texts. */
  readonly tsaRoots?: readonly string[] | undefined;
}

/** Bytes of the files that the signature checks read; null where a file is missing. */
export interface SignatureFiles {
  readonly root: Uint8Array<ArrayBuffer> | null;
  readonly reviewers: Uint8Array<ArrayBuffer> | null;
  readonly crl: Uint8Array<ArrayBuffer> | null;
  readonly cms: Uint8Array<ArrayBuffer> | null;
  /** SHA-256 of the tag manifest, in hexadecimal. */
  readonly tagManifest: string | null;
}

/** Ports of the signature checks. `now` is the reader's clock (UTC). */
export interface SignaturePorts {
  readonly sha256: Sha256;
  readonly subtle: SubtleCrypto;
  readonly now: string;
}

/** What the later checks need of the certificates and signatures. */
export interface SignatureFacts {
  readonly root: KnownCertificate | null;
  readonly reviewers: readonly KnownCertificate[];
  readonly signers: readonly KnownCertificate[];
  readonly signedAt: string | null;
  /** Serial number to the instant of withdrawal, as the root's own list has it; empty where there is no such list. */
  readonly revoked: ReadonlyMap<string, string>;
}

interface Signed {
  readonly signer: CmsSigner;
  readonly certificate: KnownCertificate | null;
  readonly at: string | null;
}

/** Certificates, CMS and trust: the checks `certificates.*`, `signature.*` and `trust.root`. */
export async function checkSignatures(files: SignatureFiles, trust: Trust, ports: SignaturePorts, findings: Findings): Promise<SignatureFacts> {
  const { root, reviewers } = await readCertificates(files, ports, findings);
  if (root !== null) {
    await checkChain(root, reviewers, ports, findings);
    checkUsage(root, reviewers, findings);
  }
  const signed = await checkCms(files, reviewers, ports, findings);
  const signers = signed.flatMap((each) => (each.certificate === null ? [] : [each.certificate]));
  const revoked = root === null ? new Map<string, string>() : await checkRevocations(files.crl, root, signed, ports, findings);
  checkTrust(root, trust, ports, findings);
  const times = signed.flatMap((each) => (each.at === null ? [] : [each.at])).sort();
  return { root, reviewers, signers, signedAt: times.at(-1) ?? null, revoked };
}

async function readCertificates(files: SignatureFiles, ports: SignaturePorts, findings: Findings): Promise<{ root: KnownCertificate | null; reviewers: KnownCertificate[] }> {
  const rootDer = files.root === null ? null : pemCertificates(files.root);
  const reviewerDer = files.reviewers === null ? null : pemCertificates(files.reviewers);
  const root = rootDer?.length === 1 && rootDer[0] !== undefined ? await readCertificate(rootDer[0], ports) : null;
  if (root === null) findings.fail('certificates.files', 'The root certificate cannot be read, or it has a key that is too weak.', 'certificates/root.pem');
  const reviewers: KnownCertificate[] = [];
  if (reviewerDer === null || reviewerDer.length < 2 || reviewerDer.length > 100) findings.fail('certificates.files', 'The reviewers’ certificates cannot be read.', 'certificates/reviewers.pem');
  else {
    for (const der of reviewerDer) {
      const certificate = await readCertificate(der, ports);
      if (certificate === null) findings.fail('certificates.files', 'A reviewer’s certificate cannot be read, or it has a key that is too weak.', 'certificates/reviewers.pem');
      else reviewers.push(certificate);
    }
  }
  if (new Set(reviewers.map((each) => each.publicKey)).size !== reviewers.length) findings.fail('certificates.files', 'Two certificates have the same key.', 'certificates/reviewers.pem');
  findings.pass('certificates.files', `${reviewers.length} reviewers and their root.`);
  return { root, reviewers };
}

async function checkChain(root: KnownCertificate, reviewers: readonly KnownCertificate[], ports: SignaturePorts, findings: Findings): Promise<void> {
  if (root.issuer !== root.subject || !(await isSignedBy(root, root, ports.subtle))) findings.fail('certificates.chain', 'The root certificate was not made by itself.', 'certificates/root.pem');
  for (const each of reviewers) {
    const holds = each.issuer === root.subject && (await isSignedBy(each, root, ports.subtle));
    if (!holds) findings.fail('certificates.chain', `The certificate of ${each.name} was not made by this bundle’s root.`, 'certificates/reviewers.pem');
    if (each.publicKey === root.publicKey) findings.fail('certificates.chain', `${each.name} has the root’s own key.`, 'certificates/reviewers.pem');
  }
  if (reviewers.length > 0) findings.pass('certificates.chain', 'The root vouches for every reviewer’s certificate.');
}

function checkUsage(root: KnownCertificate, reviewers: readonly KnownCertificate[], findings: Findings): void {
  if (!root.isCa || root.usage?.has(KEY_USAGE.keyCertSign) === false) findings.fail('certificates.usage', 'The root certificate may not vouch for others.', 'certificates/root.pem');
  for (const each of reviewers) {
    const signs = each.usage !== null && (each.usage.has(KEY_USAGE.digitalSignature) || each.usage.has(KEY_USAGE.nonRepudiation));
    if (!signs || each.isCa) findings.fail('certificates.usage', `The certificate of ${each.name} is not meant for signing.`, 'certificates/reviewers.pem');
  }
  for (const each of [root, ...reviewers]) {
    if (each.unknownCritical !== null) findings.fail('certificates.usage', `A certificate has a condition (${each.unknownCritical}) that is not known here.`);
  }
  findings.pass('certificates.usage', 'The root vouches, the reviewers sign.');
}

async function checkCms(files: SignatureFiles, reviewers: readonly KnownCertificate[], ports: SignaturePorts, findings: Findings): Promise<Signed[]> {
  const where = 'signatures/tagmanifest.p7s';
  const cms = files.cms === null ? null : parseCms(files.cms);
  if (cms === null || files.cms === null) {
    findings.fail('signature.encoding', 'The signature file is missing or cannot be read.', where);
    return [];
  }
  const byName = (signer: CmsSigner): KnownCertificate | null => reviewers.find((each) => each.issuer === signer.issuer && each.serial === signer.serial) ?? null;
  const signed = cms.signers.map((signer) => ({ signer, certificate: byName(signer), at: signingInstant(signer.timeTag, signer.timeText) }));
  if (!sameBytes(cmsBytes(cms.certificates, cms.signers), files.cms)) findings.fail('signature.encoding', 'The signature file has bytes that a signature does not need.', where);
  findings.pass('signature.encoding', 'Built anew from what was read of it, the file is the same, byte for byte.');
  checkSigners(signed, cms.certificates.map((der) => hex(ports.sha256.of(der))), findings, where);
  for (const each of signed) {
    if (each.signer.messageDigest !== files.tagManifest) findings.fail('signature.content', 'A signature is over another list of files than the one that is here.', where);
    await checkValue(each, ports, findings, where);
    checkTime(each, ports.now, findings, where);
  }
  if (signed.length > 0) {
    findings.pass('signature.content', 'Both signatures are over tagmanifest-sha256.txt as it is here.');
    findings.pass('signature.values', 'RSASSA-PKCS1-v1_5 with SHA-256, over the signed attributes.');
    findings.pass('signature.time', `Signed on ${[...new Set(signed.flatMap((each) => (each.at === null ? [] : [inWords(each.at)])))].join(' and ')}, by the clock of the computer that signed.`);
  }
  return signed;
}

function checkSigners(signed: readonly Signed[], carried: readonly string[], findings: Findings, where: string): void {
  const [first, second] = signed;
  if (first === undefined || second === undefined || signed.length !== 2) {
    findings.fail('signature.signers', `There should be two signatures. There ${signed.length === 1 ? 'is one' : `are ${signed.length}`}.`, where);
    return;
  }
  if (first.certificate === null || second.certificate === null) findings.fail('signature.signers', 'Somebody signed whose certificate is not among the reviewers’.', where);
  else {
    const sameName = first.certificate.name.normalize('NFKC').toLowerCase() === second.certificate.name.normalize('NFKC').toLowerCase();
    if (first.certificate.publicKey === second.certificate.publicKey || sameName) findings.fail('signature.signers', 'One person signed twice.', where);
    const expected = [first.certificate.fingerprint, second.certificate.fingerprint].sort();
    if (carried.length !== 2 || [...carried].sort().join() !== expected.join()) findings.fail('signature.signers', 'The signature file carries other certificates than those of its two signers.', where);
    findings.pass('signature.signers', `${first.certificate.name} and ${second.certificate.name}, with two different keys.`);
  }
}

async function checkValue({ signer, certificate }: Signed, ports: SignaturePorts, findings: Findings, where: string): Promise<void> {
  if (certificate === null) {
    findings.fail('signature.values', 'A signature cannot be checked, because its certificate is not here.', where);
  } else if (!(await ports.subtle.verify(RSA_SHA256, certificate.key, signer.signature, signedBytes(signer)))) {
    findings.fail('signature.values', `The signature of ${certificate.name} does not hold.`, where);
  }
}

function checkTime({ certificate, at }: Signed, now: string, findings: Findings, where: string): void {
  if (at === null) findings.fail('signature.time', 'A signature does not say when it was made.', where);
  else if (certificate !== null && (at < certificate.notBefore || at > certificate.notAfter)) {
    findings.fail('signature.time', `${certificate.name} signed at a time (${at}) when their certificate was not valid.`, where);
  } else if (at > now) findings.note('signature.time', `The time of signing (${at}) lies in the future of this computer’s clock.`, where);
}

async function checkRevocations(der: Uint8Array<ArrayBuffer> | null, root: KnownCertificate, signed: readonly Signed[], ports: SignaturePorts, findings: Findings): Promise<ReadonlyMap<string, string>> {
  const where = 'certificates/crl.der';
  const list = der === null ? null : readRevocations(der);
  if (list === null) {
    findings.fail('certificates.crl', 'The list of withdrawn certificates cannot be read.', where);
    return new Map();
  }
  const isRoots = list.issuer === root.subject && (await isSignedBy(list, root, ports.subtle));
  if (!isRoots) findings.fail('certificates.crl', 'The list of withdrawn certificates was not made by this bundle’s root.', where);
  for (const { signer, certificate, at } of signed) {
    if (list.thisUpdate > (at ?? ports.now)) findings.fail('certificates.crl', 'The list of withdrawn certificates is younger than the signatures that cover it.', where);
    const revokedAt = list.revoked.get(signer.serial);
    if (revokedAt === undefined) continue;
    if (at === null || revokedAt <= at) findings.fail('certificates.crl', `The certificate of ${certificate?.name ?? 'a signer'} had been withdrawn before they signed.`, where);
    else findings.note('certificates.crl', `The certificate of ${certificate?.name ?? 'a signer'} was withdrawn after they signed.`, where);
  }
  findings.pass('certificates.crl', `The list, as it was on ${inWords(list.thisUpdate)}, names no signer.`);
  return isRoots ? list.revoked : new Map();
}

function checkTrust(root: KnownCertificate | null, trust: Trust, ports: SignaturePorts, findings: Findings): void {
  if (root === null) return;
  const mismatch = 'The root in this bundle is not the one you gave. Whoever made these signatures was not vouched for by that school.';
  let given = 0;
  if (trust.rootFingerprint !== undefined) {
    given += 1;
    if (trust.rootFingerprint.replace(/[\s:]/g, '').toLowerCase() !== root.fingerprint) findings.fail('trust.root', mismatch, 'certificates/root.pem');
  }
  if (trust.rootPem !== undefined) {
    given += 1;
    const [der, ...more] = pemCertificates(new TextEncoder().encode(`${trust.rootPem.trim()}\n`)) ?? [];
    if (der === undefined || more.length > 0 || hex(ports.sha256.of(der)) !== root.fingerprint) findings.fail('trust.root', mismatch, 'certificates/root.pem');
  }
  if (trust.rootWords !== undefined) {
    given += 1;
    const said = trust.rootWords.map((word) => word.trim().toLowerCase()).filter((word) => word !== '').join(' ');
    if (said !== hashWords(root.fingerprint).join(' ')) findings.fail('trust.root', mismatch, 'certificates/root.pem');
  }
  if (given === 0) findings.note('trust.root', 'Nothing outside the bundle was given to compare it with. Compare its words or its fingerprint with the printed enrolment sheet.', 'certificates/root.pem');
  else findings.pass('trust.root', trust.ownRoot === true ? 'The root is that of this computer’s own installation.' : 'The root is the one you gave.');
}
