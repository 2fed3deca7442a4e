import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { fromUtf8, hex } from '../record/bytes.js';
import { canonicalBytes, type JsonValue } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import type { WrongAttempt } from './attempts.js';
import { CaseKeys, unwrapCaseKey, wrapCaseKey } from './case-keys.js';
import { CaseList } from './case-list.js';
import { VaultCaseStore } from './case-store.js';
import { signWith } from './asn1.js';
import { issueCrl } from './certificate.js';
import { clearCrisis, writeCrisis, type Crisis } from './crisis.js';
import type { VaultParts } from './locked-vault.js';
import type { ReviewerSecret } from './reviewer-secret.js';
import type { Member } from './roster.js';
import { openRootKey } from './root-key.js';
import { parseRows } from './rows.js';
import { contextBytes, KEY_BYTES, openBox, sealBox } from './sealed-box.js';
import { altered } from './storage-error.js';
import type { CaseStore, Credentials, Signer, UnlockedVault } from './vault.js';

/** A reviewer whose passphrase was right, with their keys. */
export interface SignedIn {
  readonly member: Member;
  readonly secret: ReviewerSecret;
}

const LARGEST_SETTING = 4 * 1024 * 1024;
const boxRows = z.array(z.strictObject({ box: z.instanceof(Buffer) })).max(1);
const wrapRows = z.tuple([z.strictObject({ wrapped_key: z.instanceof(Buffer) })]);

/** See {@link UnlockedVault}. Owns the vault key until it is locked. */
export class OpenVault implements UnlockedVault {
  readonly signers: readonly [Signer, Signer];
  readonly #parts: VaultParts;
  readonly #vaultKey: Buffer;
  readonly #cases: CaseList;
  /** One store a case, so that no two have a head of their own. */
  readonly #stores = new Map<string, Promise<VaultCaseStore>>();
  readonly #holdingKeys = new Set<VaultCaseStore>();
  readonly #signingKeys = new Map<string, KeyObject>();
  #locked = false;

  constructor(parts: VaultParts, vaultKey: Buffer, signedIn: readonly [SignedIn, SignedIn]) {
    this.#parts = parts;
    this.#vaultKey = vaultKey;
    this.#cases = new CaseList(parts.database, vaultKey, parts.ports.random, () => { this.#demandUnlocked(); });
    this.signers = [this.#signer(signedIn[0]), this.#signer(signedIn[1])];
  }

  async confirm(credentials: Credentials): Promise<Signer> {
    this.#demandUnlocked();
    const signer = this.signers.find((s) => s.initials === credentials.initials);
    if (signer === undefined) throw new CodedError('auth.not-signed-in', 'Only the two reviewers who are signed in can confirm this.', { where: 'initials' });
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
      const wrapped = wrapCaseKey(this.#vaultKey, id, caseKey, random);
      const store = Promise.resolve(this.#store(id, caseKey, wrapped));
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
    const [row] = parseRows(wrapRows, await this.#parts.database.all('SELECT wrapped_key FROM cases WHERE id = ?', id));
    this.#demandUnlocked();
    const caseKey = unwrapCaseKey(this.#vaultKey, id, row.wrapped_key);
    if (caseKey === null) throw altered(`The key of the case ${id} was changed.`, `cases/${id}`);
    const store = this.#store(id, caseKey, row.wrapped_key);
    if (!(await store.load())) throw altered(`The record of the case ${id} was removed.`, `cases/${id}`);
    return store;
  }

  #store(id: string, caseKey: Buffer, wrapped: Buffer): VaultCaseStore {
    const { database, objects, ports } = this.#parts;
    const keys = new CaseKeys(id, caseKey);
    caseKey.fill(0);
    const store = new VaultCaseStore(id, keys, {
      database, objects, random: ports.random, sha256: ports.sha256,
      enter: (sql) => this.#cases.add(sql, id, wrapped),
      demandUnlocked: () => { this.#demandUnlocked(); },
    });
    this.#holdingKeys.add(store);
    return store;
  }

  setting(name: string): Promise<JsonValue | undefined> {
    return this.#guarded(async () => {
      const [row] = parseRows(boxRows, await this.#parts.database.all('SELECT box FROM settings WHERE name = ?', name));
      this.#demandUnlocked();
      if (row === undefined) return undefined;
      const plain = openBox(this.#vaultKey, row.box, settingContext(name));
      if (plain === null) throw altered(`The setting ${name} was changed.`, `settings/${name}`);
      return z.json().parse(JSON.parse(fromUtf8(plain)));
    });
  }

  putSetting(name: string, value: JsonValue): Promise<void> {
    return this.#guarded(async () => {
      const plain = canonicalBytes(value);
      if (plain.length > LARGEST_SETTING) throw new CodedError('vault.setting-too-large', 'This setting is too large to be kept.');
      const box = sealBox(this.#vaultKey, plain, settingContext(name), this.#parts.ports.random);
      await this.#parts.database.run('INSERT INTO settings (name, box) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET box = excluded.box', name, box);
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

  certificates(): { readonly rootPem: string; readonly reviewerPems: readonly string[]; readonly crlDer: Uint8Array } {
    this.#demandUnlocked();
    const { rootPem, rootKey, members, statement } = this.#parts.roster;
    const privateKey = openRootKey(this.#vaultKey, statement.root, rootKey);
    if (privateKey === null) throw altered("The key of this computer's root certificate was changed.", 'rosters');
    const revoked = members.flatMap((m) => (m.removedAt === null ? [] : [{ pem: m.certificatePem, at: m.removedAt }]));
    return { rootPem, reviewerPems: members.map((m) => m.certificatePem), crlDer: issueCrl({ pem: rootPem, privateKey }, revoked, this.#parts.ports.clock.now(), statement.number) };
  }

  wrongAttempts(): Promise<readonly WrongAttempt[]> {
    return this.#guarded(() => this.#parts.attempts.list());
  }

  lock(): void {
    this.#locked = true;
    this.#vaultKey.fill(0);
    for (const store of this.#holdingKeys) store.zero();
    this.#holdingKeys.clear();
    this.#signingKeys.clear();
    this.#stores.clear();
  }

  #signer({ member, secret }: SignedIn): Signer {
    const { initials, name, position, certificatePem, certificate } = member;
    this.#signingKeys.set(initials, secret.signing);
    return {
      initials, name, position, certificatePem, certificate,
      sign: (bytes) => {
        this.#demandUnlocked();
        const key = this.#signingKeys.get(initials);
        if (key === undefined) throw new CodedError('auth.not-signed-in', `${initials} is not signed in.`);
        return signWith(key, bytes);
      },
    };
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    this.#demandUnlocked();
    return work();
  }

  #demandUnlocked(): void {
    if (this.#locked) throw new CodedError('auth.locked', 'The vault is locked. Both reviewers must sign in again.');
  }
}

function settingContext(name: string): Uint8Array {
  return contextBytes({ purpose: 'Countersign setting v1', name });
}
