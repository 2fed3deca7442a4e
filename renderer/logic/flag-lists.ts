import type { FlagListView } from '../../src/ipc/lists-contract.js';
import { count, number } from './format.js';

/** What a file of a list can hold. */
export type ListFormat = FlagListView['format'];

/** The largest file of a list that the engine takes, in bytes. */
export const LARGEST_LIST = 8 * 2 ** 30;

/** The formats in plain words: what to choose, and what a list is called that holds it. */
export const LIST_FORMAT_WORDS: readonly { readonly id: ListFormat; readonly title: string; readonly meaning: string; readonly holds: string }[] = [
  { id: 'addresses', title: 'Addresses', meaning: 'A text file with one address of a page, a folder or a whole site on each line.', holds: 'Addresses' },
  { id: 'hashed-addresses', title: 'Addresses as SHA-256', meaning: 'A text file with 64 letters and digits on each line, from which nobody can read the addresses.', holds: 'Addresses as SHA-256' },
  { id: 'hashes', title: 'Hashes of files', meaning: 'A text file or a table (CSV) with MD5, SHA-1 or SHA-256 hashes of pictures and videos.', holds: 'Hashes of files' },
  { id: 'vics', title: 'A VICS file', meaning: 'A JSON file from police software. Its MD5 and SHA-1 hashes are taken, and nothing else, not the category either: every file in it halts a case.', holds: 'Hashes from a VICS file' },
  { id: 'pdq', title: 'PDQ hashes of pictures', meaning: 'A text file or a table (CSV). It also finds pictures that were made smaller or saved again.', holds: 'PDQ hashes of pictures' },
];

/** What a list holds, in words. */
export function holdsOf(format: ListFormat): string {
  return LIST_FORMAT_WORDS.find(({ id }) => id === format)?.holds ?? format;
}

/** Lists that are looked for, the newest first. */
export function listsInForce(lists: readonly FlagListView[]): FlagListView[] {
  return lists.filter(({ removed }) => removed === null).reverse();
}

/** Lists that were removed, the newest first. */
export function listsRemoved(lists: readonly FlagListView[]): FlagListView[] {
  return lists.filter(({ removed }) => removed !== null).sort((a, b) => (b.removed?.at ?? '').localeCompare(a.removed?.at ?? ''));
}

/** Where the lists stand, in one line. `open`: no browser starts until somebody has done something. */
export function listsStand(lists: readonly FlagListView[]): { readonly text: string; readonly open: boolean } {
  const inForce = listsInForce(lists);
  const damaged = inForce.filter((each) => each.damaged).length;
  if (damaged > 0) return { text: `${count(damaged, 'list')} ${damaged === 1 ? 'is' : 'are'} damaged: no browser starts`, open: true };
  return { text: inForce.length === 0 ? 'None in force' : `${count(inForce.length, 'list')} in force, ${number(inForce.reduce((sum, { values }) => sum + values, 0))} values`, open: false };
}
