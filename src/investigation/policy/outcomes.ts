/** What the group may conclude should happen; any number of them (S000 #18). */
export const OUTCOMES = [
  { id: 'internal', title: 'The school deals with it', meaning: 'Internal response or discipline procedures.', source: 'S000 #18' },
  { id: 'authority', title: 'The local authority or another organisation is involved', meaning: 'For example the LADO, or a national body.', source: 'S000 #18' },
  { id: 'police', title: 'The police are involved', meaning: 'You tell them, or they act already.', source: 'S000 #18' },
] as const;

/** Who a bundle can be made for. */
export const RECIPIENTS = [
  { id: 'police', title: 'The police', meaning: 'Everything, except what is quarantined.' },
  { id: 'lado', title: 'The LADO', meaning: 'The council’s designated officer.' },
  { id: 'group-record', title: 'The school’s own record', meaning: 'The school keeps it with the completed form, for evidence and reference.' },
  { id: 'other', title: 'Somebody else', meaning: 'Write down who received it, and when.' },
] as const;

/** Whom a case can be about. */
export const SUBJECTS = [
  { id: 'pupil', title: 'A pupil' },
  { id: 'staff', title: 'A member of staff' },
  { id: 'visitor', title: 'A visitor' },
  { id: 'other', title: 'Somebody else' },
  { id: 'unknown', title: 'We do not know' },
] as const;

/** How a report can come up; how it was found out is written down at once (DOMAIN.md, practice rules from Jisc and Oxford). */
export const CAME_UP_WAYS = [
  { id: 'pupil', title: 'A pupil told us' },
  { id: 'parent', title: 'A parent or carer told us' },
  { id: 'staff', title: 'A member of staff told us or found it' },
  { id: 'filter', title: 'The filter or the monitoring warned us' },
  { id: 'police', title: 'The police or another authority told us' },
  { id: 'public', title: 'Somebody outside the school told us' },
  { id: 'other', title: 'Another way' },
] as const;
