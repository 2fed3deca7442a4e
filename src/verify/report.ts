/** One named check: what was looked at, how it came out, and where. */
export interface CheckResult {
  readonly id: CheckId;
  readonly title: string;
  readonly outcome: 'pass' | 'fail' | 'note';
  readonly detail: string;
  /** A path in the bundle or an entry (`record.jsonl, entry 12`); null when it is about the whole. */
  readonly where: string | null;
}

/** What a verification found. */
export interface VerifyReport {
  /**
   * `unchanged`: every check passed and the root is the one that the reader knows. `unchanged-signers-not-shown`: every check
   * passed, but nothing outside the bundle says whose the root is. `changed`: at least one check failed.
   */
  readonly verdict: 'unchanged' | 'unchanged-signers-not-shown' | 'changed';
  readonly sentence: string;
  /** As the record has it; null where it cannot be read or is withheld. */
  readonly case: { readonly id: string | null; readonly reference: string | null; readonly organisation: string | null };
  /** The people whose certificates made the bundle's signatures. */
  readonly signers: readonly SignerFact[];
  readonly root: { readonly fingerprint: string; readonly words: readonly string[] } | null;
  /** When the signers' computer said it was signed (UTC); null when there is no readable signature. */
  readonly signedAt: string | null;
  /** Time stamps over the signature file that hold. */
  readonly times: readonly TimeFact[];
  /** SHA-256 of `tagmanifest-sha256.txt`: the bundle's fingerprint on the receipt. */
  readonly tagManifestSha256: string | null;
  readonly counts: ReportCounts;
  readonly checks: readonly CheckResult[];
}

/** A signer as the certificate names them; `certificate` is the SHA-256 of its DER. */
export interface SignerFact {
  readonly name: string;
  readonly position: string;
  readonly organisation: string;
  readonly certificate: string;
}

/** A time stamp over the signatures: who signed it (as their certificate says), when, and the SHA-256 of the root; `trusted` when the reader gave that root. */
export interface TimeFact {
  readonly name: string;
  readonly at: string;
  readonly root: string;
  readonly trusted: boolean;
  readonly where: string;
}

/** How much was looked at. `exhibits`: captured; `withheld`: entries without a body; `visits`: pages opened in the view. */
export interface ReportCounts {
  readonly files: number;
  readonly bytes: number;
  readonly entries: number;
  readonly exhibits: number;
  readonly visits: number;
  readonly withheld: number;
  readonly quarantined: number;
}

/** Every check with its title, in the order in which it is made and reported. */
export const CHECKS = {
  'bag.paths': 'Every file has a safe name',
  'bag.declaration': 'The bundle is in a known format',
  'bag.required': 'Every file that must be there is there',
  'bag.manifests': 'The lists of files can be read',
  'bag.listed': 'Nothing added, nothing missing',
  'bag.known': 'Every file has a known purpose',
  'bag.info': 'The number and size of the files are as stated',
  'bag.payload-digests': 'Every file of the case matches its SHA-256',
  'bag.tag-digests': 'Every file about the bundle matches its SHA-256',
  'certificates.files': 'The certificates can be read',
  'certificates.chain': 'Every certificate comes from the bundle’s root',
  'certificates.usage': 'Every certificate is meant for signing',
  'certificates.crl': 'No signer’s certificate was withdrawn',
  'signature.encoding': 'The signature file holds what it should and nothing else',
  'signature.signers': 'Two different people signed',
  'signature.content': 'What was signed is this list of files',
  'signature.values': 'Both signatures hold',
  'signature.time': 'Both signed while their certificates were valid',
  'trust.root': 'The signers’ root is the one you know',
  'record.lines': 'Every entry of the record can be read',
  'record.frame': 'The record starts and ends where it should',
  'record.bodies': 'Every entry has the form of its kind',
  'record.chain': 'The record is whole and in order',
  'record.clock': 'The clock never ran backwards',
  'record.signatures': 'Both reviewers’ keys signed every entry of evidence',
  'record.acts': 'What people must sign themselves, they did',
  'record.checkpoints': 'Every checkpoint fits the record',
  'record.counts': 'The sums in the record are right',
  'record.withheld': 'What is withheld, and why',
  'record.references': 'What was added later, and who has copies, fits the record',
  'record.self-test': 'The app’s self-test, if there was one, is the one on record',
  'time.tokens': 'What independent time stamps show',
  'time.clock': 'The computer’s clock against the time stamps',
  'time.gaps': 'How long entries waited for a time stamp',
  'exhibits.entries': 'Every exhibit has one reference and a declaration',
  'exhibits.files': 'The exhibits are those of the record',
  'exhibits.composite': 'Each picture is the one that was declared on',
  'exhibits.redacted': 'Each redacted copy is the one that was made, and names its original',
  'halt.quarantine': 'Nothing of a quarantined exhibit is here',
  'halt.after': 'Nothing was opened or kept after a halt',
  'halt.ending': 'A halt ended as it may, and its page stayed closed',
  'halt.disclosed': 'The page of a halt is named to the police alone',
  'lock.quiet': 'Nothing was opened or kept while the app was locked',
  'visits.accounted': 'Every page view is accounted for',
} as const;

/** Stable name of a check. */
export type CheckId = keyof typeof CHECKS;

interface Finding {
  outcome: 'pass' | 'fail' | 'note';
  detail: string;
  where: string | null;
  count: number;
}

/**
 * Collects what checks find. The first failure of a check is told in full and the others are counted. A check that nobody
 * settled comes out as failed: what could not be checked is not passed.
 */
export class Findings {
  readonly #found = new Map<CheckId, Finding>();

  /** Settles a check that has not failed. */
  pass(id: CheckId, detail: string): void {
    if (!this.#found.has(id)) this.#found.set(id, { outcome: 'pass', detail, where: null, count: 0 });
  }

  /** Something that a reader should know and that is no fault. */
  note(id: CheckId, detail: string, where: string | null = null): void {
    if (this.#found.get(id)?.outcome !== 'fail') this.#found.set(id, { outcome: 'note', detail, where, count: 0 });
  }

  fail(id: CheckId, detail: string, where: string | null = null): void {
    const before = this.#found.get(id);
    if (before?.outcome === 'fail') before.count += 1;
    else this.#found.set(id, { outcome: 'fail', detail, where, count: 1 });
  }

  failed(id: CheckId): boolean {
    return this.#found.get(id)?.outcome === 'fail';
  }

  /** Every check, in order. */
  results(): CheckResult[] {
    return (Object.keys(CHECKS) as CheckId[]).map((id) => {
      const found = this.#found.get(id) ?? { outcome: 'fail', detail: 'This could not be checked, because something before it failed.', where: null, count: 1 };
      const more = found.count > 1 ? ` (and ${found.count - 1} more)` : '';
      return { id, title: CHECKS[id], outcome: found.outcome, detail: `${found.detail}${more}`, where: found.where };
    });
  }
}
