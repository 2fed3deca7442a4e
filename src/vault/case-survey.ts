import { z } from 'zod';
import { followChain, type ChainPosition } from '../record/chain.js';
import { KIND_SCHEMAS, type EntryData } from '../record/kinds.js';
import type { Sha256 } from '../record/ports.js';
import type { CaseKeys } from './case-keys.js';
import type { Database } from './database.js';
import { fromRow, type StoredEntry } from './entry-row.js';
import { fromObjectRow, type ObjectFacts } from './object-row.js';
import { parseRows } from './rows.js';

/** What does not stand in a case as it was written. `seq`, `exhibit` and `part` are null where the fault has no such place. */
export interface CaseFault {
  readonly code:
    | 'entry-missing' | 'entry-altered' | 'entry-foreign' | 'chain-broken' | 'end-altered'
    | 'object-list-altered' | 'object-unlisted' | 'object-unnamed';
  readonly seq: number | null;
  readonly exhibit: string | null;
  readonly part: string | null;
}

/** What a case holds, as far as it can be read, and everything that is wrong with it. */
export interface CaseSurvey {
  readonly entries: number;
  readonly faults: readonly CaseFault[];
  readonly objects: readonly ObjectFacts[];
}

/** A hostile database could hold millions of wrong rows; a few thousand names are enough. */
export const MOST_FAULTS = 1_000;
const PAGE = 64;
const seqRows = z.array(z.looseObject({ seq: z.number() }));
const headRows = z.array(z.strictObject({ seq: z.int(), objects: z.int(), mac: z.instanceof(Buffer) })).max(1);

type Part = EntryData<'capture'>['parts'][number];

/** Reads a case whole and goes past whatever is damaged. */
export class CaseSurveyor {
  readonly #database: Database;
  readonly #caseId: string;
  readonly #keys: CaseKeys;
  readonly #sha256: Sha256;
  readonly #faults: CaseFault[] = [];
  /** What the entries say of evidence files, by exhibit and part. */
  readonly #recorded = new Map<string, Part & { readonly seq: number }>();
  #entries = 0;

  constructor(database: Database, caseId: string, keys: CaseKeys, sha256: Sha256) {
    this.#database = database;
    this.#caseId = caseId;
    this.#keys = keys;
    this.#sha256 = sha256;
  }

  /** `read` is told of every entry and may throw to stop. @throws CodedError `vault.damaged` when rows cannot be read at all. */
  async survey(read: (entries: number) => void): Promise<CaseSurvey> {
    const position = await this.#walk(read);
    const objects = await this.#objects();
    await this.#end(position);
    return { entries: this.#entries, faults: this.#faults, objects };
  }

  async #walk(read: (entries: number) => void): Promise<ChainPosition | null> {
    let position: ChainPosition | null = { case: this.#caseId, head: null, at: null };
    let expected = 0;
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      const rows = await this.#database.all('SELECT case_id, seq, kind, header, signatures, body FROM entries WHERE case_id = ? AND seq > ? ORDER BY seq LIMIT ?', this.#caseId, after, PAGE);
      if (rows.length === 0) return position;
      for (const [i, { seq }] of parseRows(seqRows, rows).entries()) {
        if (!Number.isSafeInteger(seq)) {
          this.#fault({ code: 'entry-foreign', seq: null });
          return null;
        }
        after = seq;
        if (seq < 0) {
          this.#fault({ code: 'entry-foreign', seq });
          continue;
        }
        // One fault for a gap: the rows after it say where it ends.
        if (seq !== expected) {
          this.#fault({ code: 'entry-missing', seq: expected });
          position = null;
        }
        position = this.#entry(rows[i], seq, position);
        expected = seq + 1;
        this.#entries += 1;
        read(this.#entries);
      }
    }
  }

  /** The position after the entry; null when it cannot be read. */
  #entry(row: unknown, seq: number, position: ChainPosition | null): ChainPosition | null {
    const stored = this.#stored(row, seq);
    if (stored === null) {
      this.#fault({ code: 'entry-altered', seq });
      return null;
    }
    const { entry, hashes } = stored;
    const { header } = entry;
    const before = position ?? { case: this.#caseId, head: { seq: seq - 1, hash: header.prev, signaturesHash: header.prevSigs }, at: null };
    const { next, faults } = followChain(before, entry, this.#sha256, hashes);
    if (faults.some((f) => f.code !== 'time')) this.#fault({ code: 'chain-broken', seq });
    const keeping = header.kind === 'capture' ? KIND_SCHEMAS.capture.safeParse(entry.body.data).data : header.kind === 'redaction' ? KIND_SCHEMAS.redaction.safeParse(entry.body.data).data : undefined;
    for (const part of keeping?.parts ?? []) this.#recorded.set(keyOf(keeping?.exhibit ?? '', part.name), { ...part, seq });
    return next;
  }

  #stored(row: unknown, seq: number): StoredEntry | null {
    try {
      return fromRow(row, this.#caseId, seq, this.#keys, this.#sha256);
    } catch {
      return null;
    }
  }

  async #objects(): Promise<ObjectFacts[]> {
    const found: ObjectFacts[] = [];
    for (let from = 0; ; from += PAGE) {
      const rows = await this.#database.all('SELECT case_id, exhibit, part, seq, file, cipher_sha256, box FROM objects WHERE case_id = ? ORDER BY exhibit, part LIMIT ? OFFSET ?', this.#caseId, PAGE, from);
      if (rows.length === 0) break;
      for (const row of rows) {
        const facts = this.#facts(row);
        if (facts === null) continue;
        const key = keyOf(facts.exhibit, facts.name);
        const recorded = this.#recorded.get(key);
        this.#recorded.delete(key);
        const agrees = recorded?.sha256 === facts.sha256 && recorded.cipherSha256 === facts.cipherSha256 && recorded.size === facts.size && recorded.mediaType === facts.mediaType;
        if (!agrees) this.#fault({ code: 'object-unnamed', seq: recorded?.seq ?? null, exhibit: facts.exhibit, part: facts.name });
        found.push(facts);
      }
    }
    for (const [key, { seq, name }] of this.#recorded) this.#fault({ code: 'object-unlisted', seq, exhibit: key.slice(0, key.indexOf('\n')), part: name });
    return found;
  }

  #facts(row: unknown): ObjectFacts | null {
    try {
      return fromObjectRow(row, this.#caseId, this.#keys.objects);
    } catch {
      const named = z.looseObject({ exhibit: z.string().max(100), part: z.string().max(100) }).safeParse(row).data;
      this.#fault({ code: 'object-list-altered', seq: null, exhibit: named?.exhibit ?? null, part: named?.part ?? null });
      return null;
    }
  }

  async #end(position: ChainPosition | null): Promise<void> {
    const rows = headRows.safeParse(await this.#database.all('SELECT seq, objects, mac FROM heads WHERE case_id = ? LIMIT 2', this.#caseId));
    const [head] = rows.data ?? [];
    const reached = position?.head ?? null;
    const agrees = head !== undefined && (position === null || (reached !== null && head.seq === reached.seq && this.#keys.isHeadMac(head.mac, reached, head.objects)));
    if (!agrees) this.#fault({ code: 'end-altered', seq: reached?.seq ?? null });
  }

  #fault(fault: { code: CaseFault['code']; seq: number | null; exhibit?: string | null; part?: string | null }): void {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push({ exhibit: null, part: null, ...fault });
  }
}

function keyOf(exhibit: string, part: string): string {
  return `${exhibit}\n${part}`;
}
