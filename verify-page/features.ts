/** Why this browser cannot check a bundle, in sentences; null when it can. */
export function missingFeatures(): string | null {
  const found = globalThis as Partial<typeof globalThis>;
  const old = typeof found.TransformStream !== 'function' || typeof String.prototype.isWellFormed !== 'function' || typeof Array.prototype.toSorted !== 'function';
  if (old) return 'It is too old. Use Edge, Chrome or Firefox of 2024 or later, or Safari 17 or later. VERIFY.txt in the bundle says how to check it without a browser.';
  if (found.crypto?.subtle === undefined) return 'It does not let a page from the disk check signatures. Try Edge, Chrome or Firefox. VERIFY.txt in the bundle says how to check it without a browser.';
  return null;
}
