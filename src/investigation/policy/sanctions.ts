/** Whom a sanction is meant for. */
export const SANCTION_AIMS = [
  { id: 'pupil', title: 'Pupils' },
  { id: 'staff', title: 'Staff' },
  { id: 'anyone', title: 'Anyone' },
] as const;

/** See {@link SANCTION_AIMS}. */
export type SanctionAim = (typeof SANCTION_AIMS)[number]['id'];

/** What a school may do about what was found. */
export interface Sanction {
  readonly id: string;
  readonly title: string;
  /** One sentence that helps two people choose; empty where the title says it all. */
  readonly meaning: string;
  readonly aim: SanctionAim;
  /** Numbers of DOMAIN.md section 1. */
  readonly source: string;
}

/**
 * The tables of S004 for pupils (A to D) and staff (A, B), because those of S000 are missing (DOMAIN.md section 1h). They are examples there
 * too, and the decision is the school's: each can be taken off the list and others put on it. What goes to the police is an outcome, not here.
 */
export const SANCTIONS: readonly Sanction[] = [
  { id: 'class-teacher', title: 'Referral to the class teacher', meaning: '', aim: 'pupil', source: 'S004 #59, #60' },
  { id: 'senior-leader', title: 'Referral to a senior leader or the online safety lead', meaning: '', aim: 'pupil', source: 'S004 #59, #60' },
  { id: 'head', title: 'Referral to the head', meaning: '', aim: 'anyone', source: 'S004 #61, #62, #63, #63b' },
  { id: 'parents', title: 'Parents or carers contacted', meaning: 'Not where that could put a child at risk, get in the way of an investigation or cause undue delay.', aim: 'pupil', source: 'S004 #60, #61, #62, #68' },
  { id: 'no-internet', title: 'No internet access for a period', meaning: '', aim: 'pupil', source: 'S004 #60' },
  { id: 'phone', title: 'Phone kept until the end of the day', meaning: '', aim: 'pupil', source: 'S004 #60' },
  { id: 'equipment', title: 'Equipment taken away', meaning: '', aim: 'pupil', source: 'S004 #61' },
  { id: 'filter', title: 'The site stopped by the filter', meaning: 'Technical support sees to it.', aim: 'pupil', source: 'S004 #61' },
  { id: 'mail-provider', title: 'The sender’s email provider told', meaning: '', aim: 'pupil', source: 'S004 #65' },
  { id: 'take-down', title: 'The service asked to remove the material', meaning: 'Keep what is needed as evidence first.', aim: 'pupil', source: 'S004 #64, #66' },
  { id: 'warning', title: 'A warning', meaning: '', aim: 'staff', source: 'S004 #63' },
  { id: 'governors', title: 'Referral to the governors', meaning: '', aim: 'staff', source: 'S004 #63b' },
  { id: 'computer', title: 'Computer taken to a secure place', meaning: 'The person has no further access to it.', aim: 'staff', source: 'S004 #69' },
  { id: 'audit', title: 'Audit of computer equipment by an outside agency', meaning: '', aim: 'staff', source: 'S004 #70' },
  { id: 'hr', title: 'Report to human resources', meaning: '', aim: 'staff', source: 'S004 #71' },
  { id: 'childrens-services', title: 'Referral to children’s services', meaning: '', aim: 'staff', source: 'S004 #72' },
];

/** Those of `sanctions` that can be meant in a case about `subject`: all of them where that is neither a pupil nor a member of staff. */
export function sanctionsFor<S extends { readonly aim: SanctionAim }>(subject: string, sanctions: readonly S[]): readonly S[] {
  return subject === 'pupil' || subject === 'staff' ? sanctions.filter(({ aim }) => aim === subject || aim === 'anyone') : sanctions;
}

/** A chosen sanction in words, with what was written about it. */
export function sanctionWords({ title, details }: { readonly title: string; readonly details: string }): string {
  return details === '' ? title : `${title}: ${details}`;
}
