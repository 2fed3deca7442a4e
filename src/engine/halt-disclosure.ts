import type { JsonValue } from '../record/canonical-json.js';
import type { Entry } from '../record/entry.js';
import type { EntryData } from '../record/kinds.js';
import { flaggedPages, tellsOfFlagged } from '../investigation/flagged.js';
import { isSuspected } from '../safety/address-form.js';
import type { WholeEntry } from '../vault/entry-row.js';

/**
 * The record as `recipient` gets it. What tells of a page that led to a halt (its address, its title, concerns about it, the
 * halt's own words), and every address that was reported as suspected, is for the police alone; of such an entry only the header and
 * the signatures stay for others.
 */
export function withoutFlaggedPage(recipient: EntryData<'export'>['recipient'], entries: readonly WholeEntry[]): readonly Entry[] {
  const suspected = entries.flatMap(({ header, body }) => (header.kind === 'suspected-address' ? [(body.data as EntryData<'suspected-address'>).url] : []));
  if (recipient === 'police' || (suspected.length === 0 && !entries.some(({ header }) => header.kind === 'halt'))) return entries;
  const flagged = flaggedPages(entries);
  const hidden = new Set(haltsAndTheirStops(entries));
  const tells = (entry: WholeEntry): boolean => hidden.has(entry.header.seq) || tellsOfFlagged(entry, flagged) || (suspected.length > 0 && namesOne(entry.body.data, suspected));
  return entries.map((entry) => (tells(entry) ? { ...entry, body: null } : entry));
}

/** Whether any part of what an entry says is one of these addresses. */
function namesOne(value: JsonValue, suspected: readonly string[]): boolean {
  if (typeof value === 'string') return /^(?:https?|wss?):/i.test(value) && isSuspected(suspected, value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => namesOne(part, suspected));
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
