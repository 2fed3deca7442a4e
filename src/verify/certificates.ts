import { Certificate, CertificateRevocationList } from 'pkijs';
import { hex } from '../record/bytes.js';
import type { Sha256 } from '../record/ports.js';
import { textOf } from './manifest.js';

const OID = {
  rsa: '1.2.840.113549.1.1.1', sha256WithRsa: '1.2.840.113549.1.1.11', commonName: '2.5.4.3', title: '2.5.4.12', organisation: '2.5.4.10',
  keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', extendedKeyUsage: '2.5.29.37',
} as const;
/** Critical extensions that are understood here (RFC 5280 section 4.2: any other makes a certificate unusable). */
const UNDERSTOOD = new Set<string>([OID.keyUsage, OID.basicConstraints, OID.extendedKeyUsage]);
const KEY_BITS = { least: 3072, most: 8192 } as const;

/** Bits of the keyUsage extension (RFC 5280 section 4.2.1.3). */
export const KEY_USAGE = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5 } as const;

/** A certificate with what the checks need of it. */
export interface KnownCertificate {
  readonly der: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the DER. */
  readonly fingerprint: string;
  readonly name: string;
  readonly title: string;
  readonly organisation: string;
  /** DER of issuer and subject names, and of the serial number's INTEGER, in hexadecimal. */
  readonly issuer: string;
  readonly subject: string;
  readonly serial: string;
  /** DER of the SubjectPublicKeyInfo, in hexadecimal: two certificates with the same one have the same key. */
  readonly publicKey: string;
  readonly key: CryptoKey;
  readonly tbs: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
  /** UTC instants, RFC 3339 with milliseconds. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly isCa: boolean;
  /** Numbers of the keyUsage bits that are set, or null without the extension. */
  readonly usage: ReadonlySet<number> | null;
  /** Object identifier of a critical extension that is not understood, or null. */
  readonly unknownCritical: string | null;
}

/** A revocation list with what the checks need of it. */
export interface KnownRevocations {
  readonly issuer: string;
  readonly tbs: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly thisUpdate: string;
  /** Serial number (DER INTEGER, hexadecimal) to the instant of revocation. */
  readonly revoked: ReadonlyMap<string, string>;
}

/** The signature scheme of everything in a bundle: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2). */
export const RSA_SHA256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/** The DER of each certificate in a PEM file that holds nothing else (RFC 7468), or null. */
export function pemCertificates(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] | null {
  const text = textOf(bytes);
  if (text === null) return null;
  const block = /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+?)-----END CERTIFICATE-----\r?\n/g;
  if (text.replace(block, '').trim() !== '') return null;
  try {
    return [...text.matchAll(block)].map(([, base64]) => Uint8Array.from(atob((base64 ?? '').replace(/[\r\n]/g, '')), (c) => c.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** Reads an X.509 certificate with an RSA key of 3,072 bits or more, signed with SHA-256. @returns null when it is anything else. */
export async function readCertificate(der: Uint8Array<ArrayBuffer>, ports: { subtle: SubtleCrypto; sha256: Sha256 }): Promise<KnownCertificate | null> {
  try {
    const certificate = Certificate.fromBER(der);
    if (certificate.signature.algorithmId !== OID.sha256WithRsa || certificate.signatureAlgorithm.algorithmId !== OID.sha256WithRsa) return null;
    const spki = certificate.subjectPublicKeyInfo;
    if (spki.algorithm.algorithmId !== OID.rsa) return null;
    const spkiDer = new Uint8Array(spki.toSchema().toBER());
    const key = await ports.subtle.importKey('spki', spkiDer, RSA_SHA256, true, ['verify']);
    const bits = (key.algorithm as RsaHashedKeyAlgorithm).modulusLength;
    if (bits < KEY_BITS.least || bits > KEY_BITS.most) return null;
    const extensions = certificate.extensions ?? [];
    return {
      der, key, fingerprint: hex(ports.sha256.of(der)), publicKey: hex(spkiDer),
      name: subjectField(certificate, OID.commonName), title: subjectField(certificate, OID.title), organisation: subjectField(certificate, OID.organisation),
      issuer: hex(new Uint8Array(certificate.issuer.valueBeforeDecode)), subject: hex(new Uint8Array(certificate.subject.valueBeforeDecode)),
      serial: hex(new Uint8Array(certificate.serialNumber.toBER())),
      tbs: copyOf(certificate.tbsView), signature: copyOf(certificate.signatureValue.valueBlock.valueHexView),
      notBefore: certificate.notBefore.value.toISOString(), notAfter: certificate.notAfter.value.toISOString(),
      isCa: (extensions.find((each) => each.extnID === OID.basicConstraints)?.parsedValue as { cA?: unknown } | undefined)?.cA === true,
      usage: usageOf(extensions.find((each) => each.extnID === OID.keyUsage)?.parsedValue),
      unknownCritical: extensions.find((each) => each.critical && !UNDERSTOOD.has(each.extnID))?.extnID ?? null,
    };
  } catch {
    return null;
  }
}

/** Reads a certificate revocation list (RFC 5280 section 5) signed with SHA-256 and RSA, or gives null. */
export function readRevocations(der: Uint8Array<ArrayBuffer>): KnownRevocations | null {
  try {
    const list = CertificateRevocationList.fromBER(der);
    if (list.signature.algorithmId !== OID.sha256WithRsa || list.signatureAlgorithm.algorithmId !== OID.sha256WithRsa) return null;
    const revoked = (list.revokedCertificates ?? []).map((each) => [hex(new Uint8Array(each.userCertificate.toBER())), each.revocationDate.value.toISOString()] as const);
    return {
      issuer: hex(new Uint8Array(list.issuer.valueBeforeDecode)), tbs: copyOf(list.tbsView), signature: copyOf(list.signatureValue.valueBlock.valueHexView),
      thisUpdate: list.thisUpdate.value.toISOString(), revoked: new Map(revoked),
    };
  } catch {
    return null;
  }
}

/** Whether `issuer`'s key made `signed.signature` over `signed.tbs`. */
export function isSignedBy(signed: { tbs: Uint8Array<ArrayBuffer>; signature: Uint8Array<ArrayBuffer> }, issuer: KnownCertificate, subtle: SubtleCrypto): Promise<boolean> {
  return subtle.verify(RSA_SHA256, issuer.key, signed.signature, signed.tbs);
}

function subjectField(certificate: Certificate, type: string): string {
  const values = certificate.subject.typesAndValues.filter((each) => each.type === type);
  const value: unknown = values[0]?.value.valueBlock.value;
  return values.length === 1 && typeof value === 'string' ? value : '';
}

function usageOf(parsed: unknown): ReadonlySet<number> | null {
  const bytes = (parsed as { valueBlock?: { valueHexView?: Uint8Array } } | undefined)?.valueBlock?.valueHexView;
  if (bytes === undefined) return null;
  const bits = new Set<number>();
  bytes.forEach((byte, i) => {
    for (let bit = 0; bit < 8; bit += 1) if ((byte & (0x80 >> bit)) !== 0) bits.add(8 * i + bit);
  });
  return bits;
}

function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
