import { describe, expect, test } from '@jest/globals';
import { decide, type Declaration, type DeclarationAnswer, type GateInput } from '../../../src/safety/gate.js';
import type { CasePhase } from '../../../src/investigation/case-state.js';

const COMPOSITE = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const LISTED = { cause: 'listed-hash', sentence: 'A file on the page is on the list "Test".' } as const;
const PHASES: readonly CasePhase[] = ['open', 'halted', 'concluded', 'sealed'];
const ANSWERS: readonly (DeclarationAnswer | null)[] = [null, 'not-suspected', 'suspected', 'unsure'];

interface Combination {
  phase: CasePhase;
  stopped: boolean;
  answer: DeclarationAnswer | null;
  bound: boolean;
  signedIn: boolean;
  suspectedAddress: boolean;
  listed: boolean;
}

function combinations(): Combination[] {
  const all: Combination[] = [];
  for (const phase of PHASES)
    for (const stopped of [false, true])
      for (const answer of ANSWERS)
        for (const bound of [true, false])
          for (const signedIn of [true, false]) for (const suspectedAddress of [false, true]) for (const listed of [false, true]) all.push({ phase, stopped, answer, bound, signedIn, suspectedAddress, listed });
  return all;
}

function input(c: Combination): GateInput {
  const declaration: Declaration | null = c.answer === null ? null : { composite: c.bound ? COMPOSITE : OTHER, by: c.signedIn ? 'PAS' : 'XYZ', answer: c.answer };
  return { composite: COMPOSITE, declaration, flags: { suspectedAddress: c.suspectedAddress, listed: c.listed ? LISTED : null }, phase: c.phase, stopped: c.stopped, reviewers: ['PAS', 'TRE'] };
}

/** What the promises ask for, said again and independently of the code: the outcome's code, or `allow`. */
function expected(c: Combination): string {
  const halted = c.stopped || c.phase === 'halted';
  if (halted) return 'case.halted';
  const suspects = c.answer === 'suspected' || c.answer === 'unsure';
  if (suspects) return 'gate.declared';
  if (c.suspectedAddress) return 'gate.suspected-address';
  if (c.listed) return 'gate.listed';
  if (c.phase === 'concluded' || c.phase === 'sealed') return `case.${c.phase}`;
  if (c.answer === null) return 'gate.undeclared';
  if (!c.signedIn) return 'gate.not-signed-in';
  return c.bound ? 'allow' : 'gate.other-composite';
}

describe('the gate', () => {
  const all = combinations();

  test(`decides every one of ${all.length} combinations as the promises ask`, () => {
    for (const c of all) {
      const decision = decide(input(c));
      expect([c, decision.decision === 'allow' ? 'allow' : decision.code]).toEqual([c, expected(c)]);
    }
  });

  test('allows in exactly one of them: open, not stopped, declared not suspected on these very bytes by somebody signed in', () => {
    const allowed = all.filter((c) => decide(input(c)).decision === 'allow');
    expect(allowed).toEqual([{ phase: 'open', stopped: false, answer: 'not-suspected', bound: true, signedIn: true, suspectedAddress: false, listed: false }]);
  });

  test('suspicion halts an open case even when the answer was given on other bytes or by somebody else', () => {
    for (const c of all.filter((each) => each.phase === 'open' && !each.stopped && (each.answer === 'suspected' || each.answer === 'unsure'))) {
      expect(decide(input(c)).decision).toBe('halt');
    }
  });
});
