import { CodedError, isCoded } from '../record/coded-error.js';
import { exhibitsToQuarantine, type ExhibitState } from '../investigation/case-state.js';
import { flaggedBy } from '../investigation/flagged.js';
import type { CaseContext } from './case-context.js';
import type { CaseRecord, WholeRecord } from './case-record.js';

/** The exhibits that a halt still has to quarantine: after a crash between the halt and its last entry there may be some. */
function stillToQuarantine({ state, entries }: WholeRecord): ExhibitState[] {
  return [...(state.halt === null ? [] : [state.halt]), ...state.pastHalts].flatMap((halt) => exhibitsToQuarantine(state, halt.view, halt.url, flaggedBy(entries, halt)));
}

/** As {@link stillToQuarantine}, and why. Where the older entries cannot be read back, nobody can say which exhibits are of the flagged page: then it is all of them. */
export async function toQuarantine(record: CaseRecord): Promise<{ readonly exhibits: readonly ExhibitState[]; readonly reason: string }> {
  try {
    return { exhibits: stillToQuarantine(await record.whole()), reason: 'Captured from the page that was flagged.' };
  } catch (error) {
    if (!isCoded(error, 'vault.altered')) throw error;
    return { exhibits: record.state.exhibits.filter(({ quarantined }) => !quarantined), reason: 'The record could not be read back, so it may be of the page that was flagged.' };
  }
}

/** References of everything that is never again shown, opened, exported or printed, whether that is written down yet or not. */
export function outOfReach(record: WholeRecord): ReadonlySet<string> {
  return new Set([...record.state.exhibits.filter((exhibit) => exhibit.quarantined), ...stillToQuarantine(record)].map((exhibit) => exhibit.reference));
}

/**
 * The bytes of one file of an exhibit. The only way to them: a quarantined exhibit is not even decrypted.
 *
 * @throws CodedError `exhibit.unknown`, `exhibit.quarantined`, `case.halted` between STOP and its answer, `vault.*`
 */
export async function readExhibitPart(context: Pick<CaseContext, 'record' | 'stopped'>, reference: string, part: string): Promise<Uint8Array> {
  const { record } = context;
  // Reading a long record back takes seconds, in which STOP may come: everything is asked after it. Where nothing was ever halted nothing is read.
  let whole: WholeRecord | null = null;
  while (whole === null && (record.state.halt !== null || record.state.pastHalts.length > 0)) whole = await record.whole();
  const { halt, exhibits } = record.state;
  if (!exhibits.some((exhibit) => exhibit.reference === reference)) throw new CodedError('exhibit.unknown', 'There is no such exhibit in this case.');
  if ((context.stopped && halt === null) || halt?.answered === false) throw new CodedError('case.halted', 'This case is stopped. Nothing of it is shown until you have said why.');
  if (outOfReach(whole ?? { state: record.state, entries: [] }).has(reference)) throw new CodedError('exhibit.quarantined', `${reference} is quarantined. It is not shown, opened, exported or printed. It is held for the police alone.`);
  return record.store.readPart(reference, part);
}
