import { statementBytes, type EntrySignature } from '../record/entry.js';
import { ACT_KINDS, SIGNED_KINDS } from '../record/kinds.js';
import { RSA_SHA256, type KnownCertificate } from './certificates.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { FrameCheck } from './check-frame.js';
import type { Findings } from './report.js';
import type { SignatureFacts } from './signature-checks.js';

/** `record.signatures` and `record.acts`: whose keys signed which entries, and whether the signatures hold. */
export class EntrySignatureCheck implements RecordCheck {
  readonly #byFingerprint: ReadonlyMap<string, KnownCertificate>;
  /** Serial number to the instant of withdrawal. */
  readonly #revoked: ReadonlyMap<string, string>;
  readonly #frame: FrameCheck;
  readonly #subtle: SubtleCrypto;
  readonly #findings: Findings;
  /** One person, one certificate at a time: initials to the fingerprint that counts, and back from each. */
  readonly #certificateOf = new Map<string, string>();
  readonly #initialsOf = new Map<string, string>();
  #pending: Promise<void>[] = [];
  #signatures = 0;
  #acts = 0;

  /** `frame` must have seen the first entry before this one does. */
  constructor({ reviewers, revoked }: Pick<SignatureFacts, 'reviewers' | 'revoked'>, frame: FrameCheck, subtle: SubtleCrypto, findings: Findings) {
    this.#byFingerprint = new Map(reviewers.map((each) => [each.fingerprint, each]));
    this.#revoked = revoked;
    this.#frame = frame;
    this.#subtle = subtle;
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if (entry.header.seq === 0) for (const [initials, person] of this.#frame.people) this.#bind(initials, person.certificate);
    if (SIGNED_KINDS.has(entry.kind)) this.#twoPeople(entry);
    if (mustBeActs(entry) && entry.signatures.some((each) => each.how !== 'act')) {
      this.#findings.fail('record.acts', 'An entry that both people must sign with a passphrase typed for it bears a signature that the app gave.', entry.where);
    }
    for (const signature of entry.signatures) this.#one(entry, signature);
  }

  /** Waits for the signatures seen so far, so that their number does not grow with the record. */
  async drain(): Promise<void> {
    await Promise.all(this.#pending);
    this.#pending = [];
  }

  async finish(): Promise<void> {
    await this.drain();
    this.#findings.pass('record.signatures', `${this.#signatures} signatures hold.`);
    this.#findings.pass('record.acts', `${this.#acts} signatures were given with a passphrase typed for it; ${this.#signatures - this.#acts} the app gave for the two who were signed in.`);
  }

  #twoPeople(entry: SeenEntry): void {
    const people = new Set(entry.signatures.map((each) => each.by));
    const keys = new Set(entry.signatures.map((each) => this.#byFingerprint.get(each.certificate)?.publicKey ?? each.certificate));
    if (entry.signatures.length !== 2 || people.size !== 2 || keys.size !== 2) this.#findings.fail('record.signatures', 'An entry of evidence is not signed with two different people’s keys.', entry.where);
  }

  #one(entry: SeenEntry, signature: EntrySignature): void {
    this.#signatures += 1;
    if (signature.how === 'act') this.#acts += 1;
    const certificate = this.#byFingerprint.get(signature.certificate);
    if (certificate === undefined) {
      this.#findings.fail('record.signatures', 'An entry is signed by somebody whose certificate is not in this bundle.', entry.where);
      return;
    }
    if (!this.#bind(signature.by, signature.certificate)) this.#findings.fail('record.signatures', `A signature that says it is ${signature.by}’s was made with another person’s key.`, entry.where);
    const { at } = entry.header;
    if (at < certificate.notBefore || at > certificate.notAfter) this.#findings.fail('record.signatures', `${certificate.name} signed an entry when their certificate was not valid.`, entry.where);
    const revokedAt = this.#revoked.get(certificate.serial);
    if (revokedAt !== undefined && revokedAt <= at) this.#findings.fail('record.signatures', `${certificate.name} (${signature.by}) signed an entry at ${at}, when this certificate had been withdrawn since ${revokedAt}.`, entry.where);
    const value = Uint8Array.from(atob(signature.value), (c) => c.charCodeAt(0));
    const verified = this.#subtle.verify(RSA_SHA256, certificate.key, value, statementBytes(entry.hash, signature.how)).then((holds) => {
      if (!holds) this.#findings.fail('record.signatures', `The signature of ${certificate.name} on an entry does not hold.`, entry.where);
    });
    this.#pending.push(verified);
  }

  #bind(initials: string, fingerprint: string): boolean {
    const before = this.#certificateOf.get(initials) ?? fingerprint;
    const known = this.#succeeds(before, fingerprint) ? fingerprint : before;
    const owner = this.#initialsOf.get(fingerprint) ?? initials;
    if (known !== fingerprint || owner !== initials) return false;
    this.#certificateOf.set(initials, fingerprint);
    this.#initialsOf.set(fingerprint, initials);
    return true;
  }

  /** Whether one certificate took another's place: it bears the same name, is younger, and the root withdrew the other. */
  #succeeds(before: string, next: string): boolean {
    const [old, fresh] = [this.#byFingerprint.get(before), this.#byFingerprint.get(next)];
    if (before === next || old === undefined || fresh === undefined) return false;
    return this.#revoked.has(old.serial) && old.name === fresh.name && old.notBefore <= fresh.notBefore;
  }
}

/** A sign-out says of itself whether it was one; where that is withheld nothing is known of it. */
function mustBeActs(entry: SeenEntry): boolean {
  return entry.kind === 'sign-out' ? entry.data?.acts === true : ACT_KINDS.has(entry.kind);
}
