import { CodedError } from '../record/coded-error.js';
import type { CaseSums, SignedOutCase } from '../ipc/state.js';
import type { EntryData } from '../record/kinds.js';
import type { Credentials } from '../vault/vault.js';
import type { Cases } from './cases.js';
import { EngineLock } from './engine-lock.js';
import type { Held } from './held.js';
import { IdleLock } from './idle-lock.js';
import type { LongWork } from './long-work.js';
import type { Reviewers } from './reviewers.js';
import { Session } from './session.js';
import { keptTimeAuthorities } from './trusted-time-settings.js';
import type { Turns } from './turns.js';

/** What {@link Presence} works with. */
export interface PresenceParts {
  readonly held: Held;
  readonly turns: Turns;
  readonly cases: Cases;
  readonly work: LongWork;
  readonly reviewers: Reviewers;
}

/** Who is there: two sign in and out, and the app locks when they leave. */
export class Presence {
  readonly #held: Held;
  readonly #turns: Turns;
  readonly #cases: Cases;
  readonly #work: LongWork;
  readonly #reviewers: Reviewers;
  readonly #idle: IdleLock;

  constructor({ held, turns, cases, work, reviewers }: PresenceParts) {
    this.#held = held;
    this.#turns = turns;
    this.#cases = cases;
    this.#work = work;
    this.#reviewers = reviewers;
    this.#idle = new IdleLock(held.ports.clock);
  }

  /** Two reviewers sign in. @throws CodedError `auth.*`, `vault.*` */
  async signIn(first: Credentials, second: Credentials): Promise<void> {
    const { installation, session, lock, ports, announce } = this.#held;
    if (installation === null) throw new CodedError('set-up.not-done', 'This computer has not been set up yet.');
    if (session !== null || lock !== null) throw new CodedError('auth.already', 'Two people are signed in already. Sign out first.');
    const credentials = [first, second].map(({ initials, passphrase }) => ({ initials, passphrase })) as [Credentials, Credentials];
    await this.#turns.alone(async () => {
      const begun = await Session.begin(await installation.unlock(credentials[0], credentials[1]), this.#held.sessionSurroundings);
      this.#held.session = begun;
      this.#held.contacts = begun.contacts;
      this.#held.timeAuthorities = await keptTimeAuthorities(begun.vault, ports.sha256);
      await this.#reviewers.noteSignIn(begun, credentials);
    });
    this.#idle.touch();
    announce.changed();
  }

  /** Closes the case that is open and gives what both added since they signed in, to be read before they sign for it. */
  prepareSignOut(): Promise<readonly CaseSums[]> {
    return this.#turns.alone(async () => {
      const session = this.#held.signedIn;
      await this.#cases.close('sign-out');
      return session.readSums();
    });
  }

  /**
   * Signs out, with both reviewers' acts where `signatures` are given ({@link prepareSignOut} comes first). Gives the
   * eight words of each case that was changed, to be written down.
   *
   * @throws CodedError `sign-out.not-read`, `auth.*`: nobody is signed out. Without signatures it always signs out.
   */
  signOut(signatures: readonly [Credentials, Credentials] | null): Promise<readonly SignedOutCase[]> {
    return this.#turns.alone(() => (this.#held.lock === null ? this.#signOut(signatures) : this.#signOutLocked(this.#held.lock)));
  }

  async #signOut(signatures: readonly [Credentials, Credentials] | null): Promise<readonly SignedOutCase[]> {
    const { session } = this.#held;
    if (session === null) return [];
    const acting = signatures === null ? null : await session.actsForSignOut(signatures);
    this.#work.cancel();
    let gone: readonly SignedOutCase[] = [];
    try {
      await this.#cases.close('sign-out');
      gone = await session.writeSignOuts(acting);
    } catch (error) {
      await this.#held.open?.abandon();
      this.#held.announceFailure(error, 'You are signed out, but that could not be written to the record');
    }
    session.end();
    this.#held.session = null;
    this.#held.timeAuthorities = [];
    this.#held.open = null;
    this.#held.announce.changed();
    return gone;
  }

  /** Nothing can be written without the passphrases: the record says that the app was locked, and that is where it ends. */
  async #signOutLocked(lock: EngineLock): Promise<readonly SignedOutCase[]> {
    const left = await lock.abandon();
    if (left !== null) this.#held.left.set(left.id, left);
    this.#held.lock = null;
    this.#held.announce.changed();
    return [];
  }

  /** Somebody did something. */
  touch(): void {
    this.#idle.touch();
  }

  /** To be called every second or so: locks when nobody is there, and makes the checkpoint of every ten minutes. */
  async tick(): Promise<void> {
    const { session, lock, open } = this.#held;
    if (session === null || lock !== null || this.#turns.busy) return;
    const halt = open?.context.record.state.halt ?? null;
    // The question after STOP waits two minutes for an answer, whatever else is set.
    if (open?.working === true || this.#work.running || halt?.answered === false) this.touch();
    if (this.#idle.isDue(session.settings.idleMinutes)) {
      await this.lock('idle');
      return;
    }
    try {
      await open?.tick();
    } catch (error) {
      this.#held.announceFailure(error, 'The checkpoint of every ten minutes could not be made');
    }
  }

  /**
   * Locks the app: the view is blank and takes nothing when this returns to the event loop; it resolves once the keys
   * are gone, which waits for a bundle that is being made. While somebody signs in or out, or a case opens or closes, it
   * resolves at once, and the app locks as soon as that has ended.
   */
  async lock(reason: EntryData<'locked'>['reason']): Promise<void> {
    const { session, lock: standing, open, announce } = this.#held;
    // Two may just be signing in or coming back: whether there is anything to lock is seen when that has ended.
    if (this.#turns.busy) {
      this.#turns.lockNext(reason);
      return;
    }
    if (session === null || standing !== null) return;
    // Whoever leaves has not answered, and what nobody answers is a halt. The view is blank since STOP.
    if (open?.context.record.state.halt?.answered === false) await open.halt.answer(null, 'unanswered', '').catch((error: unknown) => this.#held.announceFailure(error, 'The halt could not be written down'));
    this.#work.cancel();
    const lock = new EngineLock(reason, session, open, announce);
    this.#held.lock = lock;
    this.#held.open = null;
    if (await lock.run()) this.#held.session = null;
  }

  /**
   * The same two reviewers come back, to the same case and the same page.
   *
   * @throws CodedError `auth.not-locked`, `auth.other-people`, `auth.*`, `vault.*`: it stays locked
   */
  resume(first: Credentials, second: Credentials): Promise<void> {
    return this.#turns.alone(() => this.#resume(first, second));
  }

  async #resume(first: Credentials, second: Credentials): Promise<void> {
    const { lock } = this.#held;
    if (lock === null) throw new CodedError('auth.not-locked', 'The app is not locked.');
    const credentials = lock.inOrder(first, second);
    const kept = await lock.cancel(credentials);
    if (kept !== null) {
      this.#held.open = kept.open;
      this.#held.session = kept.session;
      await kept.open.lock.unblank();
    } else {
      await this.#unlockAgain(lock, credentials);
    }
    this.#held.lock = null;
    this.#idle.touch();
    this.#held.announce.changed();
  }

  async #unlockAgain(lock: EngineLock, credentials: readonly [Credentials, Credentials]): Promise<void> {
    const vault = await this.#held.setUp.unlock(...credentials);
    try {
      const session = await Session.begin(vault, this.#held.sessionSurroundings, lock.since);
      this.#held.open = lock.left === null ? null : await this.#cases.resume(session, lock.left.id, lock.left);
      this.#held.session = session;
    } catch (error) {
      lock.left?.sitting?.blank();
      lock.left?.sitting?.hold();
      vault.lock();
      throw error;
    }
  }
}
