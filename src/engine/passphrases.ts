import { wordlist } from '@scure/bip39/wordlists/english.js';

/**
 * `count` random words of the English list of BIP 39 (2,048 words: 11 bits each), joined by spaces.
 *
 * @param pick gives an unbiased random whole number below its argument
 */
export function suggestPassphrase(count: number, pick: (below: number) => number): string {
  return Array.from({ length: count }, () => wordlist[pick(wordlist.length)] as string).join(' ');
}
