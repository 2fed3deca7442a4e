import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { CodedError } from './coded-error.js';

/** How many words stand for a recovery key: 256 bits and a checksum of 8, 11 bits a word (BIP 39). */
export const RECOVERY_WORD_COUNT = 24;

/** No line of 24 words is longer; what is longer is not looked at. */
const LONGEST_TYPED = 1_000;

/** The words of BIP 39's English list that stand for 32 bytes. @throws RangeError for another number of bytes. */
export function recoveryWords(key: Uint8Array): string[] {
  if (key.length !== 32) throw new RangeError('a recovery key has 32 bytes');
  return entropyToMnemonic(key, wordlist).split(' ');
}

/**
 * The 32 bytes that the words stand for, typed in any case with any white space between them. Four letters of a word
 * are enough: no two words of the list begin with the same four.
 *
 * @throws CodedError `recovery.bad-words`; `where` is the number of the first word that is not in the list, counted from 1,
 * and absent when each word is, but one of them is not the one on the sheet.
 */
export function recoveryKey(typed: string): Uint8Array {
  const given = typed.length > LONGEST_TYPED ? [] : typed.normalize('NFKD').toLowerCase().split(/[^a-z]+/).filter((word) => word !== '');
  const words = given.map((word) => wordlist.find((w) => w === word) ?? (word.length === 4 ? wordlist.find((w) => w.startsWith(word)) : undefined));
  const unknown = words.findIndex((word) => word === undefined);
  if (unknown !== -1) throw badWords(`Word ${unknown + 1} is not one of the words that a recovery sheet has. Look at the sheet again.`, String(unknown + 1));
  if (words.length !== RECOVERY_WORD_COUNT) throw badWords(`A recovery sheet has ${RECOVERY_WORD_COUNT} words. ${words.length} were typed.`);
  try {
    return mnemonicToEntropy(words.join(' '), wordlist);
  } catch {
    throw badWords('At least one word is not the one on the sheet, or two were exchanged. Compare each word with the sheet.');
  }
}

function badWords(sentence: string, where?: string): CodedError {
  return new CodedError('recovery.bad-words', sentence, where === undefined ? {} : { where });
}
