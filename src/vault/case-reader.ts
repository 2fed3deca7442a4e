import { z } from 'zod';
import { followChain, type ChainPosition } from '../record/chain.js';
import type { Head } from '../record/entry.js';
import type { EntryKind } from '../record/kinds.js';
import type { Sha256 } from '../record/ports.js';
import type { CaseKeys } from './case-keys.js';
import type { Database } from './database.js';
import { entryAltered, fromRow, type StoredEntry, type WholeEntry } from './entry-row.js';
import { parseRows } from './rows.js';
import { altered } from './storage-error.js';

const PAGE = 64;
const COLUMNS = 'case_id, seq, kind, header, signatures, body';

const count = z.int().min(0);
const seqRow = z.looseObject({ seq: z.int() });
const headRow = z.strictObject({ seq: count, objects: count, mac: z.instanceof(Buffer) });
const tallyRows = z.tuple([z.strictObject({ entries: count, first: count.nullable(), last: count.nullable(), checkpoint: count.nullable(), objects: count })]);

/** How a case stood when it was opened. */
export interface CaseEnd {
  readonly head: Head;
  readonly objects: number;
}

/**
 * Reads one case's rows and holds each against the one before it. A clock that ran backwards is no alteration: the
 * record says so itself, and it is not reported here.
 */
export class CaseReader {
  readonly #database: Database;
  readonly #caseId: string;
  readonly #keys: CaseKeys;
  readonly #sha256: Sha256;
  readonly #demandUnlocked: () => void;

  /** `demandUnlocked` throws once `keys` are zeroed; it is asked before every use. */
  constructor(database: Database, caseId: string, keys: CaseKeys, sha256: Sha256, demandUnlocked: () => void) {
    this.#database = database;
    this.#caseId = caseId;
    this.#keys = keys;
    this.#sha256 = sha256;
    this.#demandUnlocked = demandUnlocked;
  }

  /** Entries from `from` on, in order; the first follows `after`, where that is known. @throws CodedError `vault.altered`, at the first entry that is not as written. */
  async *entries(from = 0, after: Head | null = null): AsyncGenerator<WholeEntry, ChainPosition | null> {
    let position: ChainPosition | null = from === 0 || after !== null ? { case: this.#caseId, head: after, at: null } : null;
    for (let seq = from; ; ) {
      const rows = await this.#database.all(`SELECT ${COLUMNS} FROM entries WHERE case_id = ? AND seq >= ? ORDER BY seq LIMIT ?`, this.#caseId, seq, PAGE);
      if (rows.length === 0) return position;
      for (const row of rows) {
        this.#demandUnlocked();
        const stored = fromRow(row, this.#caseId, seq, this.#keys, this.#sha256);
        position = this.#follow(position ?? this.#before(stored.entry), stored);
        seq += 1;
        yield stored.entry;
      }
    }
  }

  /** The entries from `from` up to the one before `to`, of a record that ends at `head`. @throws CodedError `vault.altered`, also where the next entry or the head does not follow */
  async between(from: number, to: number, head: Head | null): Promise<WholeEntry[]> {
    const [first, last] = [Math.max(0, from), Math.min(to - 1, head?.seq ?? -1)];
    const found: WholeEntry[] = [];
    if (last < first) return found;
    for await (const entry of this.entries(first)) {
      if (entry.header.seq > last) return found;
      found.push(entry);
    }
    const reached = first + found.length - 1;
    if (reached < last) throw entryAltered(this.#caseId, reached + 1);
    if (reached === head?.seq && (await this.hashOf(reached)) !== head.hash) throw entryAltered(this.#caseId, reached);
    return found;
  }

  /** The entries of these kinds from `from` on, each by itself. @throws CodedError `vault.altered` */
  async ofKinds(kinds: readonly EntryKind[], from: number): Promise<WholeEntry[]> {
    const found: WholeEntry[] = [];
    const places = kinds.map(() => '?').join(', ');
    for (let seq = from; ; ) {
      const rows = await this.#database.all(`SELECT ${COLUMNS} FROM entries WHERE case_id = ? AND seq >= ? AND kind IN (${places}) ORDER BY seq LIMIT ?`, this.#caseId, seq, ...kinds, PAGE);
      for (const row of rows) {
        this.#demandUnlocked();
        const { entry } = fromRow(row, this.#caseId, numbered(row) ?? seq, this.#keys, this.#sha256);
        found.push(entry);
        seq = entry.header.seq + 1;
      }
      if (rows.length < PAGE) return found;
    }
  }

  /** The hash of an entry as it stands; null when there is none, or none that is as it was written. */
  async hashOf(seq: number): Promise<string | null> {
    const [row] = await this.#database.all(`SELECT ${COLUMNS} FROM entries WHERE case_id = ? AND seq = ?`, this.#caseId, seq);
    this.#demandUnlocked();
    try {
      return row === undefined ? null : fromRow(row, this.#caseId, seq, this.#keys, this.#sha256).hashes.entry;
    } catch {
      return null;
    }
  }

  /**
   * How the case ends, once its rows are counted, the chain is followed from the last checkpoint, and the end is the
   * one that was last written. Null when the case has no row at all.
   *
   * @throws CodedError `vault.altered`, which names the case and, where one can be named, the entry.
   */
  async end(): Promise<CaseEnd | null> {
    const tallied = tallyRows.safeParse(
      await this.#database.all(
        `SELECT (SELECT count(*) FROM entries WHERE case_id = ?1) AS entries, (SELECT min(seq) FROM entries WHERE case_id = ?1) AS first, (SELECT max(seq) FROM entries WHERE case_id = ?1) AS last,
         (SELECT max(seq) FROM entries WHERE case_id = ?1 AND kind = 'checkpoint') AS checkpoint, (SELECT count(*) FROM objects WHERE case_id = ?1) AS objects`,
        this.#caseId,
      ),
    );
    if (!tallied.success) throw this.#caseAltered('The record of the case');
    const [tally] = tallied.data;
    const head = await this.#storedHead();
    if (tally.last === null && head === null) return null;
    if (head === null || tally.last === null) throw this.#caseAltered('The record of the case');
    if (tally.last !== head.seq) throw entryAltered(this.#caseId, Math.min(tally.last, head.seq) + 1);
    if (tally.entries !== head.seq + 1) throw entryAltered(this.#caseId, await this.#firstGap());
    const reached = await this.#walk(tally.checkpoint ?? 0);
    this.#demandUnlocked();
    if (reached === null || !this.#keys.isHeadMac(head.mac, reached, head.objects)) throw this.#caseAltered('The end of the record of the case');
    if (tally.objects !== head.objects) throw this.#caseAltered('The list of evidence files of the case');
    return { head: reached, objects: head.objects };
  }

  async #storedHead(): Promise<z.infer<typeof headRow> | null> {
    const rows = await this.#database.all('SELECT seq, objects, mac FROM heads WHERE case_id = ?', this.#caseId);
    if (rows.length === 0) return null;
    const row = headRow.safeParse(rows[0]);
    if (!row.success) throw this.#caseAltered('The end of the record of the case');
    return row.data;
  }

  async #walk(from: number): Promise<Head | null> {
    const entries = this.entries(from);
    for (;;) {
      const step = await entries.next();
      if (step.done === true) return step.value?.head ?? null;
      const { header, body } = step.value;
      const says = header.kind !== 'checkpoint' || (body.data['head'] === header.prev && body.data['count'] === header.seq);
      if (!says) throw entryAltered(this.#caseId, header.seq);
    }
  }

  async #firstGap(): Promise<number> {
    const rows = await this.#database.all(
      'SELECT seq FROM (SELECT seq, row_number() OVER (ORDER BY seq) - 1 AS place FROM entries WHERE case_id = ?) WHERE seq <> place ORDER BY place LIMIT 1',
      this.#caseId,
    );
    return Math.max(0, parseRows(z.array(z.strictObject({ seq: z.int() })), rows).map((r) => r.seq - 1)[0] ?? 0);
  }

  /** Where the chain stands before an entry that is taken on its own word: its header is bound to the case's key. */
  #before({ header }: WholeEntry): ChainPosition {
    return { case: this.#caseId, head: { seq: header.seq - 1, hash: header.prev, signaturesHash: header.prevSigs }, at: null };
  }

  #follow(position: ChainPosition, { entry, hashes }: StoredEntry): ChainPosition {
    const { next, faults } = followChain(position, entry, this.#sha256, hashes);
    if (faults.some((fault) => fault.code !== 'time')) throw entryAltered(this.#caseId, entry.header.seq);
    return next;
  }

  #caseAltered(what: string): Error {
    return altered(`${what} ${this.#caseId} was changed.`, `cases/${this.#caseId}`);
  }
}

function numbered(row: unknown): number | undefined {
  return seqRow.safeParse(row).data?.seq;
}
