import type { EntryKind } from '../record/kinds.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { Findings } from './report.js';

const AFTER_HALT: ReadonlySet<EntryKind> = new Set<EntryKind>(['capture', 'navigation', 'navigation-in-page', 'concern', 'conclusion', 'seal', 'sitting-started', 'stop-withdrawn']);
/** Between STOP and its answer. A page that was on its way when STOP was pressed may still be written down. */
const AFTER_STOP: ReadonlySet<EntryKind> = new Set<EntryKind>(['capture', 'concern', 'conclusion', 'seal', 'sitting-started']);

/** `halt.after`: once halted, a case takes nothing but what follows from the halt. */
export class HaltCheck implements RecordCheck {
  readonly #findings: Findings;
  #halted: string | null = null;
  #stopped = false;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (this.#halted !== null && AFTER_HALT.has(entry.kind)) this.#findings.fail('halt.after', `Something (${entry.kind}) happened after the review was halted.`, entry.where);
    else if (this.#stopped && AFTER_STOP.has(entry.kind)) this.#findings.fail('halt.after', `Something (${entry.kind}) happened after STOP was pressed and before it was answered.`, entry.where);
    if (entry.kind === 'stop') this.#stopped = true;
    if (entry.kind === 'stop-withdrawn') this.#stopped = false;
    if (entry.kind === 'halt') {
      this.#halted ??= entry.where;
      this.#stopped = false;
    }
  }

  finish(): void {
    if (this.#halted === null) this.#findings.pass('halt.after', this.#stopped ? 'STOP was pressed and had not been answered.' : 'The review was not halted.');
    else this.#findings.pass('halt.after', `Halted (${this.#halted}); nothing was opened or kept after that.`);
  }
}
