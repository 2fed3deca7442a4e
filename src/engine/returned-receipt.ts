import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';

/** Characters of the longest receipt that is read, and bytes of its file; a real one has a few kilobytes. */
export const MOST_CHARACTERS = 262_144;

const line = z.string().max(500);
const text = z.string().max(4_000);
const count = z.int().min(0);

/**
 * The receipt that `verify.html` saves (`verify-page/receipt.ts`), exactly: whatever else stands in it is refused, because somebody
 * may have made it by hand. Nothing in it is proof of anything; it is what the recipient's own check said.
 */
const receiptSchema = z.strictObject({
  receipt: z.literal('countersign-verification'),
  version: z.literal(1),
  tool: line,
  checkedAt: z.iso.datetime({ precision: 3 }),
  file: z.strictObject({ name: line, size: count }),
  bundle: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  verdict: z.enum(['unchanged', 'unchanged-signers-not-shown', 'changed']),
  sentence: text,
  case: z.strictObject({ id: line.nullable(), reference: line.nullable(), organisation: line.nullable() }),
  root: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  rootTyped: z.boolean(),
  signers: z.array(z.strictObject({ name: line, position: line, organisation: line, certificate: line })).max(10),
  signedAt: line.nullable(),
  counts: z.strictObject({ files: count, bytes: count, entries: count, exhibits: count, visits: count, withheld: count, quarantined: count }),
  checks: z.array(z.strictObject({ id: line, outcome: z.enum(['pass', 'fail', 'note']), detail: z.string().max(20_000), where: line.nullable() })).max(200),
});

/** See {@link receiptSchema}. */
export type ReturnedReceipt = z.infer<typeof receiptSchema>;

/** Reads a returned receipt. @throws CodedError `receipt.unreadable` */
export function parseReceipt(file: string): ReturnedReceipt {
  if (file.length > MOST_CHARACTERS) throw unreadable();
  let value: unknown;
  try {
    value = JSON.parse(file.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw unreadable(cause);
  }
  const parsed = receiptSchema.safeParse(value);
  if (!parsed.success) throw unreadable(parsed.error);
  const { verdict, checks } = parsed.data;
  // A receipt whose verdict its own checks do not bear out was not written by our page.
  if ((verdict === 'changed') !== checks.some((check) => check.outcome === 'fail')) throw unreadable();
  return parsed.data;
}

function unreadable(cause?: unknown): CodedError {
  return new CodedError('receipt.unreadable', 'This is not a receipt of a check. Choose the file that the page verify.html saved; its name ends in “-receipt.json”.', { where: 'receipt', cause });
}
