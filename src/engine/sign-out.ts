import type { CaseSums, SignedOutCase } from '../ipc/state.js';
import type { EntryData } from '../record/kinds.js';
import type { Signer } from '../vault/vault.js';
import type { WholeEntry } from '../vault/entry-row.js';
import type { CaseRecord } from './case-record.js';

/** How many of each thing. */
export type Sums = Omit<EntryData<'sign-out'>, 'acts' | 'head'>;

/** Counts what `entries` hold. */
export function sumsOf(entries: readonly WholeEntry[]): Sums {
  const count = (...kinds: string[]): number => entries.filter((entry) => kinds.includes(entry.header.kind)).length;
  const pages = entries.filter((entry) => entry.header.kind === 'navigation' && entry.body.data['main'] === true).length;
  return { entries: entries.length, pages, captures: count('capture'), concerns: count('concern'), notes: count('note'), refused: count('navigation-refused', 'refusal', 'capture-refused') };
}

/** The sums of a case from entry `from` on; null when nothing was added. */
export async function caseSums(record: CaseRecord, from: number): Promise<CaseSums | null> {
  const added = await record.read(from);
  return added.length === 0 ? null : { id: record.store.id, reference: record.state.opened.reference, sums: sumsOf(added) };
}

/** Writes that both leave, signed as an act where `acting` gave their passphrases, and the last checkpoint of the day. */
export async function writeSignOut(record: CaseRecord, from: number, acting: readonly [Signer, Signer] | null): Promise<SignedOutCase> {
  await record.reach(from);
  const make = (): EntryData<'sign-out'> => {
    const { head } = record.store;
    if (head === null) throw new RangeError('a case has entries before anybody signs out of it');
    return { acts: acting !== null, ...sumsOf(record.since(from)), head: head.hash };
  };
  const by = acting === null ? ['app'] : acting.map((signer) => signer.initials);
  const entry = await record.addWith('sign-out', by, make, acting === null ? {} : { acting });
  return { reference: record.state.opened.reference, at: entry.header.at, words: await record.checkpoint('sign-out') };
}
