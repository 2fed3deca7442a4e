import type { webcrypto } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { utf8 } from '../record/bytes.js';

/** HPKE (RFC 9180) base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const suite: Hpke = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** What is used of the library; its own types speak of a web page's `CryptoKey`, which this layer does not know. */
interface Hpke {
  readonly kem: {
    deserializePublicKey(raw: ArrayBuffer): Promise<webcrypto.CryptoKey>;
    deserializePrivateKey(raw: ArrayBuffer): Promise<webcrypto.CryptoKey>;
  };
  seal(to: { recipientPublicKey: webcrypto.CryptoKey; info: Uint8Array<ArrayBuffer> }, plaintext: ArrayBuffer, aad: ArrayBuffer): Promise<{ enc: ArrayBufferLike; ct: ArrayBufferLike }>;
  open(from: { recipientKey: webcrypto.CryptoKey; enc: ArrayBuffer; info: Uint8Array<ArrayBuffer> }, ciphertext: ArrayBuffer, aad: ArrayBuffer): Promise<ArrayBufferLike>;
}

/** What a sealed text is for: HPKE's `info`, so that nothing sealed for one use opens in the other. */
export type HpkeUse = 'Countersign vault share v1' | 'Countersign inbox v1';

/** Bytes of the encapsulated key at the head of a sealed share. */
const ENCAPSULATED_BYTES = 32;

/** Seals `plaintext` to the holder of the X25519 public key (32 bytes): encapsulated key, then ciphertext and tag. */
export async function sealTo(publicKey: Uint8Array, plaintext: Uint8Array, aad: Uint8Array, use: HpkeUse = 'Countersign vault share v1'): Promise<Buffer> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(copy(publicKey));
  const sealed = await suite.seal({ recipientPublicKey, info: utf8(use) }, copy(plaintext), copy(aad));
  return Buffer.concat([new Uint8Array(sealed.enc), new Uint8Array(sealed.ct)]);
}

/** What was sealed to the X25519 private key (32 bytes), or null when it was not sealed to it with that `aad`. */
export async function openSealed(privateKey: Uint8Array, sealed: Uint8Array, aad: Uint8Array, use: HpkeUse = 'Countersign vault share v1'): Promise<Buffer | null> {
  if (sealed.length <= ENCAPSULATED_BYTES) return null;
  const raw = copy(privateKey);
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(raw);
    const enc = copy(sealed.subarray(0, ENCAPSULATED_BYTES));
    return Buffer.from(await suite.open({ recipientKey, enc, info: utf8(use) }, copy(sealed.subarray(ENCAPSULATED_BYTES)), copy(aad)));
  } catch {
    return null;
  } finally {
    new Uint8Array(raw).fill(0);
  }
}

/** The library takes whole ArrayBuffers; a Buffer of Node is often a piece of a larger one. */
function copy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
