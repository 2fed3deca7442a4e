import { resolve } from 'node:path';
import { openVault, type UnlockedVault } from '../../src/vault/vault.js';
import type { VaultPorts } from '../../src/vault/ports.js';
import { nodeSha256, systemClock, systemRandom } from '../../src/engine/node-ports.js';
import { bothPassphrases } from './both-passphrases.js';
import { EXIT, fail, type Output } from './output.js';

/** What a vault needs of this computer; no browser. */
export const VAULT_PORTS: VaultPorts = { clock: systemClock, random: systemRandom, sha256: nodeSha256 };

/** A vault, and how two reviewers open it. */
export interface VaultOptions {
  readonly vault: string;
  readonly passphrasesFile: string | undefined;
}

/**
 * Opens the vault with two reviewers' passphrases, does `work`, and locks it again. Gives the exit code of `work`. Exit code 1 is
 * for what `work` found: a vault that cannot be opened, a wrong passphrase included, is 2.
 */
export async function withVault(options: VaultOptions, output: Output, work: (vault: UnlockedVault) => Promise<number>): Promise<number> {
  try {
    const locked = await openVault(resolve(options.vault), VAULT_PORTS);
    try {
      const [first, second] = await bothPassphrases(options.passphrasesFile);
      output.progress('Checking both passphrases', 0, 0);
      return await work(await locked.unlock(first, second));
    } finally {
      await locked.close();
    }
  } catch (error) {
    return Math.max(EXIT.unusable, fail(error, output));
  }
}
