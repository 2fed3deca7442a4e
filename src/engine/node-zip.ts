import { createCipheriv, createHmac, pbkdf2 } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ZipPorts } from '../verify/zip-ports.js';

const BLOCK = 16;

/** A ZIP's checksums and ciphers by zlib and OpenSSL. */
export const nodeZipPorts: ZipPorts = {
  crc32: (bytes, before) => crc32(bytes, before),
  pbkdf2Sha1: (passphrase, salt, iterations, length) => new Promise((done, failed) => {
    pbkdf2(passphrase, salt, iterations, length, 'sha1', (error, key) => { if (error === null) done(key); else failed(error); });
  }),
  aesCounter(key) {
    const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
    return (bytes, firstBlock) => {
      // Copies where they do not begin where a word may: small buffers share memory.
      const stream = aligned(cipher.update(counterBlocks(Math.ceil(bytes.length / BLOCK), firstBlock)));
      const given = aligned(bytes);
      const words = Math.floor(bytes.length / 4);
      const out = new Int32Array(stream.buffer, stream.byteOffset, words);
      const add = new Int32Array(given.buffer, given.byteOffset, words);
      for (let i = 0; i < words; i += 1) out[i] = (out[i] ?? 0) ^ (add[i] ?? 0);
      for (let i = words * 4; i < bytes.length; i += 1) stream[i] = (stream[i] ?? 0) ^ (given[i] ?? 0);
      return stream.subarray(0, bytes.length);
    };
  },
  hmacSha1(key) {
    const hmac = createHmac('sha1', key);
    return { update: (bytes) => void hmac.update(bytes), digest: () => hmac.digest() };
  },
};

function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
}

/** The numbers of `count` blocks, each as a little-endian integer of a whole block. */
function counterBlocks(count: number, first: number): Uint8Array {
  const words = new Uint32Array(count * 4);
  for (let block = 0; block < count; block += 1) {
    const number = first + block;
    words[block * 4] = number;
    words[block * 4 + 1] = number / 2 ** 32;
  }
  return new Uint8Array(words.buffer);
}
