import type { EntryData } from '../record/kinds.js';
import { NO_HASH } from '../record/entry.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { ExhibitCheck } from './check-exhibits.js';
import type { Findings } from './report.js';
import type { RecordTotals } from './record-walk.js';

/** What an entry counts as in the sums of a sign-out, from its header on; a page load in the view is one by its body. */
const SORT = { other: 0, page: 1, 'withheld page': 2, capture: 3, concern: 4, note: 5, refused: 6 } as const;
const REFUSED: ReadonlySet<string> = new Set(['navigation-refused', 'refusal', 'capture-refused']);

/** `record.counts`: the sums that the seal, every sign-out and the last export state, recomputed; what is withheld counts by its header. */
export class CountCheck implements RecordCheck {
  readonly #exhibits: ExhibitCheck;
  readonly #findings: Findings;
  #seen = 0;
  #captures = 0;
  #concerns = 0;
  #quarantines = 0;
  #head = NO_HASH;
  /** The sort of every entry so far, a byte each. */
  #sorts = new Uint8Array(1024);
  #export: { data: EntryData<'export'>; where: string } | null = null;

  constructor(exhibits: ExhibitCheck, findings: Findings) {
    this.#exhibits = exhibits;
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (entry.kind === 'seal' && entry.data !== null) this.#seal(entry.data, entry.where);
    if (entry.kind === 'sign-out' && entry.data !== null) this.#signOut(entry.data, entry.where);
    this.#keep(sortOf(entry));
    this.#export = entry.kind === 'export' && entry.data !== null ? { data: entry.data, where: entry.where } : null;
    if (entry.kind === 'capture') this.#captures += 1;
    if (entry.kind === 'concern') this.#concerns += 1;
    if (entry.kind === 'quarantine') this.#quarantines += 1;
    this.#seen += 1;
    this.#head = entry.hash;
  }

  finish(): void {
    this.#findings.pass('record.counts', 'The seal, the sign-outs and the export state what is here.');
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

  /** What both read when they left, against the entries that they added; the number of those is in it. */
  #signOut(data: EntryData<'sign-out'>, where: string): void {
    const added = this.#sorts.subarray(Math.max(0, this.#seen - data.entries), this.#seen);
    const count = (sort: keyof typeof SORT): number => added.reduce((sum, each) => (each === SORT[sort] ? sum + 1 : sum), 0);
    const pages = data.pages - count('page');
    const right = data.entries <= this.#seen && data.captures === count('capture') && data.concerns === count('concern') && data.notes === count('note')
      && data.refused === count('refused') && pages >= 0 && pages <= count('withheld page') && data.head === this.#head;
    if (!right) this.#findings.fail('record.counts', 'The sums that both read when they left are not those of the entries before.', where);
  }

  #keep(sort: number): void {
    if (this.#seen === this.#sorts.length) {
      const larger = new Uint8Array(2 * this.#sorts.length);
      larger.set(this.#sorts);
      this.#sorts = larger;
    }
    this.#sorts[this.#seen] = sort;
  }
}

function sortOf(entry: SeenEntry): number {
  if (entry.kind === 'navigation') return entry.data === null ? SORT['withheld page'] : entry.data.main ? SORT.page : SORT.other;
  if (REFUSED.has(entry.kind)) return SORT.refused;
  return entry.kind === 'capture' || entry.kind === 'concern' || entry.kind === 'note' ? SORT[entry.kind] : SORT.other;
}
