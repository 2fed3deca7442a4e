import type { AppliedEntry, CaseState, CopyState } from './case-state.js';
import type { EntryData } from '../record/kinds.js';

/** One line of who was told when, as a conclusion keeps it. */
export type ToldRow = NonNullable<EntryData<'conclusion'>['told']>[number];

/** A line as the record has it; nobody is down as the one who told them where the record does not say it. */
export type ToldSoFar = ToldRow & { readonly byName: '' };

/** Whom an entry says to have been told, and when; null for an entry that tells of nobody. */
export function toldBy(entry: AppliedEntry, copies: readonly CopyState[]): ToldSoFar | null {
  const row = (who: ToldRow['who'], at: string, by: string | null, ...names: readonly string[]): ToldSoFar => ({ who, name: names.filter((name) => name !== '').join(', ').slice(0, 500), at, by, byName: '' });
  switch (entry.kind) {
    case 'police-call':
      return row('police', entry.data.calledAt, entry.header.by[0] ?? null, entry.data.force, entry.data.officer, entry.data.reference);
    case 'staff-advice':
      return row(entry.data.from, entry.data.advisedAt, null, entry.data.name);
    case 'received': {
      const recipient = copies.find(({ seq }) => seq === entry.data.export)?.export.recipient;
      return recipient === 'police' || recipient === 'lado' ? row(recipient, entry.data.at, null, entry.data.name, entry.data.position) : null;
    }
    default:
      return null;
  }
}

/** Who was written down as told after the conclusion, in the order in which it was written. */
export function toldSince({ addenda }: Pick<CaseState, 'addenda'>): ToldRow[] {
  return addenda.flatMap(({ told = [] }) => told);
}
