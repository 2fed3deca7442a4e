/** A category that a concern is filed under. */
export interface ConcernCategory {
  readonly id: string;
  readonly title: string;
  /** One sentence that helps two people choose. */
  readonly meaning: string;
  /** Whether both policies send this to the police at once. */
  readonly police: boolean;
  /** Where it comes from: numbers of DOMAIN.md section 1. */
  readonly source: string;
}

/**
 * The categories offered for a concern: the safeguarding lead's taxonomy, what an acceptable-use policy calls
 * unacceptable, and the seven further triggers that go to the police at once. Routing rests on `police`, never on how
 * severe a table calls a thing.
 */
export const CONCERN_CATEGORIES: readonly ConcernCategory[] = [
  { id: 'bullying', title: 'Bullying or harassment', meaning: 'Someone is mocked, threatened, excluded or pursued.', police: false, source: 'S000 #38; S004 #61' },
  { id: 'personal-data', title: 'Personal information shared', meaning: 'Names, pictures, addresses or passwords of someone were put online.', police: false, source: 'S000 #38' },
  { id: 'contact', title: 'Contact with a stranger or an unsuitable adult', meaning: 'An adult is in touch with a pupil in a way that worries you.', police: false, source: 'S000 #38' },
  { id: 'discrimination', title: 'Discrimination', meaning: 'Content attacks people for who they are.', police: false, source: 'S000 1g; S004 #62' },
  { id: 'inappropriate', title: 'Inappropriate for a school', meaning: 'Legal, but not suitable on school equipment.', police: false, source: 'S000 #24' },
  { id: 'adult-material', title: 'Pornography', meaning: 'Adult sexual content was opened, shared or looked for.', police: false, source: 'S000 1g; S004 #61' },
  { id: 'violence', title: 'Violence or self-harm', meaning: 'Content shows or encourages harm.', police: false, source: 'S000 1g; S004 #62' },
  { id: 'copyright', title: 'Copyright or data protection', meaning: 'Work or data was copied or shared without permission.', police: false, source: 'S000 1g; S004 #62' },
  { id: 'bypassing', title: 'Getting round the filter', meaning: 'Somebody tried to avoid the school’s filter.', police: false, source: 'S000 1g' },
  { id: 'other', title: 'Something else', meaning: 'Describe it in your own words.', police: false, source: 'S000 #10' },
  { id: 'grooming', title: 'Grooming', meaning: 'An adult may be preparing a child for abuse.', police: true, source: 'S000 #19' },
  { id: 'obscene-to-child', title: 'Obscene material sent to a child', meaning: 'Somebody sent sexual material to a child.', police: true, source: 'S000 #19' },
  { id: 'obscene-publication', title: 'Extreme adult material', meaning: 'Adult material that may break the Obscene Publications Act.', police: true, source: 'S000 #19' },
  { id: 'criminal-racism', title: 'Criminally racist material', meaning: 'Material that stirs up hatred.', police: true, source: 'S000 #19' },
  { id: 'extremism', title: 'Terrorism or extremism', meaning: 'Material that promotes terrorism or extremism.', police: true, source: 'S000 #19' },
  { id: 'computer-misuse', title: 'Computer misuse', meaning: 'Hacking, malware or use of somebody else’s account.', police: true, source: 'S000 #19' },
  { id: 'other-crime', title: 'Another crime', meaning: 'Anything else that looks like a crime.', police: true, source: 'S000 #19' },
];

/** The category with this identifier, or undefined. */
export function concernCategory(id: string): ConcernCategory | undefined {
  return CONCERN_CATEGORIES.find((category) => category.id === id);
}
