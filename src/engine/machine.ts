import type { z } from 'zod';
import type { EntryData, machineSchema } from '../record/kinds.js';

/** Which computer this is; see `machineSchema`. */
export type MachineFacts = z.infer<typeof machineSchema>;

/** Asks the operating system which computer this is. */
export interface MachineIdentity {
  /** Never throws: what cannot be had is null. */
  read(): Promise<MachineFacts>;
}

/**
 * Whether a case that was opened on `opened` belongs to the computer `here`. Where either has no identity that cannot
 * be told, and nobody is kept from their own case.
 */
export function belongsHere(opened: EntryData<'case-opened'>['machine'], here: MachineFacts | null): boolean {
  return opened?.id == null || here?.id == null || opened.id === here.id;
}
