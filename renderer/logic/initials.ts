/**
 * Three initials for a name: "Priya A. Shah" gives PAS, "Tom Ellis" gives TXE (X stands for the middle name that is not
 * there), "Anna Maria van Dijk" gives AMD. Letters lose their accents. An empty text when the name has too few letters.
 */
export function suggestInitials(name: string): string {
  const plain = name.normalize('NFD').replace(/[^\p{L}\s'’-]/gu, '').toUpperCase();
  const words = plain.split(/[\s-]+/).map((word) => word.replace(/[^A-Z]/g, '')).filter((word) => word !== '');
  const first = words[0] ?? '';
  const last = words.at(-1) ?? '';
  if (words.length === 0) return '';
  if (words.length === 1) return first.length >= 3 ? first.slice(0, 3) : '';
  const middle = words.length === 2 ? 'X' : (words[1] ?? '').charAt(0);
  return first.charAt(0) + middle + last.charAt(0);
}

/** Whether a text is what the record takes as initials: three capital letters. */
export function areInitials(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}
