import { CodedError } from '../record/coded-error.js';
import type { LockedVault } from '../vault/vault.js';
import { lockedError, type Announcer, type CaseSurroundings } from './case-context.js';
import type { CaseLine } from './case-list.js';
import { ClockWatch } from './clock-watch.js';
import type { LeftBehind } from './case-lock.js';
import { NO_CONTACTS, type ContactDetails } from './contacts.js';
import type { EngineLock } from './engine-lock.js';
import type { MachineFacts } from './machine.js';
import type { OpenCase } from './open-case.js';
import type { EnginePorts, WatchedPorts } from './ports.js';
import type { Session, SessionSurroundings } from './session.js';
import type { TimeAuthority } from './trusted-time-settings.js';

/** What the engine holds at one moment, shared by its parts; only they change it. */
export class Held {
  readonly ports: WatchedPorts;
  readonly announce: Announcer;
  /** The vault without keys; null before set-up. */
  installation: LockedVault | null = null;
  /** Two who are signed in; until the keys are gone also while {@link lock} stands. */
  session: Session | null = null;
  lock: EngineLock | null = null;
  /** The case that is open; a lock takes it away. */
  open: OpenCase | null = null;
  /** As the settings of those who are signed in say. */
  contacts: ContactDetails = NO_CONTACTS;
  timeAuthorities: readonly TimeAuthority[] = [];
  machine: MachineFacts | null = null;
  /** What signing out of a locked app left of a case, by its identifier, until that is opened again. */
  readonly left = new Map<string, LeftBehind>();

  constructor(ports: EnginePorts, announce: Announcer) {
    this.ports = { ...ports, watch: new ClockWatch(ports.clock) };
    this.announce = announce;
  }

  /** What can be used now: nothing of a session while the app is locked. */
  get usable(): Session | null {
    return this.lock === null ? this.session : null;
  }

  /** @throws CodedError `auth.locked`, `auth.not-signed-in` */
  get signedIn(): Session {
    if (this.lock !== null) throw lockedError();
    if (this.session === null) throw new CodedError('auth.not-signed-in', 'Two people have to sign in first.');
    return this.session;
  }

  /** @throws CodedError `set-up.not-done` */
  get setUp(): LockedVault {
    if (this.installation === null) throw new CodedError('set-up.not-done', 'This computer has not been set up yet.');
    return this.installation;
  }

  /** The list of cases; empty before sign-in. */
  get cases(): readonly CaseLine[] {
    return this.usable?.list.lines ?? [];
  }

  /**
   * The case that halts this computer, or null: one whose record is halted and not released, or the one that the plain
   * crisis file names, which is written before the list of cases is.
   */
  get haltedCase(): CaseLine | null {
    const crisis = this.installation?.crisis ?? null;
    return this.cases.find((line) => line.phase === 'halted' && !line.released) ?? (crisis === null ? null : (this.cases.find((line) => line.reference === crisis.caseReference) ?? null));
  }

  /** What a session finds around it. */
  get sessionSurroundings(): SessionSurroundings {
    return { ports: this.ports, authorities: () => this.timeAuthorities };
  }

  /** What a case of `session` finds around it; settings are read when they are needed. */
  surroundings(session: Session): CaseSurroundings {
    const { vault, reviewers } = session;
    return {
      vault, reviewers, ports: this.ports, contacts: () => this.contacts, crisis: () => this.installation?.crisis ?? null, timeAuthorities: () => this.timeAuthorities,
      settings: () => session.settings, network: () => session.network, flags: () => session.lists, machine: this.machine, announce: this.announce,
    };
  }

  /** Says that something could not be written, with its reason. */
  announceFailure(error: unknown, what: string): void {
    const why = error instanceof CodedError ? error.sentence : 'Something went wrong inside the app.';
    this.announce.alert('record.not-written', `${what}. ${why} Everything that was recorded before is safe.`);
  }
}
