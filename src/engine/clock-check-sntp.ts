import { CodedError } from '../record/coded-error.js';

/*
 * The Simple Network Time Protocol, version 4 (RFC 4330). Packets are 48 bytes; a timestamp is seconds since 1900 and
 * a fraction, 32 bits each, big-endian.
 */

/** Bytes of a packet without authentication. */
export const SNTP_BYTES = 48;

const CLIENT = 3;
const SERVER = 4;
const VERSION = 4;
const ORIGINATE_AT = 24;
const RECEIVE_AT = 32;
const TRANSMIT_AT = 40;
/** Milliseconds from 1900 to 1970, and the length of an era of 2^32 seconds. */
const EPOCH_MS = 2_208_988_800_000;
const ERA_MS = 2 ** 32 * 1_000;

/**
 * A request. Its transmit timestamp is eight random bytes: a server only gives them back, so they need not tell it this
 * computer's clock, and nobody who has not seen them can answer.
 */
export function sntpRequest(nonce: Uint8Array): Uint8Array {
  const packet = new Uint8Array(SNTP_BYTES);
  packet[0] = (VERSION << 3) | CLIENT;
  packet.set(nonce.subarray(0, 8), TRANSMIT_AT);
  return packet;
}

/** What a good answer says. */
export interface SntpTime {
  /** How far the server's clock is ahead of this computer's, in milliseconds (RFC 4330 section 5). */
  readonly offsetMs: number;
  readonly stratum: number;
}

/**
 * Reads an answer to the request with `nonce`.
 *
 * @param sentMs when the request went out, @param receivedMs when the answer came in: milliseconds since 1970
 * @throws CodedError `clock.bad-answer`, `clock.refused` (kiss-of-death, RFC 4330 section 8), `clock.not-ours`, `clock.unsynchronised`
 */
export function parseSntpAnswer(answer: Uint8Array, nonce: Uint8Array, sentMs: number, receivedMs: number): SntpTime {
  if (answer.length < SNTP_BYTES) throw badAnswer();
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  const first = view.getUint8(0);
  const stratum = view.getUint8(1);
  const version = (first >> 3) & 7;
  if ((first & 7) !== SERVER || version < 3 || version > VERSION) throw badAnswer();
  if (!nonce.subarray(0, 8).every((byte, i) => answer[ORIGINATE_AT + i] === byte)) {
    throw new CodedError('clock.not-ours', 'An answer came that was not to our question. It was not used.');
  }
  if (stratum === 0) throw new CodedError('clock.refused', `The time server refused to answer (${kissCode(answer)}).`);
  if (first >> 6 === 3 || stratum > 15) throw new CodedError('clock.unsynchronised', 'The time server says that its own clock is not set.');
  const received = timestamp(view, RECEIVE_AT, sentMs);
  const transmitted = timestamp(view, TRANSMIT_AT, sentMs);
  if (received === null || transmitted === null || transmitted < received) throw badAnswer();
  return { offsetMs: (received - sentMs + (transmitted - receivedMs)) / 2, stratum };
}

/** Milliseconds since 1970, in the era that lies nearest to `nearMs` (RFC 4330 section 3); null for an empty timestamp. */
function timestamp(view: DataView, at: number, nearMs: number): number | null {
  const seconds = view.getUint32(at);
  const fraction = view.getUint32(at + 4);
  if (seconds === 0 && fraction === 0) return null;
  const inEra = seconds * 1_000 + (fraction * 1_000) / 2 ** 32 - EPOCH_MS;
  return inEra + Math.round((nearMs - inEra) / ERA_MS) * ERA_MS;
}

function kissCode(answer: Uint8Array): string {
  const code = String.fromCharCode(...answer.subarray(12, 16));
  return /^[A-Z0-9]{2,4}/.exec(code)?.[0] ?? 'no reason given';
}

function badAnswer(): CodedError {
  return new CodedError('clock.bad-answer', 'The time server’s answer could not be understood.');
}
