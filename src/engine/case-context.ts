import { CodedError } from '../record/coded-error.js';
import type { Progress } from '../ipc/state.js';
import { refusalOf, type CaseAction } from '../investigation/rules.js';
import type { Crisis } from '../vault/crisis.js';
import type { Credentials, Signer, UnlockedVault } from '../vault/vault.js';
import type { CaseRecord } from './case-record.js';
import type { ContactDetails } from './contacts.js';
import type { FlagLists } from './flag-lists.js';
import type { MachineFacts } from './machine.js';
import type { WatchedPorts } from './ports.js';
import type { NetworkSettings } from './network-settings.js';
import type { Settings } from './settings.js';
import type { TrustedTime } from './trusted-time.js';
import type { TimeAuthority } from './trusted-time-settings.js';

/** What the engine tells whoever shows it. */
export interface Announcer {
  /** Something that {@link Engine.state} shows has changed. */
  changed(): void;
  /** The view is to be blanked at once. */
  blank(): void;
  frame(mediaType: string, data: Uint8Array): void;
  progress(task: Progress['task'], step: string, done: number, total: number, canCancel: boolean): void;
  progressDone(): void;
  /** Something happened by itself that both must know. */
  alert(code: string, sentence: string): void;
}

/** What the parts of an open case share. */
export interface CaseContext {
  readonly record: CaseRecord;
  readonly vault: UnlockedVault;
  /** Initials of the two who are signed in. */
  readonly reviewers: readonly [string, string];
  readonly ports: WatchedPorts;
  /** Whom to call, as the settings say now. */
  readonly contacts: () => ContactDetails;
  /** The crisis that stands on this computer, if any. */
  readonly crisis: () => Crisis | null;
  /** Who stamps times, as the settings say now. */
  readonly timeAuthorities: () => readonly TimeAuthority[];
  readonly time: TrustedTime;
  readonly settings: () => Settings;
  readonly network: () => NetworkSettings;
  /** The flag lists in force now. */
  readonly flags: () => FlagLists;
  /** Which computer this is, as far as it is known. */
  readonly machine: MachineFacts | null;
  readonly announce: Announcer;
  /** Whether the case belongs to another computer: it can be read, exported and stopped, and no more. */
  readonly elsewhere: boolean;
  /** True from the instant STOP is pressed or a halt begins, before anything is written. */
  stopped: boolean;
  /** True from the instant the app locks, before anything is written. A case that is unlocked has a context of its own. */
  locked: boolean;
}

/** What a case is opened with; the rest of {@link CaseContext} follows from its record. */
export type CaseSurroundings = Omit<CaseContext, 'record' | 'time' | 'stopped' | 'locked' | 'elsewhere'>;

const LOCKED = { code: 'auth.locked', sentence: 'The app is locked. Both of you have to give your passphrases first.' } as const;

/** What is thrown for everything that is asked of a locked app. */
export function lockedError(): CodedError {
  return new CodedError(LOCKED.code, LOCKED.sentence);
}

/** @throws CodedError with the rule's code when the case does not allow `action` now. */
export function demand(context: CaseContext, action: CaseAction): void {
  if (context.locked) throw lockedError();
  if (context.stopped && (action === 'visit' || action === 'capture' || action === 'redact')) {
    throw new CodedError('case.halted', 'This case is halted. Nothing more can be opened or kept. Follow the steps on the screen and call the police.');
  }
  // STOP holds from the key on, before it is on record.
  if (context.stopped && action === 'export' && context.record.state.halt === null) throw new CodedError('case.stop-unanswered', 'STOP was pressed. Say first why you stopped; then a bundle can be made.');
  const refusal = refusalOf(context.record.state, action, context.elsewhere);
  if (refusal !== null) throw new CodedError(refusal.code, refusal.sentence);
}

/** @throws CodedError `auth.not-signed-in` when `initials` is not one of the two who are signed in. */
export function demandSignedIn(context: Pick<CaseContext, 'reviewers'>, initials: string): void {
  if (!context.reviewers.includes(initials)) throw new CodedError('auth.not-signed-in', 'Only the two people who are signed in can do this.');
}

/**
 * Both reviewers give their passphrases again for an act.
 *
 * @throws CodedError `auth.same-person`, `auth.not-signed-in`, `auth.bad-passphrase`, `auth.slow-down`
 */
export async function confirmBoth(context: Pick<CaseContext, 'reviewers' | 'vault'>, first: Credentials, second: Credentials): Promise<readonly [Signer, Signer]> {
  if (first.initials === second.initials) throw new CodedError('auth.same-person', 'Two different people have to give their passphrases.');
  for (const { initials } of [first, second]) demandSignedIn(context, initials);
  return [await context.vault.confirm(first), await context.vault.confirm(second)];
}
