import type { CheckResult } from '../../src/verify/report.js';

const ORDER = ['fail', 'note', 'pass'] as const;

/** The command's checks as a page shows them to who reads it and who hears it: what needs a look before what passed. */
export function checksOnPage(checks: readonly CheckResult[]): { title: string; mark: string }[] {
  return [...checks].sort((one, other) => ORDER.indexOf(one.outcome) - ORDER.indexOf(other.outcome)).map(({ title, outcome }) => ({ title, mark: { pass: 'Passed', fail: 'Failed', note: 'To note' }[outcome] }));
}
