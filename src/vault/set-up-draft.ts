import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writeDurably } from './durable-file.js';

const line = z.string().max(500);
const person = z.strictObject({ name: line, position: line, initials: z.string().max(3), role: z.enum(['senior-leader', 'dsl', 'head', 'chair-of-governors']).nullable() });

/** What a set-up that was left holds: no passphrase has a place in it. */
export const setUpDraftSchema = z.strictObject({
  organisation: line,
  computer: z.strictObject({ name: line, location: line }),
  contacts: z.strictObject({ policeForce: line, safeguardingLead: line, lado: line, support: line, head: line.exactOptional(), chair: line.exactOptional(), hr: line.exactOptional(), chiefExecutive: line.exactOptional(), iwf: line.exactOptional(), ceop: line.exactOptional() }),
  reviewers: z.tuple([person, person]),
});

/** See {@link setUpDraftSchema}. */
export type SetUpDraft = z.infer<typeof setUpDraftSchema>;

/** A draft is small; what is larger is none. */
const MOST_BYTES = 100_000;

/** A plain file beside the vault's folder, which must stay empty until the vault is in it. */
function fileOf(folder: string): string {
  return `${folder}-set-up.json`;
}

/** The answers of a set-up that was left; null where there are none, or none that can be read. */
export async function readSetUpDraft(folder: string): Promise<SetUpDraft | null> {
  try {
    const bytes = await readFile(fileOf(folder));
    return bytes.length > MOST_BYTES ? null : (setUpDraftSchema.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null);
  } catch {
    return null;
  }
}

/** Keeps the answers for later. @throws CodedError `vault.disk-full`, `vault.write-failed` */
export async function writeSetUpDraft(folder: string, draft: SetUpDraft): Promise<void> {
  await writeDurably(fileOf(folder), [Buffer.from(`${JSON.stringify(draft)}\n`)]);
}

/** Once the vault is there, or to begin anew. */
export async function removeSetUpDraft(folder: string): Promise<void> {
  await rm(fileOf(folder), { force: true });
}
