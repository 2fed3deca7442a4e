import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import { hashWords, WORD_COUNT } from '../record/words.js';
import type { UnlockedVault } from '../vault/vault.js';
import type { WholeEntry } from '../vault/entry-row.js';

/** The checkpoint whose words somebody has on paper. */
export interface MatchingCheckpoint {
  readonly seq: number;
  readonly at: string;
  readonly count: number;
}

/**
 * The checkpoint that eight words from paper stand for, or null when none does. The words are made anew from the hash
 * of the entry before each checkpoint. The first four letters of each count: no two words of the list share them.
 *
 * @throws CodedError `words.not-eight`
 */
export function findCheckpoint(entries: readonly WholeEntry[], typed: string): MatchingCheckpoint | null {
  const words = typed.toLowerCase().split(/[^a-z]+/).filter((word) => word !== '');
  if (words.length !== WORD_COUNT || words.some((word) => word.length < 3)) {
    throw new CodedError('words.not-eight', 'Type all eight words from the paper, in their order.', { where: 'words' });
  }
  const wanted = words.map(short).join(' ');
  for (const { header, body } of entries) {
    if (header.kind !== 'checkpoint' || hashWords(header.prev).map(short).join(' ') !== wanted) continue;
    return { seq: header.seq, at: header.at, count: (body.data as EntryData<'checkpoint'>).count };
  }
  return null;
}

/** The checkpoint of the case with this reference that eight words on paper stand for; null when none does. @throws CodedError `vault.altered`, `words.not-eight` */
export async function compareOnPaper(vault: UnlockedVault, reference: string, words: string): Promise<{ known: boolean; match: MatchingCheckpoint | null }> {
  let known = false;
  // Refused before anything is read when these are not eight words.
  findCheckpoint([], words);
  for (const id of await vault.caseIds()) {
    const store = await vault.openCase(id);
    const [opened] = await store.between(0, 1);
    if (opened === undefined || (opened.body.data as EntryData<'case-opened'>).reference !== reference) continue;
    known = true;
    const match = findCheckpoint(await store.ofKinds(['checkpoint'], 0), words);
    if (match !== null) return { known, match };
  }
  return { known, match: null };
}

function short(word: string): string {
  return word.slice(0, 4);
}
