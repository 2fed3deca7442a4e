import type { JsonValue } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import { Acts } from './acts.js';
import type { WrongAttempt } from './attempts.js';
import { backUp, backupsOf, type BackupRecord } from './backup.js';
import { CaseList } from './case-list.js';
import { clearCrisis, writeCrisis, type Crisis } from './crisis.js';
import { checkReason, destroy, destructionsOf, type Destruction, type DestructionFact } from './destruction.js';
import { VaultFlagLists, type FlagListStore } from './flag-lists.js';
import { FullCheck, type CheckProgress, type CheckResult } from './full-check.js';
import type { InboxItem } from './inbox.js';
import type { VaultParts } from './locked-vault.js';
import type { CopyProgress } from './object-copy.js';
import { OpenCases } from './open-cases.js';
import { certificatesOf, type VaultCertificates } from './vault-certificates.js';
import { changeKeys, changePassphrase, checkEnrolment, enrol, makeRecoverySheet, remove, type HeldKey } from './reviewers.js';
import { changeRoster } from './roster-change.js';
import { isDiskTrouble } from './storage-error.js';
import { Settings } from './settings.js';
import { openShares, Signers, type SignedIn } from './signers.js';
import type { Credentials, NewReviewer, Signer, UnlockedVault } from './vault.js';
import type { CaseStore } from './stored-case.js';

/** See {@link UnlockedVault}. Owns the vault key until it is locked. */
export class OpenVault implements UnlockedVault {
  readonly flagLists: FlagListStore;
  readonly #parts: VaultParts;
  readonly #vaultKey: Buffer;
  readonly #cases: CaseList;
  readonly #open: OpenCases;
  readonly #signers: Signers;
  readonly #settings: Settings;
  readonly #acts = new Acts(() => { this.#demandUnlocked(); });
  #locked = false;
  /** The one case that goes on although the vault is locked. */
  #goesOn: string | null = null;

  constructor(parts: VaultParts, vaultKey: Buffer, signedIn: readonly [SignedIn, SignedIn]) {
    this.#parts = parts;
    this.#vaultKey = vaultKey;
    this.#cases = new CaseList(parts.database, vaultKey, parts.ports.random, () => { this.#demandUnlocked(); });
    this.#open = new OpenCases(parts, this.#cases, (caseId) => { this.#demandUnlocked(caseId); });
    this.#settings = new Settings(parts.database, vaultKey, parts.ports.random, () => { this.#demandUnlocked(); });
    this.flagLists = new VaultFlagLists(parts.database, vaultKey, parts.ports.random, () => { this.#demandUnlocked(); });
    this.#signers = new Signers(signedIn, () => { this.#demandUnlocked(this.#goesOn); });
  }

  get signers(): readonly [Signer, Signer] {
    return this.#signers.both;
  }

  async confirm(credentials: Credentials): Promise<Signer> {
    this.#demandUnlocked();
    const signer = this.#signers.named(credentials);
    const confirmed = await this.#parts.authenticate([credentials]);
    for (const { secret } of confirmed) secret.agreement.fill(0);
    this.#demandUnlocked();
    return signer;
  }

  createCase(): Promise<CaseStore> {
    return this.#acts.guarded(() => this.#open.create());
  }

  caseIds(): Promise<string[]> {
    return this.#acts.guarded(() => this.#cases.ids());
  }

  openCase(id: string): Promise<CaseStore> {
    return this.#acts.guarded(() => this.#open.open(id));
  }

  setting(name: string): Promise<JsonValue | undefined> {
    return this.#acts.guarded(() => this.#settings.get(name));
  }

  putSetting(name: string, value: JsonValue): Promise<void> {
    return this.#acts.guarded(() => this.#settings.put(name, value));
  }

  async enrol(first: Credentials, second: Credentials, newReviewer: NewReviewer): Promise<void> {
    this.#demandUnlocked();
    checkEnrolment(this.#parts.roster, [first, second], newReviewer);
    await this.#both(first, second, () => enrol(this.#held(), [first, second], newReviewer));
  }

  async remove(first: Credentials, second: Credentials, initials: string): Promise<void> {
    await this.#both(first, second, () => remove(this.#held(), this.#signers.initials, initials));
  }

  makeRecoverySheet(first: Credentials, second: Credentials, holder: string): Promise<readonly string[]> {
    return this.#both(first, second, () => makeRecoverySheet(this.#held(), holder));
  }

  async changeKeys(first: Credentials, second: Credentials, initials: string): Promise<void> {
    await this.#both(first, second, async () => {
      this.#signers.named({ initials });
      const { member, signing } = await changeKeys(this.#held(), first.initials === initials ? first : second);
      this.#signers.replace(member, signing);
    });
  }

  async changePassphrase(credentials: Credentials, newPassphrase: string): Promise<void> {
    this.#demandUnlocked();
    this.#signers.named(credentials);
    const [one] = await this.#parts.authenticate([credentials]);
    try {
      this.#demandUnlocked();
      if (one !== undefined) await changePassphrase(this.#parts, one, credentials.passphrase, newPassphrase);
    } finally {
      one?.secret.agreement.fill(0);
    }
  }

  async fullCheck(onProgress: (progress: CheckProgress) => void, signal?: AbortSignal, quarantined: ReadonlyMap<string, ReadonlySet<string>> = new Map()): Promise<CheckResult> {
    this.#demandUnlocked();
    const demandUnlocked = (): void => { this.#demandUnlocked(); };
    return new FullCheck({ parts: this.#parts, vaultKey: this.#vaultKey, cases: this.#cases, quarantined, flagLists: this.flagLists, onProgress, signal, demandUnlocked }).run();
  }

  backup(to: string, onProgress: (progress: CopyProgress) => void = () => undefined, signal?: AbortSignal): Promise<BackupRecord> {
    const by = this.#signers.initials;
    return this.#acts.afterLast(() => backUp({ parts: this.#parts, vaultKey: this.#vaultKey, by, demandUnlocked: () => { this.#demandUnlocked(); } }, to, onProgress, signal));
  }

  backups(): Promise<readonly BackupRecord[]> {
    return this.#acts.guarded(() => backupsOf(this.#parts, this.#vaultKey, () => { this.#demandUnlocked(); }));
  }

  async destroyCase(first: Credentials, second: Credentials, id: string, reason: string, typedReference: string): Promise<{ certificate: Destruction; facts: readonly DestructionFact[] }> {
    this.#demandUnlocked();
    checkReason(reason);
    return this.#both(first, second, () => this.#open.alone(id, (store) => {
      const context = { parts: this.#parts, vaultKey: this.#vaultKey, cases: this.#cases, signers: this.signers, demandUnlocked: () => { this.#demandUnlocked(); } };
      return destroy(context, store, reason, typedReference);
    }));
  }

  destructions(): Promise<readonly Destruction[]> {
    return this.#acts.guarded(() => destructionsOf({ parts: this.#parts, vaultKey: this.#vaultKey, demandUnlocked: () => { this.#demandUnlocked(); } }));
  }

  inbox(): Promise<readonly InboxItem[]> {
    return this.#acts.guarded(() => this.#parts.inbox.read(this.#vaultKey, () => { this.#demandUnlocked(); }));
  }

  clearInbox(ids: readonly number[]): Promise<void> {
    return this.#acts.guarded(() => this.#parts.inbox.clear(ids));
  }

  /** Gives a vault of an earlier version what only two reviewers can give it. A disk that cannot now is asked again next time. */
  async bringUpToDate(): Promise<void> {
    if (this.#parts.roster.statement.inbox !== undefined) return;
    const { parts, vaultKey, adopt } = this.#held();
    await changeRoster(parts, vaultKey, {}, adopt).catch((error: unknown) => {
      if (!isDiskTrouble(error)) throw error;
    });
  }

  writeCrisis(crisis: Crisis): Promise<void> {
    // A halt holds from this moment, whatever the disk says of it; and it needs no key.
    this.#parts.crisis = crisis;
    return writeCrisis(this.#parts.folder, crisis);
  }

  clearCrisis(): Promise<void> {
    return this.#acts.guarded(async () => {
      await clearCrisis(this.#parts.folder);
      this.#parts.crisis = null;
    });
  }

  certificates(): VaultCertificates {
    this.#demandUnlocked();
    return certificatesOf(this.#parts.roster, this.#vaultKey, this.#parts.ports);
  }

  wrongAttempts(): Promise<readonly WrongAttempt[]> {
    return this.#acts.guarded(() => this.#parts.attempts.list());
  }

  lockBut(caseId: string): void {
    if (this.#locked) return;
    this.#goesOn = caseId;
    this.#forgetKeys();
  }

  async resume(first: Credentials, second: Credentials): Promise<void> {
    this.#demandUnlocked(this.#goesOn);
    this.#demandTwo(first, second);
    const signedIn = await this.#parts.authenticate([first, second]);
    try {
      const vaultKey = await openShares(this.#parts.roster, signedIn);
      // It may have been locked for good meanwhile.
      if (this.#goesOn !== null) {
        vaultKey.copy(this.#vaultKey);
        this.#goesOn = null;
        this.#locked = false;
      }
      vaultKey.fill(0);
    } finally {
      for (const { secret } of signedIn) secret.agreement.fill(0);
    }
    this.#demandUnlocked();
  }

  lock(): void {
    this.#goesOn = null;
    this.#forgetKeys();
    this.#signers.forget();
  }

  /** All keys go but those of the case that goes on. */
  #forgetKeys(): void {
    this.#locked = true;
    this.#vaultKey.fill(0);
    this.#open.forgetKeys(this.#goesOn);
  }

  #held(): HeldKey {
    return {
      parts: this.#parts,
      vaultKey: this.#vaultKey,
      adopt: (newKey) => { if (!this.#locked) newKey.copy(this.#vaultKey); },
    };
  }

  /** Does what both must ask for with their passphrases; one such act after another. */
  #both<T>(first: Credentials, second: Credentials, work: () => Promise<T>): Promise<T> {
    return this.#acts.afterLast(async () => {
      this.#demandTwo(first, second);
      const confirmed = await this.#parts.authenticate([first, second]);
      for (const { secret } of confirmed) secret.agreement.fill(0);
      this.#demandUnlocked();
      return work();
    });
  }

  #demandTwo(first: Credentials, second: Credentials): void {
    this.#signers.named(first);
    this.#signers.named(second);
    if (first.initials === second.initials) throw new CodedError('auth.same-person', 'Both reviewers must confirm this, each with their own passphrase.');
  }

  /** `caseId`: for what the case that goes on may still do. */
  #demandUnlocked(caseId: string | null = null): void {
    if (this.#locked && (caseId === null || caseId !== this.#goesOn)) throw new CodedError('auth.locked', 'The vault is locked. Both reviewers must sign in again.');
  }
}
