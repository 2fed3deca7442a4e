import { fromBER, GeneralizedTime, OctetString, Sequence, type Integer } from 'asn1js';
import { AlgorithmIdentifier, ContentInfo, IssuerAndSerialNumber, SignedData, TSTInfo, type SignerInfo } from 'pkijs';
import { fromHex, hex } from '../record/bytes.js';
import { der, sorted } from './cms-form.js';

/*
 * A time stamp token (RFC 3161 section 2.4.2) and the one form in which it is kept. A token is a CMS message of which only
 * a part is signed; the rest (spare certificates, unsigned attributes, two names for one algorithm) could be altered
 * unnoticed. So what nothing vouches for is left out, and every other byte follows from what was read: a reader builds the
 * token anew and compares.
 */

type Bytes = Uint8Array<ArrayBuffer>;

const OID = {
  signedData: '1.2.840.113549.1.7.2', tstInfo: '1.2.840.113549.1.9.16.1.4', contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4',
  algorithmProtection: '1.2.840.113549.1.9.52', signingCertificate: '1.2.840.113549.1.9.16.2.12', signingCertificateV2: '1.2.840.113549.1.9.16.2.47', rsa: '1.2.840.113549.1.1.1',
} as const;
const SEQUENCE = 0x30;
const SET = 0x31;
const OCTETS = 0x04;
const CONTEXT_0 = 0xa0;
const SIGNED_DATA = fromHex('06092a864886f70d010702');
const TST_INFO = fromHex('060b2a864886f70d0109100104');
const VERSION_1 = fromHex('020101');
const VERSION_3 = fromHex('020103');
const RSA_ALGORITHM = fromHex('300d06092a864886f70d0101010500');

/** The digests that a token may be signed with: the algorithm's identifier, the ECDSA and RSA methods that name it. */
const DIGESTS = {
  '2.16.840.1.101.3.4.2.1': { name: 'SHA-256', der: fromHex('300d06096086480165030402010500'), ecdsa: '1.2.840.10045.4.3.2', ecdsaDer: fromHex('300a06082a8648ce3d040302'), rsa: '1.2.840.113549.1.1.11' },
  '2.16.840.1.101.3.4.2.2': { name: 'SHA-384', der: fromHex('300d06096086480165030402020500'), ecdsa: '1.2.840.10045.4.3.3', ecdsaDer: fromHex('300a06082a8648ce3d040303'), rsa: '1.2.840.113549.1.1.12' },
  '2.16.840.1.101.3.4.2.3': { name: 'SHA-512', der: fromHex('300d06096086480165030402030500'), ecdsa: '1.2.840.10045.4.3.4', ecdsaDer: fromHex('300a06082a8648ce3d040304'), rsa: '1.2.840.113549.1.1.13' },
} as const;

/** Name of a digest, as WebCrypto has it. */
export type DigestName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** What a time stamping authority states (RFC 3161 section 2.4.2, TSTInfo). */
export interface TimestampStatement {
  /** SHA-256 that was stamped, in hexadecimal. */
  readonly imprint: string;
  /** UTC, RFC 3339 with milliseconds; finer digits are cut off. */
  readonly genTime: string;
  readonly policy: string;
  /** Content of the INTEGER, in hexadecimal. */
  readonly serial: string;
  /** Content of the INTEGER, in hexadecimal, or null when there is none. */
  readonly nonce: string | null;
}

/** A token as far as it is read. */
export interface TimestampToken {
  readonly statement: TimestampStatement;
  /** DER of the TSTInfo. */
  readonly content: Bytes;
  readonly certificates: readonly Bytes[];
  /** DER of the signer's issuer name and serial number. */
  readonly signer: { readonly issuer: Bytes; readonly serial: Bytes };
  readonly digest: Exclude<DigestName, 'SHA-1'>;
  /** DER of the signed attributes as a SET OF, which is what the key signs (RFC 5652 section 5.4). */
  readonly attributes: Bytes;
  /** What the messageDigest attribute says, in hexadecimal. */
  readonly messageDigest: string;
  /** The hashes by which the signed attributes name the signer's certificate (RFC 2634, RFC 5035, RFC 5816). */
  readonly certificateHashes: readonly { readonly digest: DigestName; readonly hash: string }[];
  readonly digestAlgorithm: Bytes;
  readonly signatureAlgorithm: Bytes;
  readonly signature: Bytes;
}

/** Reads a token, or gives null when it is none, or is signed in a way that is not known here. */
export function parseToken(bytes: Bytes): TimestampToken | null {
  try {
    const outer = ContentInfo.fromBER(bytes);
    if (outer.contentType !== OID.signedData) return null;
    const signed = new SignedData({ schema: outer.content });
    const [info, ...more] = signed.signerInfos;
    if (info === undefined || more.length > 0 || signed.encapContentInfo.eContentType !== OID.tstInfo || signed.encapContentInfo.eContent === undefined) return null;
    const content = new Uint8Array(signed.encapContentInfo.eContent.getValue());
    const statement = readStatement(content);
    const certificates = (signed.certificates ?? []).map((each) => new Uint8Array(each.toSchema(false).toBER()));
    return statement === null || certificates.length > 16 ? null : { statement, content, certificates, ...readSigner(info) };
  } catch {
    return null;
  }
}

/** The token's one form, with these certificates and no others. */
export function tokenBytes(token: TimestampToken, certificates: readonly Bytes[]): Bytes {
  const named = der(SEQUENCE, [token.signer.issuer, token.signer.serial]);
  const attributes = new Uint8Array(token.attributes);
  attributes[0] = CONTEXT_0;
  const signer = der(SEQUENCE, [VERSION_1, named, token.digestAlgorithm, attributes, token.signatureAlgorithm, der(OCTETS, [token.signature])]);
  const content = der(SEQUENCE, [TST_INFO, der(CONTEXT_0, [der(OCTETS, [token.content])])]);
  const signedData = der(SEQUENCE, [VERSION_3, der(SET, [token.digestAlgorithm]), content, der(CONTEXT_0, sorted(certificates)), der(SET, [signer])]);
  return der(SEQUENCE, [SIGNED_DATA, der(CONTEXT_0, [signedData])]);
}

/** The signature's method, as pkijs takes it. */
export function signatureMethod(token: TimestampToken): AlgorithmIdentifier {
  return AlgorithmIdentifier.fromBER(token.signatureAlgorithm);
}

function readStatement(content: Bytes): TimestampStatement | null {
  const info = TSTInfo.fromBER(content);
  const sequence = fromBER(content).result;
  const time = sequence instanceof Sequence ? sequence.valueBlock.value[4] : undefined;
  const genTime = time instanceof GeneralizedTime ? instantOf(String.fromCharCode(...time.valueBeforeDecodeView.subarray(2, 40))) : null;
  const { messageImprint, extensions = [] } = info;
  const digest = DIGESTS[messageImprint.hashAlgorithm.algorithmId as keyof typeof DIGESTS] as (typeof DIGESTS)[keyof typeof DIGESTS] | undefined;
  if (info.version !== 1 || genTime === null || digest?.name !== 'SHA-256' || extensions.some((each) => each.critical)) return null;
  return {
    imprint: hex(messageImprint.hashedMessage.valueBlock.valueHexView), genTime, policy: info.policy, serial: hex(integerOf(info.serialNumber)),
    nonce: info.nonce === undefined ? null : hex(integerOf(info.nonce)),
  };
}

function integerOf(value: Integer): Uint8Array {
  return value.valueBlock.valueHexView.subarray(0, 64);
}

/** A GeneralizedTime in the form that RFC 3161 asks for: `YYYYMMDDhhmmss[.s…]Z`. */
function instantOf(text: string): string | null {
  const [, year, month, day, hour, minute, second, fraction = ''] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/.exec(text) ?? [];
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  return year !== undefined && !Number.isNaN(Date.parse(instant)) ? instant : null;
}

type Signer = Pick<TimestampToken, 'signer' | 'digest' | 'attributes' | 'messageDigest' | 'certificateHashes' | 'digestAlgorithm' | 'signatureAlgorithm' | 'signature'>;

/** @throws TypeError when the signer is not one that is known here */
function readSigner(info: SignerInfo): Signer {
  const digest = DIGESTS[info.digestAlgorithm.algorithmId as keyof typeof DIGESTS] as (typeof DIGESTS)[keyof typeof DIGESTS] | undefined;
  if (!(info.sid instanceof IssuerAndSerialNumber) || info.signedAttrs === undefined || digest === undefined) throw new TypeError('a signer of an unknown form');
  const { attributes, encodedValue } = info.signedAttrs;
  const values = (type: string): unknown[] => {
    const found = attributes.filter((each) => each.type === type);
    if (found.length > 1 || (found[0] !== undefined && found[0].values.length !== 1)) throw new TypeError('a signed attribute stands there twice');
    return found[0]?.values ?? [];
  };
  const [contentType] = values(OID.contentType);
  if ((contentType as { valueBlock?: { toString(): string } } | undefined)?.valueBlock?.toString() !== OID.tstInfo) throw new TypeError('signed as something else');
  const [messageDigest] = values(OID.messageDigest);
  if (!(messageDigest instanceof OctetString)) throw new TypeError('no message digest');
  return {
    signer: { issuer: new Uint8Array(info.sid.issuer.valueBeforeDecode), serial: new Uint8Array(info.sid.serialNumber.toBER()) },
    digest: digest.name, attributes: new Uint8Array(encodedValue), messageDigest: hex(messageDigest.valueBlock.valueHexView),
    certificateHashes: [...values(OID.signingCertificate).map((value) => certificateHash(value, 'SHA-1')), ...values(OID.signingCertificateV2).map((value) => certificateHash(value, 'SHA-256'))],
    ...algorithms(info, digest, values(OID.algorithmProtection)[0]), signature: new Uint8Array(info.signature.valueBlock.valueHexView),
  };
}

/** The first ESSCertID or ESSCertIDv2 of the attribute, which names the signer's own certificate. */
function certificateHash(value: unknown, byDefault: DigestName): { digest: DigestName; hash: string } {
  const list = value instanceof Sequence ? value.valueBlock.value[0] : undefined;
  const first = list instanceof Sequence ? list.valueBlock.value[0] : undefined;
  if (!(first instanceof Sequence)) throw new TypeError('no certificate is named');
  const [one, two] = first.valueBlock.value;
  if (one instanceof OctetString) return { digest: byDefault, hash: hex(one.valueBlock.valueHexView) };
  if (!(one instanceof Sequence) || !(two instanceof OctetString) || byDefault === 'SHA-1') throw new TypeError('a certificate is named in an unknown way');
  const digest = DIGESTS[new AlgorithmIdentifier({ schema: one }).algorithmId as keyof typeof DIGESTS] as (typeof DIGESTS)[keyof typeof DIGESTS] | undefined;
  if (digest === undefined) throw new TypeError('an unknown digest');
  return { digest: digest.name, hash: hex(two.valueBlock.valueHexView) };
}

/** Both algorithms in one form: as the signed attribute of RFC 6211 has them, else the plainest. */
function algorithms(info: SignerInfo, digest: (typeof DIGESTS)[keyof typeof DIGESTS], protection: unknown): Pick<TimestampToken, 'digestAlgorithm' | 'signatureAlgorithm'> {
  const method = info.signatureAlgorithm.algorithmId;
  if (method !== OID.rsa && method !== digest.rsa && method !== digest.ecdsa) throw new TypeError('an unknown way to sign');
  if (protection === undefined) return { digestAlgorithm: digest.der, signatureAlgorithm: method === digest.ecdsa ? digest.ecdsaDer : RSA_ALGORITHM };
  const [first, second] = protection instanceof Sequence ? protection.valueBlock.value : [];
  if (first === undefined || second === undefined) throw new TypeError('an unknown protection of the algorithms');
  const digestAlgorithm = new Uint8Array(first.toBER());
  const signatureAlgorithm = new Uint8Array(second.toBER());
  signatureAlgorithm[0] = SEQUENCE;
  const named = [AlgorithmIdentifier.fromBER(digestAlgorithm).algorithmId, AlgorithmIdentifier.fromBER(signatureAlgorithm).algorithmId];
  if (named[0] !== info.digestAlgorithm.algorithmId || named[1] !== method) throw new TypeError('the algorithms were exchanged');
  return { digestAlgorithm, signatureAlgorithm };
}
