import type { EntryData } from '../record/kinds.js';
import { NO_HASH } from '../record/entry.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { ExhibitCheck } from './check-exhibits.js';
import type { Findings } from './report.js';
import type { RecordTotals } from './record-walk.js';

/** `record.counts`: the sums that the seal and the last export state, recomputed. */
export class CountCheck implements RecordCheck {
  readonly #exhibits: ExhibitCheck;
  readonly #findings: Findings;
  #seen = 0;
  #captures = 0;
  #concerns = 0;
  #quarantines = 0;
  #head = NO_HASH;
  #export: { data: EntryData<'export'>; where: string } | null = null;

  constructor(exhibits: ExhibitCheck, findings: Findings) {
    this.#exhibits = exhibits;
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (entry.kind === 'seal' && entry.data !== null) this.#seal(entry.data, entry.where);
    this.#export = entry.kind === 'export' && entry.data !== null ? { data: entry.data, where: entry.where } : null;
    if (entry.kind === 'capture') this.#captures += 1;
    if (entry.kind === 'concern') this.#concerns += 1;
    if (entry.kind === 'quarantine') this.#quarantines += 1;
    this.#seen += 1;
    this.#head = entry.hash;
  }

  finish(): void {
    this.#findings.pass('record.counts', 'The seal and the export state what is here.');
  }

  /** Compares the last export's sums with what is in the bundle. */
  settle(folders: number, totals: RecordTotals): void {
    if (this.#export === null) return;
    const { data, where } = this.#export;
    if (data.exhibits !== folders || data.withheld !== totals.withheld || data.quarantined !== this.#exhibits.quarantined.size) {
      this.#findings.fail('record.counts', `The export states ${data.exhibits} exhibits, ${data.withheld} entries withheld, ${data.quarantined} quarantined. Here are ${folders}, ${totals.withheld} and ${this.#exhibits.quarantined.size}.`, where);
    }
  }

  #seal(data: EntryData<'seal'>, where: string): void {
    const right = data.entries === this.#seen && data.exhibits === this.#captures && data.quarantined === this.#quarantines && data.concerns === this.#concerns && data.head === this.#head;
    if (!right) this.#findings.fail('record.counts', 'The sums that were sealed are not those of the entries before the seal.', where);
  }
}
