import type { ToldRow } from '../investigation/told.js';
import { CodedError } from '../record/coded-error.js';
import type { CaseContext } from './case-context.js';

/** How many minutes the time of telling may lie ahead of the clock: a field holds whole minutes. */
const SAME_MINUTE_MS = 60_000;

/** Who was told as the record keeps it, once each line can be true; in the order in which they were told. @throws CodedError `told.*` */
export function checkedTold({ record, reviewers, ports }: Pick<CaseContext, 'record' | 'reviewers' | 'ports'>, rows: readonly ToldRow[]): ToldRow[] {
  const { opened, told } = record.state;
  const known = new Set([...reviewers, ...opened.reviewers.map(({ initials }) => initials), ...told.map(({ by }) => by)]);
  const latest = Date.parse(ports.clock.now()) + SAME_MINUTE_MS;
  for (const { who, name, at, by, byName } of rows) {
    if (who === 'other' && name === '') throw new CodedError('told.no-name', 'Write down who was told, in your own words.');
    if (by === null ? byName === '' : !known.has(by)) throw new CodedError('told.no-teller', 'Write down who told them: one of you, or somebody else by name.');
    if (Date.parse(at) > latest) throw new CodedError('told.future', 'This time has not come yet. Write down when they were told, and leave out who has still to be told.');
  }
  return rows.map((row) => (row.by === null ? row : { ...row, byName: '' })).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
