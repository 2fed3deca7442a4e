import { hashRaw } from '@node-rs/argon2';
import { CodedError } from '../record/coded-error.js';
import { KEY_BYTES } from './sealed-box.js';
import type { KdfParameters } from './ports.js';

/** A passphrase has at least so many characters; the school's own rules may ask for more. */
export const SHORTEST_PASSPHRASE = 8;

/** Argon2id's number (RFC 9106 section 3.1); the library's own name for it is an ambient `const enum`. */
const ARGON2ID = 2;

/** How many characters a passphrase has as a reader counts them, without spaces at its ends. */
export function passphraseLength(passphrase: string): number {
  return [...new Intl.Segmenter('en').segment(passphrase.normalize('NFKC').trim())].length;
}

/** @throws CodedError `auth.weak-passphrase` for fewer than {@link SHORTEST_PASSPHRASE} characters as a reader counts them. */
export function checkPassphrase(passphrase: string, initials: string): void {
  if (passphraseLength(passphrase) >= SHORTEST_PASSPHRASE) return;
  throw new CodedError('auth.weak-passphrase', `The passphrase for ${initials} is too short. Use at least ${SHORTEST_PASSPHRASE} characters; four words that do not belong together are best.`, { where: initials });
}

/** Whether two passphrases are one after normalisation. */
export function samePassphrase(first: string, second: string): boolean {
  return first.normalize('NFKC') === second.normalize('NFKC');
}

/**
 * The key that a passphrase gives: Argon2id (RFC 9106) over its NFKC form in UTF-8, so that the same characters typed
 * on another keyboard give the same key. 32 bytes; the caller zeroes them after use.
 */
export async function passphraseKey(passphrase: string, salt: Uint8Array, kdf: KdfParameters): Promise<Buffer> {
  const password = Buffer.from(passphrase.normalize('NFKC'), 'utf8');
  try {
    return await hashRaw(password, {
      algorithm: ARGON2ID,
      memoryCost: kdf.memoryKiB,
      timeCost: kdf.passes,
      parallelism: kdf.lanes,
      outputLen: KEY_BYTES,
      salt,
    });
  } finally {
    password.fill(0);
  }
}
