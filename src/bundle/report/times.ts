import { html, type Html } from './template.js';

const DAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', day: 'numeric', month: 'long', year: 'numeric' });
const TIME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' });

/** The day in the United Kingdom: `24 November 2026`. */
export function localDay(at: string): string {
  return DAY.format(new Date(at));
}

/** The time of day in the United Kingdom with its name: `10:41:02 GMT`. */
export function localTime(at: string): string {
  return TIME.format(new Date(at));
}

/** `24 November 2026, 10:41:02 GMT`. */
export function localInstant(at: string): string {
  return `${localDay(at)}, ${localTime(at)}`;
}

/** A table's cell content: UTC first, as recorded, then the time in the United Kingdom. */
export function bothTimes(at: string): Html {
  return html`<span class="utc">${at.slice(0, 10)} ${at.slice(11, 23)} UTC</span><span class="local">${localTime(at)}</span>`;
}
