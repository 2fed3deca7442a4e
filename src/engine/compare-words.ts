import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import { hashWords, WORD_COUNT } from '../record/words.js';
import type { WholeEntry } from './case-record.js';

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
    throw new CodedError('words.not-eight', 'Type all eight words from the paper form, in their order.', { where: 'words' });
  }
  const wanted = words.map(short).join(' ');
  for (const { header, body } of entries) {
    if (header.kind !== 'checkpoint' || hashWords(header.prev).map(short).join(' ') !== wanted) continue;
    return { seq: header.seq, at: header.at, count: (body.data as EntryData<'checkpoint'>).count };
  }
  return null;
}

function short(word: string): string {
  return word.slice(0, 4);
}
