import type { VerifyReport } from '../src/verify/report.js';

/** What a check is written down as: who checked it writes their name on the printed page. */
export interface Receipt {
  readonly receipt: 'countersign-verification';
  readonly version: 1;
  readonly tool: string;
  /** By the clock of the computer that checked. */
  readonly checkedAt: string;
  readonly file: { readonly name: string; readonly size: number };
  /** SHA-256 of the tag manifest: the fingerprint that sender and recipient read to each other. */
  readonly bundle: string | null;
  readonly verdict: VerifyReport['verdict'];
  readonly sentence: string;
  readonly case: VerifyReport['case'];
  readonly root: string | null;
  /** Whether the reader gave the school's fingerprint. */
  readonly rootTyped: boolean;
  readonly signers: VerifyReport['signers'];
  readonly signedAt: string | null;
  readonly counts: VerifyReport['counts'];
  readonly checks: readonly { readonly id: string; readonly outcome: string; readonly detail: string; readonly where: string | null }[];
}

/** Makes the receipt of one check. */
export function receiptOf(report: VerifyReport, facts: { readonly tool: string; readonly checkedAt: string; readonly name: string; readonly size: number; readonly rootTyped: boolean }): Receipt {
  const { tool, checkedAt, name, size, rootTyped } = facts;
  return {
    receipt: 'countersign-verification', version: 1, tool, checkedAt,
    file: { name, size },
    bundle: report.tagManifestSha256,
    verdict: report.verdict, sentence: report.sentence, case: report.case,
    root: report.root?.fingerprint ?? null, rootTyped,
    signers: report.signers, signedAt: report.signedAt, counts: report.counts,
    checks: report.checks.map(({ id, outcome, detail, where }) => ({ id, outcome, detail, where })),
  };
}

/** A name for the file that says which bundle it is of. */
export function receiptName(receipt: Receipt): string {
  const plain = receipt.file.name.replace(/\.zip$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);
  return `${plain === '' ? 'bundle' : plain}-receipt.json`;
}
