import { NO_CONTACTS, type ContactDetails } from './contacts.js';
import type { Held } from './held.js';
import { DEFAULT_NETWORK, type NetworkSettings } from './network-settings.js';
import type { PolicyTables } from './policy-tables.js';
import { DEFAULT_SETTINGS, type Settings } from './settings.js';
import { saveTimeAuthorities, type TimeAuthoritySetting } from './trusted-time-settings.js';

/** What the school sets for this computer. Everything is kept in the vault, and changed only while two are signed in. */
export class School {
  readonly #held: Held;

  constructor(held: Held) {
    this.#held = held;
  }

  /** What the school has set about a sitting, also while the app is locked; the defaults before sign-in. */
  get settings(): Settings {
    return this.#held.session?.settings ?? this.#held.lock?.settings ?? DEFAULT_SETTINGS;
  }

  /** @throws CodedError `settings.*`, `auth.*` */
  async saveSettings(settings: Settings): Promise<void> {
    await this.#held.signedIn.saveSettings(settings);
    this.#held.announce.changed();
  }

  /** The way to the internet; the defaults before sign-in. */
  get network(): NetworkSettings {
    return this.#held.session?.network ?? DEFAULT_NETWORK;
  }

  /** @throws CodedError `settings.*`, `auth.*` */
  async saveNetwork(network: NetworkSettings): Promise<void> {
    await this.#held.signedIn.saveNetwork(network);
    this.#held.announce.changed();
  }

  /** Whom to call; known after sign-in, and before it when the computer is halted. */
  get contacts(): ContactDetails {
    return this.#held.usable === null ? (this.#held.installation?.crisis?.contacts ?? NO_CONTACTS) : this.#held.contacts;
  }

  /** @throws CodedError `auth.*` */
  async saveContacts(contacts: ContactDetails): Promise<void> {
    await this.#held.signedIn.vault.putSetting('contacts', { ...contacts });
    this.#held.contacts = contacts;
    this.#held.announce.changed();
  }

  /** The time stamping authorities; empty before sign-in. */
  get timeAuthorities(): readonly TimeAuthoritySetting[] {
    return this.#held.timeAuthorities.map(({ name, url, rootPem }) => ({ name, url, rootPem }));
  }

  /** Stores one or two time stamping authorities, or none; they hold from now on, in the open case too. @throws CodedError `time.bad-setting`, `time.bad-root`, `auth.*` */
  async saveTimeAuthorities(authorities: readonly TimeAuthoritySetting[]): Promise<void> {
    this.#held.timeAuthorities = await saveTimeAuthorities(this.#held.signedIn.vault, authorities, this.#held.ports.sha256);
    this.#held.announce.changed();
  }

  /** The policy tables; null before sign-in and while the app is locked. */
  get policy(): PolicyTables | null {
    return this.#held.usable?.policy ?? null;
  }

  /** Changes the table of concerns. @throws CodedError `auth.*`, `policy.*` */
  async changePolicy(change: Parameters<PolicyTables['change']>[0]): Promise<void> {
    const { signedIn, ports, announce } = this.#held;
    await signedIn.policy.change(change, ports.clock.now(), signedIn.reviewers);
    announce.changed();
  }

  /** Changes the table of sanctions. @throws CodedError `auth.*`, `policy.*` */
  async changeSanctions(change: Parameters<PolicyTables['changeSanctions']>[0]): Promise<void> {
    const { signedIn, ports, announce } = this.#held;
    await signedIn.policy.changeSanctions(change, ports.clock.now(), signedIn.reviewers);
    announce.changed();
  }
}
