import { unsafe } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import type { ZipPorts } from '../src/verify/zip-ports.js';
import { carriedCipher } from './carried-cipher.js';
import { quickCrc32 } from './crc32.js';

const BLOCK = 16;

/** A ZIP's checksums and ciphers in a page. WebCrypto has no such counter mode and no running HMAC, so noble's do it where WebAssembly may not. */
export async function pageZipPorts(): Promise<ZipPorts> {
  return { ...PORTS, crc32: await quickCrc32() };
}

const PORTS: Omit<ZipPorts, 'crc32'> = {
  // Most files lie in one such piece, and need not be put together before they are hashed.
  carriedPiece: 4 * 2 ** 20,
  async pbkdf2Sha1(passphrase, salt, iterations, length) {
    const { subtle } = globalThis.crypto;
    const key = await subtle.importKey('raw', new Uint8Array(passphrase), 'PBKDF2', false, ['deriveBits']);
    return new Uint8Array(await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-1', salt: new Uint8Array(salt), iterations }, key, 8 * length));
  },
  aesCounter(key) {
    const expanded = unsafe.expandKeyLE(new Uint8Array(key));
    return (bytes, firstBlock) => {
      // A little-endian 32-bit counter at the block's start: 64 GiB, the most that a bundle can hold.
      const counter = new Uint8Array(BLOCK);
      new DataView(counter.buffer).setUint32(0, firstBlock, true);
      const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
      return unsafe.ctr32(expanded, true, counter, aligned);
    };
  },
  carriedCipher,
  hmacSha1(key) {
    const running = hmac.create(sha1, key);
    return { update: (bytes) => void running.update(bytes), digest: () => running.digest() };
  },
};
