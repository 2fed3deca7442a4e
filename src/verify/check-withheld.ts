import type { EntryData } from '../record/kinds.js';
import { joinedRanges, RisingRanges } from '../record/ranges.js';
import { withheldThing, withholdingReason } from '../investigation/policy/withholding.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import { RECORD } from './entries.js';
import { counted } from './plain-words.js';
import type { Findings } from './report.js';

/** So many stretches of withheld entries can be held against the sheet. */
const MOST_STRETCHES = 200_000;

/**
 * `record.withheld`: every withheld body stands in exactly one line of the sheet that the last export carries, with a reason, and
 * nothing that is told stands there. Bundles from before there was a sheet only note what is withheld.
 */
export class WithheldCheck implements RecordCheck {
  readonly #findings: Findings;
  readonly #withheld = new RisingRanges();
  #disclosure: { data: NonNullable<EntryData<'export'>['disclosure']>; where: string } | null = null;
  #last = -1;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    const { seq } = entry.header;
    if (entry.withheld && seq > this.#last && this.#withheld.ranges.length <= MOST_STRETCHES) this.#withheld.add(seq);
    this.#last = Math.max(this.#last, seq);
    if (entry.kind === 'addendum' && entry.data !== null && this.#withheld.has(entry.data.to)) this.#fail('Words that were added to a withheld entry are told.', entry.where);
    this.#disclosure = entry.kind === 'export' && entry.data?.disclosure !== undefined ? { data: entry.data.disclosure, where: entry.where } : null;
  }

  finish(): void {
    if (this.#disclosure === null) return;
    const { data: { withheld }, where } = this.#disclosure;
    if (this.#withheld.ranges.length > MOST_STRETCHES) this.#fail('More is withheld than can be checked.', RECORD);
    const listed = joinedRanges(withheld.flatMap((row) => row.entries));
    if (listed === null || JSON.stringify(listed) !== JSON.stringify(this.#withheld.ranges)) {
      this.#fail('What is withheld here is not what the reviewers said that they withhold.', where);
      return;
    }
    const exhibits = withheld.flatMap((row) => row.exhibit ?? []);
    if (new Set(exhibits).size !== exhibits.length) this.#fail('The sheet of what is withheld names an exhibit twice.', where);
    if (withheld.some((row) => (row.exhibit !== null) !== ABOUT_EXHIBITS.has(row.what) || (row.sha256 !== null) !== (row.exhibit !== null) || (row.redaction !== null) !== (row.what === 'redacted') || row.reason === '')) {
      this.#fail('A line of the sheet of what is withheld lacks what it should say.', where);
    }
    if (withheld.length === 0) return;
    const lines = withheld.slice(0, 20).map((row) => `${withheldThing(row.what, row.exhibit, row.redaction)} (${withholdingReason(row.reason)})`);
    const more = withheld.length > 20 ? `, and ${withheld.length - 20} more` : '';
    this.#findings.note('record.withheld', `Withheld by the reviewers, ${counted(this.#withheld.count, 'entry', 'entries')}: ${lines.join('; ')}${more}. Every withheld entry is on their list; its place, time and kind still hold.`, RECORD);
  }

  #fail(sentence: string, where: string): void {
    this.#findings.fail('record.withheld', sentence, where);
  }
}

const ABOUT_EXHIBITS: ReadonlySet<string> = new Set(['exhibit', 'exhibit-entry', 'redacted']);
