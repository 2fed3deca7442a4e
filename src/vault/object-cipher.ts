import { createCipheriv, createDecipheriv, type CipherGCM } from 'node:crypto';
import { NONCE_BYTES, TAG_BYTES } from './sealed-box.js';

/* The bytes of one evidence object's file: "CSO1", a nonce (12), the ciphertext (AES-256-GCM), the tag (16). */
const MAGIC = Buffer.from('CSO1', 'latin1');
/** So many bytes a file is longer than its object. */
export const OVERHEAD = MAGIC.length + NONCE_BYTES + TAG_BYTES;
/** Bytes read or written at a time. */
export const SLICE = 1024 * 1024;
/** Bytes encrypted or decrypted at a time: what becomes of larger slices is memory that the system must first find and clear, which takes as long again. */
const CIPHER_SLICE = 64 * 1024;

/** The file's bytes in pieces, bound to `aad`. The key is taken at once; it may be zeroed before the first piece is asked for. */
export function encryptObject(key: Uint8Array, nonce: Uint8Array, bytes: Uint8Array, aad: Uint8Array): Generator<Uint8Array> {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return encrypted(cipher, nonce, bytes);
}

function* encrypted(cipher: CipherGCM, nonce: Uint8Array, bytes: Uint8Array): Generator<Uint8Array> {
  yield MAGIC;
  yield nonce;
  for (let from = 0; from < bytes.length; from += SLICE) yield encryptedSlice(cipher, bytes.subarray(from, from + SLICE));
  yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
}

function encryptedSlice(cipher: CipherGCM, bytes: Uint8Array): Buffer {
  const slice = Buffer.allocUnsafe(bytes.length);
  for (let at = 0; at < bytes.length; at += CIPHER_SLICE) cipher.update(bytes.subarray(at, at + CIPHER_SLICE)).copy(slice, at);
  return slice;
}

/** What a file holds, decrypted in place of the ciphertext's own buffer, slice by slice; null when it is no such file or the tag does not fit. */
export function decryptObject(key: Uint8Array, whole: Buffer, aad: Uint8Array): Buffer | null {
  if (!whole.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const from = MAGIC.length + NONCE_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, whole.subarray(MAGIC.length, from), { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(whole.subarray(whole.length - TAG_BYTES));
  const bytes = whole.subarray(from, whole.length - TAG_BYTES);
  for (let at = 0; at < bytes.length; at += CIPHER_SLICE) decipher.update(bytes.subarray(at, at + CIPHER_SLICE)).copy(bytes, at);
  try {
    decipher.final();
    return bytes;
  } catch {
    bytes.fill(0);
    return null;
  }
}
