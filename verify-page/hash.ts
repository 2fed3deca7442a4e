import { sha256 } from '@noble/hashes/sha2.js';
import { createSHA256, type IHasher } from 'hash-wasm';
import type { RunningSha256, Sha256 } from '../src/record/ports.js';

/**
 * SHA-256 for the verifier: WebCrypto's cannot be fed piece by piece. Long files go through hash-wasm's, everything else, and everything in a
 * browser that runs no WebAssembly, through noble's.
 */
export async function pageSha256(): Promise<Sha256> {
  let free = await createSHA256().catch(() => null);
  return {
    of: (bytes) => sha256(bytes),
    start: () => {
      // One file at a time is long.
      if (free === null) return byNoble();
      const taken = free;
      free = null;
      return byWasm(taken, () => { free = taken; });
    },
  };
}

function byNoble(): RunningSha256 {
  const running = sha256.create();
  return { update: (bytes) => void running.update(bytes), digest: () => running.digest() };
}

function byWasm(hasher: IHasher, onDone: () => void): RunningSha256 {
  hasher.init();
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => {
      const digest = hasher.digest('binary');
      onDone();
      return digest;
    },
  };
}

/** SHA-256 of a whole file by the browser itself, on another thread. */
export async function wholeSha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
}
