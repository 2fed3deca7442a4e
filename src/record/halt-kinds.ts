import { z } from 'zod';
import { address, exhibitSchema, instant, line, machineSchema, reviewerInitials, text, view } from './kind-fields.js';

/** What set a halt off. */
export const HALT_CAUSES = [
  'stop-suspected', 'stop-unsure', 'declared-suspected', 'declared-unsure', 'suspected-address', 'block-page', 'unanswered', 'interrupted',
  'listed-address', 'listed-hash', 'listed-pdq', 'after-crash-suspected', 'after-crash-unsure',
] as const;

/** For what was found on a flag list: which list, and the address that it was found at; never what was found. */
const listed = z.strictObject({ list: line, url: address.nullable() }).exactOptional();

/** References of the exhibits that stood on the screen when STOP was pressed; absent when none did. */
const shown = z.array(exhibitSchema).max(1_000).exactOptional();

/** What a halt does at once, in this order. */
export const CUT_OFF_STEPS = ['refuse', 'blank', 'captures', 'exports', 'frames', 'offline', 'processes'] as const;

/** Entries about STOP, the halt, and whom it brings in: schema of each kind’s data. */
export const HALT_KINDS = {
  /** A reviewer pressed STOP; the answer to the question that follows makes it a halt or withdraws it. */
  stop: z.strictObject({ view: view.nullable(), url: address.nullable(), shown }),
  'stop-withdrawn': z.strictObject({ reason: text }),
  halt: z.strictObject({ cause: z.enum(HALT_CAUSES), view: view.nullable(), url: address.nullable(), sentence: text, listed, shown }),
  'halt-step': z.strictObject({ step: line, done: z.boolean() }),
  /** The police have told both reviewers what to do; the case stays halted, the computer may be used again. */
  'halt-released': z.strictObject({ text }),
  /** How the halt ended: the case is with the police, and takes nothing more; or they advised no further action, and the reviewers' own procedure goes on. */
  'halt-ended': z.strictObject({
    how: z.enum(['handed-to-police', 'no-further-action']), reference: line.min(1), officer: line,
    /** When the police said so, as far as the reviewers know. */
    advisedAt: instant.nullable(),
    text,
  }),
  /** What was done between the key and the standing browser, in order: milliseconds after the key, and whether it was done by then. `machine`: the computer that this was on, where the case belongs to another one. */
  'cut-off': z.strictObject({ steps: z.array(z.strictObject({ step: z.enum(CUT_OFF_STEPS), afterMs: z.int().min(0), done: z.boolean() })).max(20), machine: machineSchema.exactOptional() }),
  /** The app or the browser stopped while a page was open, and a reviewer was asked about that page. A suspicion is a halt instead. */
  'interruption-answered': z.strictObject({ view: view.nullable(), url: address.nullable(), answer: z.literal('not-suspected') }),
  /** A member of staff is or may be concerned: who was asked, before anything was opened or in a halt, and what they advised. */
  'staff-advice': z.strictObject({ from: z.enum(['lado', 'police']), name: line.min(1), advice: text, advisedAt: instant }),
  /** Each reviewer has declared not to be the person concerned, nor that person's partner or relative. */
  'not-concerned': z.strictObject({ reviewers: z.array(reviewerInitials).length(2) }),
  quarantine: z.strictObject({ exhibit: exhibitSchema, reason: line }),
  /** `loggedAlone`: when one reviewer wrote it down before two had signed in; nobody had given a passphrase for it then. */
  'police-call': z.strictObject({ force: line, officer: line, reference: line, advice: text, calledAt: instant, loggedAlone: instant.exactOptional() }),
} as const;
