import { CodedError } from '../record/coded-error.js';
import { CALL_SCHEMAS, type Answer, type CallName, type CallResult } from './contract.js';
import type { z } from 'zod';

/** What answers the calls; one function for each name of the contract. */
export type Handlers = { [N in CallName]: (input: z.output<(typeof CALL_SCHEMAS)[N]>) => Promise<CallResult<N>> };

const ABOUT_PASSPHRASES: ReadonlySet<string> = new Set(['auth.bad-passphrase', 'auth.slow-down']);

/** What is shown when something broke that has no sentence of its own. */
const UNEXPECTED = 'Something went wrong inside the app. What was already saved is safe. Try again, or close the app and start it again.';

/**
 * Answers one call from the screens. Arguments are hostile until they fit the schema; whatever is thrown comes back as
 * a code and a sentence, never as a stack trace. `report` hears of what was unexpected.
 */
export async function dispatch(handlers: Handlers, name: unknown, input: unknown, report: (error: unknown) => void): Promise<Answer<unknown>> {
  if (typeof name !== 'string' || !Object.hasOwn(CALL_SCHEMAS, name)) return refused('ipc.unknown-call', 'The screen asked for something that the app does not know.');
  const call = name as CallName;
  const parsed = CALL_SCHEMAS[call].safeParse(input);
  if (!parsed.success) return refused('ipc.bad-arguments', 'Something that was typed is missing or too long. Check it and try again.');
  try {
    const handler = handlers[call] as (argument: unknown) => Promise<unknown>;
    return { ok: true, value: await handler(parsed.data) };
  } catch (error) {
    if (error instanceof CodedError) return refusedOf(error);
    report(error);
    return refused('app.unexpected', UNEXPECTED);
  }
}

function refused(code: string, sentence: string): Answer<never> {
  return { ok: false, code, sentence };
}

/** Of where a fault lies, the screens hear only whose passphrase it is: all else may name what they did not type. */
function refusedOf({ code, sentence, where }: CodedError): Answer<never> {
  return { ok: false, code, sentence, ...(ABOUT_PASSPHRASES.has(code) && where !== undefined ? { who: where.split(' ') } : {}) };
}
