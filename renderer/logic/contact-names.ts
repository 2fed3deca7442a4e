import type { Contacts } from '../../src/ipc/state.js';

/** Whom each number to call belongs to, in short, in the order in which they are asked for. */
export const CONTACT_NAMES: Readonly<Record<keyof Contacts, string>> = {
  policeForce: 'Police force', safeguardingLead: 'Safeguarding lead', lado: 'LADO', head: 'Head', chair: 'Chair of governors', hr: 'Head of HR', chiefExecutive: 'Chief executive', iwf: 'IWF', ceop: 'CEOP', support: 'Support',
};

/** Those that somebody filled in, with their names. `keys`: which ones, and in which order; all without it. */
export function numbersGiven(contacts: Contacts, keys: readonly (keyof Contacts)[] = Object.keys(CONTACT_NAMES) as (keyof Contacts)[]): { readonly name: string; readonly number: string }[] {
  return keys.map((key) => ({ name: CONTACT_NAMES[key], number: contacts[key]?.trim() ?? '' })).filter(({ number }) => number !== '');
}
