import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalBytes } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import { instantSchema } from '../record/entry.js';
import { readBounded, removeDurably, writeDurably } from './durable-file.js';

const line = z.string().max(500);
const more = line.exactOptional();

/** What must be readable without any key: this computer is halted, which case, whom to call. Never any content. */
export const crisisSchema = z.strictObject({
  caseReference: line,
  at: instantSchema,
  contacts: z.strictObject({ policeForce: line, safeguardingLead: line, lado: line, support: line, head: more, chair: more, hr: more, chiefExecutive: more, iwf: more, ceop: more }),
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

/** Writes the crisis file, durably. @throws CodedError `vault.bad-crisis`, `vault.disk-full`, `vault.write-failed`. */
export async function writeCrisis(folder: string, crisis: Crisis): Promise<void> {
  const checked = crisisSchema.safeParse(crisis);
  if (!checked.success) throw new CodedError('vault.bad-crisis', 'The halt could not be written to the disk as it stands. This computer stays halted for as long as Countersign is open; do not close it.');
  await writeDurably(crisisPath(folder), [canonicalBytes(checked.data)]);
}

/** Removes the crisis file, durably. */
export async function clearCrisis(folder: string): Promise<void> {
  await removeDurably(crisisPath(folder));
}

/** Copies the crisis file into another vault's folder. One that cannot be understood is copied as an empty one: a halt too. */
export async function copyCrisis(from: string, to: string): Promise<void> {
  const crisis = await readCrisis(from);
  if (crisis !== null) await writeDurably(crisisPath(to), crisis.caseReference === '' ? [] : [canonicalBytes(crisis)]);
}

function crisisPath(folder: string): string {
  return join(folder, 'crisis.json');
}
