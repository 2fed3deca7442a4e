import { fromBER, Integer, Sequence } from 'asn1js';
import { Certificate, CryptoEngine, type ICryptoEngine } from 'pkijs';
import { hex } from '../record/bytes.js';
import type { Sha256 } from '../record/ports.js';
import { KEY_USAGE } from './certificates.js';
import { der, sameBytes } from './cms-form.js';

/*
 * Certificates of time stamping authorities: unlike the installation's own they come from many makers, with RSA or
 * elliptic curves, and with intermediates.
 */

type Bytes = Uint8Array<ArrayBuffer>;

const OID = {
  keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', extendedKeyUsage: '2.5.29.37', policies: '2.5.29.32', timeStamping: '1.3.6.1.5.5.7.3.8', anyUsage: '2.5.29.37.0',
  commonName: '2.5.4.3', organisation: '2.5.4.10', rsa: '1.2.840.113549.1.1.1', ec: '1.2.840.10045.2.1',
} as const;
/** Critical extensions that are understood here (RFC 5280 section 4.2: any other makes a certificate unusable). */
const UNDERSTOOD = new Set<string>([OID.keyUsage, OID.basicConstraints, OID.extendedKeyUsage, OID.policies]);
const ECDSA = new Set<string>(['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4']);
/** Ways to sign a certificate that is not a root: SHA-256, SHA-384 or SHA-512 with RSA or ECDSA. */
const STRONG = new Set<string>(['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.12', '1.2.840.113549.1.1.13', ...ECDSA]);
const MOST_KNOWN = 100;
const LEAST_RSA_BITS = 2048;
/** Certificates from the signer's to the root, both counted. */
const LONGEST_CHAIN = 6;

/** Ports of everything that checks time stamps. */
export interface TimestampPorts {
  readonly sha256: Sha256;
  readonly subtle: SubtleCrypto;
  /** Certificates that were read before, by fingerprint: a record's time stamps bring the same ones again and again. */
  readonly known?: Map<string, TimeCertificate | null>;
}

/** A certificate with what the checks need of it. */
export interface TimeCertificate {
  readonly der: Bytes;
  /** SHA-256 of the DER. */
  readonly fingerprint: string;
  /** Common name, else organisation, else an empty text. */
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  /** DER of the serial number's INTEGER, in hexadecimal. */
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly isCa: boolean;
  /** May stamp times and do nothing else, as RFC 3161 section 2.3 asks. */
  readonly isForTime: boolean;
  readonly certificate: Certificate;
}

/** WebCrypto as pkijs takes it. */
export function engineOf(subtle: SubtleCrypto): ICryptoEngine {
  return new CryptoEngine({ name: 'webcrypto', crypto: { subtle } as Crypto });
}

/** Reads a certificate that can be part of an authority's chain; null when it is anything else or not in its one form. */
export function readTimeCertificate(bytes: Bytes, ports: TimestampPorts): TimeCertificate | null {
  const fingerprint = hex(ports.sha256.of(bytes));
  const known = ports.known?.get(fingerprint);
  if (known !== undefined) return known;
  const read = readAnew(bytes, fingerprint);
  if ((ports.known?.size ?? MOST_KNOWN) < MOST_KNOWN) ports.known?.set(fingerprint, read);
  return read;
}

function readAnew(bytes: Bytes, fingerprint: string): TimeCertificate | null {
  try {
    const certificate = Certificate.fromBER(bytes);
    if (!sameBytes(certificateBytes(certificate), bytes) || !hasUsableKey(certificate)) return null;
    if (ECDSA.has(certificate.signatureAlgorithm.algorithmId) && !isPlainEcdsa(new Uint8Array(certificate.signatureValue.valueBlock.valueHexView))) return null;
    const extensions = certificate.extensions ?? [];
    if (extensions.some((each) => each.critical && !UNDERSTOOD.has(each.extnID))) return null;
    const extended = extensions.find((each) => each.extnID === OID.extendedKeyUsage);
    const purposes = (extended?.parsedValue as { keyPurposes?: readonly string[] } | undefined)?.keyPurposes ?? null;
    const usage = usageOf(extensions.find((each) => each.extnID === OID.keyUsage)?.parsedValue);
    const basic = extensions.find((each) => each.extnID === OID.basicConstraints)?.parsedValue as { cA?: unknown } | undefined;
    const signs = usage === null || (usage.some((bit) => bit === KEY_USAGE.digitalSignature || bit === KEY_USAGE.nonRepudiation) && !usage.includes(KEY_USAGE.keyCertSign));
    const vouches = (usage === null || usage.includes(KEY_USAGE.keyCertSign)) && (purposes === null || purposes.some((each) => each === OID.timeStamping || each === OID.anyUsage));
    return {
      der: bytes, fingerprint, certificate, name: subjectField(certificate, OID.commonName) || subjectField(certificate, OID.organisation),
      issuer: hex(new Uint8Array(certificate.issuer.valueBeforeDecode)), subject: hex(new Uint8Array(certificate.subject.valueBeforeDecode)), serial: hex(new Uint8Array(certificate.serialNumber.toBER())),
      notBefore: certificate.notBefore.value.toISOString(), notAfter: certificate.notAfter.value.toISOString(),
      isCa: basic?.cA === true && vouches, isForTime: basic?.cA !== true && extended?.critical === true && purposes?.length === 1 && purposes[0] === OID.timeStamping && signs,
    };
  } catch {
    return null;
  }
}

/** Whether `certificate` is a root: it vouches for itself and may vouch for others. */
export async function isRoot(certificate: TimeCertificate, ports: TimestampPorts): Promise<boolean> {
  return certificate.isCa && certificate.issuer === certificate.subject && (await vouchesFor(certificate, certificate, ports));
}

/**
 * The chain from `signer` to a root among `all`, both included; null when there is none. Dates are not looked at.
 * A root is preferred to an intermediate of the same name.
 */
export async function chainOf(signer: TimeCertificate, all: readonly TimeCertificate[], ports: TimestampPorts): Promise<readonly TimeCertificate[] | null> {
  const ordered = [...all].sort((a, b) => Number(b.issuer === b.subject) - Number(a.issuer === a.subject));
  const follow = async (chain: readonly TimeCertificate[]): Promise<readonly TimeCertificate[] | null> => {
    const last = chain.at(-1);
    if (last === undefined || chain.length > LONGEST_CHAIN) return null;
    if (chain.length > 1 && last.issuer === last.subject) return chain;
    if (!STRONG.has(last.certificate.signatureAlgorithm.algorithmId)) return null;
    for (const next of ordered) {
      if (next.subject !== last.issuer || !next.isCa || chain.includes(next) || !(await vouchesFor(next, last, ports))) continue;
      if (next.issuer === next.subject && !(await isRoot(next, ports))) continue;
      const found = await follow([...chain, next]);
      if (found !== null) return found;
    }
    return null;
  };
  return follow([signer]);
}

/** Whether an ECDSA signature is in its one form (RFC 3279 section 2.2.3): two whole numbers and nothing else. */
export function isPlainEcdsa(signature: Bytes): boolean {
  const { result } = fromBER(signature);
  const numbers = result instanceof Sequence ? result.valueBlock.value.flatMap((each) => (each instanceof Integer ? [each] : [])) : [];
  return numbers.length === 2 && sameBytes(der(0x30, numbers.map((each) => der(0x02, [new Uint8Array(each.valueBlock.valueHexView)]))), signature);
}

async function vouchesFor(issuer: TimeCertificate, subject: TimeCertificate, ports: TimestampPorts): Promise<boolean> {
  try {
    return await subject.certificate.verify(issuer.certificate, engineOf(ports.subtle));
  } catch {
    return false;
  }
}

/** A certificate built anew from what is signed of it (RFC 5280 section 4.1): every other byte follows from that. */
function certificateBytes(certificate: Certificate): Bytes {
  const algorithm = new Uint8Array(certificate.signature.toSchema().toBER());
  return der(0x30, [new Uint8Array(certificate.tbsView), algorithm, der(0x03, [new Uint8Array(1), new Uint8Array(certificate.signatureValue.valueBlock.valueHexView)])]);
}

function hasUsableKey(certificate: Certificate): boolean {
  const { algorithm, parsedKey } = certificate.subjectPublicKeyInfo;
  if (algorithm.algorithmId === OID.ec) return parsedKey !== undefined;
  const modulus = (parsedKey as { modulus?: { valueBlock: { valueHexView: Uint8Array } } } | undefined)?.modulus?.valueBlock.valueHexView;
  return algorithm.algorithmId === OID.rsa && modulus !== undefined && modulus.length * 8 >= LEAST_RSA_BITS && modulus.length <= 2049;
}

function usageOf(parsed: unknown): readonly number[] | null {
  const bytes = (parsed as { valueBlock?: { valueHexView?: Uint8Array } } | undefined)?.valueBlock?.valueHexView;
  return bytes === undefined ? null : [...bytes].flatMap((byte, i) => [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte & (0x80 >> bit)) !== 0).map((bit) => 8 * i + bit));
}

function subjectField(certificate: Certificate, type: string): string {
  const value: unknown = certificate.subject.typesAndValues.find((each) => each.type === type)?.value.valueBlock.value;
  return typeof value === 'string' ? value.slice(0, 200) : '';
}
