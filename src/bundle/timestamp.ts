import forge from 'node-forge';
import { hex } from '../record/bytes.js';
import type { Random } from '../record/ports.js';

const { asn1, pki } = forge;
const { Class, Type } = asn1;

const NONCE_BYTES = 8;

/**
 * A nonce for a request: 62 random bits as the content of a positive INTEGER of eight bytes in its shortest form, which
 * every authority can repeat as it is.
 */
export function timestampNonce(random: Random): Uint8Array {
  const nonce = Uint8Array.from(random.bytes(NONCE_BYTES));
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}

/**
 * A request for a time stamp (RFC 3161 section 2.4.1) in DER, which asks for the authority's certificate too.
 *
 * @param sha256 the 32 bytes to be stamped
 * @param nonce see {@link timestampNonce}
 */
export function timestampRequest(sha256: Uint8Array, nonce: Uint8Array): Uint8Array {
  const node = (type: number, value: forge.asn1.Asn1[] | string): forge.asn1.Asn1 => asn1.create(Class.UNIVERSAL, type, typeof value !== 'string', value);
  const algorithm = node(Type.SEQUENCE, [node(Type.OID, asn1.oidToDer(pki.oids['sha256'] ?? '').getBytes()), node(Type.NULL, '')]);
  const request = node(Type.SEQUENCE, [
    node(Type.INTEGER, '\u0001'),
    node(Type.SEQUENCE, [algorithm, node(Type.OCTETSTRING, binary(sha256))]),
    node(Type.INTEGER, binary(nonce)),
    node(Type.BOOLEAN, '\u00ff'),
  ]);
  return Uint8Array.from(asn1.toDer(request).getBytes(), (character) => character.charCodeAt(0));
}

function binary(bytes: Uint8Array): string {
  return forge.util.hexToBytes(hex(bytes));
}
