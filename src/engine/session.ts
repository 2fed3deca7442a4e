import { CodedError, isCoded } from '../record/coded-error.js';
import type { CaseSums, SignedOutCase } from '../ipc/state.js';
import type { Credentials, Signer, UnlockedVault } from '../vault/vault.js';
import { AdminFacts } from './admin-facts.js';
import { confirmBoth } from './case-context.js';
import { CaseList } from './case-list.js';
import { CaseRecord } from './case-record.js';
import { contactsSchema, NO_CONTACTS, type ContactDetails } from './contacts.js';
import { loadNetwork, storeNetwork, type NetworkSettings } from './network-settings.js';
import { FlagLists } from './flag-lists.js';
import { PolicyTables } from './policy-tables.js';
import type { EnginePorts } from './ports.js';
import { loadSettings, storeSettings, type Settings } from './settings.js';
import { caseSums, writeSignOut } from './sign-out.js';

/** Where this time's entries begin in each case that was opened: its identifier and a sequence number. */
export type Beginnings = ReadonlyMap<string, number>;

/** Two reviewers who are signed in, with what only they can reach. */
export class Session {
  readonly vault: UnlockedVault;
  readonly reviewers: readonly [string, string];
  readonly list: CaseList;
  readonly lists: FlagLists;
  readonly contacts: ContactDetails;
  readonly admin: AdminFacts;
  readonly policy: PolicyTables;
  readonly #ports: EnginePorts;
  readonly #since: Map<string, number>;
  #settings: Settings;
  #network: NetworkSettings;
  #read = false;

  private constructor(vault: UnlockedVault, ports: EnginePorts, about: { list: CaseList; lists: FlagLists; contacts: ContactDetails; admin: AdminFacts; policy: PolicyTables; settings: Settings; network: NetworkSettings; since: Beginnings }) {
    const [first, second] = vault.signers;
    this.vault = vault;
    this.reviewers = [first.initials, second.initials];
    this.list = about.list;
    this.lists = about.lists;
    this.contacts = about.contacts;
    this.admin = about.admin;
    this.policy = about.policy;
    this.#ports = ports;
    this.#since = new Map(about.since);
    this.#settings = about.settings;
    this.#network = about.network;
  }

  /** After a sign-in, or after a lock, over which `since` is kept. */
  static async begin(vault: UnlockedVault, ports: EnginePorts, since: Beginnings = new Map()): Promise<Session> {
    const contacts = contactsSchema.safeParse(await vault.setting('contacts')).data ?? NO_CONTACTS;
    return new Session(vault, ports, { list: await CaseList.load(vault), lists: await FlagLists.load(vault, ports.clock), contacts, admin: await AdminFacts.load(vault), policy: await PolicyTables.load(vault), settings: await loadSettings(vault), network: await loadNetwork(vault), since });
  }

  get settings(): Settings {
    return this.#settings;
  }

  get network(): NetworkSettings {
    return this.#network;
  }

  /** They hold from the next start of the browser on. @throws CodedError `settings.*` */
  async saveNetwork(network: NetworkSettings): Promise<void> {
    await storeNetwork(this.vault, network);
    this.#network = network;
  }

  get since(): Beginnings {
    return this.#since;
  }

  /** @throws CodedError `settings.*` */
  async saveSettings(settings: Settings): Promise<void> {
    await storeSettings(this.vault, settings);
    this.#settings = { ...this.#settings, ...settings };
  }

  /** A case was opened; what these two add to it begins with entry `seq`. */
  begun(id: string, seq: number): void {
    this.#read = false;
    if (!this.#since.has(id)) this.#since.set(id, seq);
  }

  /** A case was destroyed. */
  forget(id: string): void {
    this.#since.delete(id);
    this.list.forget(id);
  }

  /** What was added to each case; none may be open. Opening one again undoes the reading. */
  async readSums(): Promise<readonly CaseSums[]> {
    const sums: CaseSums[] = [];
    for await (const [record, from] of this.#records()) {
      const found = caseSums(record, from);
      if (found !== null) sums.push(found);
    }
    this.#read = true;
    return sums;
  }

  /** Both give their passphrases for what they have read. @throws CodedError `sign-out.not-read`, `auth.*` */
  async actsForSignOut([first, second]: readonly [Credentials, Credentials]): Promise<readonly [Signer, Signer]> {
    if (!this.#read) throw new CodedError('sign-out.not-read', 'Both of you read what you did first. Then you sign for it.');
    return confirmBoth(this, first, second);
  }

  /** Writes into every case that was changed that both leave. */
  async writeSignOuts(acting: readonly [Signer, Signer] | null): Promise<readonly SignedOutCase[]> {
    const gone: SignedOutCase[] = [];
    for await (const [record, from] of this.#records()) {
      if (record.entries.length > from) gone.push(await writeSignOut(record, from, acting));
    }
    return gone;
  }

  /** The keys go. */
  end(): void {
    this.lists.forget();
    this.vault.lock();
  }

  async *#records(): AsyncGenerator<[CaseRecord, number]> {
    for (const [id, from] of this.#since) {
      // A case may have been destroyed while the app locked.
      const store = await this.vault.openCase(id).catch((error: unknown) => {
        if (isCoded(error, 'case.unknown')) return null;
        throw error;
      });
      if (store === null || (store.head?.seq ?? -1) < from) continue;
      yield [await CaseRecord.load(store, this.vault.signers, this.#ports), from];
    }
  }
}
