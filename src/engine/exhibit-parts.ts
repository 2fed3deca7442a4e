import { CodedError } from '../record/coded-error.js';
import { exhibitsToQuarantine, type ExhibitState } from '../investigation/case-state.js';
import { flaggedBy } from '../investigation/flagged.js';
import type { CaseContext } from './case-context.js';
import type { CaseRecord } from './case-record.js';

/** The exhibits that a halt still has to quarantine: after a crash between the halt and its last entry there may be some. */
export function stillToQuarantine({ state, entries }: Pick<CaseRecord, 'state' | 'entries'>): ExhibitState[] {
  return [...(state.halt === null ? [] : [state.halt]), ...state.pastHalts].flatMap((halt) => exhibitsToQuarantine(state, halt.view, halt.url, flaggedBy(entries, halt)));
}

/** References of everything that is never again shown, opened, exported or printed, whether that is written down yet or not. */
export function outOfReach(record: CaseRecord): ReadonlySet<string> {
  return new Set([...record.state.exhibits.filter((exhibit) => exhibit.quarantined), ...stillToQuarantine(record)].map((exhibit) => exhibit.reference));
}

/**
 * The bytes of one file of an exhibit. The only way to them: a quarantined exhibit is not even decrypted.
 *
 * @throws CodedError `exhibit.unknown`, `exhibit.quarantined`, `case.halted` between STOP and its answer, `vault.*`
 */
export async function readExhibitPart({ record, stopped }: Pick<CaseContext, 'record' | 'stopped'>, reference: string, part: string): Promise<Uint8Array> {
  const { halt, exhibits } = record.state;
  if (!exhibits.some((exhibit) => exhibit.reference === reference)) throw new CodedError('exhibit.unknown', 'There is no such exhibit in this case.');
  if ((stopped && halt === null) || halt?.answered === false) throw new CodedError('case.halted', 'This case is stopped. Nothing of it is shown until you have said why.');
  if (outOfReach(record).has(reference)) throw new CodedError('exhibit.quarantined', `${reference} is quarantined. It is not shown, opened, exported or printed. It is held for the police alone.`);
  return record.store.readPart(reference, part);
}
