/** One slice of a tall image: its first row and how many, in the image's pixels. */
export interface Slice {
  readonly row: number;
  readonly height: number;
}

/** The slices that cover `height` rows from the top, each at most `most` rows. */
export function slicesOf(height: number, most: number): Slice[] {
  const slices: Slice[] = [];
  for (let row = 0; row < height; row += most) slices.push({ row, height: Math.min(most, height - row) });
  return slices;
}

/** A stretch of what is scrolled, from 0 to 1. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The stretches that have been on the screen once `stretch` has been too: in order, joined where they meet. */
export function addStretch(seen: readonly Stretch[], stretch: Stretch): readonly Stretch[] {
  if (seen.some((known) => known.from <= stretch.from && known.to >= stretch.to)) return seen;
  const joined: Stretch[] = [];
  for (const next of [...seen, stretch].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && next.from <= last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else joined.push(next);
  }
  return joined;
}

/** How much has been on the screen, in whole per cent; 100 only when all of it was. */
export function seenPercent(seen: readonly Stretch[]): number {
  const share = seen.reduce((sum, stretch) => sum + stretch.to - stretch.from, 0);
  return share >= 0.999 ? 100 : Math.min(99, Math.floor(share * 100));
}
