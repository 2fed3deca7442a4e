import type { NewReviewer } from '../../src/vault/vault.js';

/** The third reviewer of the tests that kill an act. */
export const DAO: NewReviewer = { initials: 'DAO', name: 'Dele Adé Okafor', position: 'Chair of governors', role: 'chair-of-governors', passphrase: 'meadow ticket orbit walnut' };
export const NEW_PASSPHRASE = 'copper window saddle thirteen';

/** The values of a list, as an import hands them over: 12 pieces of 256 KiB, each filled with its number. */
export function* listParts(): Generator<Uint8Array> {
  for (let n = 0; n < 12; n += 1) yield new Uint8Array(256 * 1024).fill(n);
}
