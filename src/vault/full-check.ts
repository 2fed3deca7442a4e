import { z } from 'zod';
import { CodedError, isCoded } from '../record/coded-error.js';
import { CaseKeys } from './case-keys.js';
import type { CaseList } from './case-list.js';
import { CaseSurveyor, MOST_FAULTS, type CaseFault } from './case-survey.js';
import { readState } from './kept-state.js';
import type { VaultParts } from './locked-vault.js';
import { objectContext, type ObjectFacts } from './object-row.js';
import { damagedBoxes } from './rewrap.js';
import { openRootKey } from './root-key.js';
import { damagedFlagLists, type FlagListStore } from './flag-lists.js';
import { parseRows } from './rows.js';

/** Something that is not as it was written. `case` and the rest are null where the finding has no such place. */
export interface Finding {
  readonly code: CaseFault['code'] | 'database' | 'kept-thing-altered' | 'case-removed' | 'case-foreign' | 'case-key-altered' | 'case-unreadable' | 'kept-state-altered' | 'object-missing' | 'object-altered';
  readonly case: string | null;
  readonly seq: number | null;
  readonly exhibit: string | null;
  readonly part: string | null;
  /** The row or box, such as `settings/contacts`; null for cases. */
  readonly place: string | null;
}

/** How far a full check is. Bytes are those of evidence files. */
export interface CheckProgress {
  readonly cases: number;
  readonly casesTotal: number;
  readonly entries: number;
  readonly bytes: number;
  /** Grows while the entries are read. */
  readonly bytesTotal: number;
}

/** What a full check looked at, and what it found. It is in order when there are no findings. */
export interface CheckResult {
  readonly cases: number;
  readonly entries: number;
  readonly objects: number;
  /** Of those, quarantined ones: checked by the hash of the ciphertext, not decrypted. */
  readonly quarantined: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

/** What a full check works with. `quarantined`: exhibits by case id that are not decrypted. */
export interface FullCheckContext {
  readonly parts: VaultParts;
  readonly vaultKey: Uint8Array;
  readonly cases: CaseList;
  readonly quarantined: ReadonlyMap<string, ReadonlySet<string>>;
  readonly onProgress: (progress: CheckProgress) => void;
  readonly signal: AbortSignal | undefined;
  readonly flagLists: FlagListStore;
  demandUnlocked(): void;
}

/** So many files are read, decrypted and hashed at the same time; hashing runs beside decrypting. */
const AT_ONCE = 4;
const NO_PLACE = { case: null, seq: null, exhibit: null, part: null, place: null };
const integrityRows = z.array(z.strictObject({ integrity_check: z.string() }));
const idRows = z.array(z.strictObject({ id: z.string() }));

/** Reads everything that the vault keeps; see `UnlockedVault.fullCheck`. */
export class FullCheck {
  readonly #context: FullCheckContext;
  readonly #findings: Finding[] = [];
  #progress: CheckProgress = { cases: 0, casesTotal: 0, entries: 0, bytes: 0, bytesTotal: 0 };
  #objects = 0;
  #quarantined = 0;

  constructor(context: FullCheckContext) {
    this.#context = context;
  }

  /** @throws CodedError `vault.cancelled`, `auth.locked`. */
  async run(): Promise<CheckResult> {
    const { database } = this.#context.parts;
    const integrity = await database.all('PRAGMA integrity_check(10)').then((rows) => parseRows(integrityRows, rows), () => [{ integrity_check: 'unreadable' }]);
    if (integrity.some((row) => row.integrity_check !== 'ok')) this.#find({ code: 'database' });
    const boxes = await database.inTurn((sql) => damagedBoxes(sql, this.#context.vaultKey, () => { this.#goOn(); }));
    for (const place of new Set([...boxes, ...(await this.#lostKeys()), ...(await damagedFlagLists(this.#context.flagLists, database))])) this.#find({ code: 'kept-thing-altered', place });
    const ids = await this.#cases();
    this.#step({ casesTotal: ids.length });
    for (const id of ids) {
      await this.#case(id);
      this.#step({ cases: this.#progress.cases + 1 });
    }
    const { cases, entries, bytes } = this.#progress;
    return { cases, entries, objects: this.#objects, quarantined: this.#quarantined, bytes, findings: this.#findings };
  }

  /** Keys that the roster speaks of and that are not there, or are others. */
  async #lostKeys(): Promise<string[]> {
    const { database, roster } = this.#context.parts;
    const inboxKeys = await database.all('SELECT id FROM inbox_key LIMIT 1');
    this.#goOn();
    const places = openRootKey(this.#context.vaultKey, roster.statement.root, roster.rootKey) === null ? ['root_key/1'] : [];
    return roster.statement.inbox !== undefined && inboxKeys.length === 0 ? [...places, 'inbox_key/1'] : places;
  }

  /** Every case of the list, and every one that has a row only. */
  async #cases(): Promise<string[]> {
    const rows = parseRows(idRows, await this.#context.parts.database.all('SELECT id FROM cases ORDER BY number LIMIT 100000')).map((row) => row.id);
    const listed = await this.#context.cases.ids().catch((error: unknown) => {
      if (!isCoded(error, 'vault.altered')) throw error;
      return null;
    });
    this.#goOn();
    if (listed === null) return rows;
    for (const id of listed) if (!rows.includes(id)) this.#find({ code: 'case-removed', case: id });
    for (const id of rows) if (!listed.includes(id)) this.#find({ code: 'case-foreign', case: id });
    return rows.filter((id) => listed.includes(id));
  }

  async #case(id: string): Promise<void> {
    const caseKey = await this.#context.cases.keyOf(id).catch((error: unknown) => {
      if (!isCoded(error, 'vault.altered')) throw error;
      return null;
    });
    if (caseKey === null) {
      this.#find({ code: 'case-key-altered', case: id });
      return;
    }
    const keys = new CaseKeys(id, caseKey);
    caseKey.fill(0);
    try {
      const before = this.#progress.entries;
      const { database, ports } = this.#context.parts;
      const survey = await new CaseSurveyor(database, id, keys, ports.sha256).survey((entries) => { this.#step({ entries: before + entries }); });
      for (const fault of survey.faults) this.#find({ ...fault, case: id });
      if ((await readState(database, id, () => keys.states)) === 'altered') this.#find({ code: 'kept-state-altered', case: id });
      this.#step({ bytesTotal: this.#progress.bytesTotal + survey.objects.reduce((sum, o) => sum + o.size, 0) });
      await this.#files(id, keys, survey.objects);
    } catch (error) {
      if (!isCoded(error, 'vault.damaged') && !isCoded(error, 'vault.read-failed')) throw error;
      this.#find({ code: 'case-unreadable', case: id });
    } finally {
      keys.zero();
    }
  }

  async #files(id: string, keys: CaseKeys, objects: readonly ObjectFacts[]): Promise<void> {
    const waiting = objects[Symbol.iterator]();
    const worker = async (): Promise<void> => {
      for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
        this.#goOn();
        await this.#file(id, keys, next.value);
        this.#step({ bytes: this.#progress.bytes + next.value.size });
      }
    };
    // All of them end before the keys are zeroed, whichever failed.
    const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
  }

  async #file(id: string, keys: CaseKeys, facts: ObjectFacts): Promise<void> {
    const { objects } = this.#context.parts;
    const isQuarantined = this.#context.quarantined.get(id)?.has(facts.exhibit) === true;
    this.#objects += 1;
    if (isQuarantined) this.#quarantined += 1;
    const verdict = isQuarantined
      ? await objects.hash(facts.file).then((hash) => (hash === null ? 'missing' : hash === facts.cipherSha256 ? 'right' : 'wrong'))
      : await objects.check(keys.objects, facts.file, facts.size, objectContext(id, facts.exhibit, facts.name), facts.sha256);
    if (verdict !== 'right') this.#find({ code: verdict === 'missing' ? 'object-missing' : 'object-altered', case: id, exhibit: facts.exhibit, part: facts.name });
  }

  #find(finding: Partial<Finding> & Pick<Finding, 'code'>): void {
    if (this.#findings.length < MOST_FAULTS) this.#findings.push({ ...NO_PLACE, ...finding });
  }

  #step(step: Partial<CheckProgress>): void {
    this.#goOn();
    this.#progress = { ...this.#progress, ...step };
    this.#context.onProgress(this.#progress);
  }

  #goOn(): void {
    this.#context.demandUnlocked();
    if (this.#context.signal?.aborted === true) throw cancelled();
  }
}

/** Somebody asked to stop. */
export function cancelled(): CodedError {
  return new CodedError('vault.cancelled', 'This was stopped before it was finished. Nothing in the vault was changed.');
}
