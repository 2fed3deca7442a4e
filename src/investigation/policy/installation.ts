/** How the screens can look: as the system does, or always so. */
export const THEMES = ['system', 'light', 'dark', 'contrast', 'contrast-dark'] as const;

/** See {@link THEMES}. */
export type Theme = (typeof THEMES)[number];

/** What is left to do after two reviewers were enrolled, in the order in which it is offered; each can be left for later. */
export const SET_UP_STEPS = ['contacts', 'recovery-sheet', 'enrolment-sheet', 'retention', 'marking', 'time', 'lists', 'backup'] as const;

/** See {@link SET_UP_STEPS}. */
export type SetUpStepId = (typeof SET_UP_STEPS)[number];
