import { CodedError, isCoded } from '../record/coded-error.js';
import type { LockView } from '../ipc/state.js';
import type { Credentials } from '../vault/vault.js';
import type { Announcer } from './case-context.js';
import type { LeftBehind } from './case-lock.js';
import type { OpenCase } from './open-case.js';
import type { Beginnings, Session } from './session.js';
import type { Settings } from './settings.js';

/** Like {@link LeftBehind}, with the case that it is of. */
export interface LeftCase extends LeftBehind {
  readonly id: string;
}

/**
 * One lock of the app, from the moment it is made. Keys, record and everything else of the case are let go of; what
 * stays is the browser as it stands, the case's number, and who must come back.
 */
export class EngineLock {
  readonly #reason: LockView['reason'];
  readonly #reviewers: readonly [string, string];
  readonly #announce: Announcer;
  readonly since: Beginnings;
  /** As those who locked it had set them: the screen says after how many minutes, and looks as it did. */
  readonly settings: Settings;
  #session: Session | null;
  #open: OpenCase | null;
  #left: LeftCase | null = null;
  #waiting = false;
  #cancelled = false;
  #done: Promise<unknown> = Promise.resolve();

  /** Blanks the view at once. */
  constructor(reason: LockView['reason'], session: Session, open: OpenCase | null, announce: Announcer) {
    this.#reason = reason;
    this.#reviewers = session.reviewers;
    this.#announce = announce;
    this.#session = session;
    this.#open = open;
    this.since = session.since;
    this.settings = session.settings;
    announce.blank();
    open?.lock.blank();
    announce.changed();
  }

  get view(): LockView {
    return { reason: this.#reason, reviewers: this.#reviewers, waiting: this.#waiting };
  }

  /** What stays of the case that was open, once the keys are gone. */
  get left(): LeftCase | null {
    return this.#left;
  }

  /** Goes on until the keys are gone; gives false when {@link cancel} came first. Never throws: whatever fails, it locks. */
  run(): Promise<boolean> {
    const gone = this.#run();
    this.#done = gone;
    return gone;
  }

  async #run(): Promise<boolean> {
    const open = this.#open;
    if (open !== null) {
      await this.#orSay(() => open.lock.goQuiet(this.#reason));
      if (open.exporting) await this.#wait(open);
      if (this.#cancelled) return false;
      await this.#orSay(() => open.lock.checkpoint());
      this.#left = { id: open.context.record.store.id, ...open.lock.leave() };
    }
    this.#session?.end();
    this.#session = null;
    this.#open = null;
    this.#announce.changed();
    return true;
  }

  async #wait(open: OpenCase): Promise<void> {
    this.#waiting = true;
    // What is being made goes on under the keys of its case; all others go now.
    this.#session?.vault.lockBut(open.context.record.store.id);
    this.#session?.lists.forget();
    this.#announce.changed();
    await open.exportDone();
    this.#waiting = false;
  }

  async #orSay(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      const why = error instanceof CodedError ? error.sentence : 'Something went wrong inside the app.';
      this.#announce.alert('record.not-written', `The app is locked, but that could not be written to the record. ${why} Everything that was recorded before is safe.`);
    }
  }

  /** Both credentials in the order in which the two had signed in. @throws CodedError `auth.other-people`, `auth.same-person` */
  inOrder(first: Credentials, second: Credentials): readonly [Credentials, Credentials] {
    if (first.initials === second.initials) throw new CodedError('auth.same-person', 'Two different people have to give their passphrases.');
    const [one, two] = this.#reviewers.map((initials) => [first, second].find((credentials) => credentials.initials === initials));
    if (one === undefined || two === undefined) {
      throw new CodedError('auth.other-people', `Only ${this.#reviewers.join(' and ')} can continue here. Anybody else signs out first and then signs in.`);
    }
    return [one, two];
  }

  /**
   * Both are back while the lock still waits for a bundle: it is called off, and everything is as it was. Gives null when
   * the keys are gone.
   *
   * @throws CodedError `auth.*` when a passphrase is wrong: it stays locked
   */
  async cancel([first, second]: readonly [Credentials, Credentials]): Promise<{ readonly open: OpenCase; readonly session: Session } | null> {
    const session = this.#session;
    if (this.#waiting && session !== null) {
      try {
        await session.vault.resume(first, second);
        await session.reloadLists();
      } catch (error) {
        if (!isCoded(error, 'auth.locked')) throw error;
      }
      if (this.#stillWaits() && this.#open !== null) {
        this.#cancelled = true;
        return { open: this.#open, session };
      }
    }
    await this.#done;
    return null;
  }

  /** The export may have ended while the passphrases were checked. */
  #stillWaits(): boolean {
    return this.#waiting;
  }

  /** Nobody comes back: closes the browser. Gives what it told and no record has yet. */
  async abandon(): Promise<LeftCase | null> {
    await this.#done;
    const left = this.#left;
    if (left?.sitting == null) return null;
    await left.sitting.dispose();
    return { id: left.id, sitting: null, facts: left.sitting.held, waits: left.sitting.waits };
  }
}
