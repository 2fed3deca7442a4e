import type { CasePhase } from '../investigation/case-state.js';

/** What a reviewer answered when asked whether anything here could show the sexual abuse of a child. */
export type DeclarationAnswer = 'not-suspected' | 'suspected' | 'unsure';

/** A reviewer's answer, bound to what was on the screen when it was given. */
export interface Declaration {
  /** SHA-256 of the composite that was shown. */
  readonly composite: string;
  readonly by: string;
  readonly answer: DeclarationAnswer;
}

/** What was flagged about the page by something other than a person. */
export interface Flags {
  /** The page's address is on a list of suspected addresses. */
  readonly suspectedAddress: boolean;
  /** What was found on a flag list; null when nothing was. */
  readonly listed: ListedFlag | null;
}

/** Something that was found on a flag list. */
export interface ListedFlag {
  readonly cause: 'listed-address' | 'listed-hash' | 'listed-pdq';
  /** Names the list, and never what was found. */
  readonly sentence: string;
}

/** Everything that the decision rests on. */
export interface GateInput {
  /** SHA-256 of what would be kept. */
  readonly composite: string;
  readonly declaration: Declaration | null;
  readonly flags: Flags;
  readonly phase: CasePhase;
  /** True from the moment STOP is pressed, before anything has been written. */
  readonly stopped: boolean;
  /** Initials of the two who are signed in. */
  readonly reviewers: readonly string[];
}

/** The gate's decision. Only `allow` lets a byte be stored. */
export type GateDecision =
  | { readonly decision: 'allow' }
  | { readonly decision: 'refuse'; readonly code: string; readonly sentence: string }
  | { readonly decision: 'halt'; readonly cause: 'declared-suspected' | 'declared-unsure' | 'suspected-address' | ListedFlag['cause']; readonly code: string; readonly sentence: string };

/**
 * Decides whether what is on the screen may be kept (DESIGN promises 3 and 4). Pure and total: the most severe answer
 * wins, in the order refused because halted, halt, refused, allow. An answer that suspects halts whatever else is wrong
 * with it: a stale or foreign digest must not turn suspicion into a mere refusal.
 */
export function decide(input: GateInput): GateDecision {
  if (input.stopped || input.phase === 'halted') {
    return refuse('case.halted', 'This case is halted. Nothing more can be kept. Follow the steps on the screen and call the police.');
  }
  if (input.declaration?.answer === 'suspected') return halt('declared-suspected', 'You said that this may show the sexual abuse of a child. Nothing of it was kept.');
  if (input.declaration?.answer === 'unsure') return halt('declared-unsure', 'You said that you are not sure. Nothing of it was kept.');
  if (input.flags.suspectedAddress) {
    return { decision: 'halt', cause: 'suspected-address', code: 'gate.suspected-address', sentence: 'This address is marked as suspected. Nothing of it was kept.' };
  }
  if (input.flags.listed !== null) {
    const { cause, sentence } = input.flags.listed;
    return { decision: 'halt', cause, code: 'gate.listed', sentence: `${sentence} Nothing of it was kept.` };
  }
  if (input.phase !== 'open') return refuse(`case.${input.phase}`, 'This case takes no more captures.');
  if (input.declaration === null) return refuse('gate.undeclared', 'One of you has to say first whether anything here could show the sexual abuse of a child.');
  if (!input.reviewers.includes(input.declaration.by)) return refuse('gate.not-signed-in', 'Only one of the two people who are signed in can answer.');
  if (input.declaration.composite !== input.composite) return refuse('gate.other-composite', 'The answer was about something else. Look at what would be kept and answer again.');
  return { decision: 'allow' };
}

function refuse(code: string, sentence: string): GateDecision {
  return { decision: 'refuse', code, sentence };
}

function halt(cause: 'declared-suspected' | 'declared-unsure', sentence: string): GateDecision {
  return { decision: 'halt', cause, code: 'gate.declared', sentence };
}
