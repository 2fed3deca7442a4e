import { TELLABLE } from '../../src/investigation/policy/who-told.js';
import type { ToldRow } from '../../src/investigation/told.js';
import type { Contacts } from '../../src/ipc/state.js';
import { instantOf, localFields } from './local-time.js';

/** What {@link ToldDraft} holds for somebody who told and is no reviewer. */
export const SOMEBODY_ELSE = 'else';

/** One line of who was told, while it is written. `key` names it on the screen; `by` is a reviewer's initials, {@link SOMEBODY_ELSE} or nothing yet. */
export interface ToldDraft {
  readonly key: number;
  readonly who: ToldRow['who'] | null;
  readonly name: string;
  readonly date: string;
  readonly time: string;
  readonly by: string | null;
  readonly byName: string;
}

/** Lines for what the record already says. */
export function draftsOf(told: readonly ToldRow[]): ToldDraft[] {
  return told.map(({ who, name, at, by, byName }, key) => ({ key, who, name, ...localFields(at), by: by ?? (byName === '' ? null : SOMEBODY_ELSE), byName }));
}

/** A line of `now` for somebody who is not said yet, after `others`. */
export function newDraft(others: readonly ToldDraft[], now: string): ToldDraft {
  return { key: Math.max(-1, ...others.map(({ key }) => key)) + 1, who: null, name: '', ...localFields(now), by: null, byName: '' };
}

const CONTACTS: Readonly<Partial<Record<ToldRow['who'], keyof Contacts>>> = {
  police: 'policeForce', lado: 'lado', ceop: 'ceop', iwf: 'iwf', dsl: 'safeguardingLead', head: 'head', chair: 'chair', hr: 'hr', 'chief-executive': 'chiefExecutive',
};

/** The line with `who` chosen; the name becomes the one in the settings unless something else was typed. */
export function withWho(row: ToldDraft, who: string, contacts: Contacts): ToldDraft {
  const chosen = TELLABLE.find(({ id }) => id === who)?.id ?? null;
  const typed = row.name !== '' && row.name !== contactOf(row.who, contacts);
  return { ...row, who: chosen, name: typed ? row.name : contactOf(chosen, contacts) };
}

function contactOf(who: ToldRow['who'] | null, contacts: Contacts): string {
  const key = who === null ? undefined : CONTACTS[who];
  return key === undefined ? '' : (contacts[key] ?? '');
}

/** The identifier of a line's field. */
export function toldField(row: ToldDraft, field: 'who' | 'name' | 'date' | 'by' | 'by-name'): string {
  return `told-${row.key}-${field}`;
}

/** What is wrong with the lines, with the field that each sentence is about. `now`: an instant. */
export function toldProblems(rows: readonly ToldDraft[], now: string): { field: string; sentence: string }[] {
  return rows.flatMap((row) => {
    const at = instantOf(row.date, row.time);
    return [
      ...(row.who === null ? [{ field: toldField(row, 'who'), sentence: 'Choose who was told, or take the line away' }] : []),
      ...(row.who === 'other' && row.name.trim() === '' ? [{ field: toldField(row, 'name'), sentence: 'Write who was told' }] : []),
      ...(at === null ? [{ field: toldField(row, 'date'), sentence: 'Write the date and the time of telling, such as 24/11/2026 and 14:05' }] : []),
      ...(at !== null && at > now ? [{ field: toldField(row, 'date'), sentence: 'This time has not come yet. Leave out who has still to be told' }] : []),
      ...(row.by === null ? [{ field: toldField(row, 'by'), sentence: 'Choose who told them' }] : []),
      ...(row.by === SOMEBODY_ELSE && row.byName.trim() === '' ? [{ field: toldField(row, 'by-name'), sentence: 'Write who told them' }] : []),
    ];
  });
}

/** The lines as the record takes them, once nothing is wrong with them. */
export function toldOf(rows: readonly ToldDraft[]): ToldRow[] {
  return rows.flatMap(({ who, name, date, time, by, byName }) => {
    const at = instantOf(date, time);
    return who === null || at === null || by === null ? [] : [{ who, name: name.trim(), at, by: by === SOMEBODY_ELSE ? null : by, byName: by === SOMEBODY_ELSE ? byName.trim() : '' }];
  });
}
