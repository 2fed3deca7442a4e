import type { EntryKind } from '../record/kinds.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { Findings } from './report.js';

/** What takes two reviewers in front of an open app. */
const WHILE_LOCKED: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'capture', 'concern', 'note', 'addendum', 'redaction', 'received', 'conclusion', 'seal', 'export', 'suspected-address', 'sitting-started', 'stop-withdrawn',
]);
/** What ends a lock: the two come back, or the sitting is over. */
const ENDS: ReadonlySet<EntryKind> = new Set<EntryKind>(['resumed', 'sitting-ended']);

/**
 * `lock.quiet`: from `locked` on nothing is kept. From the checkpoint of the lock on nothing can be written: what the browser
 * did then is written when both are back, and says when it was seen.
 */
export class LockCheck implements RecordCheck {
  readonly #findings: Findings;
  #state: 'open' | 'locking' | 'locked' = 'open';
  #lockedAt = '';
  #locks = 0;
  #seen = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (this.#state !== 'open' && WHILE_LOCKED.has(entry.kind)) this.#fail(`Something (${entry.kind}) happened while the app was locked.`, entry);
    switch (entry.kind) {
      case 'navigation': case 'navigation-in-page': case 'navigation-failed': case 'navigation-refused': case 'title': case 'refusal':
        this.#told(entry, entry.data === null ? null : (entry.data.seenAt ?? ''));
        break;
      case 'locked':
        if (this.#state !== 'open') this.#fail('The app was locked twice without being unlocked.', entry);
        this.#state = 'locking';
        this.#lockedAt = entry.header.at;
        this.#locks += 1;
        break;
      case 'checkpoint':
        if (this.#state === 'locking' && (entry.data === null || entry.data.reason === 'lock')) this.#state = 'locked';
        break;
      case 'resumed':
        if (this.#state === 'open') this.#unwritten(entry);
        break;
      default:
    }
    if (ENDS.has(entry.kind)) this.#state = 'open';
  }

  finish(): void {
    const seen = this.#seen === 0 ? '' : ` What the browser did meanwhile is marked (entries: ${this.#seen}).`;
    this.#findings.pass('lock.quiet', this.#locks === 0 ? 'The app was not locked.' : `Locked ${this.#locks === 1 ? 'once' : `${this.#locks} times`}; nothing was opened or kept meanwhile.${seen}`);
  }

  /** `seenAt`: empty where the entry has none, null where that is withheld. */
  #told(entry: SeenEntry, seenAt: string | null): void {
    if (seenAt === null) return;
    if (seenAt === '') {
      if (this.#state === 'locked') this.#fail(`Something (${entry.kind}) happened while the app was locked, and does not say when it was seen.`, entry);
      return;
    }
    this.#seen += 1;
    if (this.#state === 'open') {
      // Then the two must come back before anything else is done.
      this.#state = 'locked';
      this.#unwritten(entry);
    // A clock that was set is told of elsewhere; it does not make a lie of this.
    } else if (seenAt < this.#lockedAt || seenAt > entry.header.at) this.#findings.note('lock.quiet', 'By the computer’s clock, something was seen at another time than that of the lock.', entry.where);
  }

  /** A full disk keeps no app from locking. */
  #unwritten(entry: SeenEntry): void {
    this.#findings.note('lock.quiet', 'The app was unlocked, and that it was locked is not in the record. It locks also when the disk takes nothing.', entry.where);
  }

  #fail(sentence: string, entry: SeenEntry): void {
    this.#findings.fail('lock.quiet', sentence, entry.where);
  }
}
