import { z } from 'zod';
import { instantSchema } from '../record/entry.js';
import { passphraseLength } from '../vault/passphrase.js';
import { monthsLater } from './months.js';

/** The school's own rules, beyond the app's floor. Passphrases of words of the app's list are exempt from all of them. */
export const passphraseRulesSchema = z.strictObject({
  minimumLength: z.int().min(8).max(64).nullable(),
  mixed: z.boolean(),
  changeMonths: z.int().min(1).max(60).nullable(),
});

/** See {@link passphraseRulesSchema}. */
export type PassphraseRules = z.infer<typeof passphraseRulesSchema>;

/** Before a school has set any. */
export const NO_RULES: PassphraseRules = { minimumLength: null, mixed: false, changeMonths: null };

/** When a reviewer's passphrase was last set, and whether it is of words of the app's list. */
export const passphraseFactSchema = z.strictObject({ at: instantSchema, ofWords: z.boolean() });

/** See {@link passphraseFactSchema}. */
export type PassphraseFact = z.infer<typeof passphraseFactSchema>;

/** The rule that a passphrase breaks, as a sentence, or null. Whether it is exempt is for the caller to know. */
export function brokenRule(passphrase: string, { minimumLength, mixed }: PassphraseRules): string | null {
  const text = passphrase.normalize('NFKC');
  if (minimumLength !== null && passphraseLength(text) < minimumLength) return `The school’s rules ask for at least ${minimumLength} characters.`;
  const isMixed = /\p{Lu}/u.test(text) && /\p{Ll}/u.test(text) && /\p{Nd}/u.test(text);
  if (mixed && !isMixed) return 'The school’s rules ask for a capital letter, a small letter and a digit.';
  return null;
}

/** Whether a passphrase is due for a change by the school's own rule. It is shown, and nobody is locked out for it. */
export function isChangeDue(fact: PassphraseFact, { changeMonths }: PassphraseRules, now: string): boolean {
  return changeMonths !== null && !fact.ofWords && monthsLater(fact.at, changeMonths) <= now;
}
