import { CodedError } from '../src/record/coded-error.js';
import type { BundleIntake } from '../src/engine/bundle-checks.js';

/** The largest bundle that the screens check. */
const MAX_BYTES = 2 * 2 ** 30;

/** Keeps a bundle that is being checked in memory: a copy on disk would be one more copy of the evidence. */
export function memoryIntake(size: number): Promise<BundleIntake> {
  if (size > MAX_BYTES) {
    return Promise.reject(new CodedError('verify.too-large', 'This bundle is too large to check in the window. Check it with the command: countersign verify.'));
  }
  let bytes = Buffer.alloc(size);
  let end = 0;
  return Promise.resolve({
    write(piece) {
      bytes.set(piece, end);
      end += piece.length;
      return Promise.resolve();
    },
    access: () => ({ size: end, read: (offset, length) => Promise.resolve(bytes.subarray(offset, Math.min(end, offset + length))) }),
    discard() {
      bytes = Buffer.alloc(0);
      end = 0;
      return Promise.resolve();
    },
  });
}
