import type { CaseHoldings, DestructionView } from '../ipc/admin-state.js';
import { isCoded } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import { hashWords } from '../record/words.js';
import { applyEntry, type AppliedEntry, type CasePhase, type CaseState } from '../investigation/case-state.js';
import type { UnlockedVault } from '../vault/vault.js';
import type { CaseLine } from './case-list.js';

/** A certificate of destruction. */
export type Destruction = Awaited<ReturnType<UnlockedVault['destructions']>>[number];
type Fact = Awaited<ReturnType<UnlockedVault['destroyCase']>>['facts'][number];

/** What is certain after a destruction, and what is not; overwriting is never claimed for a disk (NCSC and UCL on disposal). */
export const FACT_SENTENCES: Readonly<Record<Fact, string>> = {
  'key-overwritten': 'The key of the case, its record and its list of files are no longer in the database, and their place in it was overwritten.',
  'database-not-rebuilt': 'The key of the case, its record and its list of files are no longer in the database. The database could not be rebuilt now, so their place in it was only filled with zeros.',
  'files-removed': 'The encrypted evidence files of the case were removed from this computer’s folder.',
  'files-remain': 'Some encrypted evidence files could not be removed now. Countersign tries again each time it starts. Without the key they cannot be read.',
  'disk-may-keep-blocks': 'SSDs and USB sticks may keep older copies of what was deleted or overwritten, so overwriting is not claimed for the disk. What may be left there of the case is encrypted, and so is its key: reading it would take such an old copy of the key and the passphrases of two reviewers.',
  'backups-hold-it': 'Backups that were made earlier still hold the case, with its key. They have to be destroyed too.',
  'exports-exist': 'Bundles that were made of the case are with those who received them, or where they were put.',
  'other-copies-unknown': 'Copies that somebody made of the folder without Countersign, such as a backup of the whole computer, are not known to it.',
};

/** Why a case in this phase is not destroyed; a sealed one is. */
const REFUSED: Readonly<Record<Exclude<CasePhase, 'sealed'>, { code: string; sentence: string }>> = {
  halted: { code: 'destroy.halted', sentence: 'A halted case is not destroyed here. The police decide what happens to it and to this computer.' },
  open: { code: 'destroy.not-sealed', sentence: 'This case is still open. A case is destroyed only when you have concluded and sealed it.' },
  concluded: { code: 'destroy.not-sealed', sentence: 'This case is concluded but not sealed. A case is destroyed only when you have sealed it.' },
};

const OPEN_HERE = { code: 'destroy.open', sentence: 'This case is open on the screen. Close it first.' };
const ALTERED = { code: 'vault.altered', sentence: 'The record of this case was changed by other hands than Countersign’s. It is not destroyed. Run the check of everything, and tell the person responsible for this computer.' };

/** Where the case's copies are, and why it cannot be destroyed now. */
export interface Holdings extends CaseHoldings {
  readonly code: string | null;
}

/** Reads which copies hold a case. `openId`: the case on the screen. @throws CodedError `case.unknown`, `vault.*` */
export async function holdingsOf(vault: UnlockedVault, line: CaseLine, openId: string | null): Promise<Holdings> {
  const backups = (await vault.backups()).filter((backup) => backup.cases.includes(line.id)).map(({ at, place }) => ({ at, place }));
  const read = await readCase(vault, line.id);
  const refusal = read === null ? ALTERED : openId === line.id ? OPEN_HERE : read.phase === 'sealed' ? null : REFUSED[read.phase];
  return { reference: read?.reference ?? line.reference, backups, exports: read?.exports ?? [], refused: refusal?.sentence ?? null, code: refusal?.code ?? null };
}

interface ReadCase {
  readonly reference: string;
  readonly phase: CasePhase;
  readonly exports: readonly { at: string; recipient: string }[];
}

/** What the record itself says; null when it was altered. */
async function readCase(vault: UnlockedVault, id: string): Promise<ReadCase | null> {
  let state: CaseState | null = null;
  const exports: { at: string; recipient: string }[] = [];
  try {
    for await (const { header, body } of (await vault.openCase(id)).entries()) {
      state = applyEntry(state, { header, kind: header.kind, data: body.data } as unknown as AppliedEntry);
      if (header.kind === 'export') exports.push({ at: header.at, recipient: (body.data as EntryData<'export'>).recipient });
    }
    return state === null ? null : { reference: state.opened.reference, phase: state.phase, exports };
  } catch (error) {
    if (isCoded(error, 'vault.altered')) return null;
    throw error;
  }
}

/** A certificate as the screens show it. */
export function destructionView({ statement }: Destruction): DestructionView {
  const { case: id, reference, at, by, reason, entries, evidenceFiles, checkpoint } = statement;
  return { id, reference, at, by: [...by], reason, entries, evidenceFiles, words: checkpoint === null ? [] : hashWords(checkpoint.hash) };
}
