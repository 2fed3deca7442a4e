import { z } from 'zod';
import { fromUtf8, utf8 } from '../record/bytes.js';
import type { JsonValue } from '../record/canonical-json.js';
import { hashesOfTexts, headerSchema, RANDOM_128, signatureSchema, type Entry, type EntryBody, type EntryHashes, type EntryHeader, type EntryTexts } from '../record/entry.js';
import type { Random, Sha256 } from '../record/ports.js';
import type { CaseKeys } from './case-keys.js';
import { openBox } from './sealed-box.js';
import { altered } from './storage-error.js';

/** An entry with its body, as the vault keeps every one. */
export type WholeEntry = Entry & { readonly body: EntryBody };

/** The columns of `entries`. */
export const entryRowSchema = z.strictObject({
  case_id: z.string(),
  seq: z.int(),
  kind: z.string(),
  header: z.string(),
  signatures: z.string(),
  body: z.instanceof(Buffer),
});

const signaturesSchema = z.array(signatureSchema).max(4);
/** `bodySchema` of what `JSON.parse` gave: that its values are JSON need not be looked at once more, value by value. */
const parsedBodySchema = z.strictObject({ nonce: z.string().regex(RANDOM_128), data: z.record(z.string(), z.custom<JsonValue>()) });

/** See {@link entryRowSchema}. */
export type EntryRow = z.infer<typeof entryRowSchema>;

/** An entry as a row: header and signatures as they are hashed, the body encrypted and bound to both. */
export function toRow(header: EntryHeader, texts: EntryTexts, keys: CaseKeys, random: Random): EntryRow {
  return {
    case_id: header.case,
    seq: header.seq,
    kind: header.kind,
    header: texts.header,
    signatures: texts.signatures,
    body: keys.sealBody(texts.body, context(texts.header, texts.signatures), random),
  };
}

/** What a row holds: the entry, and its hashes over the very bytes that were kept. */
export interface StoredEntry {
  readonly entry: WholeEntry;
  readonly hashes: EntryHashes;
}

/** The entry of a row. Any column that is not as it was written makes this throw. @throws CodedError `vault.altered`. */
export function fromRow(raw: unknown, caseId: string, expectedSeq: number, keys: CaseKeys, sha256: Sha256): StoredEntry {
  const row = entryRowSchema.safeParse(raw);
  if (!row.success) throw entryAltered(caseId, expectedSeq);
  const { header: headerText, signatures: signaturesText, body: box, kind, seq, case_id: rowCase } = row.data;
  const plain = openBox(keys.bodies, box, utf8(context(headerText, signaturesText)));
  if (plain === null) throw entryAltered(caseId, expectedSeq);
  const header = parse(headerSchema, headerText);
  const signatures = signaturesText === '[]' ? [] : parse(signaturesSchema, signaturesText);
  const bodyText = decode(plain);
  const body = bodyText === null ? null : parse(parsedBodySchema, bodyText);
  if (header === null || signatures === null || body === null || bodyText === null) throw entryAltered(caseId, expectedSeq);
  if (kind !== header.kind || seq !== header.seq || seq !== expectedSeq || rowCase !== header.case || rowCase !== caseId) throw entryAltered(caseId, expectedSeq);
  // The texts are under the case's key as they were written, so hashing them says as much as writing them anew.
  const hashes = hashesOfTexts({ header: headerText, signatures: signaturesText, body: bodyText }, sha256);
  return { entry: { header, signatures, body: { nonce: body.nonce, data: body.data } }, hashes };
}

/** Says which entry of which case was changed; `where` is `cases/<case>/entries/<seq>`. */
export function entryAltered(caseId: string, seq: number): Error {
  return altered(`Entry ${seq} of the case ${caseId} was changed or is missing.`, `cases/${caseId}/entries/${seq}`);
}

function context(header: string, signatures: string): string {
  return `Countersign entry body v1\n${header}\n${signatures}`;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes);
  } catch {
    return null;
  }
}

function parse<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
