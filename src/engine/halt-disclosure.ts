import type { Entry } from '../record/entry.js';
import type { EntryData } from '../record/kinds.js';
import { flaggedPages, tellsOfFlagged } from '../investigation/flagged.js';
import type { WholeEntry } from '../vault/entry-row.js';

/**
 * The record as `recipient` gets it. What tells of a page that led to a halt (its address, its title, concerns about it, the
 * halt's own words) is for the police alone; of such an entry only the header and the signatures stay for others.
 */
export function withoutFlaggedPage(recipient: EntryData<'export'>['recipient'], entries: readonly WholeEntry[]): readonly Entry[] {
  if (recipient === 'police' || !entries.some(({ header }) => header.kind === 'halt')) return entries;
  const flagged = flaggedPages(entries);
  const hidden = new Set(haltsAndTheirStops(entries));
  return entries.map((entry) => (hidden.has(entry.header.seq) || tellsOfFlagged(entry, flagged) ? { ...entry, body: null } : entry));
}

/** Sequence numbers of every halt and of the STOP that led to it; a STOP that was withdrawn names no flagged page. */
function* haltsAndTheirStops(entries: readonly WholeEntry[]): Generator<number> {
  let stop: number | null = null;
  for (const { header } of entries) {
    if (header.kind === 'stop') stop = header.seq;
    if (header.kind === 'stop-withdrawn') stop = null;
    if (header.kind !== 'halt') continue;
    if (stop !== null) yield stop;
    yield header.seq;
    stop = null;
  }
}
