import { z } from 'zod';
import { fromUtf8 } from '../record/bytes.js';
import { canonicalBytes } from '../record/canonical-json.js';
import { sha256Schema } from '../record/entry.js';
import { exhibitSchema, partSchema } from '../record/kinds.js';
import type { Random } from '../record/ports.js';
import { LARGEST_OBJECT } from './object-file.js';
import { contextBytes, openBox, sealBox } from './sealed-box.js';
import { altered } from './storage-error.js';

/** What the vault knows of an object: in which exhibit, under which name, what it is, and both hashes. */
export interface ObjectFacts {
  readonly exhibit: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly cipherSha256: string;
  /** Random name of its file. */
  readonly file: string;
}

/** The columns of `objects`. */
export const objectRowSchema = z.strictObject({
  case_id: z.string(),
  exhibit: exhibitSchema,
  part: partSchema.shape.name,
  seq: z.int().min(0),
  file: z.string().regex(/^[0-9a-f]{32}$/),
  cipher_sha256: sha256Schema,
  box: z.instanceof(Buffer),
});

/** See {@link objectRowSchema}. */
export type ObjectRow = z.infer<typeof objectRowSchema>;

const boxSchema = z.strictObject({ mediaType: partSchema.shape.mediaType, size: z.int().min(0).max(LARGEST_OBJECT), sha256: sha256Schema });

/** An object as a row. What would tell which file it is (hash of the plaintext, type) is encrypted, bound to the rest. */
export function toObjectRow(caseId: string, seq: number, facts: ObjectFacts, key: Uint8Array, random: Random): ObjectRow {
  const plain = { case_id: caseId, exhibit: facts.exhibit, part: facts.name, seq, file: facts.file, cipher_sha256: facts.cipherSha256 };
  const secret = canonicalBytes({ mediaType: facts.mediaType, size: facts.size, sha256: facts.sha256 });
  return { ...plain, box: sealBox(key, secret, rowContext(plain), random) };
}

/** The object of a row. @throws CodedError `vault.altered`. */
export function fromObjectRow(raw: unknown, caseId: string, key: Uint8Array): ObjectFacts {
  const row = objectRowSchema.safeParse(raw);
  if (!row.success || row.data.case_id !== caseId) throw altered(`A list of evidence files of the case ${caseId} was changed.`, `cases/${caseId}/objects`);
  const { box, ...plain } = row.data;
  const secret = openBox(key, box, rowContext(plain));
  if (secret === null) throw altered(`What the vault knows of exhibit ${plain.exhibit} of the case ${caseId} was changed.`, objectPlace(caseId, plain.exhibit, plain.part));
  const { mediaType, size, sha256 } = boxSchema.parse(JSON.parse(fromUtf8(secret)));
  return { exhibit: plain.exhibit, name: plain.part, mediaType, size, sha256, cipherSha256: plain.cipher_sha256, file: plain.file };
}

/** What an object's file is bound to. */
export function objectContext(caseId: string, exhibit: string, part: string): Uint8Array {
  return contextBytes({ purpose: 'Countersign object v1', case: caseId, exhibit, part });
}

/** `cases/<case>/exhibits/<exhibit>/<part>`, for errors. */
export function objectPlace(caseId: string, exhibit: string, part: string): string {
  return `cases/${caseId}/exhibits/${exhibit}/${part}`;
}

function rowContext(plain: Omit<ObjectRow, 'box'>): Uint8Array {
  return contextBytes({ purpose: 'Countersign object row v1', ...plain });
}
