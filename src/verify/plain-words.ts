/** "1 exhibit", "1,306 entries": a number with its word, as a British reader writes it. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString('en-GB')} ${value === 1 ? one : many}`;
}

/** "24 November 2026 at 11:32:08 UTC", to the second or, with `to` 'minute', without it; what is no time stays as it is. @param at RFC 3339, UTC */
export function inWords(at: string, to: 'second' | 'minute' = 'second'): string {
  if (Number.isNaN(Date.parse(at))) return at;
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(at));
  return `${day} at ${at.slice(11, to === 'second' ? 19 : 16)} UTC`;
}
