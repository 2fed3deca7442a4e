import type { CheckView } from '../ipc/admin-state.js';
import type { UnlockedVault } from '../vault/vault.js';

type Finding = Awaited<ReturnType<UnlockedVault['fullCheck']>>['findings'][number];

/** What was found, once the place has been named: `Case 2026-014, entry 12: …`. */
export const FINDING_WORDS: Readonly<Record<Finding['code'], string>> = {
  database: 'The database file of the vault is damaged.',
  'kept-thing-altered': 'Something that the vault keeps beside the cases, such as a setting, was changed or damaged.',
  'case-removed': 'The whole case was taken out of the database.',
  'case-foreign': 'This case was not put here by Countersign.',
  'case-key-altered': 'The key of the case was changed or damaged, so nothing of the case can be read.',
  'case-unreadable': 'The case cannot be read from the disk.',
  'kept-state-altered': 'A summary that spares reading the whole record was changed or damaged. It is not used: the record itself is read instead.',
  'entry-missing': 'The record has a gap that begins here.',
  'entry-altered': 'This entry was changed or damaged.',
  'entry-foreign': 'There is an entry here that was not written by Countersign.',
  'chain-broken': 'This entry does not follow from the one before it.',
  'end-altered': 'The end of the record was changed or cut off.',
  'object-list-altered': 'The list of evidence files was changed or damaged.',
  'object-unlisted': 'The record names an evidence file that is missing from the list of files.',
  'object-unnamed': 'An evidence file is listed otherwise than the record names it.',
  'object-missing': 'The evidence file is missing from the disk.',
  'object-altered': 'The evidence file was changed or damaged.',
};

/** Each finding as one sentence with its place; `references` gives a case's reference by its id. */
export function findingViews(findings: readonly Finding[], references: ReadonlyMap<string, string>): CheckView['findings'] {
  return findings.map((finding) => {
    const reference = finding.case === null ? null : (references.get(finding.case) ?? null);
    return { code: finding.code, sentence: sentenceOf(finding, reference), reference };
  });
}

function sentenceOf({ code, case: id, seq, exhibit, part, place }: Finding, reference: string | null): string {
  const where = [
    id === null ? null : `case ${reference ?? id.slice(0, 8)}`,
    seq === null ? null : `entry ${seq}`,
    exhibit === null ? null : `exhibit ${exhibit}`,
    part,
    place,
  ].filter((each) => each !== null);
  const [first = '', ...rest] = where;
  return where.length === 0 ? FINDING_WORDS[code] : `${[first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(', ')}: ${FINDING_WORDS[code]}`;
}
