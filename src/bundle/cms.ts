import forge from 'node-forge';
import { hex } from '../record/bytes.js';
import type { Sha256 } from '../record/ports.js';
import type { BundleSigner } from './bundle-input.js';

const { asn1, pki } = forge;
const { Class, Type } = asn1;

/**
 * A detached CMS SignedData (RFC 5652 section 5) over `content`, in DER: both signers, SHA-256, RSASSA-PKCS1-v1_5, the
 * signed attributes contentType, signingTime and messageDigest, both certificates, nothing else.
 *
 * @param at UTC instant that goes into signingTime, to the second.
 */
export function detachedSignature(content: Uint8Array, signers: readonly BundleSigner[], at: string, sha256: Sha256): Uint8Array {
  const digest = sha256.of(content);
  const certificates = signers.map((signer) => certificateTree(signer.certificatePem));
  const signedData = sequence([
    integer(1),
    set([algorithm(pki.oids['sha256'])]),
    sequence([oid(pki.oids['data'])]),
    asn1.create(Class.CONTEXT_SPECIFIC, 0, true, sorted(certificates)),
    set(sorted(signers.map((signer) => signerInfo(signer, digest, at)))),
  ]);
  const contentInfo = sequence([oid(pki.oids['signedData']), asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [signedData])]);
  return bytesOf(asn1.toDer(contentInfo).getBytes());
}

function signerInfo(signer: BundleSigner, digest: Uint8Array, at: string): forge.asn1.Asn1 {
  const { issuer, serial } = issuerAndSerial(certificateTree(signer.certificatePem));
  const attributes = sorted([
    attribute(pki.oids['contentType'], oid(pki.oids['data'])),
    attribute(pki.oids['signingTime'], time(at)),
    attribute(pki.oids['messageDigest'], octets(digest)),
  ]);
  // RFC 5652 section 5.4: what is signed is the SET OF, not the implicit tag that stands in the message.
  const signature = signer.sign(bytesOf(asn1.toDer(set(attributes)).getBytes()));
  return sequence([
    integer(1),
    sequence([issuer, serial]),
    algorithm(pki.oids['sha256']),
    asn1.create(Class.CONTEXT_SPECIFIC, 0, true, attributes),
    algorithm(pki.oids['rsaEncryption']),
    octets(signature),
  ]);
}

/** The certificate as it stands: nothing of it is read and written anew. */
function certificateTree(pem: string): forge.asn1.Asn1 {
  const block = forge.pem.decode(pem)[0];
  if (block === undefined) throw new RangeError('a signer has no certificate');
  return asn1.fromDer(forge.util.createBuffer(block.body), true);
}

/** RFC 5280 section 4.1: version [0], serialNumber, signature, issuer, … */
function issuerAndSerial(certificate: forge.asn1.Asn1): { issuer: forge.asn1.Asn1; serial: forge.asn1.Asn1 } {
  const fields = children(children(certificate)[0]);
  const [, serial, , issuer] = fields;
  if (serial === undefined || issuer === undefined || serial.type !== Type.INTEGER) throw new RangeError('a signer’s certificate is not X.509 version 3');
  return { issuer, serial };
}

function children(node: forge.asn1.Asn1 | undefined): forge.asn1.Asn1[] {
  if (node === undefined || typeof node.value === 'string') throw new RangeError('a signer’s certificate is not X.509');
  return node.value;
}

function sequence(items: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, items);
}

function set(items: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, items);
}

function integer(value: number): forge.asn1.Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.INTEGER, false, asn1.integerToDer(value).getBytes());
}

function oid(dotted: string | undefined): forge.asn1.Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(dotted ?? '').getBytes());
}

function octets(bytes: Uint8Array): forge.asn1.Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, forge.util.hexToBytes(hex(bytes)));
}

function algorithm(dotted: string | undefined): forge.asn1.Asn1 {
  return sequence([oid(dotted), asn1.create(Class.UNIVERSAL, Type.NULL, false, '')]);
}

function attribute(type: string | undefined, value: forge.asn1.Asn1): forge.asn1.Asn1 {
  return sequence([oid(type), set([value])]);
}

/** RFC 5652 section 11.3: UTCTime up to 2049, GeneralizedTime after. */
function time(at: string): forge.asn1.Asn1 {
  const digits = `${at.slice(0, 19).replace(/[-T:]/g, '')}Z`;
  const short = Number(at.slice(0, 4)) < 2050;
  return asn1.create(Class.UNIVERSAL, short ? Type.UTCTIME : Type.GENERALIZEDTIME, false, short ? digits.slice(2) : digits);
}

/** The members of a SET OF in the order that DER asks for (X.690 section 11.6): as their encodings compare. */
function sorted(items: forge.asn1.Asn1[]): forge.asn1.Asn1[] {
  const encoded = items.map((item) => ({ item, der: asn1.toDer(item).getBytes() }));
  return encoded.sort((a, b) => (a.der < b.der ? -1 : 1)).map(({ item }) => item);
}

function bytesOf(binary: string): Uint8Array {
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
