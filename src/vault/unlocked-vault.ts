import { hex } from '../record/bytes.js';
import type { JsonValue } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import type { WrongAttempt } from './attempts.js';
import { backUp, backupsOf, type BackupRecord } from './backup.js';
import { CaseKeys } from './case-keys.js';
import { CaseList } from './case-list.js';
import { VaultCaseStore } from './case-store.js';
import { clearCrisis, writeCrisis, type Crisis } from './crisis.js';
import type { Sql } from './database.js';
import { checkReason, destroy, destructionsOf, type Destruction, type DestructionFact } from './destruction.js';
import { VaultFlagLists, type FlagListStore } from './flag-lists.js';
import { FullCheck, type CheckProgress, type CheckResult } from './full-check.js';
import type { InboxItem } from './inbox.js';
import type { VaultParts } from './locked-vault.js';
import type { CopyProgress } from './object-copy.js';
import { certificatesOf, type VaultCertificates } from './vault-certificates.js';
import { changeKeys, changePassphrase, checkEnrolment, enrol, makeRecoverySheet, remove, type HeldKey } from './reviewers.js';
import { changeRoster } from './roster-change.js';
import { KEY_BYTES } from './sealed-box.js';
import { isDiskTrouble } from './storage-error.js';
import { Settings } from './settings.js';
import { altered } from './storage-error.js';
import { Signers, type SignedIn } from './signers.js';
import type { CaseStore, Credentials, NewReviewer, Signer, UnlockedVault } from './vault.js';

/** See {@link UnlockedVault}. Owns the vault key until it is locked. */
export class OpenVault implements UnlockedVault {
  readonly flagLists: FlagListStore;
  readonly #parts: VaultParts;
  readonly #vaultKey: Buffer;
  readonly #cases: CaseList;
  /** One store a case, so that no two have a head of their own. */
  readonly #stores = new Map<string, Promise<VaultCaseStore>>();
  readonly #holdingKeys = new Set<VaultCaseStore>();
  readonly #signers: Signers;
  readonly #settings: Settings;
  /** Keys of cases that have no entry yet. */
  readonly #newCaseKeys = new Map<string, Buffer>();
  #lastAct: Promise<unknown> = Promise.resolve();
  #locked = false;

  constructor(parts: VaultParts, vaultKey: Buffer, signedIn: readonly [SignedIn, SignedIn]) {
    this.#parts = parts;
    this.#vaultKey = vaultKey;
    this.#cases = new CaseList(parts.database, vaultKey, parts.ports.random, () => { this.#demandUnlocked(); });
    this.#settings = new Settings(parts.database, vaultKey, parts.ports.random, () => { this.#demandUnlocked(); });
    this.flagLists = new VaultFlagLists(parts.database, vaultKey, parts.ports.random, () => { this.#demandUnlocked(); });
    this.#signers = new Signers(signedIn, () => { this.#demandUnlocked(); });
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
    return this.#guarded(async () => {
      const { random } = this.#parts.ports;
      const id = hex(random.bytes(16));
      const caseKey = Buffer.from(random.bytes(KEY_BYTES));
      const store = Promise.resolve(this.#store(id, caseKey));
      this.#newCaseKeys.set(id, caseKey);
      this.#stores.set(id, store);
      return store;
    });
  }

  caseIds(): Promise<string[]> {
    return this.#guarded(() => this.#cases.ids());
  }

  openCase(id: string): Promise<CaseStore> {
    return this.#guarded(() => {
      const known = this.#stores.get(id);
      if (known !== undefined) return known;
      const opened = this.#openCase(id);
      this.#stores.set(id, opened);
      // A case that could not be opened is tried anew when it is asked for again.
      opened.catch(() => this.#stores.delete(id));
      return opened;
    });
  }

  async #openCase(id: string): Promise<VaultCaseStore> {
    if (!(await this.#cases.has(id))) throw new CodedError('case.unknown', 'There is no such case on this computer.');
    const caseKey = await this.#cases.keyOf(id);
    const store = this.#store(id, caseKey);
    caseKey.fill(0);
    if (!(await store.load())) throw altered(`The record of the case ${id} was removed.`, `cases/${id}`);
    return store;
  }

  #store(id: string, caseKey: Buffer): VaultCaseStore {
    const { database, objects, ports } = this.#parts;
    const keys = new CaseKeys(id, caseKey);
    const store = new VaultCaseStore(id, keys, {
      database, objects, random: ports.random, sha256: ports.sha256,
      enter: (sql) => this.#enter(sql, id),
      demandUnlocked: () => { this.#demandUnlocked(); },
    });
    this.#holdingKeys.add(store);
    return store;
  }

  /** The key of a new case is wrapped when the case is written: the vault key may be replaced before that. */
  async #enter(sql: Sql, id: string): Promise<void> {
    this.#demandUnlocked();
    const caseKey = this.#newCaseKeys.get(id);
    if (caseKey !== undefined) await this.#cases.add(sql, id, caseKey);
  }

  setting(name: string): Promise<JsonValue | undefined> {
    return this.#guarded(() => this.#settings.get(name));
  }

  putSetting(name: string, value: JsonValue): Promise<void> {
    return this.#guarded(() => this.#settings.put(name, value));
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
    return this.#afterLastAct(() => backUp({ parts: this.#parts, vaultKey: this.#vaultKey, by, demandUnlocked: () => { this.#demandUnlocked(); } }, to, onProgress, signal));
  }

  backups(): Promise<readonly BackupRecord[]> {
    return this.#guarded(() => backupsOf(this.#parts, this.#vaultKey, () => { this.#demandUnlocked(); }));
  }

  async destroyCase(first: Credentials, second: Credentials, id: string, reason: string, typedReference: string): Promise<{ certificate: Destruction; facts: readonly DestructionFact[] }> {
    this.#demandUnlocked();
    checkReason(reason);
    return this.#both(first, second, async () => {
      const open = await (this.#stores.get(id) ?? this.#openCase(id));
      await open.end();
      this.#stores.delete(id);
      // Nobody else has this one, so nothing is appended between the certificate and the end.
      const last = await this.#openCase(id);
      try {
        return await destroy({ parts: this.#parts, vaultKey: this.#vaultKey, cases: this.#cases, signers: this.signers, demandUnlocked: () => { this.#demandUnlocked(); } }, last, reason, typedReference);
      } finally {
        for (const store of [open, last]) {
          store.zero();
          this.#holdingKeys.delete(store);
        }
      }
    });
  }

  destructions(): Promise<readonly Destruction[]> {
    return this.#guarded(() => destructionsOf({ parts: this.#parts, vaultKey: this.#vaultKey, demandUnlocked: () => { this.#demandUnlocked(); } }));
  }

  inbox(): Promise<readonly InboxItem[]> {
    return this.#guarded(() => this.#parts.inbox.read(this.#vaultKey, () => { this.#demandUnlocked(); }));
  }

  clearInbox(ids: readonly number[]): Promise<void> {
    return this.#guarded(() => this.#parts.inbox.clear(ids));
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
    return this.#guarded(async () => {
      // A halt holds from this moment, whatever the disk says of it.
      this.#parts.crisis = crisis;
      await writeCrisis(this.#parts.folder, crisis);
    });
  }

  clearCrisis(): Promise<void> {
    return this.#guarded(async () => {
      await clearCrisis(this.#parts.folder);
      this.#parts.crisis = null;
    });
  }

  certificates(): VaultCertificates {
    this.#demandUnlocked();
    return certificatesOf(this.#parts.roster, this.#vaultKey, this.#parts.ports);
  }

  wrongAttempts(): Promise<readonly WrongAttempt[]> {
    return this.#guarded(() => this.#parts.attempts.list());
  }

  lock(): void {
    this.#locked = true;
    this.#vaultKey.fill(0);
    for (const store of this.#holdingKeys) store.zero();
    this.#holdingKeys.clear();
    for (const key of this.#newCaseKeys.values()) key.fill(0);
    this.#newCaseKeys.clear();
    this.#signers.forget();
    this.#stores.clear();
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
    return this.#afterLastAct(async () => {
      this.#signers.named(first);
      this.#signers.named(second);
      if (first.initials === second.initials) throw new CodedError('auth.same-person', 'Both reviewers must confirm this, each with their own passphrase.');
      const confirmed = await this.#parts.authenticate([first, second]);
      for (const { secret } of confirmed) secret.agreement.fill(0);
      this.#demandUnlocked();
      return work();
    });
  }

  #afterLastAct<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#lastAct.then(() => this.#guarded(work));
    this.#lastAct = result.catch(() => undefined);
    return result;
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    this.#demandUnlocked();
    return work();
  }

  #demandUnlocked(): void {
    if (this.#locked) throw new CodedError('auth.locked', 'The vault is locked. Both reviewers must sign in again.');
  }
}
