import { wordlist } from '@scure/bip39/wordlists/english.js';
import { fromHex } from './bytes.js';

/** How many words stand for a hash on paper: 8 words of 11 bits, 88 bits. */
export const WORD_COUNT = 8;

/**
 * The eight words that stand for a SHA-256 hash when people read it aloud or write it on paper: its first 88 bits, 11
 * at a time, most significant first, in the English list of BIP 39 (2,048 words, no two alike in their first four
 * letters).
 */
export function hashWords(hash: string): string[] {
  const bytes = fromHex(hash);
  if (bytes.length !== 32) throw new RangeError('a SHA-256 hash has 32 bytes');
  let bits = 0n;
  for (const byte of bytes.subarray(0, 11)) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: WORD_COUNT }, (_, i) => wordlist[Number((bits >> BigInt(11 * (WORD_COUNT - 1 - i))) & 2047n)] as string);
}
