/**
 * Protective markings that a school may set for its bundles, from the least to the most sensitive; none by default.
 * `OFFICIAL` stands for itself; `PROTECT` to `TOP SECRET` are the ladder of S004 #96 with its own criteria (#97) where it gives them.
 */
export const MARKINGS = [
  { id: 'OFFICIAL', meaning: '', source: '' },
  { id: 'PROTECT', meaning: 'Could cause distress to individuals. Most personal data of pupils or staff.', source: 'S004 #96, #97' },
  { id: 'RESTRICTED', meaning: 'Could cause substantial distress to individuals.', source: 'S004 #97' },
  { id: 'CONFIDENTIAL', meaning: 'Could prejudice an individual’s security or liberty.', source: 'S004 #97' },
  { id: 'SECRET', meaning: '', source: 'S004 #96' },
  { id: 'TOP SECRET', meaning: '', source: 'S004 #96' },
] as const;

/** See {@link MARKINGS}. */
export type Marking = (typeof MARKINGS)[number]['id'];

/** The markings' names alone. */
export const MARKING_IDS = MARKINGS.map((each) => each.id) as [Marking, ...Marking[]];

/** What stands on every page, and before the name of every bundle, of a practice: it is no school's marking. */
export const PRACTICE_MARKING = 'PRACTICE';
