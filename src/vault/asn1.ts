import { sign, type KeyObject } from 'node:crypto';
import forge from 'node-forge';

/*
 * DER as node-forge lays it out. Bytes are strings of one character each here, as that library has them. RSA is
 * Node's: a hundred times faster, and constant in time.
 */

/** sha256WithRSAEncryption (RFC 8017). */
export const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';

/** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017). */
export function signWith(key: KeyObject, bytes: Uint8Array): Buffer {
  return sign('sha256', bytes, key);
}

/** The library's types leave this function out. */
export function toBeSigned(certificate: forge.pki.Certificate): forge.asn1.Asn1 {
  return (forge.pki as unknown as { getTBSCertificate(certificate: forge.pki.Certificate): forge.asn1.Asn1 }).getTBSCertificate(certificate);
}

/** What RFC 5280 calls SIGNED: the content, the algorithm, the signature over the content's DER. */
export function signedSequence(content: forge.asn1.Asn1, key: KeyObject): forge.asn1.Asn1 {
  const { asn1 } = forge;
  const signature = binary(signWith(key, Buffer.from(der(content), 'latin1')));
  return sequence([content, signatureAlgorithm(), asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BITSTRING, false, `\0${signature}`)]);
}

/** DER of an OCTET STRING. */
export function octets(bytes: string): string {
  return der(octetString(bytes));
}

/** An OCTET STRING. */
export function octetString(bytes: string): forge.asn1.Asn1 {
  return forge.asn1.create(forge.asn1.Class.UNIVERSAL, forge.asn1.Type.OCTETSTRING, false, bytes);
}

/** An OBJECT IDENTIFIER, from its dotted form. */
export function oid(id: string): forge.asn1.Asn1 {
  return forge.asn1.create(forge.asn1.Class.UNIVERSAL, forge.asn1.Type.OID, false, forge.asn1.oidToDer(id).getBytes());
}

/** An INTEGER, from its content octets. */
export function integer(bytes: string): forge.asn1.Asn1 {
  return forge.asn1.create(forge.asn1.Class.UNIVERSAL, forge.asn1.Type.INTEGER, false, bytes);
}

/** A SEQUENCE. */
export function sequence(items: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return forge.asn1.create(forge.asn1.Class.UNIVERSAL, forge.asn1.Type.SEQUENCE, true, items);
}

/** The AlgorithmIdentifier of {@link SHA256_WITH_RSA}. */
export function signatureAlgorithm(): forge.asn1.Asn1 {
  return sequence([oid(SHA256_WITH_RSA), forge.asn1.create(forge.asn1.Class.UNIVERSAL, forge.asn1.Type.NULL, false, '')]);
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 section 4.1.2.5). */
export function time(date: Date): forge.asn1.Asn1 {
  const { asn1 } = forge;
  const early = date.getUTCFullYear() < 2050;
  const text = early ? asn1.dateToUtcTime(date) : asn1.dateToGeneralizedTime(date);
  return asn1.create(asn1.Class.UNIVERSAL, early ? asn1.Type.UTCTIME : asn1.Type.GENERALIZEDTIME, false, text);
}

/** The whole second of an RFC 3339 instant; certificates have no finer time. */
export function wholeSecond(instant: string): Date {
  const date = new Date(instant);
  date.setUTCMilliseconds(0);
  return date;
}

/** DER of a value. */
export function der(value: forge.asn1.Asn1): string {
  return forge.asn1.toDer(value).getBytes();
}

/** Bytes as forge wants them: one character each. */
export function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
