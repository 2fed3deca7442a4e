import { z } from 'zod';
import { fromUtf8, utf8 } from '../record/bytes.js';
import { canonicalBytes, canonicalJson } from '../record/canonical-json.js';
import { bodySchema, headerSchema, signatureSchema, type Entry, type EntryBody } from '../record/entry.js';
import type { Random } from '../record/ports.js';
import type { CaseKeys } from './case-keys.js';
import { openBox, sealBox } from './sealed-box.js';
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

/** See {@link entryRowSchema}. */
export type EntryRow = z.infer<typeof entryRowSchema>;

/** An entry as a row: header and signatures as canonical JSON, the body encrypted and bound to both. */
export function toRow(entry: WholeEntry, keys: CaseKeys, random: Random): EntryRow {
  const header = canonicalJson(entry.header);
  const signatures = canonicalJson(entry.signatures.map((s) => ({ ...s })));
  const body = canonicalBytes({ nonce: entry.body.nonce, data: entry.body.data });
  return {
    case_id: entry.header.case,
    seq: entry.header.seq,
    kind: entry.header.kind,
    header,
    signatures,
    body: sealBox(keys.bodies, body, context(header, signatures), random),
  };
}

/** The entry of a row. Any column that is not as it was written makes this throw. @throws CodedError `vault.altered`. */
export function fromRow(raw: unknown, caseId: string, expectedSeq: number, keys: CaseKeys): WholeEntry {
  const row = entryRowSchema.safeParse(raw);
  if (!row.success) throw entryAltered(caseId, expectedSeq);
  const { header: headerText, signatures: signaturesText, body: box, kind, seq, case_id: rowCase } = row.data;
  const plain = openBox(keys.bodies, box, context(headerText, signaturesText));
  if (plain === null) throw entryAltered(caseId, expectedSeq);
  const header = parse(headerSchema, headerText);
  const signatures = parse(z.array(signatureSchema).max(4), signaturesText);
  const body = parse(bodySchema, fromUtf8(plain));
  if (header === null || signatures === null || body === null) throw entryAltered(caseId, expectedSeq);
  if (kind !== header.kind || seq !== header.seq || seq !== expectedSeq || rowCase !== header.case || rowCase !== caseId) throw entryAltered(caseId, expectedSeq);
  return { header, signatures, body: { nonce: body.nonce, data: body.data } };
}

/** Says which entry of which case was changed; `where` is `cases/<case>/entries/<seq>`. */
export function entryAltered(caseId: string, seq: number): Error {
  return altered(`Entry ${seq} of the case ${caseId} was changed or is missing.`, `cases/${caseId}/entries/${seq}`);
}

function context(header: string, signatures: string): Uint8Array {
  return utf8(`Countersign entry body v1\n${header}\n${signatures}`);
}

function parse<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
