import type { EntryKind } from '../record/kinds.js';
import { page } from './check-exhibits.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { Findings } from './report.js';

const AFTER_HALT: ReadonlySet<EntryKind> = new Set<EntryKind>(['capture', 'navigation', 'navigation-in-page', 'concern', 'conclusion', 'seal', 'sitting-started', 'stop-withdrawn', 'redaction']);
/** Between STOP and its answer. A page that was on its way when STOP was pressed may still be written down. */
const AFTER_STOP: ReadonlySet<EntryKind> = new Set<EntryKind>(['capture', 'concern', 'conclusion', 'seal', 'sitting-started', 'redaction']);
/** What a case that is with the police still takes: copies of it, what the app says of itself, and that the computer may be used again. */
const AFTER_HANDING_OVER: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'export', 'export-finished', 'received', 'checkpoint', 'timestamp', 'timestamp-failed', 'halt-released', 'police-call', 'locked', 'resumed', 'sign-out', 'wrong-passphrase', 'recovered', 'inbox-unreadable', 'clock-jump',
]);

/** `halt.after` and `halt.ending`: what a halted case takes, how a halt may end, and what its end does not open again. */
export class HaltCheck implements RecordCheck {
  readonly #findings: Findings;
  readonly #closed = new Set<string>();
  #halted: { readonly where: string; readonly url: string | null } | null = null;
  #stopped = false;
  #calls = 0;
  #halts = 0;
  #ended = 0;
  #handed = false;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (this.#halted !== null && AFTER_HALT.has(entry.kind)) this.#findings.fail('halt.after', `Something (${entry.kind}) happened after the review was halted.`, entry.where);
    else if (this.#stopped && AFTER_STOP.has(entry.kind)) this.#findings.fail('halt.after', `Something (${entry.kind}) happened after STOP was pressed and before it was answered.`, entry.where);
    if (this.#handed && !AFTER_HANDING_OVER.has(entry.kind)) this.#findings.fail('halt.ending', `Something (${entry.kind}) was added after the case was handed to the police.`, entry.where);
    switch (entry.kind) {
      case 'stop':
        this.#stopped = true;
        break;
      case 'stop-withdrawn':
        this.#stopped = false;
        break;
      case 'halt':
        if (this.#halted === null) this.#halts += 1;
        this.#halted ??= { where: entry.where, url: entry.data?.url ?? null };
        this.#stopped = false;
        break;
      case 'police-call':
        this.#calls += 1;
        break;
      case 'halt-ended':
        this.#end(entry);
        break;
      case 'navigation':
        if (entry.data !== null && this.#closed.has(page(entry.data.url))) this.#findings.fail('halt.ending', 'The page that had halted the review was opened again.', entry.where);
        break;
      default:
    }
  }

  finish(): void {
    if (this.#halts === 0) this.#findings.pass('halt.after', this.#stopped ? 'STOP was pressed and had not been answered.' : 'The review was not halted.');
    else if (this.#halted === null) this.#findings.pass('halt.after', `Halted ${times(this.#halts)}; nothing was opened or kept until the police advised no further action.`);
    else this.#findings.pass('halt.after', `Halted (${this.#halted.where}); nothing was opened or kept after that.`);
    this.#findings.pass('halt.ending', this.#handed ? 'The case was handed to the police, and nothing of the review was added after that.' : this.#ended === 0 ? 'No halt was ended.' : 'Each halt that was ended rests on a call to the police, and its page was not opened again.');
  }

  #end(entry: Extract<SeenEntry, { kind: 'halt-ended' }>): void {
    const fail = (sentence: string): void => this.#findings.fail('halt.ending', sentence, entry.where);
    if (this.#halted === null) fail('A halt was ended that had not begun or had not been answered.');
    if (this.#calls === 0) fail('A halt was ended without a call to the police on record.');
    this.#ended += 1;
    this.#calls = 0;
    if (entry.data?.how === 'handed-to-police') this.#handed = true;
    if (entry.data?.how !== 'no-further-action') return;
    if (this.#halted !== null && this.#halted.url !== null) this.#closed.add(page(this.#halted.url));
    this.#halted = null;
  }
}

/**
 * `halt.disclosed`: a bundle for anybody but the police says nothing of the page that led to a halt: neither its address nor
 * what the entries of its quarantined exhibits say. Nor does it name an address that was reported as suspected.
 */
export class DisclosureCheck implements RecordCheck {
  readonly #findings: Findings;
  readonly #told: { readonly what: string; readonly where: string }[] = [];
  readonly #captures = new Map<string, string>();
  readonly #copies = new Map<string, string>();
  #stop: string | null = null;
  #halts = 0;
  #suspected = 0;
  #recipient: string | null = null;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (entry.kind === 'stop') this.#stop = entry.data !== null && entry.data.url !== null ? entry.where : null;
    if (entry.kind === 'stop-withdrawn') this.#stop = null;
    if (entry.kind === 'suspected-address') {
      this.#suspected += 1;
      if (entry.data !== null) this.#told.push({ what: 'An address is told that was reported as suspected child sexual abuse.', where: entry.where });
    }
    if (entry.kind === 'capture' && entry.data !== null) this.#captures.set(entry.data.exhibit, entry.where);
    if (entry.kind === 'redaction' && entry.data !== null) this.#copies.set(entry.data.exhibit, entry.where);
    if (entry.kind === 'export') this.#recipient = entry.data?.recipient ?? null;
    if (entry.kind === 'halt') this.#halt(entry);
    if (entry.kind === 'quarantine' && entry.data !== null) {
      const where = this.#captures.get(entry.data.exhibit);
      const copy = this.#copies.get(entry.data.exhibit);
      if (copy !== undefined) this.#told.push({ what: `A redacted copy of ${entry.data.exhibit}, which is quarantined, is told of.`, where: copy });
      if (where !== undefined) this.#told.push({ what: `The entry of ${entry.data.exhibit}, which is quarantined, tells where it was taken.`, where });
    }
  }

  finish(): void {
    if (this.#halts + this.#suspected === 0) this.#findings.pass('halt.disclosed', 'No page led to a halt, and no address was reported as suspected.');
    else if (this.#recipient === 'police') this.#findings.pass('halt.disclosed', 'This copy is for the police, who are told the addresses.');
    else {
      for (const { what, where } of this.#told) this.#findings.fail('halt.disclosed', `${what} That is for the police alone.`, where);
      this.#findings.pass('halt.disclosed', this.#halts === 0 ? 'What was reported as suspected is withheld from this copy.' : 'The address of the page is withheld from this copy.');
    }
  }

  #halt(entry: Extract<SeenEntry, { kind: 'halt' }>): void {
    this.#halts += 1;
    if (entry.data !== null && entry.data.url !== null) this.#told.push({ what: 'The halt names the address of the page.', where: entry.where });
    if (this.#stop !== null) this.#told.push({ what: 'STOP names the address of the page.', where: this.#stop });
    this.#stop = null;
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
