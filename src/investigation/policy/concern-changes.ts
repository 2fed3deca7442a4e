import { z } from 'zod';

/** A change of the school's table of concerns. */
export const concernChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('added'), title: z.string().trim().min(1).max(80), meaning: z.string().trim().min(1).max(300), police: z.boolean() }),
  z.strictObject({ kind: z.literal('hidden'), id: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal('shown'), id: z.string().min(1).max(64) }),
]);
