import { hashesOf, NO_HASH, type Entry, type EntryHashes, type Head } from './entry.js';
import type { Sha256 } from './ports.js';

/** What is wrong with an entry in its place, and at which sequence number. */
export interface ChainFault {
  readonly seq: number;
  readonly code: 'case' | 'seq' | 'prev' | 'prev-sigs' | 'body' | 'time';
  readonly sentence: string;
}

/** What {@link followChain} carries from entry to entry. */
export interface ChainPosition {
  readonly case: string | null;
  readonly head: Head | null;
  readonly at: string | null;
}

/** Where every record starts. */
export const CHAIN_START: ChainPosition = { case: null, head: null, at: null };

/**
 * Checks that `entry` follows `position`, and gives the position after it.
 *
 * Faults do not stop the walk: the next entry is held against the entry as it stands, so one altered entry is named
 * once and not at every entry after it. A clock that ran backwards is a fault of its own (`time`), since a reader must
 * see it even though nothing was altered.
 *
 * `hashes` must be those of `entry`; whoever has them already spares making them again.
 */
export function followChain(position: ChainPosition, entry: Entry, sha256: Sha256, hashes: EntryHashes = hashesOf(entry, sha256)): { next: ChainPosition; faults: ChainFault[] } {
  const { header, body } = entry;
  const faults: ChainFault[] = [];
  const fault = (code: ChainFault['code'], sentence: string): void => {
    faults.push({ seq: header.seq, code, sentence });
  };
  const expectedSeq = position.head === null ? 0 : position.head.seq + 1;
  if (position.case !== null && header.case !== position.case) fault('case', 'This entry belongs to another case.');
  if (header.seq !== expectedSeq) fault('seq', `Entry ${expectedSeq} should stand here, but this is entry ${header.seq}.`);
  if (header.prev !== (position.head?.hash ?? NO_HASH)) fault('prev', 'This entry does not follow from the one before it.');
  if (header.prevSigs !== (position.head?.signaturesHash ?? NO_HASH)) fault('prev-sigs', 'The signatures on the entry before this one were changed.');
  if (body !== null && hashes.body !== header.dataHash) fault('body', 'What this entry says was changed.');
  if (position.at !== null && header.at < position.at) fault('time', 'This entry has an earlier time than the one before it.');
  return { next: { case: position.case ?? header.case, head: { seq: header.seq, hash: hashes.entry, signaturesHash: hashes.signatures }, at: header.at }, faults };
}
