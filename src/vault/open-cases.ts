import { hex } from '../record/bytes.js';
import { CodedError } from '../record/coded-error.js';
import { CaseKeys } from './case-keys.js';
import type { CaseList } from './case-list.js';
import { VaultCaseStore } from './case-store.js';
import type { Sql } from './database.js';
import type { VaultParts } from './locked-vault.js';
import { KEY_BYTES } from './sealed-box.js';
import { altered } from './storage-error.js';

/** The cases that are open in a vault, and their keys until these are forgotten. */
export class OpenCases {
  readonly #parts: VaultParts;
  readonly #cases: CaseList;
  readonly #demandUnlocked: (caseId: string) => void;
  /** One store a case, so that no two have a head of their own. */
  readonly #stores = new Map<string, Promise<VaultCaseStore>>();
  readonly #holdingKeys = new Set<VaultCaseStore>();
  /** Keys of cases that have no entry yet. */
  readonly #newCaseKeys = new Map<string, Buffer>();

  constructor(parts: VaultParts, cases: CaseList, demandUnlocked: (caseId: string) => void) {
    this.#parts = parts;
    this.#cases = cases;
    this.#demandUnlocked = demandUnlocked;
  }

  /** A case with a random id and key, which is in the database once it has an entry. */
  create(): Promise<VaultCaseStore> {
    const { random } = this.#parts.ports;
    const id = hex(random.bytes(16));
    const caseKey = Buffer.from(random.bytes(KEY_BYTES));
    const store = Promise.resolve(this.#store(id, caseKey));
    this.#newCaseKeys.set(id, caseKey);
    this.#stores.set(id, store);
    return store;
  }

  /** @throws CodedError `case.unknown`, `vault.altered`. */
  open(id: string): Promise<VaultCaseStore> {
    const known = this.#stores.get(id);
    if (known !== undefined) return known;
    const opened = this.#read(id);
    this.#stores.set(id, opened);
    // A case that could not be opened is tried anew when it is asked for again.
    opened.catch(() => this.#stores.delete(id));
    return opened;
  }

  /** Ends the store that others use, and does `work` with one that nobody else has, so that nothing is appended between; then its keys go. */
  async alone<T>(id: string, work: (store: VaultCaseStore) => Promise<T>): Promise<T> {
    const used = await (this.#stores.get(id) ?? this.#read(id));
    await used.end();
    this.#stores.delete(id);
    const last = await this.#read(id);
    try {
      return await work(last);
    } finally {
      for (const store of [used, last]) this.#forget(store);
    }
  }

  /** The keys of every case go, but those of `goesOn`. */
  forgetKeys(goesOn: string | null): void {
    for (const store of this.#holdingKeys) if (store.id !== goesOn) this.#forget(store);
    for (const id of this.#stores.keys()) if (id !== goesOn) this.#stores.delete(id);
    for (const key of this.#newCaseKeys.values()) key.fill(0);
    this.#newCaseKeys.clear();
  }

  async #read(id: string): Promise<VaultCaseStore> {
    if (!(await this.#cases.has(id))) throw new CodedError('case.unknown', 'There is no such case on this computer.');
    const caseKey = await this.#cases.keyOf(id);
    const store = this.#store(id, caseKey);
    caseKey.fill(0);
    if (!(await store.load())) throw altered(`The record of the case ${id} was removed.`, `cases/${id}`);
    return store;
  }

  #store(id: string, caseKey: Buffer): VaultCaseStore {
    const { database, objects, ports } = this.#parts;
    const store = new VaultCaseStore(id, new CaseKeys(id, caseKey), {
      database, objects, random: ports.random, sha256: ports.sha256,
      enter: (sql) => this.#enter(sql, id),
      demandUnlocked: () => { this.#demandUnlocked(id); },
    });
    this.#holdingKeys.add(store);
    return store;
  }

  /** The key of a new case is wrapped when the case is written: the vault key may be replaced before that. */
  async #enter(sql: Sql, id: string): Promise<void> {
    this.#demandUnlocked(id);
    const caseKey = this.#newCaseKeys.get(id);
    if (caseKey !== undefined) await this.#cases.add(sql, id, caseKey);
  }

  #forget(store: VaultCaseStore): void {
    store.zero();
    this.#holdingKeys.delete(store);
  }
}
