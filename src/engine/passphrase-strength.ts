import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { FeedbackType, ZxcvbnFactory, ZxcvbnResult } from '@zxcvbn-ts/core';
import { CodedError } from '../record/coded-error.js';
import type { PassphraseStrength } from '../ipc/admin-state.js';
import { passphraseLength, SHORTEST_PASSPHRASE } from '../vault/passphrase.js';
import { brokenRule, NO_RULES, type PassphraseRules } from './passphrase-rules.js';

/**
 * The floor: a passphrase that zxcvbn expects to be guessed in fewer tries is refused. One guess costs 256 MiB of memory
 * and about half a second of one processor core (Argon2id), so 10^10 guesses take one core about 160 years. Whoever makes them
 * has a copy of the disk, and has won one of two keys.
 */
export const LEAST_GUESSES = 1e10;

/** So many different words of the app's own list are enough, whatever zxcvbn knows of them: 44 bits. */
const ENOUGH_WORDS = 4;

/** The time of an estimate grows with the square of the length; what is behind this many characters only adds to them. */
const LONGEST_ESTIMATED = 48;

/** Letters written as digits and signs are tried in so many ways; more of them costs seconds and finds no more. */
const MOST_SUBSTITUTIONS = 8;

const MOST_OWN_WORDS = 40;
const LONGEST_OWN_WORD = 64;

const LIST: ReadonlySet<string> = new Set(wordlist);

/** Whether a passphrase is made of words of the app's list, four different ones or more that are not among `own`. */
export function isOfWords(passphrase: string, own: readonly string[] = []): boolean {
  const words = passphrase.normalize('NFKC').trim().toLowerCase().split(/[\s-]+/u);
  const known = new Set(ownWords(own));
  return words.every((word) => LIST.has(word)) && new Set(words.filter((word) => !known.has(word))).size >= ENOUGH_WORDS;
}

/**
 * How strong a passphrase is. `own`: names and the like that somebody who knows the person would try. Nothing of the
 * passphrase is in the answer. The first call reads the dictionaries, which takes most of a second.
 */
export async function passphraseStrength(passphrase: string, own: readonly string[], rules: PassphraseRules = NO_RULES): Promise<PassphraseStrength> {
  const short = passphraseLength(passphrase) < SHORTEST_PASSPHRASE;
  if (!short && isOfWords(passphrase, own)) return { score: 4, accepted: true, sentence: 'This is strong.', advice: [] };
  const { score, guesses, feedback } = await estimate(passphrase, own);
  const advice = adviceOf(feedback);
  if (short) return { score, accepted: false, sentence: `This is too short. Use at least ${SHORTEST_PASSPHRASE} characters.`, advice: advice.length === 0 ? [BEST] : advice };
  if (guesses < LEAST_GUESSES) return { score, accepted: false, sentence: WEAK[score], advice: advice.length === 0 ? [BEST] : advice };
  const broken = brokenRule(passphrase, rules);
  if (broken !== null) return { score, accepted: false, sentence: broken, advice: [EXEMPT] };
  return { score, accepted: true, sentence: 'This is strong.', advice: [] };
}

/**
 * Refuses what is too easy to guess or breaks the school's rules.
 *
 * @throws CodedError `auth.weak-passphrase`, `where` the initials; it says what to do and nothing of what was typed.
 */
export async function demandStrong(passphrase: string, initials: string, own: readonly string[], rules: PassphraseRules = NO_RULES): Promise<void> {
  const { accepted } = await passphraseStrength(passphrase, own, rules);
  if (accepted) return;
  const broken = passphraseLength(passphrase) < SHORTEST_PASSPHRASE ? `Use at least ${SHORTEST_PASSPHRASE} characters.` : brokenRule(passphrase, rules);
  throw new CodedError('auth.weak-passphrase', `The new passphrase for ${initials} cannot be used: ${broken === null ? 'it is too easy to guess.' : lowerFirst(broken)} ${BEST}`, { where: initials });
}

const BEST = 'Use four random words: the app suggests some.';
const EXEMPT = 'Four or more different words of the app’s own list are accepted as they are.';

const WEAK: Readonly<Record<ZxcvbnResult['score'], string>> = {
  0: 'This would be guessed at once.',
  1: 'This is easy to guess.',
  2: 'This could be guessed.',
  3: 'This is not quite strong enough.',
  4: 'This is not quite strong enough.',
};

/** What zxcvbn says by its keys, in our own words. What is not here is left out. */
const ADVICE: Readonly<Record<string, string>> = {
  straightRow: 'A row of keys is easy to guess.',
  keyPattern: 'A pattern on the keyboard is easy to guess.',
  simpleRepeat: 'One character again and again is easy to guess.',
  extendedRepeat: 'The same few characters again and again are easy to guess.',
  sequences: 'What follows in order, such as abc or one two three, is easy to guess.',
  recentYears: 'A year is easy to guess.',
  dates: 'A date is easy to guess.',
  topTen: 'This is one of the ten passwords that are tried first.',
  topHundred: 'This is one of the hundred passwords that are tried first.',
  common: 'Many people use this password.',
  similarToCommon: 'Many people use a password like this one.',
  wordByItself: 'One word alone is easy to guess.',
  namesByThemselves: 'A name alone is easy to guess.',
  commonNames: 'Names are easy to guess.',
  userInputs: 'Leave out your own name, your position and the school.',
  l33t: 'Writing @ for a, or 0 for o, does not help.',
  reverseWords: 'Writing a word backwards does not help.',
  allUppercase: 'Writing all of it in capitals does not help.',
  capitalization: 'A capital letter at the beginning does not help.',
  associatedYears: 'Leave out years that have to do with you.',
  repeated: 'Do not repeat words or characters.',
  longerKeyboardPattern: 'Do not follow the keys of the keyboard.',
  anotherWord: 'Add a word or two that do not belong together.',
  useWords: 'Use several words, but no saying or line of a song.',
};

function adviceOf({ warning, suggestions }: FeedbackType): string[] {
  const sentences = [warning ?? '', ...suggestions].map((key) => ADVICE[key]).filter((sentence) => sentence !== undefined);
  return [...new Set(sentences)].slice(0, 3);
}

let estimator: Promise<ZxcvbnFactory> | null = null;

async function estimate(passphrase: string, own: readonly string[]): Promise<Pick<ZxcvbnResult, 'score' | 'guesses' | 'feedback'>> {
  estimator ??= loadEstimator();
  const { score, guesses, feedback } = (await estimator).check([...passphrase.normalize('NFKC').trim()].slice(0, LONGEST_ESTIMATED).join(''), ownWords(own));
  return { score, guesses, feedback };
}

/** Without translations the library gives its keys, which {@link ADVICE} puts into words. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common'), import('@zxcvbn-ts/language-en')]);
  return new core.ZxcvbnFactory({ dictionary: { ...common.dictionary, ...english.dictionary }, graphs: common.adjacencyGraphs, l33tMaxSubstitutions: MOST_SUBSTITUTIONS });
}

/** Each text whole and word by word, so many and so long that a long name costs no time. */
function ownWords(own: readonly string[]): string[] {
  const texts = own.map((text) => text.normalize('NFKC').trim().toLowerCase().slice(0, LONGEST_OWN_WORD));
  const words = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set(words.filter((word) => word.length >= 3))].slice(0, MOST_OWN_WORDS);
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
