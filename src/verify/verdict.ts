import { inWords } from './plain-words.js';
import type { CheckResult, ReportCounts, SignerFact, VerifyReport } from './report.js';

type Verdict = VerifyReport['verdict'];

/** The verdict that the checks lead to: one failure is enough for `changed`. */
export function verdictOf(checks: readonly CheckResult[]): Verdict {
  if (checks.some((check) => check.outcome === 'fail')) return 'changed';
  return checks.find((check) => check.id === 'trust.root')?.outcome === 'pass' ? 'unchanged' : 'unchanged-signers-not-shown';
}

/** The verdict in words that a person can act on. */
export function sentenceOf(verdict: Verdict, checks: readonly CheckResult[], facts: { counts: ReportCounts; signers: readonly SignerFact[]; signedAt: string | null }): string {
  const { counts, signers } = facts;
  const names = signers.map((signer) => signer.name).join(' and ');
  if (verdict === 'changed') return changedSentence(checks);
  const same = `Every one of ${counts.files.toLocaleString('en-GB')} files and ${counts.entries.toLocaleString('en-GB')} entries is exactly as it was when two people signed it, ${minute(facts.signedAt)}.`;
  if (verdict === 'unchanged') return `${same} They are ${names}: the school’s own certificate vouches for them.`;
  return `${same} The certificates name ${names}. That it was them is not shown: compare the root’s words or its fingerprint with the school’s printed enrolment sheet.`;
}

function changedSentence(checks: readonly CheckResult[]): string {
  const failed = checks.filter((check) => check.outcome === 'fail');
  if (failed.length === 1 && failed[0]?.id === 'trust.root') {
    return 'Do not rely on this bundle. It is whole, but the keys that signed it do not come from the school whose fingerprint you gave.';
  }
  return `Do not rely on this bundle. ${failed.length === 1 ? 'One check' : `${failed.length} checks`} of ${checks.length} failed. The first: ${failed[0]?.detail ?? ''}`;
}

function minute(at: string | null): string {
  return at === null ? 'at a time that is not known' : `on ${inWords(at, 'minute')} by their computer’s clock`;
}
