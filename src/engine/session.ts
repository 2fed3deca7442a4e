import { CodedError, isCoded } from '../record/coded-error.js';
import type { CaseSums, SignedOutCase } from '../ipc/state.js';
import type { Credentials, Signer, UnlockedVault } from '../vault/vault.js';
import { AdminFacts } from './admin-facts.js';
import { confirmBoth } from './case-context.js';
import { CaseList } from './case-list.js';
import type { CaseRecord } from './case-record.js';
import { contactsSchema, NO_CONTACTS, type ContactDetails } from './contacts.js';
import { loadNetwork, storeNetwork, type NetworkSettings } from './network-settings.js';
import { FlagLists } from './flag-lists.js';
import { PolicyTables } from './policy-tables.js';
import type { WatchedPorts } from './ports.js';
import { RestingCases } from './resting-cases.js';
import { loadSettings, storeSettings, type Settings } from './settings.js';
import { caseSums, writeSignOut } from './sign-out.js';
import type { TrustedTime } from './trusted-time.js';
import type { TimeAuthority } from './trusted-time-settings.js';

/** Where this time's entries begin in each case that was opened: its identifier and a sequence number. */
export type Beginnings = ReadonlyMap<string, number>;

/** What a session finds around it. */
export interface SessionSurroundings {
  readonly ports: WatchedPorts;
  /** Who stamps times, as the settings say now. */
  readonly authorities: () => readonly TimeAuthority[];
}

/** How long signing out waits for the last time stamps, of all cases together. */
const LAST_STAMPS_MS = 5_000;

/** Two reviewers who are signed in, with what only they can reach. */
export class Session {
  readonly vault: UnlockedVault;
  readonly reviewers: readonly [string, string];
  readonly list: CaseList;
  readonly contacts: ContactDetails;
  readonly admin: AdminFacts;
  readonly policy: PolicyTables;
  readonly #resting: RestingCases;
  readonly #since: Map<string, number>;
  #settings: Settings;
  #network: NetworkSettings;
  #read = false;
  #lists: FlagLists;
  readonly #clock: WatchedPorts['clock'];

  private constructor(vault: UnlockedVault, { ports, authorities }: SessionSurroundings, about: { list: CaseList; lists: FlagLists; contacts: ContactDetails; admin: AdminFacts; policy: PolicyTables; settings: Settings; network: NetworkSettings; since: Beginnings }) {
    const [first, second] = vault.signers;
    this.vault = vault;
    this.reviewers = [first.initials, second.initials];
    this.list = about.list;
    this.#lists = about.lists;
    this.#clock = ports.clock;
    this.contacts = about.contacts;
    this.admin = about.admin;
    this.policy = about.policy;
    this.#resting = new RestingCases({ ports, authorities, signers: vault.signers });
    this.#since = new Map(about.since);
    this.#settings = about.settings;
    this.#network = about.network;
  }

  /** After a sign-in, or after a lock, over which `since` is kept. */
  static async begin(vault: UnlockedVault, around: SessionSurroundings, since: Beginnings = new Map()): Promise<Session> {
    const contacts = contactsSchema.safeParse(await vault.setting('contacts')).data ?? NO_CONTACTS;
    return new Session(vault, around, { list: await CaseList.load(vault), lists: await FlagLists.load(vault, around.ports.clock), contacts, admin: await AdminFacts.load(vault), policy: await PolicyTables.load(vault), settings: await loadSettings(vault), network: await loadNetwork(vault), since });
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
    this.#settings = await loadSettings(this.vault);
  }

  /** A case was opened; what these two add to it begins with entry `seq`. */
  begun(id: string, seq: number): void {
    this.#read = false;
    if (!this.#since.has(id)) this.#since.set(id, seq);
  }

  /** A case left the screen because both sign out. */
  rests(record: CaseRecord, time: TrustedTime): void {
    this.#resting.keep(record, time);
  }

  /** A case is about to be opened: resolves once nothing else writes to it. */
  letGo(id: string): Promise<void> {
    return this.#resting.release(id);
  }

  /** A case was destroyed. */
  forget(id: string): void {
    void this.#resting.release(id);
    this.#since.delete(id);
    this.list.forget(id);
  }

  /** What was added to each case; none may be open. Opening one again undoes the reading. */
  async readSums(): Promise<readonly CaseSums[]> {
    const sums: CaseSums[] = [];
    for await (const [record, from] of this.#records()) {
      const found = await caseSums(record, from);
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

  /** Writes into every case that was changed that both leave, and has each last checkpoint time-stamped where that can be had in time. */
  async writeSignOuts(acting: readonly [Signer, Signer] | null): Promise<readonly SignedOutCase[]> {
    const gone: SignedOutCase[] = [];
    for await (const [record, from] of this.#records()) {
      if (record.count > from) gone.push(await writeSignOut(record, from, acting));
    }
    await this.#resting.finish(LAST_STAMPS_MS);
    return gone;
  }

  /** The flag lists of this computer. */
  get lists(): FlagLists {
    return this.#lists;
  }

  /** Both are back before the keys were gone, after the lists had been forgotten. @throws CodedError `vault.*` */
  async reloadLists(): Promise<void> {
    this.#lists = await FlagLists.load(this.vault, this.#clock);
  }

  /** The keys go. */
  end(): void {
    this.#resting.dispose();
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
      yield [await this.#resting.recordOf(store), from];
    }
  }
}
