import type { EntryKind } from '../record/kinds.js';
import type { KnownCertificate } from './certificates.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { Findings } from './report.js';
import type { SignatureFacts } from './signature-checks.js';

/** What may not follow a conclusion, and what may not follow the seal. */
const AFTER_CONCLUSION: ReadonlySet<EntryKind> = new Set<EntryKind>(['capture', 'concern']);
const AFTER_SEAL: ReadonlySet<EntryKind> = new Set<EntryKind>(['capture', 'concern', 'navigation', 'navigation-in-page', 'sitting-started', 'conclusion', 'seal', 'suspected-address']);
/** What a sealed case takes only while it is halted: an exhibit may be stopped over after the seal too. */
const WHILE_HALTED: ReadonlySet<EntryKind> = new Set<EntryKind>(['note', 'addendum', 'stop-withdrawn', 'halt-step', 'police-call', 'halt-released', 'halt-ended', 'quarantine']);

/** `record.frame`: begins with `case-opened` and ends with `export`, names this bundle's root and people, and nothing follows where nothing may. */
export class FrameCheck implements RecordCheck {
  reference: string | null = null;
  organisation: string | null = null;
  caseId: string | null = null;
  /** Initials to certificate, as the first entry has them. */
  readonly people = new Map<string, { name: string; position: string; certificate: string }>();
  /** Initials of everyone who took part. */
  readonly reviewers = new Set<string>();
  readonly #facts: SignatureFacts;
  readonly #findings: Findings;
  #count = 0;
  #last: SeenEntry | null = null;
  #concluded = false;
  #sealed = false;
  #halted = false;

  constructor(facts: SignatureFacts, findings: Findings) {
    this.#facts = facts;
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (this.#count === 0) this.#first(entry);
    else if (entry.kind === 'case-opened') this.#fail('A second case is opened in the middle of the record.', entry);
    if (this.#sealed && (AFTER_SEAL.has(entry.kind) || (!this.#halted && WHILE_HALTED.has(entry.kind)))) this.#fail('Something was added after the case was sealed.', entry);
    else if (this.#concluded && AFTER_CONCLUSION.has(entry.kind)) this.#fail('Something was kept or noted after the case was concluded.', entry);
    if (entry.kind === 'conclusion') this.#concluded = true;
    if (entry.kind === 'seal') this.#sealed = true;
    if (entry.kind === 'stop' || entry.kind === 'halt') this.#halted = true;
    if (entry.kind === 'stop-withdrawn' || (entry.kind === 'halt-ended' && entry.data?.how !== 'handed-to-police')) this.#halted = false;
    if (entry.kind === 'sitting-started') for (const initials of entry.data?.reviewers ?? []) this.reviewers.add(initials);
    this.#count += 1;
    this.#last = entry;
  }

  finish(): void {
    if (this.#last === null) return;
    if (this.#last.kind !== 'export') this.#fail('The record does not end with the export that made this bundle. Entries may be missing from its end.', this.#last);
    else if (this.#facts.signedAt !== null && `${this.#last.header.at.slice(0, 19)}.000Z` > this.#facts.signedAt) this.#fail('The bundle was signed before its last entry was written.', this.#last);
    this.#findings.pass('record.frame', 'From the opening of the case to the export that made this bundle.');
  }

  #first(entry: SeenEntry): void {
    this.caseId = entry.header.case;
    if (entry.kind !== 'case-opened') {
      this.#fail('The record does not start with the opening of the case.', entry);
      return;
    }
    if (entry.data === null) return;
    this.reference = entry.data.reference;
    this.organisation = entry.data.organisation;
    const { root, reviewers } = this.#facts;
    if (root !== null && entry.data.root !== root.fingerprint) this.#fail('The case was opened under another root than the one in this bundle.', entry);
    for (const person of entry.data.reviewers) {
      this.people.set(person.initials, person);
      this.reviewers.add(person.initials);
      const certificate = reviewers.find((each) => each.fingerprint === person.certificate);
      if (certificate === undefined) this.#fail(`The certificate of ${person.name} is not in this bundle.`, entry);
      else if (!sameName(certificate, person.name)) this.#fail(`The certificate of ${person.name} names somebody else.`, entry);
    }
    if (this.people.size !== 2) this.#fail('The case was not opened by two different people.', entry);
  }

  #fail(sentence: string, entry: SeenEntry): void {
    this.#findings.fail('record.frame', sentence, entry.where);
  }
}

/** X.520 lets a common name have 64 characters, so a certificate may hold the beginning of a longer name. */
function sameName(certificate: KnownCertificate, name: string): boolean {
  return certificate.name === name || (certificate.name.length >= 60 && name.startsWith(certificate.name));
}
