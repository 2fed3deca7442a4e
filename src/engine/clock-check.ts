import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import type { Clock, Random } from '../record/ports.js';
import type { ClockState } from '../investigation/case-state.js';
import { parseSntpAnswer, sntpRequest } from './clock-check-sntp.js';

/** An answer and when the request went out and the answer came in: milliseconds since 1970 by this computer's clock. */
export interface SntpExchange {
  readonly answer: Uint8Array;
  readonly sentMs: number;
  readonly receivedMs: number;
}

/** Sends one packet and waits for one: an outgoing socket, connected, closed at once. */
export interface SntpPort {
  /** @throws CodedError `clock.no-answer` when the server cannot be found or is silent for `timeoutMs`. */
  exchange(server: string, request: Uint8Array, timeoutMs: number, clock: Clock): Promise<SntpExchange>;
}

/** How long a server may take; browsing does not wait for it. */
const TIMEOUT_MS = 3_000;

/** Asks `server` for the time. What goes wrong is a note in the entry, never an error. */
export async function checkBySntp(server: string, ports: { readonly sntp: SntpPort; readonly clock: Clock; readonly random: Random }): Promise<EntryData<'clock-check'>> {
  try {
    const nonce = ports.random.bytes(8);
    const { answer, sentMs, receivedMs } = await ports.sntp.exchange(server, sntpRequest(nonce), TIMEOUT_MS, ports.clock);
    const { offsetMs, stratum } = parseSntpAnswer(answer, nonce, sentMs, receivedMs);
    return { how: 'sntp', offsetMs: Math.round(offsetMs), server, note: `Round trip ${Math.round(receivedMs - sentMs)} ms, stratum ${stratum}.` };
  } catch (error) {
    const note = error instanceof CodedError ? error.sentence : 'The time server could not be asked.';
    return { how: 'sntp', offsetMs: null, server, note };
  }
}

/** The computer's time zone, and how many minutes it is ahead of UTC at `now`. */
export function zoneAt(now: string): { readonly timeZone: string; readonly utcOffsetMinutes: number } {
  return { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, utcOffsetMinutes: -new Date(now).getTimezoneOffset() };
}

/** Noted at the end of a sitting that nobody could end: the app or the computer had stopped. */
export const CHECKED_AFTERWARDS = 'Written when the case was opened again: the sitting had been cut short.';

/** A look at the computer's own clock where no other one is asked. */
export function ownClock(now: string, note = ''): EntryData<'clock-check'> {
  return { how: 'none', offsetMs: null, server: null, note, ...zoneAt(now) };
}

/** How old a comparison may be to say something of today's sitting. */
const SAME_DAY_MS = 12 * 3_600_000;

/** What the checks of the sitting's day say: the newest that found how far the clock is off, and whether a time server was asked in vain since. */
export function clockToday({ offset, unansweredAt }: ClockState, now: string): { readonly offset: ClockState['offset']; readonly unanswered: boolean } {
  const isToday = (at: string): boolean => Math.abs(Date.parse(now) - Date.parse(at)) <= SAME_DAY_MS;
  return { offset: offset !== null && isToday(offset.at) ? offset : null, unanswered: unansweredAt !== null && isToday(unansweredAt) };
}

/** What a reviewer compared: which other clock, and what it showed (`14:05:30`) at the moment of the call; null where there was only a look. */
export interface ManualComparison {
  readonly source: string;
  readonly shown: string | null;
  readonly note: string;
}

const DAY_MS = 86_400_000;

/** A reviewer's comparison as an entry. @throws CodedError `clock.bad-time` */
export function manualCheck(comparison: ManualComparison, now: string): EntryData<'clock-check'> {
  const { source, shown, note } = comparison;
  const text = [`${source}${shown === null ? '' : ` showed ${shown}`}`, note].filter((part) => part !== '').join('. ');
  return { how: 'manual', offsetMs: shown === null ? null : offsetOf(shown, now), server: null, note: text, ...zoneAt(now) };
}

/** How far a clock that shows `shown` (hours, minutes, seconds in this computer's time zone) is ahead, at most half a day. */
function offsetOf(shown: string, now: string): number {
  const [, hours, minutes, seconds] = /^([01]?\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(shown.trim()) ?? [];
  if (hours === undefined) throw new CodedError('clock.bad-time', 'Type the time with hours, minutes and seconds, such as 14:05:30.', { where: 'shown' });
  const here = new Date(now);
  const ours = ((here.getHours() * 60 + here.getMinutes()) * 60 + here.getSeconds()) * 1_000 + here.getMilliseconds();
  const theirs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  const apart = theirs - ours;
  if (apart > DAY_MS / 2) return apart - DAY_MS;
  return apart < -DAY_MS / 2 ? apart + DAY_MS : apart;
}
