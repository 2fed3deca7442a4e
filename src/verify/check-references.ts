import { ADDABLE_KINDS, type EntryData } from '../record/kinds.js';
import { hashWords } from '../record/words.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import { counted } from './plain-words.js';
import type { Findings } from './report.js';

/** `record.references`: words that were added later name an entry that can take them, who was told later the conclusion, and a hand-over names a copy that was made. */
export class ReferenceCheck implements RecordCheck {
  readonly #findings: Findings;
  readonly #addable = new Set<number>();
  readonly #conclusions = new Set<number>();
  /** Tag manifests of copies by the entry that began them; null for one that was not finished, absent where that is withheld. */
  readonly #copies = new Map<number, string | null>();
  #begun: number | null = null;
  #added = 0;
  #received = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    const { seq } = entry.header;
    if (ADDABLE_KINDS.has(entry.kind)) this.#addable.add(seq);
    if (entry.kind === 'conclusion') this.#conclusions.add(seq);
    switch (entry.kind) {
      case 'export':
        this.#begun = seq;
        this.#copies.set(seq, null);
        break;
      case 'export-finished':
        if (this.#begun !== null && entry.data !== null) this.#copies.set(this.#begun, entry.data.tagManifest);
        if (this.#begun !== null && entry.data === null) this.#copies.delete(this.#begun);
        this.#begun = null;
        break;
      case 'addendum':
        this.#added += 1;
        if (entry.data !== null && !this.#addable.has(entry.data.to)) this.#findings.fail('record.references', 'Words were added to an entry that is not there or takes none.', entry.where);
        if (entry.data?.told !== undefined && !this.#conclusions.has(entry.data.to)) this.#findings.fail('record.references', 'Who was told later was added to an entry that is no conclusion.', entry.where);
        break;
      case 'received':
        this.#received += 1;
        if (entry.data !== null) this.#handOver(entry.data, entry.where);
        break;
      default:
    }
  }

  finish(): void {
    this.#findings.pass('record.references', this.#added + this.#received === 0 ? 'Nothing was added later, and no hand-over was written down.' : `${counted(this.#added, 'addition')} and ${counted(this.#received, 'hand-over')}, each with the entry that it is about.`);
  }

  #handOver(data: EntryData<'received'>, where: string): void {
    const made = this.#copies.get(data.export);
    if (made !== data.tagManifest) this.#findings.fail('record.references', 'A hand-over names a copy that was not made, or that has another fingerprint.', where);
    const match = data.readOut === null ? null : data.readOut.join(' ') === hashWords(data.tagManifest).join(' ');
    if (match !== data.wordsMatch) this.#findings.fail('record.references', 'A hand-over says of the words that were read out what they do not bear out.', where);
  }
}
