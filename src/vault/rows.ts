import type { z } from 'zod';
import { damaged } from './storage-error.js';

/** Rows of the database in the shape that they must have. @throws CodedError `vault.damaged` when they have another. */
export function parseRows<T>(schema: z.ZodType<T>, rows: readonly unknown[]): T {
  const parsed = schema.safeParse(rows);
  if (!parsed.success) throw damaged();
  return parsed.data;
}
