import type { JsonValue } from '../record/canonical-json.js';
import type { WrongAttempt } from './attempts.js';
import type { Crisis } from './crisis.js';
import type { BackupRecord } from './backup.js';
import type { Destruction, DestructionFact } from './destruction.js';
import type { FlagListStore } from './flag-lists.js';
import type { CheckProgress, CheckResult } from './full-check.js';
import type { InboxItem } from './inbox.js';
import { openLockedVault } from './locked-vault.js';
import type { CopyProgress } from './object-copy.js';
import type { VaultPorts } from './ports.js';
import type { Role } from './roster.js';
import { setUpVault } from './set-up.js';
import type { CaseStore } from './stored-case.js';
import type { VaultCertificates } from './vault-certificates.js';

/** Someone to be enrolled. */
export interface NewReviewer {
  /** Three capital letters, unique in the vault. */
  readonly initials: string;
  readonly name: string;
  readonly position: string;
  /** `senior-leader` when absent. */
  readonly role?: Role | undefined;
  readonly passphrase: string;
}

/** What a new vault is told. */
export interface SetUp {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly reviewers: readonly [NewReviewer, NewReviewer];
}

/** Who signs in, and their passphrase as typed. */
export interface Credentials {
  readonly initials: string;
  readonly passphrase: string;
}

/** A reviewer as everyone may see one. */
export interface ReviewerRecord {
  readonly initials: string;
  readonly name: string;
  readonly position: string;
  readonly certificatePem: string;
  /** SHA-256 of the certificate's DER, hexadecimal. */
  readonly certificate: string;
  readonly role: Role;
  readonly status: 'active' | 'removed';
  /** When they were removed; null while they are not. */
  readonly removedAt: string | null;
  /** Certificates whose keys were replaced, oldest first, each with the instant from which on it is revoked. */
  readonly replaced: readonly { readonly certificatePem: string; readonly until: string }[];
}

/** A vault as it stands open on disk, without keys. It holds the vault against any second instance until closed. */
export interface LockedVault {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly reviewers: readonly ReviewerRecord[];
  readonly rootPem: string;
  /** SHA-256 of the root's DER, hexadecimal. */
  readonly rootFingerprint: string;
  /** What the plain crisis file says now; null when the computer is not halted. */
  readonly crisis: Crisis | null;
  /**
   * Evidence files that no record names. There are none unless the database was put back to an earlier state; they
   * are left where they are.
   */
  readonly unknownObjects: number;
  /**
   * Opens the vault with two different reviewers' passphrases. A vault that was unlocked before is locked first.
   *
   * @throws CodedError `auth.one-person`, `auth.same-person`, `auth.unknown-reviewer`, `auth.removed-reviewer`,
   * `auth.slow-down` (says for how many seconds; nothing was tried), `auth.bad-passphrase` (says whose), and
   * `vault.altered` when the keys, certificates or shares are not those that were made.
   */
  unlock(first: Credentials, second: Credentials): Promise<UnlockedVault>;
  /** Who keeps the recovery sheet, and since when; null when no sheet counts. */
  readonly recoverySheet: { readonly holder: string; readonly at: string } | null;
  /**
   * One active reviewer and the recovery sheet enrol a reviewer in place of those who cannot sign in. It opens nothing
   * else. A vault that was unlocked is locked first. Afterwards the sheet is void: make a new one.
   *
   * @throws CodedError `recovery.none`, `recovery.bad-words`, `recovery.wrong-sheet`, `auth.*` as {@link unlock}, and as
   * {@link UnlockedVault.enrol}.
   */
  recover(credentials: Credentials, words: string, newReviewer: NewReviewer): Promise<void>;
  /**
   * Leaves something for the next time that two reviewers sign in, such as a call to the police that one of them made. It is
   * sealed: nobody reads it alone. `kind` is lower-case words with hyphens; `data` at most 64 KiB as JSON; 1,000 may wait.
   *
   * @throws CodedError `inbox.bad-item`, `inbox.full`, `inbox.none`, `vault.disk-full`, `vault.write-failed`.
   */
  post(kind: string, data: JsonValue): Promise<void>;
  /** Locks, finishes what is being written and lets go of the files. */
  close(): Promise<void>;
}

/** Signs for one reviewer while the vault is unlocked. */
export interface Signer {
  readonly initials: string;
  readonly name: string;
  readonly position: string;
  readonly certificatePem: string;
  /** SHA-256 of the certificate's DER, hexadecimal. */
  readonly certificate: string;
  /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017) over `bytes`: 384 bytes. @throws CodedError `auth.locked`. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** A vault that two reviewers have opened. After {@link lock} every other method throws `auth.locked`. */
export interface UnlockedVault {
  /** Other ones once keys were replaced: asked for anew whenever something is signed. */
  readonly signers: readonly [Signer, Signer];
  /** One of the two gives the passphrase again, for an act. @throws CodedError as `unlock`, and `auth.not-signed-in` for anyone else. */
  confirm(credentials: Credentials): Promise<Signer>;
  /** A case with a new random id and key. Nothing of it is in the database before its first entry is. */
  createCase(): Promise<CaseStore>;
  /** Every case, oldest first; also one whose rows were removed by other hands, which {@link openCase} then says. */
  caseIds(): Promise<string[]>;
  /**
   * The case, its chain checked from the last checkpoint on. The same object is given for as long as the vault stays
   * unlocked.
   *
   * @throws CodedError `case.unknown`; `vault.altered`, whose sentence and `where` name the case and the entry.
   */
  openCase(id: string): Promise<CaseStore>;
  /** What was put under `name`, or undefined. @throws CodedError `vault.altered`. */
  setting(name: string): Promise<JsonValue | undefined>;
  /** Keeps `value` under `name`, encrypted under the vault key. The name itself is plain. What is named `case:` and a case's id goes with that case. */
  putSetting(name: string, value: JsonValue): Promise<void>;
  /** The flag lists. */
  readonly flagLists: FlagListStore;
  /** Writes the plain crisis file, durably; also once the keys are gone. */
  writeCrisis(crisis: Crisis): Promise<void>;
  /** Removes the plain crisis file, durably. */
  clearCrisis(): Promise<void>;
  /** What a bundle needs: the root, every reviewer's certificate, and a CRL that the root signs now. */
  certificates(): VaultCertificates;
  /** Wrong passphrases so far, oldest first; at most 1,000. */
  wrongAttempts(): Promise<readonly WrongAttempt[]>;
  /**
   * Enrols a reviewer; both who are signed in give their passphrases again. Makes a new vault key.
   *
   * @throws CodedError `auth.*` as {@link confirm} and `unlock`; `set-up.bad-initials`, `set-up.same-initials` (also of one who was
   * removed), `set-up.bad-name`, `set-up.bad-role`, `set-up.same-passphrase`, `auth.weak-passphrase`, `reviewers.holds-recovery`,
   * `reviewers.too-many`, `vault.altered`, `vault.disk-full`, `vault.write-failed`.
   */
  enrol(first: Credentials, second: Credentials, newReviewer: NewReviewer): Promise<void>;
  /**
   * Removes a reviewer who is not signed in; both who are give their passphrases again. Makes a new vault key; the shares and keys
   * of the one removed are gone. Certificate and date stay in the roster and in the CRL.
   *
   * @throws CodedError `auth.*`, `reviewers.unknown`, `reviewers.signed-in`, `reviewers.too-few`, `vault.*` as {@link enrol}.
   */
  remove(first: Credentials, second: Credentials, initials: string): Promise<void>;
  /**
   * One of the two gets new keys and a new certificate, under the passphrase that they have; both give theirs again. Makes a new
   * vault key and new shares. The old certificate is in the CRL from the next full second on, and what it signed before stays
   * valid; the old keys are gone. No store that is open may have something signed by the old keys after this.
   *
   * @throws CodedError `auth.*`, `reviewers.too-many-keys`, `vault.*` as {@link enrol}.
   */
  changeKeys(first: Credentials, second: Credentials, initials: string): Promise<void>;
  /**
   * One of the two changes their passphrase; the box under the old one is overwritten.
   *
   * @throws CodedError as {@link confirm}; `auth.weak-passphrase`, `auth.same-passphrase`, `vault.disk-full`, `vault.write-failed`.
   */
  changePassphrase(credentials: Credentials, newPassphrase: string): Promise<void>;
  /**
   * Makes a recovery sheet for `holder`, who is not a reviewer, and gives its 24 words. They are kept nowhere; an earlier
   * sheet is void. Makes a new vault key.
   *
   * @throws CodedError `auth.*`, `set-up.bad-name`, `recovery.holder-is-reviewer`, `vault.*` as {@link enrol}.
   */
  makeRecoverySheet(first: Credentials, second: Credentials, holder: string): Promise<readonly string[]>;
  /**
   * Reads everything: every entry of every case, past damage, and every evidence file, which must decrypt and have the hash
   * that the record names. Files of `quarantined` exhibits (by case id) are checked by the hash of the ciphertext and never
   * decrypted. Damage is a finding, at most 1,000 of them, and no error.
   *
   * @throws CodedError `vault.cancelled` once `signal` is aborted, `auth.locked`.
   */
  fullCheck(onProgress: (progress: CheckProgress) => void, signal?: AbortSignal, quarantined?: ReadonlyMap<string, ReadonlySet<string>>): Promise<CheckResult>;
  /**
   * Copies the vault as it lies there, encrypted, to a folder that is absent or empty, and registers the copy. Appending goes
   * on meanwhile; what is appended after the beginning is not in it. When it fails or is stopped the folder is left as it was.
   *
   * @throws CodedError `backup.inside-vault`, `backup.evidence-damaged`, `vault.not-empty`, `vault.cancelled`, `vault.disk-full`,
   * `vault.write-failed`, `auth.locked`.
   */
  backup(to: string, onProgress?: (progress: CopyProgress) => void, signal?: AbortSignal): Promise<BackupRecord>;
  /** Every backup that was made, oldest first; at most 10,000. @throws CodedError `vault.altered`. */
  backups(): Promise<readonly BackupRecord[]>;
  /**
   * Destroys a case: its key, its entries, its list of files and the files. Both who are signed in give their passphrases again,
   * a reason and the case's reference as it stands in the record (its id where there is none). What stays is the certificate,
   * signed by both. `facts` says what is and what is not certain now. A case whose record was altered is not destroyed.
   *
   * @throws CodedError `auth.*`, `destroy.no-reason`, `destroy.other-reference`, `case.unknown`, `vault.altered`, `vault.disk-full`,
   * `vault.write-failed`; then the case is still there, and is to be opened anew.
   */
  destroyCase(first: Credentials, second: Credentials, id: string, reason: string, typedReference: string): Promise<{ certificate: Destruction; facts: readonly DestructionFact[] }>;
  /** Every certificate of destruction, oldest first. @throws CodedError `vault.altered`. */
  destructions(): Promise<readonly Destruction[]>;
  /**
   * What was posted and not yet cleared, oldest first; also each wrong passphrase (`wrong-passphrase`, `{initials}`) and each use
   * of the recovery sheet (`recovered`, `{by, initials, name}`). Anyone with the disk can add to it or empty it.
   */
  inbox(): Promise<readonly InboxItem[]>;
  /** Removes items, once the record has them. */
  clearInbox(ids: readonly number[]): Promise<void>;
  /**
   * Zeroes every key but those of one case, and keeps the two signing keys: a bundle of it that is being made goes on, and its store
   * takes entries. Everything else throws `auth.locked`.
   */
  lockBut(caseId: string): void;
  /** The two come back after {@link lockBut}: everything is open again. @throws CodedError as `unlock`; `auth.locked` once {@link lock} came. */
  resume(first: Credentials, second: Credentials): Promise<void>;
  /** Zeroes the keys. */
  lock(): void;
}

/**
 * Makes a vault in `folder`, which must be absent or empty (one that an earlier set-up was cut short in counts as
 * empty). On failure the folder is left empty, or absent when it was.
 *
 * @throws CodedError `set-up.bad-initials`, `set-up.same-initials`, `set-up.bad-name`, `set-up.same-passphrase`,
 * `auth.weak-passphrase`, `vault.not-empty`, `vault.in-use`, `vault.disk-full`, `vault.write-failed`.
 */
export async function createVault(folder: string, setUp: SetUp, ports: VaultPorts): Promise<void> {
  await setUpVault(folder, setUp, ports);
}

/**
 * Opens a vault and puts its folder in order after a crash.
 *
 * @throws CodedError `vault.not-a-vault`, `vault.newer`, `vault.in-use`, `vault.damaged`, `vault.altered`.
 */
export async function openVault(folder: string, ports: VaultPorts): Promise<LockedVault> {
  return openLockedVault(folder, ports);
}
