import type { NewReviewer } from '../../src/vault/vault.js';

/** The third reviewer of the tests that kill an act. */
export const DAO: NewReviewer = { initials: 'DAO', name: 'Dele Adé Okafor', position: 'Chair of governors', role: 'chair-of-governors', passphrase: 'meadow ticket orbit walnut' };
export const NEW_PASSPHRASE = 'copper window saddle thirteen';
