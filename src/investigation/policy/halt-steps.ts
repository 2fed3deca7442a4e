/** Whose number a step shows, from the settings. */
export type HaltContact = 'policeForce' | 'safeguardingLead' | 'lado' | 'support' | 'head' | 'chair' | 'hr' | 'chiefExecutive' | 'iwf' | 'ceop';

/** One thing to do when the computer is halted. */
export interface HaltStep {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** Whom the case must concern for it; absent where it is done in each. */
  readonly subjects?: readonly string[];
  /** Somebody is told by it who can be down as told at the conclusion; the police stand there by their calls. */
  readonly tells?: true;
  /** Whom it takes, in this order. */
  readonly contacts?: readonly HaltContact[];
  /** Where it comes from: DOMAIN.md section 3, "What the app should say", and the sources it names. */
  readonly source: string;
}

/** What two people do once the computer is halted, in this order. Where sources disagree it says to ask the police. */
export const HALT_STEPS: readonly HaltStep[] = [
  { id: 'monitor', title: 'Copy what you need to paper, then cover the monitor', help: 'The numbers, and what to read out. Cover it or turn it off; do not close the lid of a laptop.', source: 'S004 #83; FLIP16' },
  { id: 'stay', title: 'Both of you stay. Leave the computer as it is', help: 'Only tick these steps and write down calls; both can wait. Nobody else comes in. Lock the room if you have to leave it.', source: 'S000 #1, #15; PKC' },
  { id: 'police', title: 'Call the police', help: '999 if a child is in danger now, else 101. Write the call down: who answered, their reference, what they said.', source: 'S000 #14; CEOP-ORG' },
  { id: 'questions', title: 'Ask the police: leave it on? Network cable?', help: 'Advice differs from place to place, so ask. Until they answer, leave power and cables as they are.', source: 'PKC; IIIM; INSPIREU; S000 #15' },
  { id: 'safeguarding', title: 'Tell your designated safeguarding lead and the head', help: 'The chair of governors instead, if it concerns the head. Do not tell the person this is about.', contacts: ['safeguardingLead', 'head', 'chair'], tells: true, source: 'S004 #74, #76-79' },
  { id: 'lado', title: 'Tell the LADO', help: 'Whenever a member of staff may be concerned. Basic facts only: interview nobody. Write the call down.', subjects: ['staff', 'unknown'], contacts: ['lado'], tells: true, source: 'S004 #75-76' },
  { id: 'employer', title: 'Tell the head of HR and the chief executive', help: 'As soon as possible. Nobody else hears of it unless the police or the LADO agree.', subjects: ['staff'], contacts: ['hr', 'chiefExecutive'], tells: true, source: 'S004 #79-80' },
  { id: 'iwf', title: 'Report the address to the IWF', help: 'The Internet Watch Foundation. Only the address, and only once the police agree. Never a copy.', contacts: ['iwf'], tells: true, source: 'OXFORD; IWF-WORK; OFCOM' },
  { id: 'support', title: 'Look after each other', help: 'Seeing this is hard. Ask for support for both of you.', contacts: ['support'], source: 'S000 #35' },
];

/** The steps of a case about `subject`. */
export function haltStepsFor(subject: string): readonly HaltStep[] {
  return HALT_STEPS.filter(({ subjects }) => subjects === undefined || subjects.includes(subject));
}

/** What nobody does while the computer is halted (DOMAIN.md section 3, steps 1, 3, 4 and 8). */
export const HALT_DO_NOT: readonly string[] = [
  'look for the page again, or for others like it', 'photograph, print, save or forward anything', 'show it to anyone', 'delete, close, log off or shut down', 'tell the person this is about',
];
