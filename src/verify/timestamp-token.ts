import { Constructed, fromBER, GeneralizedTime, ObjectIdentifier, OctetString, Sequence, type BaseBlock, type Integer } from 'asn1js';
import { AlgorithmIdentifier, TSTInfo } from 'pkijs';
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

type Digest = (typeof DIGESTS)[keyof typeof DIGESTS];

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
    const [type, wrapped] = partsOf(fromBER(bytes).result);
    if (oidOf(type) !== OID.signedData) return null;
    const [, , encapsulated, ...rest] = partsOf(partsOf(wrapped)[0]);
    const [contentType, wrappedContent] = partsOf(encapsulated);
    if (oidOf(contentType) !== OID.tstInfo) return null;
    const content = octetsOf(partsOf(wrappedContent)[0]);
    const statement = readStatement(content);
    const certificates = rest.flatMap((each) => (tagOf(each) === CONTEXT_0 ? partsOf(each).map(rawOf) : []));
    const signers = partsOf(rest.at(-1));
    return statement === null || signers.length !== 1 || certificates.length > 16 ? null : { statement, content, certificates, ...readSigner(partsOf(signers[0])) };
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
  const digest = DIGESTS[messageImprint.hashAlgorithm.algorithmId as keyof typeof DIGESTS] as Digest | undefined;
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
function readSigner([, sid, digestAlgorithm, signedAttributes, signatureAlgorithm, signature]: readonly Node[]): Signer {
  const [issuer, serial] = partsOf(sid);
  const digest = DIGESTS[oidOf(partsOf(digestAlgorithm)[0]) as keyof typeof DIGESTS] as Digest | undefined;
  if (!(sid instanceof Sequence) || digest === undefined || tagOf(signedAttributes) !== CONTEXT_0) throw new TypeError('a signer of an unknown form');
  const attributes = partsOf(signedAttributes).map(partsOf);
  const value = (type: string): Node | undefined => {
    const found = attributes.filter((each) => oidOf(each[0]) === type).flatMap((each) => partsOf(each[1]));
    if (found.length > 1) throw new TypeError('a signed attribute stands there twice');
    return found[0];
  };
  if (oidOf(value(OID.contentType)) !== OID.tstInfo) throw new TypeError('signed as something else');
  const [one, two] = [value(OID.signingCertificate), value(OID.signingCertificateV2)];
  const signed = rawOf(signedAttributes);
  signed[0] = SET;
  return {
    signer: { issuer: rawOf(issuer), serial: rawOf(serial) }, digest: digest.name, attributes: signed, messageDigest: hex(octetsOf(value(OID.messageDigest))),
    certificateHashes: [...(one === undefined ? [] : [certificateHash(one, 'SHA-1')]), ...(two === undefined ? [] : [certificateHash(two, 'SHA-256')])],
    ...algorithms([digestAlgorithm, signatureAlgorithm], digest, value(OID.algorithmProtection)), signature: octetsOf(signature),
  };
}

/** The first ESSCertID or ESSCertIDv2 of the attribute, which names the signer's own certificate. */
function certificateHash(attribute: Node, byDefault: DigestName): { digest: DigestName; hash: string } {
  const [one, two] = partsOf(partsOf(partsOf(attribute)[0])[0]);
  if (one instanceof OctetString) return { digest: byDefault, hash: hex(octetsOf(one)) };
  const digest = DIGESTS[oidOf(partsOf(one)[0]) as keyof typeof DIGESTS] as Digest | undefined;
  if (digest === undefined || byDefault === 'SHA-1') throw new TypeError('a certificate is named in an unknown way');
  return { digest: digest.name, hash: hex(octetsOf(two)) };
}

/** Both algorithms in one form: as the signed attribute of RFC 6211 has them, else the plainest. */
function algorithms(stated: readonly (Node | undefined)[], digest: Digest, protection: Node | undefined): Pick<TimestampToken, 'digestAlgorithm' | 'signatureAlgorithm'> {
  const [hash, method] = stated.map((each) => oidOf(partsOf(each)[0]));
  if (method !== OID.rsa && method !== digest.rsa && method !== digest.ecdsa) throw new TypeError('an unknown way to sign');
  if (protection === undefined) return { digestAlgorithm: digest.der, signatureAlgorithm: method === digest.ecdsa ? digest.ecdsaDer : RSA_ALGORITHM };
  const [first, second] = partsOf(protection);
  if (oidOf(partsOf(first)[0]) !== hash || oidOf(partsOf(second)[0]) !== method) throw new TypeError('the algorithms were exchanged');
  const signatureAlgorithm = rawOf(second);
  signatureAlgorithm[0] = SEQUENCE;
  return { digestAlgorithm: rawOf(first), signatureAlgorithm };
}

type Node = BaseBlock;

/** The members of a SEQUENCE, a SET or an explicit tag. @throws TypeError when `node` is none of these */
function partsOf(node: Node | undefined): readonly Node[] {
  if (!(node instanceof Constructed)) throw new TypeError('not a list');
  return node.valueBlock.value;
}

function octetsOf(node: Node | undefined): Bytes {
  if (!(node instanceof OctetString) || node.idBlock.isConstructed) throw new TypeError('not an octet string');
  return new Uint8Array(node.valueBlock.valueHexView);
}

function oidOf(node: Node | undefined): string {
  if (!(node instanceof ObjectIdentifier)) throw new TypeError('not an object identifier');
  return node.valueBlock.toString();
}

/** The node as it stands in the input, tag and length included. */
function rawOf(node: Node | undefined): Bytes {
  return new Uint8Array(node?.valueBeforeDecodeView ?? new Uint8Array());
}

function tagOf(node: Node | undefined): number | undefined {
  return node?.valueBeforeDecodeView[0];
}
