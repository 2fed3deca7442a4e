import { createHash, createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { hex } from '../record/bytes.js';
import type { Random } from '../record/ports.js';
import { binary, der, integer, octets, octetString, oid, sequence, SHA256_WITH_RSA, signatureAlgorithm, signedSequence, time, toBeSigned, wholeSecond } from './asn1.js';

/** `title` of X.520. */
const TITLE = '2.5.4.12';
/**
 * `subjectAltPublicKeyInfo` (ITU-T X.509 section 9.8): another public key of the same subject, as a
 * SubjectPublicKeyInfo; here the X25519 key of RFC 8410. Not critical.
 */
export const SECOND_KEY_EXTENSION = '2.5.29.72';

const VALID_YEARS = 20;
/** Upper bound of names in X.520; the certificate's O holds so much of a longer organisation. */
const LONGEST_NAME = 64;

/** Distinguished name of a certificate of ours. */
export interface Subject {
  readonly commonName: string;
  readonly title?: string;
  readonly organisation: string;
}

/** SHA-256 of a certificate's DER, in hexadecimal. */
export function fingerprint(pem: string): string {
  return hex(createHash('sha256').update(new X509Certificate(pem).raw).digest());
}

/** A self-signed root: CA, path length 0, key usage keyCertSign and cRLSign, valid for 20 years from `now`. PEM. */
export function issueRoot(organisation: string, keys: { publicKey: KeyObject; privateKey: KeyObject }, now: string, random: Random): string {
  const certificate = forge.pki.createCertificate();
  const name = nameOf({ commonName: 'Countersign installation root', organisation });
  const notBefore = wholeSecond(now);
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + VALID_YEARS);
  fill(certificate, { serial: serialNumber(random), subject: name, issuer: name, notBefore, notAfter, publicKey: keys.publicKey });
  const id = keyIdentifier(keys.publicKey);
  setExtensions(certificate, [
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    extension('2.5.29.14', octets(id)),
  ]);
  return signed(certificate, keys.privateKey);
}

/**
 * A reviewer's certificate: key usage digitalSignature and nonRepudiation, valid as long as the root. `agreementKey`
 * is the reviewer's X25519 public key, which the certificate binds. PEM.
 */
export function issueReviewer(
  subject: Subject,
  keys: { readonly signing: KeyObject; readonly agreement: KeyObject },
  root: { readonly pem: string; readonly privateKey: KeyObject },
  now: string,
  random: Random,
): string {
  const rootCertificate = forge.pki.certificateFromPem(root.pem);
  const certificate = forge.pki.createCertificate();
  fill(certificate, {
    serial: serialNumber(random),
    subject: nameOf(subject),
    issuer: rootCertificate.subject.attributes,
    notBefore: wholeSecond(now),
    notAfter: rootCertificate.validity.notAfter,
    publicKey: keys.signing,
  });
  setExtensions(certificate, [
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, nonRepudiation: true },
    extension('2.5.29.14', octets(keyIdentifier(keys.signing))),
    extension('2.5.29.35', authorityKeyIdentifier(root.pem)),
    extension(SECOND_KEY_EXTENSION, binary(keys.agreement.export({ type: 'spki', format: 'der' }))),
  ]);
  return signed(certificate, root.privateKey);
}

/**
 * The X25519 public key (32 bytes) that a reviewer's certificate binds, once the certificate is shown to be issued by
 * the root; null when it is not, or binds none.
 */
export function agreementKeyOf(pem: string, rootPem: string): Buffer | null {
  try {
    const certificate = new X509Certificate(pem);
    const root = new X509Certificate(rootPem);
    if (!certificate.checkIssued(root) || !certificate.verify(root.publicKey)) return null;
    const found = forge.pki.certificateFromPem(pem).getExtension({ id: SECOND_KEY_EXTENSION } as never) as { value?: unknown } | null | undefined;
    if (typeof found?.value !== 'string') return null;
    const key = createPublicKey({ key: Buffer.from(found.value, 'latin1'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'x25519' ? rawAgreementKey(key) : null;
  } catch {
    return null;
  }
}

/** The 32 bytes of an X25519 public key. */
export function rawAgreementKey(key: KeyObject): Buffer {
  const { x } = key.export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url');
}

/** Whether `pem` is a root of ours: signed by itself, for issuing. */
export function isRoot(pem: string): boolean {
  try {
    const root = new X509Certificate(pem);
    return root.ca && root.checkIssued(root) && root.verify(root.publicKey);
  } catch {
    return false;
  }
}

/** A reviewer who was removed, and when. */
export interface Revocation {
  readonly pem: string;
  readonly at: string;
}

/** A version 2 CRL of the root (RFC 5280 section 5), in DER; empty while nobody was removed. */
export function issueCrl(root: { readonly pem: string; readonly privateKey: KeyObject }, revoked: readonly Revocation[], now: string, number: number): Uint8Array {
  const { asn1 } = forge;
  const certificate = forge.pki.certificateFromPem(root.pem);
  const entries = revoked.map(({ pem, at }) => sequence([integer(forge.util.hexToBytes(new X509Certificate(pem).serialNumber)), time(wholeSecond(at))]));
  const extensions = sequence([
    sequence([oid('2.5.29.35'), octetString(der(authorityKeyIdentifierAsn1(root.pem)))]),
    sequence([oid('2.5.29.20'), octetString(der(integer(asn1.integerToDer(number).getBytes())))]),
  ]);
  const list = sequence([
    integer(asn1.integerToDer(1).getBytes()),
    signatureAlgorithm(),
    forge.pki.distinguishedNameToAsn1(certificate.subject),
    time(wholeSecond(now)),
    time(certificate.validity.notAfter),
    ...(entries.length === 0 ? [] : [sequence(entries)]),
    asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, true, [extensions]),
  ]);
  return Buffer.from(der(signedSequence(list, root.privateKey)), 'latin1');
}

/** Whether the certificate's key made `signature` over `bytes`. */
export function verifyWith(pem: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verify('sha256', bytes, new X509Certificate(pem).publicKey, signature);
}

interface Content {
  readonly serial: string;
  readonly subject: forge.pki.CertificateField[];
  readonly issuer: forge.pki.CertificateField[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
}

function fill(certificate: forge.pki.Certificate, content: Content): void {
  certificate.serialNumber = content.serial;
  certificate.publicKey = forge.pki.publicKeyFromPem(content.publicKey.export({ type: 'spki', format: 'pem' }) as string);
  certificate.validity.notBefore = content.notBefore;
  certificate.validity.notAfter = content.notAfter;
  certificate.setSubject(content.subject);
  certificate.setIssuer(content.issuer);
}

function setExtensions(certificate: forge.pki.Certificate, extensions: readonly object[]): void {
  certificate.setExtensions([...extensions]);
}

/** An extension whose value is DER already. */
function extension(id: string, value: string): object {
  return { id, critical: false, value };
}

function signed(certificate: forge.pki.Certificate, key: KeyObject): string {
  certificate.signatureOid = SHA256_WITH_RSA;
  certificate.siginfo.algorithmOid = SHA256_WITH_RSA;
  return forge.pem.encode({ type: 'CERTIFICATE', body: der(signedSequence(toBeSigned(certificate), key)) }).replaceAll('\r\n', '\n');
}

function nameOf(subject: Subject): forge.pki.CertificateField[] {
  const field = (type: string, value: string): forge.pki.CertificateField =>
    ({ type, value: [...value].slice(0, LONGEST_NAME).join(''), valueTagClass: forge.asn1.Type.UTF8 }) as unknown as forge.pki.CertificateField;
  return [field('2.5.4.10', subject.organisation), ...(subject.title === undefined ? [] : [field(TITLE, subject.title)]), field('2.5.4.3', subject.commonName)];
}

/** 128 random bits, positive and not zero (RFC 5280 section 4.1.2.2). */
function serialNumber(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return hex(bytes);
}

/** RFC 7093 section 2, method 1: the first 160 bits of SHA-256 over the public key's BIT STRING. */
function keyIdentifier(key: KeyObject): string {
  const rsa = key.export({ type: 'pkcs1', format: 'der' });
  return binary(createHash('sha256').update(rsa).digest().subarray(0, 20));
}

function authorityKeyIdentifierAsn1(rootPem: string): forge.asn1.Asn1 {
  const { asn1 } = forge;
  return sequence([asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, false, keyIdentifier(new X509Certificate(rootPem).publicKey))]);
}

function authorityKeyIdentifier(rootPem: string): string {
  return der(authorityKeyIdentifierAsn1(rootPem));
}
