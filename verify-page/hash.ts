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
