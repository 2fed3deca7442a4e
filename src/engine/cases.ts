import { CodedError } from '../record/coded-error.js';
import type { Credentials } from '../vault/vault.js';
import { confirmBoth, lockedError } from './case-context.js';
import type { LeftBehind } from './case-lock.js';
import type { Held } from './held.js';
import { drainInbox } from './inbox.js';
import type { LongWork } from './long-work.js';
import { OpenCase, type NewCase } from './open-case.js';
import { presentSelfTest, selfTestEntry, type SelfTestResult } from './self-tests.js';
import type { Session } from './session.js';
import type { Turns } from './turns.js';

/** A new case, and both passphrases again. */
export interface CaseOpening extends NewCase {
  /** Both declare, with the same passphrases, that they are not the person concerned, nor a partner or relative. */
  readonly notConcerned?: boolean;
  readonly first: Credentials;
  readonly second: Credentials;
}

/** After which entries the line of a case in the list is made anew. */
const LISTED: readonly string[] = ['capture', 'concern', 'stop', 'stop-withdrawn', 'halt', 'halt-released', 'halt-ended', 'conclusion', 'seal'];

/** Opening, showing and closing: one case at a time, and only that of the halt while the computer is halted. */
export class Cases {
  readonly #held: Held;
  readonly #turns: Turns;
  readonly #work: LongWork;

  constructor(held: Held, turns: Turns, work: LongWork) {
    this.#held = held;
    this.#turns = turns;
    this.#work = work;
  }

  /** The case that is open. @throws CodedError `case.none-open`, `auth.locked` */
  get opened(): OpenCase {
    const { lock, open } = this.#held;
    if (lock !== null) throw lockedError();
    if (open === null) throw new CodedError('case.none-open', 'No case is open. Open one first.');
    return open;
  }

  /** Opens a new case; gives its identifier. @throws CodedError `auth.*`, `case.reference-taken`, `computer.halted` */
  open({ first, second, notConcerned = false, ...opening }: CaseOpening): Promise<string> {
    return this.#exclusively(async () => {
      const { signedIn: session, setUp: installation, cases } = this.#held;
      const { vault } = session;
      this.#demandNotHalted(null);
      if (cases.some((line) => line.reference === opening.reference)) throw new CodedError('case.reference-taken', 'There is a case with this reference already. Choose another.');
      const acting = await confirmBoth(session, first, second);
      const selfTest = await this.#selfTest(vault);
      const store = await vault.createCase();
      const reviewers = vault.signers.map(({ initials, name, position, certificate }) => ({ initials, name, position, certificate }));
      const { organisation, computer, rootFingerprint } = installation;
      const open = await OpenCase.create(store, this.#held.surroundings(session), opening, { organisation, computer: { ...computer }, reviewers, root: rootFingerprint }, notConcerned ? acting : null);
      this.#held.open = open;
      session.begun(store.id, 0);
      if (selfTest !== null) await open.context.record.add('self-test', ['app'], selfTestEntry(selfTest, this.#held.ports.sha256));
      await this.#follow(open, session);
      return store.id;
    });
  }

  /** Shows a stored case. @throws CodedError `case.unknown`, `vault.altered`, `computer.halted` */
  show(id: string): Promise<void> {
    return this.#exclusively(async () => {
      const session = this.#held.signedIn;
      this.#demandNotHalted(id);
      await session.letGo(id);
      const store = await session.vault.openCase(id);
      const from = (store.head?.seq ?? -1) + 1;
      const open = await OpenCase.resume(store, this.#held.surroundings(session), this.#held.left.get(id) ?? null);
      this.#held.open = open;
      this.#held.left.delete(id);
      if (open.lock.standsInRecord) await open.lock.addResumed();
      if (!open.context.elsewhere) session.begun(id, from);
      await this.#follow(open, session);
    });
  }

  /** The case that was open before a lock, which `session` does not hold yet. @throws CodedError `vault.*` */
  async resume(session: Session, id: string, left: LeftBehind): Promise<OpenCase> {
    const open = await OpenCase.resume(await session.vault.openCase(id), this.#held.surroundings(session), left);
    await open.lock.addResumed();
    await this.#follow(open, session);
    return open;
  }

  /** Closes the case that is open, if one is. Gives the eight words of its last checkpoint; null where nothing was added. */
  async close(reason: 'sign-out' | 'closed'): Promise<readonly string[] | null> {
    const { open, session } = this.#held;
    if (open === null) return null;
    const words = await open.close(reason);
    const { record, time, elsewhere } = open.context;
    if (reason === 'sign-out' && !elsewhere) session?.rests(record, time);
    await session?.list.update(record);
    this.#held.open = null;
    this.#held.announce.changed();
    return words;
  }

  /** A case was destroyed: nothing here speaks of it any more. */
  forget(id: string): void {
    this.#held.session?.forget(id);
    this.#held.left.delete(id);
    this.#held.announce.changed();
  }

  async #selfTest(vault: Session['vault']): Promise<SelfTestResult | null> {
    const { announce, ports } = this.#held;
    announce.progress('start', 'Checking that this computer records and captures exactly', 0, 0, false);
    try {
      return await presentSelfTest(vault, ports);
    } finally {
      announce.progressDone();
    }
  }

  /** A halted computer opens no other case until the police have been called and both have signed. */
  #demandNotHalted(except: string | null): void {
    const halted = this.#held.haltedCase;
    if (halted !== null && halted.id !== except) {
      throw new CodedError('computer.halted', `This computer is halted because of case ${halted.reference}. Call the police and follow the steps in that case first.`);
    }
  }

  /** Whether this is the case that halts this computer. */
  #haltsHere(reference: string): boolean {
    return this.#held.installation?.crisis?.caseReference === reference;
  }

  async #follow(open: OpenCase, session: Session): Promise<void> {
    const { record, elsewhere } = open.context;
    const { list, vault } = session;
    if (!elsewhere || this.#haltsHere(record.state.opened.reference)) await drainInbox({ vault, reviewers: this.#held.setUp.reviewers, cases: list.lines }, record);
    await list.update(record);
    record.onEntry((entry) => {
      if (LISTED.includes(entry.header.kind)) list.update(record).catch(() => undefined);
    });
    this.#held.announce.changed();
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.#held.open !== null) throw new CodedError('case.already-open', 'Another case is open. Close it first.');
    this.#work.demandCasesFree();
    return this.#turns.alone(work);
  }
}
