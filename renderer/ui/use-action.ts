import { useCallback, useRef, useState } from 'react';
import { CodedError } from '../../src/record/coded-error.js';
import type { Problem } from './error-summary.js';

/** A piece of work that a form starts: whether it goes on, and what was wrong with it. */
export interface Action {
  readonly pending: boolean;
  readonly problems: readonly Problem[];
  /** Does the work unless some is going on; gives whether it was done. What it throws becomes a problem. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  /** Shows what is wrong with a form; gives whether nothing is. */
  check(problems: readonly Problem[]): boolean;
}

/** State for one form. `fieldOf` says which field a code belongs to. */
export function useAction(fieldOf: (code: string) => string | undefined = () => undefined): Action {
  const [pending, setPending] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const busy = useRef(false);
  const run = useCallback(async (work: () => Promise<unknown>) => {
    if (busy.current) return false;
    busy.current = true;
    setPending(true);
    try {
      await work();
      setProblems([]);
      return true;
    } catch (error) {
      setProblems([problemFrom(error, fieldOf)]);
      return false;
    } finally {
      busy.current = false;
      setPending(false);
    }
  }, [fieldOf]);
  const check = useCallback((found: readonly Problem[]) => {
    setProblems(found);
    return found.length === 0;
  }, []);
  return { pending, problems, run, check };
}

/** The sentence of whatever a call threw. */
export function sentenceOf(error: unknown): string {
  return error instanceof CodedError ? error.sentence : 'Something went wrong inside the app. What was already saved is safe. Try again, or close the app and start it again.';
}

function problemFrom(error: unknown, fieldOf: (code: string) => string | undefined): Problem {
  const field = error instanceof CodedError ? fieldOf(error.code) : undefined;
  if (field !== undefined) return { sentence: sentenceOf(error), field };
  const who = error instanceof CodedError ? error.where?.split(' ') : undefined;
  return { sentence: sentenceOf(error), ...(who === undefined ? {} : { who }) };
}
