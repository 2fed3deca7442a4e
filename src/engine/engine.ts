import { CodedError } from '../record/coded-error.js';
import { createVault, openVault, type Credentials, type LockedVault, type SetUp, type UnlockedVault } from '../vault/vault.js';
import { concernCategory } from '../investigation/policy/concerns.js';
import type { Announcer, CaseSurroundings } from './case-context.js';
import { CaseList, type CaseLine } from './case-list.js';
import { contactsSchema, type ContactDetails, NO_CONTACTS } from './contacts.js';
import { OpenCase, type NewCase } from './open-case.js';
import type { EnginePorts } from './ports.js';
import { keptTimeAuthorities, saveTimeAuthorities, type TimeAuthority, type TimeAuthoritySetting } from './trusted-time-settings.js';
import { presentSelfTest, selfTestEntry, type SelfTestResult } from './self-tests.js';

/** What set-up asks for. */
export interface EngineSetUp extends SetUp {
  readonly contacts: ContactDetails;
}

/**
 * The use cases of the app over one vault: set-up, sign-in, the cases, and the one case that is open. The screens and
 * the command line drive this same object.
 */
export class Engine {
  readonly #folder: string;
  readonly #ports: EnginePorts;
  readonly #announce: Announcer;
  #locked: LockedVault | null = null;
  #unlocked: UnlockedVault | null = null;
  #list: CaseList | null = null;
  #contacts: ContactDetails = NO_CONTACTS;
  #timeAuthorities: readonly TimeAuthority[] = [];
  #case: OpenCase | null = null;
  #opening = false;

  private constructor(folder: string, ports: EnginePorts, announce: Announcer) {
    this.#folder = folder;
    this.#ports = ports;
    this.#announce = announce;
  }

  /** An engine over `folder`, which may be absent or empty (then {@link setUp} comes first). @throws CodedError `vault.*` */
  static async start(folder: string, exists: boolean, ports: EnginePorts, announce: Announcer): Promise<Engine> {
    const engine = new Engine(folder, ports, announce);
    if (exists) engine.#locked = await openVault(folder, engine.#vaultPorts());
    return engine;
  }

  /** The vault before anybody has signed in; null before set-up. */
  get installation(): LockedVault | null {
    return this.#locked;
  }

  /** Initials of the two who are signed in, or null. */
  get signedIn(): readonly [string, string] | null {
    if (this.#unlocked === null) return null;
    const [first, second] = this.#unlocked.signers;
    return [first.initials, second.initials];
  }

  /** The case that is open, or null. */
  get case(): OpenCase | null {
    return this.#case;
  }

  /** The case that is open. @throws CodedError `case.none-open` */
  get openedCase(): OpenCase {
    if (this.#case === null) throw new CodedError('case.none-open', 'No case is open. Open one first.');
    return this.#case;
  }

  /** The list of cases; empty before sign-in. */
  get cases(): readonly CaseLine[] {
    return this.#list?.lines ?? [];
  }

  /** Whom to call; known after sign-in, and before it when the computer is halted. */
  get contacts(): ContactDetails {
    return this.#unlocked === null ? (this.#locked?.crisis?.contacts ?? NO_CONTACTS) : this.#contacts;
  }

  /**
   * The case that halts this computer, or null: one whose record is halted and not released, or the one that the plain
   * crisis file names, which is written before the list of cases is.
   */
  get haltedCase(): CaseLine | null {
    const crisis = this.#locked?.crisis ?? null;
    return this.cases.find((line) => line.phase === 'halted' && !line.released) ?? (crisis === null ? null : (this.cases.find((line) => line.reference === crisis.caseReference) ?? null));
  }

  /** Sets the installation up: its two first reviewers enrol each other. @throws CodedError `set-up.*`, `auth.weak-passphrase`, `vault.*` */
  async setUp(details: EngineSetUp): Promise<void> {
    if (this.#locked !== null) throw new CodedError('set-up.done', 'This computer has been set up already. Sign in instead.');
    const { contacts, ...setUp } = details;
    await createVault(this.#folder, setUp, this.#vaultPorts());
    this.#locked = await openVault(this.#folder, this.#vaultPorts());
    const [first, second] = setUp.reviewers;
    await this.signIn(first, second);
    await this.saveContacts(contacts);
  }

  /** Two reviewers sign in. @throws CodedError `auth.*`, `vault.*` */
  async signIn(first: Credentials, second: Credentials): Promise<void> {
    if (this.#locked === null) throw new CodedError('set-up.not-done', 'This computer has not been set up yet.');
    if (this.#unlocked !== null) throw new CodedError('auth.already', 'Two people are signed in already. Sign out first.');
    const credentials = [first, second].map(({ initials, passphrase }) => ({ initials, passphrase })) as [Credentials, Credentials];
    const unlocked = await this.#locked.unlock(credentials[0], credentials[1]);
    this.#unlocked = unlocked;
    this.#list = await CaseList.load(unlocked);
    this.#contacts = contactsSchema.safeParse(await unlocked.setting('contacts')).data ?? NO_CONTACTS;
    this.#timeAuthorities = await keptTimeAuthorities(unlocked, this.#ports.sha256);
    this.#announce.changed();
  }

  /** Signs out; gives the eight words of the open case's last checkpoint to write down, or null. */
  async signOut(): Promise<readonly string[] | null> {
    const words = await this.closeCase('sign-out');
    this.#unlocked?.lock();
    this.#unlocked = null;
    this.#list = null;
    this.#timeAuthorities = [];
    this.#announce.changed();
    return words;
  }

  /** Stores whom to call. */
  async saveContacts(contacts: ContactDetails): Promise<void> {
    await this.#vault().putSetting('contacts', { ...contacts });
    this.#contacts = contacts;
    this.#announce.changed();
  }

  /** The time stamping authorities in the settings; empty before sign-in. */
  get timeAuthorities(): readonly TimeAuthoritySetting[] {
    return this.#timeAuthorities.map(({ name, url, rootPem }) => ({ name, url, rootPem }));
  }

  /** Stores one or two time stamping authorities, or none; they hold from now on, in the open case too. @throws CodedError `time.bad-setting`, `time.bad-root` */
  async saveTimeAuthorities(authorities: readonly TimeAuthoritySetting[]): Promise<void> {
    this.#timeAuthorities = await saveTimeAuthorities(this.#vault(), authorities, this.#ports.sha256);
    this.#announce.changed();
  }

  /** Opens a new case and gives its identifier. @throws CodedError `case.reference-taken`, `computer.halted` */
  async openCase(opening: NewCase): Promise<string> {
    return this.#exclusively(async () => {
      const vault = this.#vault();
      const installation = this.#installation();
      this.#demandNotHalted(null);
      if (this.cases.some((line) => line.reference === opening.reference)) throw new CodedError('case.reference-taken', 'There is a case with this reference already. Choose another.');
      const selfTest = await this.#selfTest(vault);
      const store = await vault.createCase();
      const reviewers = vault.signers.map(({ initials, name, position, certificate }) => ({ initials, name, position, certificate }));
      const { organisation, computer, rootFingerprint } = installation;
      this.#case = await OpenCase.create(store, this.#caseContext(vault), opening, { organisation, computer: { ...computer }, reviewers, root: rootFingerprint });
      const { record } = this.#case.context;
      if (selfTest !== null) await record.add('self-test', ['app'], selfTestEntry(selfTest, this.#ports.sha256));
      await this.#follow(this.#case);
      return store.id;
    });
  }

  /** Shows a stored case. @throws CodedError `case.unknown`, `vault.altered` */
  async showCase(id: string): Promise<void> {
    await this.#exclusively(async () => {
      const vault = this.#vault();
      this.#demandNotHalted(id);
      this.#case = await OpenCase.resume(await vault.openCase(id), this.#caseContext(vault));
      await this.#follow(this.#case);
    });
  }

  /** Closes the case that is open. */
  async closeCase(reason: 'sign-out' | 'closed' = 'closed'): Promise<readonly string[] | null> {
    const open = this.#case;
    if (open === null) return null;
    const words = await open.close(reason);
    await this.#list?.update(open.context.record);
    this.#case = null;
    this.#announce.changed();
    return words;
  }

  /** Adds a concern after checking its category against the policy table. @throws CodedError `concern.unknown-category` */
  async addConcern(by: string, category: string, description: string): Promise<void> {
    if (concernCategory(category) === undefined) throw new CodedError('concern.unknown-category', 'There is no such kind of concern. Choose one from the list.');
    await this.openedCase.addConcern(by, category, description);
  }

  /** Signs out and lets go of the vault. */
  async close(): Promise<void> {
    try {
      await this.signOut();
    } finally {
      await this.#locked?.close();
      this.#locked = null;
    }
  }

  #vaultPorts(): { clock: EnginePorts['clock']; random: EnginePorts['random']; sha256: EnginePorts['sha256']; kdf?: NonNullable<EnginePorts['kdf']> } {
    const { clock, random, sha256, kdf } = this.#ports;
    return { clock, random, sha256, ...(kdf === undefined ? {} : { kdf }) };
  }

  #vault(): UnlockedVault {
    if (this.#unlocked === null) throw new CodedError('auth.not-signed-in', 'Two people have to sign in first.');
    return this.#unlocked;
  }

  #installation(): LockedVault {
    if (this.#locked === null) throw new CodedError('set-up.not-done', 'This computer has not been set up yet.');
    return this.#locked;
  }

  async #selfTest(vault: UnlockedVault): Promise<SelfTestResult | null> {
    this.#announce.progress('start', 'Checking that this computer records and captures exactly', 0, 0, false);
    try {
      return await presentSelfTest(vault, this.#ports);
    } finally {
      this.#announce.progressDone();
    }
  }

  /** A halted computer opens no other case until the police have been called and both have signed. */
  #demandNotHalted(except: string | null): void {
    const halted = this.haltedCase;
    if (halted !== null && halted.id !== except) {
      throw new CodedError('computer.halted', `This computer is halted because of case ${halted.reference}. Call the police and follow the steps in that case first.`);
    }
  }

  #caseContext(vault: UnlockedVault): CaseSurroundings {
    const [first, second] = vault.signers;
    return { vault, reviewers: [first.initials, second.initials], ports: this.#ports, contacts: () => this.#contacts, timeAuthorities: () => this.#timeAuthorities, announce: this.#announce };
  }

  async #follow(open: OpenCase): Promise<void> {
    const { record } = open.context;
    await this.#list?.update(record);
    record.onEntry((entry) => {
      if (['capture', 'concern', 'stop', 'stop-withdrawn', 'halt', 'halt-released', 'conclusion', 'seal'].includes(entry.header.kind)) {
        this.#list?.update(record).catch(() => undefined);
      }
    });
    this.#announce.changed();
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.#case !== null) throw new CodedError('case.already-open', 'Another case is open. Close it first.');
    if (this.#opening) throw new CodedError('case.busy', 'A case is being opened. Wait a moment.');
    this.#opening = true;
    try {
      return await work();
    } finally {
      this.#opening = false;
    }
  }
}
