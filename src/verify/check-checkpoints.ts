import { NO_HASH } from '../record/entry.js';
import { hashWords } from '../record/words.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import { counted } from './plain-words.js';
import type { Findings } from './report.js';

/** `record.checkpoints`: head, count and words of each checkpoint are those of the entries before it. */
export class CheckpointCheck implements RecordCheck {
  readonly #findings: Findings;
  #seen = 0;
  #checkpoints = 0;
  #withheld = 0;
  #head = NO_HASH;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (entry.kind === 'checkpoint') {
      this.#checkpoints += 1;
      if (entry.withheld) this.#withheld += 1;
      else if (entry.data !== null) this.#check(entry.data, entry.where);
    }
    this.#seen += 1;
    this.#head = entry.hash;
  }

  finish(): void {
    this.#findings.pass('record.checkpoints', `${counted(this.#checkpoints, 'checkpoint')}${this.#withheld === 0 ? '' : `, ${this.#withheld} of them withheld`}.`);
  }

  #check(data: { head: string; count: number; words: readonly string[] }, where: string): void {
    if (data.head !== this.#head) this.#findings.fail('record.checkpoints', 'A checkpoint names another entry than the one before it.', where);
    if (data.count !== this.#seen) this.#findings.fail('record.checkpoints', `A checkpoint counts ${data.count} entries before it. There are ${this.#seen}.`, where);
    if (data.words.join(' ') !== hashWords(data.head).join(' ')) this.#findings.fail('record.checkpoints', 'A checkpoint’s eight words are not those of its hash.', where);
  }
}
