import { CodedError } from './coded-error.js';
import { utf8 } from './bytes.js';

/** A value that JSON can carry (RFC 8259). */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Nesting deeper than this is refused: nothing of ours is, and a hostile file must not exhaust the stack. */
const MAX_DEPTH = 64;

/**
 * The canonical JSON text of `value` (RFC 8785): no white space, members sorted by UTF-16 code units, numbers and
 * strings as ECMAScript writes them.
 *
 * @throws CodedError `record.not-canonical` for what RFC 8785 forbids (NaN, infinities, lone surrogates), for
 * anything that is not JSON, and for nesting deeper than 64.
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, 0);
}

/** UTF-8 bytes of {@link canonicalJson}. */
export function canonicalBytes(value: JsonValue): Uint8Array<ArrayBuffer> {
  return utf8(canonicalJson(value));
}

function write(value: JsonValue, depth: number): string {
  if (depth > MAX_DEPTH) throw notCanonical('it is nested too deeply');
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw notCanonical('a number is not finite');
      return JSON.stringify(value);
    case 'string':
      return writeString(value);
    case 'object':
      return Array.isArray(value) ? writeArray(value as readonly JsonValue[], depth) : writeObject(value as { readonly [key: string]: JsonValue }, depth);
    default:
      throw notCanonical(`a value is ${typeof value}, which JSON does not have`);
  }
}

function writeString(text: string): string {
  if (!text.isWellFormed()) throw notCanonical('a text holds half a character');
  return JSON.stringify(text);
}

function writeArray(items: readonly JsonValue[], depth: number): string {
  let text = '';
  for (const item of items) text += `${text === '' ? '' : ','}${write(item, depth + 1)}`;
  return `[${text}]`;
}

function writeObject(object: { readonly [key: string]: JsonValue }, depth: number): string {
  // The default sort compares UTF-16 code units, as RFC 8785 section 3.2.3 demands.
  let text = '';
  for (const key of Object.keys(object).sort()) text += `${text === '' ? '' : ','}${writeString(key)}:${write(object[key] as JsonValue, depth + 1)}`;
  return `{${text}}`;
}

function notCanonical(reason: string): CodedError {
  return new CodedError('record.not-canonical', `This cannot be written to the record: ${reason}.`);
}

/** `value` with every half character (lone surrogate) in its texts replaced by U+FFFD, so that it can be written. */
export function wellFormed(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.toWellFormed();
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(wellFormed);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toWellFormed(), wellFormed(member)]));
}
