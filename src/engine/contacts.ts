import { z } from 'zod';

/** Names and numbers for a crisis; an empty text shows as missing. */
export const contactsSchema = z.strictObject({
  policeForce: z.string().max(500),
  safeguardingLead: z.string().max(500),
  lado: z.string().max(500),
  support: z.string().max(500),
});

/** See {@link contactsSchema}. */
export type ContactDetails = z.infer<typeof contactsSchema>;

/** Before anybody has filled them in. */
export const NO_CONTACTS: ContactDetails = { policeForce: '', safeguardingLead: '', lado: '', support: '' };
