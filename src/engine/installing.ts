import { CodedError } from '../record/coded-error.js';
import type { CopyView } from '../ipc/admin-state.js';
import { createVault, openVault, type LockedVault, type SetUp } from '../vault/vault.js';
import type { ContactDetails } from './contacts.js';
import type { Held } from './held.js';
import { demandStrong } from './passphrase-strength.js';
import type { EnginePorts } from './ports.js';
import type { Register } from './register.js';

/** What set-up asks for. */
export interface EngineSetUp extends SetUp {
  readonly contacts: ContactDetails;
}

/** How a vault comes to be in the app's folder: it is there, it is set up, or it comes from a backup. */
export class Installing {
  readonly #folder: string;
  readonly #held: Held;

  constructor(folder: string, held: Held) {
    this.#folder = folder;
    this.#held = held;
  }

  /** Where the vault is, or will be. */
  get folder(): string {
    return this.#folder;
  }

  /** Opens the vault that is there. @throws CodedError `vault.*` */
  async open(): Promise<void> {
    this.#held.installation = await openVault(this.#folder, vaultPorts(this.#held.ports));
  }

  /** Makes a vault for the first two reviewers. @throws CodedError `set-up.*`, `auth.weak-passphrase`, `vault.*` */
  async setUp(details: SetUp): Promise<void> {
    if (this.#held.installation !== null) throw new CodedError('set-up.done', 'This computer has been set up already. Sign in instead.');
    const { organisation, computer } = details;
    if (this.#held.ports.practising !== true) for (const { initials, name, position, passphrase } of details.reviewers) await demandStrong(passphrase, initials, [name, position, initials, organisation, computer.name]);
    await createVault(this.#folder, details, vaultPorts(this.#held.ports));
    await this.open();
  }

  /** Takes the vault from a backup. @throws CodedError `restore.*`, `vault.*` */
  async restore(register: Register, from: string): Promise<CopyView> {
    if (this.#held.installation !== null) throw new CodedError('set-up.done', 'This computer has been set up already. A backup is restored only where nothing has been set up.');
    const copied = await register.copyBack(from, this.#folder);
    await this.open();
    return copied;
  }

  /** Lets go of the vault. */
  async close(): Promise<void> {
    const installation: LockedVault | null = this.#held.installation;
    await installation?.close();
    this.#held.installation = null;
  }
}

function vaultPorts({ clock, random, sha256, kdf }: EnginePorts): { clock: EnginePorts['clock']; random: EnginePorts['random']; sha256: EnginePorts['sha256']; kdf?: NonNullable<EnginePorts['kdf']> } {
  return { clock, random, sha256, ...(kdf === undefined ? {} : { kdf }) };
}
