import { createHmac, pbkdf2 } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ZipPorts } from '../verify/zip-ports.js';
import { aesCounter } from './aes-counter.js';
import { carriedCipher } from './carried-cipher.js';

/** A ZIP's checksums and ciphers by zlib and OpenSSL. */
export const nodeZipPorts: ZipPorts = {
  crc32: (bytes, before) => crc32(bytes, before),
  pbkdf2Sha1: (passphrase, salt, iterations, length) => new Promise((done, failed) => {
    pbkdf2(passphrase, salt, iterations, length, 'sha1', (error, key) => { if (error === null) done(key); else failed(error); });
  }),
  aesCounter(key) {
    const turn = aesCounter(key);
    return (bytes, firstBlock) => {
      const own = new Uint8Array(bytes);
      turn(own, firstBlock);
      return own;
    };
  },
  hmacSha1(key) {
    const hmac = createHmac('sha1', key);
    return { update: (bytes) => void hmac.update(bytes), digest: () => hmac.digest() };
  },
  carriedCipher,
};
