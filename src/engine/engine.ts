import { CodedError } from '../record/coded-error.js';
import type { CopyView } from '../ipc/admin-state.js';
import type { CaseSums, LockView, SignedOutCase } from '../ipc/state.js';
import type { EntryData } from '../record/kinds.js';
import { createVault, openVault, type Credentials, type LockedVault, type SetUp } from '../vault/vault.js';
import { concernCategory } from '../investigation/policy/concerns.js';
import type { AdminFacts } from './admin-facts.js';
import { confirmBoth, lockedError, type Announcer, type CaseSurroundings } from './case-context.js';
import type { CaseLine } from './case-list.js';
import { type ContactDetails, NO_CONTACTS } from './contacts.js';
import { EngineLock } from './engine-lock.js';
import { IdleLock } from './idle-lock.js';
import { drainInbox } from './inbox.js';
import type { FlagLists } from './flag-lists.js';
import type { MachineFacts } from './machine.js';
import { DEFAULT_NETWORK, type NetworkSettings } from './network-settings.js';
import { compareWithBundle, type OwnRecords } from './older-record.js';
import { OpenCase, type LeftBehind, type NewCase } from './open-case.js';
import type { EnginePorts } from './ports.js';
import { keptTimeAuthorities, saveTimeAuthorities, type TimeAuthority, type TimeAuthoritySetting } from './trusted-time-settings.js';
import { demandStrong } from './passphrase-strength.js';
import { PreFlight } from './pre-flight.js';
import { Register } from './register.js';
import { Reviewers } from './reviewers.js';
import { presentSelfTest, selfTestEntry, type SelfTestResult } from './self-tests.js';
import { Session } from './session.js';
import { DEFAULT_SETTINGS, type Settings } from './settings.js';

/** What set-up asks for. */
export interface EngineSetUp extends SetUp {
  readonly contacts: ContactDetails;
}

/** A new case, and both passphrases again. */
export interface CaseOpening extends NewCase {
  /** Both declare, with the same passphrases, that they are not the person concerned, nor a partner or relative. */
  readonly notConcerned?: boolean;
  readonly first: Credentials;
  readonly second: Credentials;
}

/**
 * The use cases of the app over one vault: set-up, sign-in, the cases, and the one case that is open. The screens and
 * the command line drive this same object.
 */
export class Engine {
  readonly #folder: string;
  readonly #ports: EnginePorts;
  readonly #announce: Announcer;
  readonly #idle: IdleLock;
  /** Copies, checks, the end of a case. */
  readonly register: Register;
  /** Who may sign in. */
  readonly reviewers: Reviewers;
  #locked: LockedVault | null = null;
  #session: Session | null = null;
  #lock: EngineLock | null = null;
  #contacts: ContactDetails = NO_CONTACTS;
  #timeAuthorities: readonly TimeAuthority[] = [];
  #case: OpenCase | null = null;
  /** A sign-in, a sign-out, or a case that opens or closes: one at a time. */
  #busy = false;
  /** Both asked to step out while something was busy that must not be cut short. */
  #lockNext = false;
  #machine: MachineFacts | null = null;
  /** What signing out of a locked app left of a case, until that is opened again. */
  readonly #left = new Map<string, LeftBehind>();

  private constructor(folder: string, ports: EnginePorts, announce: Announcer) {
    this.#folder = folder;
    this.#ports = ports;
    this.#announce = announce;
    this.#idle = new IdleLock(ports.clock);
    this.register = new Register({
      ports, announce, vault: () => this.#signedIn().vault, installation: () => this.#locked, cases: () => this.cases,
      openCaseId: () => this.#case?.context.record.store.id ?? null, forget: (id) => { this.#forget(id); },
    });
    this.reviewers = new Reviewers({
      ports, work: this.register.work, session: () => this.#signedIn(), installation: () => this.#installation(), inUse: () => this.#session !== null || this.#lock !== null,
      openCase: () => this.#case !== null, haltedReference: () => this.haltedCase?.reference ?? null, alone: (work) => this.#unlocked(work),
    });
  }

  /** An engine over `folder`, which may be absent or empty (then {@link setUp} comes first). @throws CodedError `vault.*` */
  static async start(folder: string, exists: boolean, ports: EnginePorts, announce: Announcer): Promise<Engine> {
    const engine = new Engine(folder, ports, announce);
    engine.#machine = (await ports.machine?.read()) ?? null;
    if (exists) engine.#locked = await openVault(folder, engine.#vaultPorts());
    return engine;
  }

  /** The vault before anybody has signed in; null before set-up. */
  get installation(): LockedVault | null {
    return this.#locked;
  }

  /** Initials of the two who are signed in, or null. */
  get signedIn(): readonly [string, string] | null {
    return this.#lock === null ? (this.#session?.reviewers ?? null) : null;
  }

  /** Who locked the app, why, and what it waits for; null while it is not locked. */
  get lockView(): LockView | null {
    return this.#lock?.view ?? null;
  }

  /** The case that is open, or null; also null while the app is locked. */
  get case(): OpenCase | null {
    return this.#lock === null ? this.#case : null;
  }

  /** The case that is open. @throws CodedError `case.none-open`, `auth.locked` */
  get openedCase(): OpenCase {
    if (this.#lock !== null) throw lockedError();
    if (this.#case === null) throw new CodedError('case.none-open', 'No case is open. Open one first.');
    return this.#case;
  }

  /** What comes before the first browsing in the open case. @throws CodedError `auth.*`, `case.none-open` */
  get preFlight(): PreFlight {
    return new PreFlight({ folder: this.#folder, ports: this.#ports, session: this.#signedIn(), open: this.openedCase, contacts: this.#contacts, timeAuthorities: this.#timeAuthorities.length });
  }

  /** The flag lists, to be looked at. @throws CodedError `auth.*` */
  get flagLists(): FlagLists {
    return this.#signedIn().lists;
  }

  /** The flag lists, to be changed. @throws CodedError `auth.*`, `lists.browsing`: pages are watched with the same lists from the first to the last */
  get changeableLists(): FlagLists {
    if (this.#case?.sitting != null) throw new CodedError('lists.browsing', 'The browser is running. Close it or the case first, then change the lists.');
    return this.flagLists;
  }

  /** The list of cases; empty before sign-in. */
  get cases(): readonly CaseLine[] {
    return this.#lock === null ? (this.#session?.list.lines ?? []) : [];
  }

  /** Holds a bundle of this installation against this computer's own records; null before sign-in. */
  get ownRecords(): OwnRecords | null {
    const vault = this.#lock === null ? (this.#session?.vault ?? null) : null;
    return vault === null ? null : (caseId, source) => compareWithBundle(vault, caseId, source, this.#ports.sha256);
  }

  /** What the school has set; the defaults before sign-in. */
  get settings(): Settings {
    return this.#session?.settings ?? DEFAULT_SETTINGS;
  }

  /** What two who are signed in know of the installation; null before sign-in and while the app is locked. */
  get admin(): AdminFacts | null {
    return this.#lock === null ? (this.#session?.admin ?? null) : null;
  }

  /** Reads {@link admin} anew, after a backup or a check. */
  async refreshAdmin(): Promise<void> {
    await this.admin?.refresh();
    this.#announce.changed();
  }

  /** Whom to call; known after sign-in, and before it when the computer is halted. */
  get contacts(): ContactDetails {
    return this.#session === null || this.#lock !== null ? (this.#locked?.crisis?.contacts ?? NO_CONTACTS) : this.#contacts;
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
    const { organisation, computer } = setUp;
    if (this.#ports.practising !== true) for (const { initials, name, position, passphrase } of setUp.reviewers) await demandStrong(passphrase, initials, [name, position, initials, organisation, computer.name]);
    await createVault(this.#folder, setUp, this.#vaultPorts());
    this.#locked = await openVault(this.#folder, this.#vaultPorts());
    const [first, second] = setUp.reviewers;
    await this.signIn(first, second);
    await this.saveContacts(contacts);
  }

  /** Instead of {@link setUp}: takes the installation from a backup. Two of its reviewers sign in next. @throws CodedError `restore.*`, `vault.*` */
  async restore(from: string): Promise<CopyView> {
    return this.#alone(async () => {
      if (this.#locked !== null) throw new CodedError('set-up.done', 'This computer has been set up already. A backup is restored only where nothing has been set up.');
      const copied = await this.register.copyBack(from, this.#folder);
      this.#locked = await openVault(this.#folder, this.#vaultPorts());
      return copied;
    });
  }

  /** Two reviewers sign in. @throws CodedError `auth.*`, `vault.*` */
  async signIn(first: Credentials, second: Credentials): Promise<void> {
    if (this.#locked === null) throw new CodedError('set-up.not-done', 'This computer has not been set up yet.');
    if (this.#session !== null || this.#lock !== null) throw new CodedError('auth.already', 'Two people are signed in already. Sign out first.');
    const locked = this.#locked;
    const credentials = [first, second].map(({ initials, passphrase }) => ({ initials, passphrase })) as [Credentials, Credentials];
    await this.#alone(async () => {
      this.#session = await Session.begin(await locked.unlock(credentials[0], credentials[1]), this.#ports);
      this.#contacts = this.#session.contacts;
      this.#timeAuthorities = await keptTimeAuthorities(this.#session.vault, this.#ports.sha256);
      await this.reviewers.noteSignIn(this.#session, credentials);
    });
    this.#idle.touch();
    this.#announce.changed();
  }

  /** Closes the case that is open and gives what both added since they signed in, to be read before they sign for it. */
  async prepareSignOut(): Promise<readonly CaseSums[]> {
    return this.#alone(async () => {
      const session = this.#signedIn();
      await this.#closeCase('sign-out');
      return session.readSums();
    });
  }

  /**
   * Signs out, with both reviewers' acts where `signatures` are given ({@link prepareSignOut} comes first). Gives the
   * eight words of each case that was changed, to be written down.
   *
   * @throws CodedError `sign-out.not-read`, `auth.*`: nobody is signed out. Without signatures it always signs out.
   */
  signOut(signatures: readonly [Credentials, Credentials] | null = null): Promise<readonly SignedOutCase[]> {
    return this.#alone(() => (this.#lock === null ? this.#signOut(signatures) : this.#signOutLocked(this.#lock)));
  }

  async #signOut(signatures: readonly [Credentials, Credentials] | null): Promise<readonly SignedOutCase[]> {
    const session = this.#session;
    if (session === null) return [];
    const acting = signatures === null ? null : await session.actsForSignOut(signatures);
    this.register.work.cancel();
    let gone: readonly SignedOutCase[] = [];
    try {
      await this.#closeCase('sign-out');
      gone = await session.writeSignOuts(acting);
    } catch (error) {
      await this.#case?.abandon();
      this.#announceFailure(error, 'You are signed out, but that could not be written to the record');
    }
    session.end();
    this.#session = null;
    this.#timeAuthorities = [];
    this.#case = null;
    this.#announce.changed();
    return gone;
  }

  /** Nothing can be written without the passphrases: the record says that the app was locked, and that is where it ends. */
  async #signOutLocked(lock: EngineLock): Promise<readonly SignedOutCase[]> {
    const left = await lock.abandon();
    if (left !== null) this.#left.set(left.id, left);
    this.#lock = null;
    this.#announce.changed();
    return [];
  }

  /** Somebody did something. */
  touch(): void {
    this.#idle.touch();
  }

  /** To be called every second or so: locks when nobody is there, and makes the checkpoint of every ten minutes. */
  async tick(): Promise<void> {
    if (this.#session === null || this.#lock !== null || this.#busy) return;
    const halt = this.#case?.context.record.state.halt ?? null;
    // The question after STOP waits two minutes for an answer, whatever else is set.
    if (this.#case?.working === true || this.register.work.running || halt?.answered === false) this.touch();
    if (this.#idle.isDue(this.settings.idleMinutes)) {
      await this.lock('idle');
      return;
    }
    try {
      await this.#case?.tick();
    } catch (error) {
      this.#announceFailure(error, 'The checkpoint of every ten minutes could not be made');
    }
  }

  /**
   * Locks the app: the view is blank and takes nothing when this returns to the event loop; it resolves once the keys
   * are gone, which waits for a bundle that is being made.
   */
  async lock(reason: EntryData<'locked'>['reason']): Promise<void> {
    const session = this.#session;
    if (session === null || this.#lock !== null) return;
    if (this.#busy) {
      this.#lockNext = reason === 'step-out';
      return;
    }
    const open = this.#case;
    // Whoever leaves has not answered, and what nobody answers is a halt. The view is blank since STOP.
    if (open?.context.record.state.halt?.answered === false) await open.halt.answer(null, 'unanswered', '').catch((error: unknown) => this.#announceFailure(error, 'The halt could not be written down'));
    this.register.work.cancel();
    const lock = new EngineLock(reason, session, open, this.#announce);
    this.#lock = lock;
    this.#case = null;
    if (await lock.run()) this.#session = null;
  }

  /**
   * The same two reviewers come back, to the same case and the same page.
   *
   * @throws CodedError `auth.not-locked`, `auth.other-people`, `auth.*`, `vault.*`: it stays locked
   */
  resume(first: Credentials, second: Credentials): Promise<void> {
    return this.#alone(() => this.#resume(first, second));
  }

  async #resume(first: Credentials, second: Credentials): Promise<void> {
    const lock = this.#lock;
    if (lock === null) throw new CodedError('auth.not-locked', 'The app is not locked.');
    const credentials = lock.inOrder(first, second);
    const kept = await lock.cancel(credentials);
    if (kept !== null) {
      this.#case = kept.open;
      this.#session = kept.session;
      await kept.open.unblank();
    } else {
      const vault = await this.#installation().unlock(...credentials);
      try {
        const session = await Session.begin(vault, this.#ports, lock.since);
        this.#case = lock.left === null ? null : await this.#resumeCase(session, lock.left.id, lock.left);
        this.#session = session;
      } catch (error) {
        lock.left?.sitting?.blank();
        lock.left?.sitting?.hold();
        vault.lock();
        throw error;
      }
    }
    this.#lock = null;
    this.#idle.touch();
    this.#announce.changed();
  }

  async #resumeCase(session: Session, id: string, left: LeftBehind): Promise<OpenCase> {
    const open = await OpenCase.resume(await session.vault.openCase(id), this.#surroundings(session), left);
    await open.addResumed();
    await this.#follow(open, session);
    return open;
  }

  /** Stores whom to call. */
  async saveContacts(contacts: ContactDetails): Promise<void> {
    await this.#signedIn().vault.putSetting('contacts', { ...contacts });
    this.#contacts = contacts;
    this.#announce.changed();
  }

  /** The time stamping authorities in the settings; empty before sign-in. */
  get timeAuthorities(): readonly TimeAuthoritySetting[] {
    return this.#timeAuthorities.map(({ name, url, rootPem }) => ({ name, url, rootPem }));
  }

  /** Stores one or two time stamping authorities, or none; they hold from now on, in the open case too. @throws CodedError `time.bad-setting`, `time.bad-root` */
  async saveTimeAuthorities(authorities: readonly TimeAuthoritySetting[]): Promise<void> {
    this.#timeAuthorities = await saveTimeAuthorities(this.#signedIn().vault, authorities, this.#ports.sha256);
    this.#announce.changed();
  }

  /** Stores what the school sets about a sitting. @throws CodedError `settings.*` */
  async saveSettings(settings: Settings): Promise<void> {
    await this.#signedIn().saveSettings(settings);
    this.#announce.changed();
  }

  /** What the school has set about the way to the internet; the defaults before sign-in. */
  get network(): NetworkSettings {
    return this.#session?.network ?? DEFAULT_NETWORK;
  }

  /** Stores what the school sets about the way to the internet. @throws CodedError `settings.*` */
  async saveNetwork(network: NetworkSettings): Promise<void> {
    await this.#signedIn().saveNetwork(network);
    this.#announce.changed();
  }

  /** Opens a new case, for which both give their passphrases again; gives its identifier. @throws CodedError `auth.*`, `case.reference-taken`, `computer.halted` */
  async openCase({ first, second, notConcerned = false, ...opening }: CaseOpening): Promise<string> {
    return this.#exclusively(async () => {
      const session = this.#signedIn();
      const { vault } = session;
      const installation = this.#installation();
      this.#demandNotHalted(null);
      if (this.cases.some((line) => line.reference === opening.reference)) throw new CodedError('case.reference-taken', 'There is a case with this reference already. Choose another.');
      const acting = await confirmBoth(session, first, second);
      const selfTest = await this.#selfTest(vault);
      const store = await vault.createCase();
      const reviewers = vault.signers.map(({ initials, name, position, certificate }) => ({ initials, name, position, certificate }));
      const { organisation, computer, rootFingerprint } = installation;
      this.#case = await OpenCase.create(store, this.#surroundings(session), opening, { organisation, computer: { ...computer }, reviewers, root: rootFingerprint }, notConcerned ? acting : null);
      const { record } = this.#case.context;
      session.begun(store.id, 0);
      if (selfTest !== null) await record.add('self-test', ['app'], selfTestEntry(selfTest, this.#ports.sha256));
      await this.#follow(this.#case, session);
      return store.id;
    });
  }

  /** Shows a stored case. @throws CodedError `case.unknown`, `vault.altered` */
  async showCase(id: string): Promise<void> {
    await this.#exclusively(async () => {
      const session = this.#signedIn();
      this.#demandNotHalted(id);
      const store = await session.vault.openCase(id);
      const from = (store.head?.seq ?? -1) + 1;
      this.#case = await OpenCase.resume(store, this.#surroundings(session), this.#left.get(id) ?? null);
      this.#left.delete(id);
      if (this.#case.wasLocked) await this.#case.addResumed();
      if (!this.#case.context.elsewhere) session.begun(id, from);
      await this.#follow(this.#case, session);
    });
  }

  /** Closes the case that is open. */
  closeCase(): Promise<readonly string[] | null> {
    if (this.#lock !== null) throw lockedError();
    return this.#alone(() => this.#closeCase('closed'));
  }

  async #closeCase(reason: 'sign-out' | 'closed'): Promise<readonly string[] | null> {
    const open = this.#case;
    if (open === null) return null;
    const words = await open.close(reason);
    await this.#session?.list.update(open.context.record);
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
    // What is under way now cannot be waited for: it fails for want of keys, and nothing of it was acknowledged.
    await this.signOut().catch(() => this.#case?.abandon());
    await this.#locked?.close();
    this.#locked = null;
  }

  /** A case was destroyed: nothing here speaks of it any more. */
  #forget(id: string): void {
    this.#session?.forget(id);
    this.#left.delete(id);
    this.#announce.changed();
  }

  #vaultPorts(): { clock: EnginePorts['clock']; random: EnginePorts['random']; sha256: EnginePorts['sha256']; kdf?: NonNullable<EnginePorts['kdf']> } {
    const { clock, random, sha256, kdf } = this.#ports;
    return { clock, random, sha256, ...(kdf === undefined ? {} : { kdf }) };
  }

  #signedIn(): Session {
    if (this.#lock !== null) throw lockedError();
    if (this.#session === null) throw new CodedError('auth.not-signed-in', 'Two people have to sign in first.');
    return this.#session;
  }

  #installation(): LockedVault {
    if (this.#locked === null) throw new CodedError('set-up.not-done', 'This computer has not been set up yet.');
    return this.#locked;
  }

  async #selfTest(vault: Session['vault']): Promise<SelfTestResult | null> {
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

  #surroundings(session: Session): CaseSurroundings {
    const { vault, reviewers } = session;
    return { vault, reviewers, ports: this.#ports, contacts: () => this.#contacts, crisis: () => this.#locked?.crisis ?? null, timeAuthorities: () => this.#timeAuthorities, settings: () => session.settings, network: () => session.network, flags: () => session.lists, machine: this.#machine, announce: this.#announce };
  }

  #announceFailure(error: unknown, what: string): void {
    const why = error instanceof CodedError ? error.sentence : 'Something went wrong inside the app.';
    this.#announce.alert('record.not-written', `${what}. ${why} Everything that was recorded before is safe.`);
  }

  async #follow(open: OpenCase, session: Session): Promise<void> {
    const { record, elsewhere } = open.context;
    const { list, vault } = session;
    if (!elsewhere) await drainInbox({ vault, reviewers: this.#installation().reviewers, cases: list.lines, ports: this.#ports }, record);
    await list.update(record);
    record.onEntry((entry) => {
      if (['capture', 'concern', 'stop', 'stop-withdrawn', 'halt', 'halt-released', 'halt-ended', 'conclusion', 'seal'].includes(entry.header.kind)) {
        list.update(record).catch(() => undefined);
      }
    });
    this.#announce.changed();
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.#case !== null) throw new CodedError('case.already-open', 'Another case is open. Close it first.');
    this.register.work.demandCasesFree();
    return this.#alone(work);
  }

  /** Like {@link #alone}; who steps out meanwhile is locked out once `work` has ended, so that no key goes halfway through. */
  async #unlocked<T>(work: () => Promise<T>): Promise<T> {
    this.#lockNext = false;
    try {
      return await this.#alone(work);
    } finally {
      if (this.#takeLockNext()) void this.lock('step-out');
    }
  }

  #takeLockNext(): boolean {
    const asked = this.#lockNext;
    this.#lockNext = false;
    return asked;
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new CodedError('case.busy', 'Something is still being opened or closed. Wait a moment.');
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }
}
