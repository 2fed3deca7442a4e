/*
 * Dates, times, sizes and counts as a British reader expects them. Instants come in as ISO 8601 in UTC; they are shown in
 * the machine's own zone unless `timeZone` (an IANA name) says otherwise, and the zone is always shown where a date is.
 */

/** "Tue 24 November 2026, 10:38 GMT". */
export function dateAndTime(instant: string, timeZone?: string): string {
  const parts = partsOf(instant, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }, timeZone);
  return `${parts('weekday')} ${parts('day')} ${parts('month')} ${parts('year')}, ${parts('hour')}:${parts('minute')} ${parts('timeZoneName')}`;
}

/** A stretch of time counted down: `1:43`. @param ms milliseconds, not negative */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "10:41:02". */
export function timeWithSeconds(instant: string, timeZone?: string): string {
  const parts = partsOf(instant, { hour: '2-digit', minute: '2-digit', second: '2-digit' }, timeZone);
  return `${parts('hour')}:${parts('minute')}:${parts('second')}`;
}

/** "10:41". */
export function timeOfDay(instant: string, timeZone?: string): string {
  const parts = partsOf(instant, { hour: '2-digit', minute: '2-digit' }, timeZone);
  return `${parts('hour')}:${parts('minute')}`;
}

/** "GMT" or "BST": the zone that times of that instant are shown in. */
export function zoneOf(instant: string, timeZone?: string): string {
  return partsOf(instant, { hour: '2-digit', timeZoneName: 'short' }, timeZone)('timeZoneName');
}

/** "24 Nov 2026, 10:38 GMT", for a column. */
export function shortDateAndTime(instant: string, timeZone?: string): string {
  const parts = partsOf(instant, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }, timeZone);
  return `${parts('day')} ${parts('month')} ${parts('year')}, ${parts('hour')}:${parts('minute')} ${parts('timeZoneName')}`;
}

/** "24 November 2026". */
export function day(instant: string, timeZone?: string): string {
  const parts = partsOf(instant, { day: 'numeric', month: 'long', year: 'numeric' }, timeZone);
  return `${parts('day')} ${parts('month')} ${parts('year')}`;
}

/** "24 Nov 2026", for a column. */
export function shortDay(instant: string, timeZone?: string): string {
  const parts = partsOf(instant, { day: 'numeric', month: 'short', year: 'numeric' }, timeZone);
  return `${parts('day')} ${parts('month')} ${parts('year')}`;
}

function partsOf(instant: string, options: Intl.DateTimeFormatOptions, timeZone: string | undefined): (type: Intl.DateTimeFormatPartTypes) => string {
  const format = new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23', ...(timeZone === undefined ? {} : { timeZone }) });
  const parts = format.formatToParts(new Date(instant));
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

/** A telephone number that no end of a line breaks: "01632 960 999" within any text. */
export function unbroken(text: string): string {
  return text.replace(/(?<=\d) (?=\d)/g, '\u00A0');
}

/** "1,306". */
export function number(value: number): string {
  return new Intl.NumberFormat('en-GB').format(value);
}

/** "1 exhibit", "2 exhibits", "1,306 entries". */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** "214 MB": decimal units, as file managers show them. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** Words in lines of four, for comparing aloud. */
export function linesOfFour(words: readonly string[]): string[][] {
  const lines: string[][] = [];
  for (let at = 0; at < words.length; at += 4) lines.push(words.slice(at, at + 4));
  return lines;
}

/** A hash in groups of eight, which can be read out and broken over lines. */
export function grouped(hex: string): string {
  return hex.match(/.{1,8}/g)?.join(' ') ?? '';
}

/** An address in three parts, so that the host can stand out; the whole is `before + host + after`. */
export function addressParts(url: string): { before: string; host: string; after: string } {
  const match = /^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?)([^/?#]*)(.*)$/is.exec(url);
  return match === null ? { before: '', host: '', after: url } : { before: match[1] ?? '', host: match[2] ?? '', after: match[3] ?? '' };
}

/** A title within a sentence: its first letter small, unless its first word is of capitals alone, such as LADO. */
export function withinWords(title: string): string {
  return /^[A-Z]{2,}\b/.test(title) ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

/** "Priya A. Shah and Tom R. Ellis". */
export function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}

/** The host of an address, for a sentence; empty for what is no address of a site. */
export function hostOf(url: string): string {
  return /^https?:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(url)?.[1] ?? '';
}
