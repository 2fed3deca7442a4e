/** What follows from a concern that goes to the police whatever a table calls it (S000 #19). */
export interface PoliceTrigger {
  /** Identifier of the category in `concerns.ts`. */
  readonly category: string;
  /** What S000 asks for. */
  readonly asks: readonly string[];
  /** Whom to tell. */
  readonly tell: readonly string[];
  /** Numbers of DOMAIN.md section 1, or its tags. */
  readonly source: string;
}

const REPORT = 'Report it to the police at once. A suspicion is enough.';
const PRESERVE = 'Delete nothing, and do not answer any message.';
const ISOLATE = 'Keep the device or account concerned apart, as best you can, and do not change anything on it.';
const POLICE = 'The police: 999 if a child is in danger now, else 101';
const LEAD = 'Your designated safeguarding lead';

/** The seven triggers besides child sexual abuse material. Which way a concern goes rests on this table alone, never on how severe another one calls it. */
export const POLICE_TRIGGERS: readonly PoliceTrigger[] = [
  { category: 'grooming', asks: [REPORT, PRESERVE, ISOLATE], tell: [POLICE, LEAD, 'CEOP, for online contact, once the police agree'], source: 'S000 #14, #15, #19, #41; HITCHAM' },
  { category: 'obscene-to-child', asks: [REPORT, PRESERVE, ISOLATE], tell: [POLICE, LEAD], source: 'S000 #14, #15, #19, #41' },
  { category: 'obscene-publication', asks: [REPORT, PRESERVE, ISOLATE], tell: [POLICE, LEAD], source: 'S000 #14, #15, #19' },
  { category: 'criminal-racism', asks: [REPORT, PRESERVE, ISOLATE], tell: [POLICE, LEAD], source: 'S000 #14, #15, #19' },
  { category: 'extremism', asks: [REPORT, PRESERVE, ISOLATE], tell: [POLICE, `${LEAD}, who refers it to the local Prevent partners`], source: 'S000 #14, #15, #19; PREVENT' },
  { category: 'computer-misuse', asks: [REPORT, PRESERVE, ISOLATE], tell: [POLICE, LEAD, 'For a young person, ask the police about the Cyber Prevent agenda'], source: 'S000 #14, #15, #19, #27' },
  { category: 'other-crime', asks: [REPORT, PRESERVE, ISOLATE], tell: [POLICE, LEAD], source: 'S000 #14, #15, #19' },
];

/** What follows from a concern of this category, or undefined where the police are not called at once. */
export function policeTrigger(category: string): PoliceTrigger | undefined {
  return POLICE_TRIGGERS.find((trigger) => trigger.category === category);
}
