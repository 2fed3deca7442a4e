import { CodedError } from '../record/coded-error.js';
import { HALT_STEPS } from '../investigation/policy/halt-steps.js';
import type { EntryData } from '../record/kinds.js';
import { demand, demandSignedIn, type CaseContext } from './case-context.js';

/** How a halt ends, in both reviewers' words. */
export type HaltEnding = EntryData<'halt-ended'>;

/** A call to the police; without a time of its own it was made just now. */
export type LoggedCall = Omit<EntryData<'police-call'>, 'calledAt'> & { readonly calledAt?: string };

/** Ticks or unticks a step. @throws CodedError `halt.unknown-step`, `case.*`, `auth.*` */
export async function tickStep(context: CaseContext, by: string, step: string, done: boolean): Promise<void> {
  demand(context, 'halt-step');
  demandSignedIn(context, by);
  if (!HALT_STEPS.some(({ id }) => id === step)) throw new CodedError('halt.unknown-step', 'There is no such step.');
  await context.record.add('halt-step', [by], { step, done });
  context.announce.changed();
}

/** Writes down a call to the police. @throws CodedError `halt.call-time`, `case.*`, `auth.*` */
export async function logCall(context: CaseContext, by: string, call: LoggedCall): Promise<void> {
  demand(context, 'police-call');
  demandSignedIn(context, by);
  const now = context.ports.clock.now();
  if (call.calledAt !== undefined) demandPast(call.calledAt, now, 'calledAt');
  await context.record.add('police-call', [by], { ...call, calledAt: call.calledAt ?? now });
  context.announce.changed();
}

/** Nobody writes down a call that is still to come. @throws CodedError `halt.call-time` */
export function demandPast(at: string, now: string, where: string): void {
  if (Date.parse(at) > Date.parse(now)) throw new CodedError('halt.call-time', 'This time has not come yet. Write down when you called.', { where });
}

/** That nothing more is done rests on an officer's words: who said them, when, and what they were. @throws CodedError `halt.advice-incomplete` */
export function demandWholeAdvice({ how, officer, advisedAt, text }: HaltEnding): void {
  if (how === 'no-further-action' && (officer.trim() === '' || text.trim() === '' || advisedAt === null)) {
    throw new CodedError('halt.advice-incomplete', 'Write down which officer advised no further action, in which call, and in what words.');
  }
}
