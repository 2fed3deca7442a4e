/** One thing to do when the computer is halted. */
export interface HaltStep {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** Where it comes from: DOMAIN.md section 3, "What the app should say", and the sources it names. */
  readonly source: string;
}

/** What two people do once the computer is halted, in this order. Where sources disagree it says to ask the police. */
export const HALT_STEPS: readonly HaltStep[] = [
  { id: 'monitor', title: 'Turn the monitor off, or cover it', help: 'Do not close the lid of a laptop.', source: 'S004 #83; FLIP16' },
  { id: 'stay', title: 'Both of you stay in the room', help: 'Nobody else comes in. Nobody touches the computer.', source: 'S000 #1, #15; PKC' },
  { id: 'police', title: 'Call the police', help: 'Use the panel on the right. Write down what they tell you.', source: 'S000 #14; CEOP-ORG' },
  { id: 'safeguarding', title: 'Tell your designated safeguarding lead', help: 'Do not tell the person this is about.', source: 'S004 #76-80' },
  { id: 'iwf', title: 'Report the address to the IWF', help: 'Only the address, and only once the police agree.', source: 'OXFORD; IWF-WORK' },
  { id: 'support', title: 'Look after each other', help: 'Seeing this is hard. Ask for support for both of you.', source: 'S000 #35' },
];

/** What nobody does while the computer is halted (DOMAIN.md section 3, steps 1, 3 and 4). */
export const HALT_DO_NOT: readonly string[] = [
  'scroll, click or search', 'photograph, print, save or send anything', 'show anyone', 'delete, close, log off, restart or shut down',
];
