import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalBytes } from '../record/canonical-json.js';
import { instantSchema } from '../record/entry.js';
import { readBounded, removeDurably, writeDurably } from './durable-file.js';

const line = z.string().max(500);

/** What must be readable without any key: this computer is halted, which case, whom to call. Never any content. */
export const crisisSchema = z.strictObject({
  caseReference: line,
  at: instantSchema,
  contacts: z.strictObject({ policeForce: line, safeguardingLead: line, lado: line, support: line }),
});

/** See {@link crisisSchema}. */
export type Crisis = Readonly<z.infer<typeof crisisSchema>>;

const LARGEST_CRISIS = 64 * 1024;

/**
 * The crisis that stands on this computer, or null. A file that cannot be understood still means a halt: it gives a
 * crisis without reference and contacts, dated by the file.
 */
export async function readCrisis(folder: string): Promise<Crisis | null> {
  const path = crisisPath(folder);
  try {
    const bytes = await readBounded(path, LARGEST_CRISIS);
    return bytes === null ? null : crisisSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    const at = await stat(path).then((s) => s.mtime, () => new Date(0));
    return { caseReference: '', at: at.toISOString(), contacts: { policeForce: '', safeguardingLead: '', lado: '', support: '' } };
  }
}

/** Writes the crisis file, durably. @throws CodedError `vault.disk-full`, `vault.write-failed`. */
export async function writeCrisis(folder: string, crisis: Crisis): Promise<void> {
  await writeDurably(crisisPath(folder), [canonicalBytes(crisisSchema.parse(crisis))]);
}

/** Removes the crisis file, durably. */
export async function clearCrisis(folder: string): Promise<void> {
  await removeDurably(crisisPath(folder));
}

function crisisPath(folder: string): string {
  return join(folder, 'crisis.json');
}
