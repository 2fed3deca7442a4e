import { sha256 } from '@noble/hashes/sha2.js';
import type { Sha256 } from '../src/record/ports.js';

/** SHA-256 for the verifier: WebCrypto's cannot be fed piece by piece. */
export const pageSha256: Sha256 = {
  of: (bytes) => sha256(bytes),
  start: () => {
    const running = sha256.create();
    return {
      update: (bytes) => void running.update(bytes),
      digest: () => running.digest(),
    };
  },
};

/** SHA-256 of a whole file by the browser itself, on another thread. */
export async function wholeSha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
}
