import { CodedError } from '../record/coded-error.js';
import type { CopyView } from '../ipc/admin-state.js';
import type { CaseSums, LockView, SignedOutCase } from '../ipc/state.js';
import type { EntryData } from '../record/kinds.js';
import type { Credentials, LockedVault } from '../vault/vault.js';
import type { AdminFacts } from './admin-facts.js';
import { lockedError, type Announcer } from './case-context.js';
import type { CaseLine } from './case-list.js';
import { Cases, type CaseOpening } from './cases.js';
import type { FlagLists } from './flag-lists.js';
import { Held } from './held.js';
import { Installing, type EngineSetUp } from './installing.js';
import { compareWithBundle, type OwnRecords } from './older-record.js';
import type { OpenCase } from './open-case.js';
import type { EnginePorts } from './ports.js';
import type { ChosenSanction } from './policy-tables.js';
import { PreFlight } from './pre-flight.js';
import { Presence } from './presence.js';
import { Register } from './register.js';
import { Reviewers } from './reviewers.js';
import { School } from './school.js';
import { Turns } from './turns.js';

/**
 * The use cases of the app over one vault: set-up, sign-in, the cases, and the one case that is open. The screens and
 * the command line drive this same object.
 */
export class Engine {
  readonly #held: Held;
  readonly #installing: Installing;
  readonly #turns: Turns;
  readonly #cases: Cases;
  readonly #presence: Presence;
  /** Copies, checks, the end of a case. */
  readonly register: Register;
  /** Who may sign in. */
  readonly reviewers: Reviewers;
  /** What the school sets. */
  readonly school: School;

  private constructor(folder: string, ports: EnginePorts, announce: Announcer) {
    const held = new Held(ports, announce);
    this.#held = held;
    this.#installing = new Installing(folder, held);
    this.#turns = new Turns((reason) => void this.lock(reason));
    this.register = new Register({
      ports, announce, vault: () => held.signedIn.vault, installation: () => held.installation, cases: () => held.cases,
      openCaseId: () => held.open?.context.record.store.id ?? null, forget: (id) => { this.#cases.forget(id); },
    });
    this.reviewers = new Reviewers({
      ports, work: this.register.work, session: () => held.signedIn, installation: () => held.setUp, inUse: () => held.session !== null || held.lock !== null,
      openCase: () => held.open !== null, haltedReference: () => held.haltedCase?.reference ?? null, alone: (work) => this.#turns.alone(work),
    });
    this.school = new School(held);
    this.#cases = new Cases(held, this.#turns, this.register.work);
    this.#presence = new Presence({ held, turns: this.#turns, cases: this.#cases, work: this.register.work, reviewers: this.reviewers });
  }

  /** An engine over `folder`, which may be absent or empty (then {@link setUp} comes first). @throws CodedError `vault.*` */
  static async start(folder: string, exists: boolean, ports: EnginePorts, announce: Announcer): Promise<Engine> {
    const engine = new Engine(folder, ports, announce);
    engine.#held.machine = (await ports.machine?.read()) ?? null;
    if (exists) await engine.#installing.open();
    return engine;
  }

  /** The vault before anybody has signed in; null before set-up. */
  get installation(): LockedVault | null {
    return this.#held.installation;
  }

  /** Initials of the two who are signed in, or null. */
  get signedIn(): readonly [string, string] | null {
    return this.#held.usable?.reviewers ?? null;
  }

  /** Who locked the app, why, and what it waits for; null while it is not locked. */
  get lockView(): LockView | null {
    return this.#held.lock?.view ?? null;
  }

  /** The case that is open, or null; also null while the app is locked. */
  get case(): OpenCase | null {
    return this.#held.lock === null ? this.#held.open : null;
  }

  /** The case that is open. @throws CodedError `case.none-open`, `auth.locked` */
  get openedCase(): OpenCase {
    return this.#cases.opened;
  }

  /** What comes before the first browsing in the open case. @throws CodedError `auth.*`, `case.none-open` */
  get preFlight(): PreFlight {
    const { ports, signedIn, contacts, timeAuthorities } = this.#held;
    return new PreFlight({ folder: this.#installing.folder, ports, session: signedIn, open: this.openedCase, contacts, timeAuthorities: timeAuthorities.length });
  }

  /** The flag lists, to be looked at. @throws CodedError `auth.*` */
  get flagLists(): FlagLists {
    return this.#held.signedIn.lists;
  }

  /** The flag lists, to be changed. @throws CodedError `auth.*`, `lists.browsing`: pages are watched with the same lists from the first to the last */
  get changeableLists(): FlagLists {
    if (this.#held.open?.sitting != null) throw new CodedError('lists.browsing', 'The browser is running. Close it or the case first, then change the lists.');
    return this.flagLists;
  }

  /** The list of cases; empty before sign-in. */
  get cases(): readonly CaseLine[] {
    return this.#held.cases;
  }

  /** Holds a bundle of this installation against this computer's own records; null before sign-in. */
  get ownRecords(): OwnRecords | null {
    const vault = this.#held.usable?.vault ?? null;
    return vault === null ? null : (caseId, source) => compareWithBundle(vault, caseId, source, this.#held.ports.sha256);
  }

  /** What two who are signed in know of the installation; null before sign-in and while the app is locked. */
  get admin(): AdminFacts | null {
    return this.#held.usable?.admin ?? null;
  }

  /** Reads {@link admin} anew, after a backup or a check. */
  async refreshAdmin(): Promise<void> {
    await this.admin?.refresh();
    this.#held.announce.changed();
  }

  /** The case that halts this computer, or null; see {@link Held.haltedCase}. */
  get haltedCase(): CaseLine | null {
    return this.#held.haltedCase;
  }

  /** Sets the installation up: its two first reviewers enrol each other. See {@link Installing.setUp}. */
  async setUp({ contacts, ...details }: EngineSetUp): Promise<void> {
    await this.#installing.setUp(details);
    await this.signIn(...details.reviewers);
    await this.school.saveContacts(contacts);
  }

  /** Instead of {@link setUp}: takes the installation from a backup. Two of its reviewers sign in next. See {@link Installing.restore}. */
  restore(from: string): Promise<CopyView> {
    return this.#turns.alone(() => this.#installing.restore(this.register, from));
  }

  /** See {@link Presence.signIn}. */
  signIn(first: Credentials, second: Credentials): Promise<void> {
    return this.#presence.signIn(first, second);
  }

  /** See {@link Presence.prepareSignOut}. */
  prepareSignOut(): Promise<readonly CaseSums[]> {
    return this.#presence.prepareSignOut();
  }

  /** See {@link Presence.signOut}. */
  signOut(signatures: readonly [Credentials, Credentials] | null = null): Promise<readonly SignedOutCase[]> {
    return this.#presence.signOut(signatures);
  }

  /** Somebody did something. */
  touch(): void {
    this.#presence.touch();
  }

  /** See {@link Presence.tick}. */
  tick(): Promise<void> {
    return this.#presence.tick();
  }

  /** See {@link Presence.lock}. */
  lock(reason: EntryData<'locked'>['reason']): Promise<void> {
    return this.#presence.lock(reason);
  }

  /** See {@link Presence.resume}. */
  resume(first: Credentials, second: Credentials): Promise<void> {
    return this.#presence.resume(first, second);
  }

  /** Opens a new case, for which both give their passphrases again; gives its identifier. See {@link Cases.open}. */
  async openCase(opening: CaseOpening): Promise<string> {
    return this.#cases.open(opening);
  }

  /** Shows a stored case. See {@link Cases.show}. */
  async showCase(id: string): Promise<void> {
    await this.#cases.show(id);
  }

  /** Closes the case that is open. @throws CodedError `auth.locked`, `case.busy` */
  closeCase(): Promise<readonly string[] | null> {
    if (this.#held.lock !== null) throw lockedError();
    return this.#turns.alone(() => this.#cases.close('closed'));
  }

  /** Adds a concern after checking its category against the policy table. @throws CodedError `concern.unknown-category` */
  async addConcern(by: string, category: string, description: string): Promise<void> {
    const open = this.openedCase;
    const { own, title } = this.#held.signedIn.policy.offered(category);
    await open.addConcern(by, category, description, own ? title : undefined);
  }

  /** Concludes the case that is open after checking the sanctions against the policy table, and who was told. @throws CodedError `sanction.*`, `told.*`, `case.*` */
  async conclude({ sanctions = [], ...conclusion }: Omit<EntryData<'conclusion'>, 'sanctions'> & { readonly sanctions?: readonly ChosenSanction[] }): Promise<void> {
    const open = this.openedCase;
    const chosen = this.#held.signedIn.policy.chosen(sanctions);
    await open.conclude({ ...conclusion, ...(chosen.length === 0 ? {} : { sanctions: chosen }) });
  }

  /** Signs out and lets go of the vault. */
  async close(): Promise<void> {
    // What is under way now cannot be waited for: it fails for want of keys, and nothing of it was acknowledged.
    await this.signOut().catch(() => this.#held.open?.abandon());
    await this.#installing.close();
  }
}
