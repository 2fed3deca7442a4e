import { z } from 'zod';
import { STATE_VERSION, type CaseState } from '../investigation/case-state.js';
import type { WholeEntry } from '../vault/entry-row.js';

/** What of a record stays in memory without its older entries. */
export interface KeptRecord {
  readonly state: CaseState;
  /** The newest entry of each kind. */
  readonly newest: readonly WholeEntry[];
}

/** The vault gives back only what it was given itself; of that, what another version of the app made is not taken. */
const keptSchema = z.strictObject({ v: z.literal(STATE_VERSION), state: z.custom<CaseState>(isObject), newest: z.array(z.custom<WholeEntry>(isObject)) });

/** JSON that {@link parseKept} reads. */
export function keptText(kept: KeptRecord): string {
  return JSON.stringify({ v: STATE_VERSION, ...kept });
}

/** What {@link keptText} wrote; null for what another version wrote, or for what is none. */
export function parseKept(text: string): KeptRecord | null {
  try {
    return keptSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
