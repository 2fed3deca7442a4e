import { createCipheriv, createDecipheriv } from 'node:crypto';
import { canonicalBytes, type JsonValue } from '../record/canonical-json.js';
import type { Random } from '../record/ports.js';

/** Bytes of a key for AES-256. */
export const KEY_BYTES = 32;
/** Bytes of a nonce: 96 random bits (NIST SP 800-38D section 8.2.2; far fewer than 2^32 uses of any one key here). */
export const NONCE_BYTES = 12;
/** Bytes of the tag. */
export const TAG_BYTES = 16;

/** What a box is bound to: canonical JSON, so that two different contexts never give the same bytes. */
export function contextBytes(context: { readonly purpose: string; readonly [key: string]: JsonValue }): Uint8Array {
  return canonicalBytes(context);
}

/** Encrypts `plaintext` with AES-256-GCM under `key`, bound to `aad`: nonce, ciphertext, tag. Texts are taken as UTF-8. */
export function sealBox(key: Uint8Array, plaintext: Uint8Array | string, aad: Uint8Array | string, random: Random): Buffer {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(typeof aad === 'string' ? Buffer.from(aad, 'utf8') : aad);
  const ciphertext = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  // GCM holds nothing back for the end.
  cipher.final();
  return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]);
}

/** What {@link sealBox} encrypted, or null when the key, the bytes or `aad` are not those of then. */
export function openBox(key: Uint8Array, box: Uint8Array, aad: Uint8Array): Buffer | null {
  if (box.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES));
  const plaintext = decipher.update(box.subarray(NONCE_BYTES, box.length - TAG_BYTES));
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return null;
  }
}
