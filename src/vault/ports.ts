import { z } from 'zod';
import type { Clock, Random, Sha256 } from '../record/ports.js';

/** What Argon2id (RFC 9106) is run with; stored beside what it protects. */
export const kdfSchema = z.strictObject({
  algorithm: z.literal('argon2id'),
  /** A hostile file may not ask for more memory than 1 GiB, or for minutes of work. */
  memoryKiB: z.int().min(8).max(1_048_576),
  passes: z.int().min(1).max(16),
  lanes: z.int().min(1).max(8),
});

/** See {@link kdfSchema}. */
export type KdfParameters = z.infer<typeof kdfSchema>;

/** 256 MiB and 3 passes: about half a second for one passphrase on an office computer. */
export const DEFAULT_KDF: KdfParameters = { algorithm: 'argon2id', memoryKiB: 262_144, passes: 3, lanes: 1 };

/** What the vault is handed from outside. */
export interface VaultPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly sha256: Sha256;
  /** For reviewers enrolled from now on; {@link DEFAULT_KDF} when absent. */
  readonly kdf?: KdfParameters;
}
