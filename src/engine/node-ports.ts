import { createHash, hash as hashOnce, randomFillSync } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Clock, Random, Sha256 } from '../record/ports.js';

/** The computer's clock. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonicMs: () => performance.now(),
};

/** The operating system's random generator, through OpenSSL. */
export const systemRandom: Random = {
  // Half the time of randomBytes for a few.
  bytes: (count) => randomFillSync(new Uint8Array(count)),
};

/** SHA-256 by OpenSSL. */
export const nodeSha256: Sha256 = {
  of: (bytes) => hashOnce('sha256', bytes, 'buffer'),
  hexOfText: (text) => hashOnce('sha256', text, 'hex'),
  start() {
    const hash = createHash('sha256');
    return {
      update(bytes): void {
        hash.update(bytes);
      },
      digest: () => hash.digest(),
    };
  },
};
