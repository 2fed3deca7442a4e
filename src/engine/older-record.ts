import type { VerifyView } from '../ipc/verify-contract.js';
import { isCoded } from '../record/coded-error.js';
import { entryHash, entrySchema, type Entry } from '../record/entry.js';
import type { Sha256 } from '../record/ports.js';
import type { UnlockedVault } from '../vault/vault.js';
import type { BundleSource } from '../verify/source.js';

/** A line about this computer's own record, beside what was found in a bundle. */
type Line = VerifyView['checks'][number];

/** Holds the end of a bundle against this computer's own record of the case; null where there is nothing to say. */
export type OwnRecords = (caseId: string, source: BundleSource) => Promise<Line | null>;

const TITLE = 'This computer’s own record of the case';
const RECORD = 'data/record.jsonl';
/** The longest line that a record has. */
const LONGEST_LINE = 4 * 1024 * 1024;
const WHAT_TO_DO = 'Somebody may have put back an earlier copy of this computer’s data. The bundle is not affected. Do not add anything, keep the computer as it is, and tell the person responsible for it.';

/**
 * Holds the end of a bundle of this installation against the record that the vault has: it must hold the same entry at the same
 * place. Gives null where the case was destroyed here on purpose.
 */
export async function compareWithBundle(vault: UnlockedVault, caseId: string, source: BundleSource, sha256: Sha256): Promise<Line | null> {
  const last = await lastEntry(source);
  if (last?.header.case !== caseId) return null;
  const here = await ownHash(vault, caseId, last.header.seq, sha256);
  if (here === 'no-case' && (await vault.destructions()).some(({ statement }) => statement.case === caseId)) return null;
  if (here === entryHash(last.header, sha256)) return line('pass', `It holds everything up to the entry that this bundle ends with (entry ${last.header.seq}).`);
  if (here === 'no-case') return line('fail', `This computer has no record of this case, and yet the bundle was made here. ${WHAT_TO_DO}`);
  if (here === 'no-entry') return line('fail', `The record on this computer is older than this bundle. ${WHAT_TO_DO}`);
  return line('fail', `The record on this computer is not the one that this bundle was made from. ${WHAT_TO_DO}`);
}

async function ownHash(vault: UnlockedVault, caseId: string, seq: number, sha256: Sha256): Promise<string> {
  try {
    for await (const { header } of (await vault.openCase(caseId)).entries()) if (header.seq === seq) return entryHash(header, sha256);
    return 'no-entry';
  } catch (error) {
    if (isCoded(error, 'case.unknown')) return 'no-case';
    throw error;
  }
}

/** The last entry of a bundle whose record was found to be whole. */
async function lastEntry(source: BundleSource): Promise<Entry | null> {
  let rest = Buffer.alloc(0);
  for await (const piece of source.read(RECORD)) {
    const all = Buffer.concat([rest, piece]);
    rest = all.subarray(all.subarray(0, -1).lastIndexOf(10) + 1);
    if (rest.length > LONGEST_LINE) return null;
  }
  return entrySchema.safeParse(JSON.parse(rest.toString('utf8'))).data ?? null;
}

function line(outcome: 'pass' | 'fail', detail: string): Line {
  return { id: 'this-computer.record', title: TITLE, outcome, detail, where: null };
}
