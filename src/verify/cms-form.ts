import { fromHex, utf8 } from '../record/bytes.js';
import type { CmsSigner } from './cms-parse.js';

/*
 * The one form that a bundle's signature file has. openssl passes over flipped bits in parts of a CMS file that it does
 * not read; here the file is built anew from what was read of it, and every byte must be the same.
 */

type Bytes = Uint8Array<ArrayBuffer>;

const SEQUENCE = 0x30;
const SET = 0x31;
const CONTEXT_0 = 0xa0;
const VERSION_1 = fromHex('020101');
const SHA256 = fromHex('300d06096086480165030402010500');
const RSA = fromHex('300d06092a864886f70d0101010500');
const DATA = fromHex('06092a864886f70d010701');
const SIGNED_DATA = fromHex('06092a864886f70d010702');
const CONTENT_TYPE = fromHex('06092a864886f70d010903');
const MESSAGE_DIGEST = fromHex('06092a864886f70d010904');
const SIGNING_TIME = fromHex('06092a864886f70d010905');

/** The DER of a detached SignedData (RFC 5652 section 5.1) with these signers and certificates. */
export function cmsBytes(certificates: readonly Bytes[], signers: readonly CmsSigner[]): Bytes {
  const signedData = der(SEQUENCE, [VERSION_1, der(SET, [SHA256]), der(SEQUENCE, [DATA]), der(CONTEXT_0, sorted(certificates)), der(SET, sorted(signers.map(signerInfo)))]);
  return der(SEQUENCE, [SIGNED_DATA, der(CONTEXT_0, [signedData])]);
}

/** What a signer's key signs: the signed attributes as a SET OF (RFC 5652 section 5.4). */
export function signedBytes(signer: CmsSigner): Bytes {
  return der(SET, attributes(signer));
}

function signerInfo(signer: CmsSigner): Bytes {
  const named = der(SEQUENCE, [fromHex(signer.issuer), fromHex(signer.serial)]);
  return der(SEQUENCE, [VERSION_1, named, SHA256, der(CONTEXT_0, attributes(signer)), RSA, der(0x04, [signer.signature])]);
}

function attributes(signer: CmsSigner): Bytes[] {
  return sorted([
    der(SEQUENCE, [CONTENT_TYPE, der(SET, [DATA])]),
    der(SEQUENCE, [SIGNING_TIME, der(SET, [der(signer.timeTag, [utf8(signer.timeText)])])]),
    der(SEQUENCE, [MESSAGE_DIGEST, der(SET, [der(0x04, [fromHex(signer.messageDigest)])])]),
  ]);
}

/** Tag, length in the shortest form, contents (X.690 section 10.1). */
export function der(tag: number, contents: readonly Bytes[]): Bytes {
  const length = contents.reduce((sum, each) => sum + each.length, 0);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  const head = length < 128 ? [tag, length] : [tag, 0x80 | digits.length, ...digits];
  const bytes = new Uint8Array(head.length + length);
  bytes.set(head);
  let offset = head.length;
  for (const each of contents) {
    bytes.set(each, offset);
    offset += each.length;
  }
  return bytes;
}

/** The members of a SET OF as their encodings compare (X.690 section 11.6). */
export function sorted(items: readonly Bytes[]): Bytes[] {
  return [...items].sort(compare);
}

function compare(a: Bytes, b: Bytes): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Whether two byte strings are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
