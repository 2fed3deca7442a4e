import { wordlist } from '@scure/bip39/wordlists/english.js';

/**
 * `count` different random words of the English list of BIP 39 (2,048 words: 11 bits each, less a hundredth), joined by spaces.
 *
 * @param pick gives an unbiased random whole number below its argument
 * @param own names and the like that somebody who knows the person would try: none of their words is suggested
 */
export function suggestPassphrase(count: number, pick: (below: number) => number, own: readonly string[] = []): string {
  const taken = new Set(own.flatMap((text) => text.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{N}]+/u)));
  const free = wordlist.filter((word) => !taken.has(word));
  return Array.from({ length: count }, () => free.splice(pick(free.length), 1)[0] as string).join(' ');
}
