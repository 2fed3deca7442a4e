import { z } from 'zod';
import { INITIALS, INSTANT, RANDOM_128, RECORD_VERSION, signatureSchema } from '../record/entry.js';
import { KIND_SCHEMAS, type EntryKind } from '../record/kinds.js';

const signaturesSchema = z.array(signatureSchema).max(4);

type Members = Readonly<Record<string, unknown>>;

/**
 * Whether an entry that the app made has the form that `entrySchema` and the schema of its kind demand; but for `case`, `seq`,
 * `prev`, `prevSigs` and `dataHash`, which the caller holds against values that it knows.
 *
 * Written out, since every append waits for it: after each wait for the disk a schema's code is slow once more. What is
 * read from the disk goes through the schemas, and a test holds this against them.
 */
export function isWellFormed(entry: unknown): boolean {
  if (!hasMembers(entry, 3)) return false;
  const { header, body, signatures } = entry;
  if (!hasMembers(header, 9) || !hasMembers(body, 2) || !isHeader(header)) return false;
  return matches(body['nonce'], RANDOM_128) && KIND_SCHEMAS[header.kind].safeParse(body['data']).success && areSignatures(signatures);
}

function isHeader(header: Members): header is Members & { readonly kind: EntryKind } {
  const { v, at, kind, by } = header;
  const known = ['case', 'seq', 'prev', 'prevSigs', 'dataHash'].every((name) => Object.hasOwn(header, name));
  return known && v === RECORD_VERSION && matches(at, INSTANT) && typeof kind === 'string' && Object.hasOwn(KIND_SCHEMAS, kind) && areActors(by);
}

function areActors(by: unknown): boolean {
  return Array.isArray(by) && (by.length === 1 || by.length === 2) && [...(by as readonly unknown[])].every((who: unknown) => who === 'app' || matches(who, INITIALS));
}

function areSignatures(signatures: unknown): boolean {
  return (Array.isArray(signatures) && signatures.length === 0) || signaturesSchema.safeParse(signatures).success;
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function hasMembers(value: unknown, count: number): value is Members {
  return typeof value === 'object' && value !== null && Object.keys(value).length === count;
}
