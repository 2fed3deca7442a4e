import { z } from 'zod';

/** Names and numbers for a crisis; an empty text shows as missing. */
export const contactsSchema = z.strictObject({
  policeForce: z.string().max(500),
  safeguardingLead: z.string().max(500),
  lado: z.string().max(500),
  support: z.string().max(500),
  /** Absent in settings made before they were asked for. */
  head: z.string().max(500).exactOptional(),
  chair: z.string().max(500).exactOptional(),
  hr: z.string().max(500).exactOptional(),
  chiefExecutive: z.string().max(500).exactOptional(),
  iwf: z.string().max(500).exactOptional(),
  ceop: z.string().max(500).exactOptional(),
});

/** See {@link contactsSchema}. */
export type ContactDetails = z.infer<typeof contactsSchema>;

/** Before anybody has filled them in. */
export const NO_CONTACTS: ContactDetails = { policeForce: '', safeguardingLead: '', lado: '', support: '' };

/** How many names or numbers are not filled in. */
export function missingNumbers(contacts: ContactDetails): number {
  return Object.keys(contactsSchema.shape).filter((key) => (contacts[key as keyof ContactDetails] ?? '').trim() === '').length;
}
