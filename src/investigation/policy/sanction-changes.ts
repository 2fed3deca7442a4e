import { z } from 'zod';

/** A change of the school's table of sanctions. */
export const sanctionChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('added'), title: z.string().trim().min(1).max(80), meaning: z.string().trim().max(300), aim: z.enum(['pupil', 'staff', 'anyone']) }),
  z.strictObject({ kind: z.literal('hidden'), id: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal('shown'), id: z.string().min(1).max(64) }),
]);
