import { zoneOf } from './format.js';

/** The date and the time of day of an instant in the computer's own zone, as fields show them: `24/11/2026` and `10:38`. */
export function localFields(instant: string): { readonly date: string; readonly time: string } {
  const at = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return { date: `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`, time: `${two(at.getHours())}:${two(at.getMinutes())}` };
}

/** The instant that a British date and a time of day mean in the computer's own zone; null where they mean none. */
export function instantOf(date: string, time: string): string | null {
  const day = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*$/.exec(date);
  const clock = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(time);
  if (day === null || clock === null) return null;
  const [dd, mm, yyyy, hh, min] = [day[1], day[2], day[3], clock[1], clock[2]].map(Number) as [number, number, number, number, number];
  const at = new Date(yyyy, mm - 1, dd, hh, min);
  const same = at.getFullYear() === yyyy && at.getMonth() === mm - 1 && at.getDate() === dd && at.getHours() === hh && at.getMinutes() === min;
  return same ? at.toISOString() : null;
}

/** "Time (GMT)": the label of a field for the time of day, with the zone that holds on the date beside it; today's where that means none. */
export function timeLabel({ date, time }: { readonly date: string; readonly time: string }): string {
  return `Time (${zoneOf(instantOf(date, time) ?? new Date().toISOString())})`;
}
