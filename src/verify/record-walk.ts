import { CHAIN_START, followChain, type ChainPosition } from '../record/chain.js';
import type { Sha256 } from '../record/ports.js';
import { LineSplitter, parseData, parseLine, RECORD, type RecordCheck, type SeenEntry } from './entries.js';
import { LIMITS } from './limits.js';
import type { Findings } from './report.js';

/** What the walk over a record counted. */
export interface RecordTotals {
  entries: number;
  withheld: number;
}

/**
 * Reads a record piece by piece: each line is parsed, followed in the chain and shown to every check. Settles `record.lines`,
 * `record.bodies`, `record.chain`, `record.clock` and `record.withheld`. Memory does not grow with the record.
 */
export class RecordWalk {
  readonly totals: RecordTotals = { entries: 0, withheld: 0 };
  readonly #checks: readonly RecordCheck[];
  readonly #sha256: Sha256;
  readonly #findings: Findings;
  readonly #lines = new LineSplitter((line) => this.#line(line));
  #position: ChainPosition = CHAIN_START;
  #line_ = 0;
  #stopped = false;

  constructor(checks: readonly RecordCheck[], sha256: Sha256, findings: Findings) {
    this.#checks = checks;
    this.#sha256 = sha256;
    this.#findings = findings;
  }

  push(piece: Uint8Array): void {
    if (this.#stopped || this.#lines.push(piece)) return;
    this.#stopped = true;
    this.#findings.fail('record.lines', 'A line of the record is longer than an entry can be.', `record.jsonl, line ${this.#line_ + 1}`);
  }

  async finish(): Promise<void> {
    if (!this.#stopped && !this.#lines.end()) this.#findings.fail('record.lines', 'The record breaks off in the middle of an entry.', RECORD);
    if (this.totals.entries === 0) this.#findings.fail('record.lines', 'The record holds no entry.', RECORD);
    else this.#settle();
    for (const check of this.#checks) await check.finish();
  }

  #settle(): void {
    const { entries, withheld } = this.totals;
    this.#findings.pass('record.lines', `${entries} entries.`);
    this.#findings.pass('record.bodies', 'All that can be read here does.');
    this.#findings.pass('record.chain', `Each of ${entries} entries follows from the one before it, signatures included.`);
    this.#findings.pass('record.clock', 'No entry is earlier than the one before it.');
    if (withheld === 0) this.#findings.pass('record.withheld', 'Nothing is withheld.');
    else this.#findings.note('record.withheld', `What ${withheld} of ${entries} entries say is withheld. Their place, time and kind still hold.`, RECORD);
  }

  #line(bytes: Uint8Array): void {
    this.#line_ += 1;
    const where = `record.jsonl, line ${this.#line_}`;
    if (this.#line_ > LIMITS.entries) {
      this.#findings.fail('record.lines', 'The record has more entries than can be checked.', where);
      return;
    }
    const entry = parseLine(bytes);
    if (typeof entry === 'string') {
      this.#findings.fail('record.lines', `A line of the record cannot be read. ${entry}`, where);
      return;
    }
    const { next, faults } = followChain(this.#position, entry, this.#sha256);
    this.#position = next;
    const { header, body, signatures } = entry;
    const place = `record.jsonl, entry ${header.seq}`;
    for (const fault of faults) {
      if (fault.code === 'time') this.#findings.note('record.clock', 'The computer’s clock ran backwards before this entry.', place);
      else this.#findings.fail('record.chain', fault.sentence, place);
    }
    const data = body === null ? null : parseData(header.kind, body.data);
    if (body !== null && data === null) this.#findings.fail('record.bodies', `An entry does not say what the kind “${header.kind}” should say.`, place);
    this.totals.entries += 1;
    if (body === null) this.totals.withheld += 1;
    const seen = { kind: header.kind, data, header, signatures, hash: next.head?.hash ?? '', withheld: body === null, where: place } as SeenEntry;
    for (const check of this.#checks) check.see(seen);
  }
}
