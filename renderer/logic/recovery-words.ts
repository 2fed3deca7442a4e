/** How many words a recovery sheet has. */
export const SHEET_WORDS = 24;

/** The words in a text: small letters alone, whatever stands between them, numbers left out. */
export function wordsIn(text: string): string[] {
  return text.toLowerCase().split(/[^a-z]+/).filter((word) => word !== '');
}

/**
 * The fields of a sheet once `text` was typed or pasted into field `at`: words that follow the first fill the fields after it.
 * `next` is the field that the typist is in now: the same one until a word is closed by a space.
 */
export function fillWords(fields: readonly string[], at: number, text: string): { fields: string[]; next: number } {
  const words = wordsIn(text);
  const closed = /[^A-Za-z]$/.test(text) && words.length > 0;
  const filled = [...fields];
  if (words.length === 0) filled[at] = '';
  words.slice(0, fields.length - at).forEach((word, offset) => { filled[at + offset] = word; });
  const last = Math.min(fields.length - 1, at + Math.max(0, words.length - 1));
  return { fields: filled, next: closed ? Math.min(fields.length - 1, last + 1) : last };
}

/** Two different numbers of words, from 1, in order; `pick` gives a whole number below its argument. */
export function twoNumbers(pick: (below: number) => number): readonly [number, number] {
  const one = pick(SHEET_WORDS);
  const other = (one + 1 + pick(SHEET_WORDS - 1)) % SHEET_WORDS;
  return [Math.min(one, other) + 1, Math.max(one, other) + 1];
}
