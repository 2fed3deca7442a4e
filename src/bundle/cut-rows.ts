/** A picture as pixels: three bytes each, row after row. */
export interface PixelRows {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** How tall pieces may be, in rows, and how many. */
export interface PieceSizes {
  readonly first: number;
  readonly tallest: number;
  readonly most: number;
}

/** How far from its place a cut may go for a quiet one, as a share of the piece. */
const REACH = 0.12;
/** Sum of the differences of three colours from one pixel to the next that counts as an edge. */
const EDGE = 48;
/** Edges that a quiet row may have: the sides of columns and frames. A line of text has more in a single word. */
const QUIET_EDGES = 6;
/** Quiet rows that make a gap, and rows on either side of a cut beyond which more quiet is no better. */
const GAP = 3;
const MARGIN = 12;
/** What two pieces both show where nothing was quiet, as a share of the width: more than a line of text, so that one of them has it whole. */
const OVERLAP = 0.03;

/**
 * From which row to which each piece of a tall picture goes, `to` not included. Pieces are of about one height, so that no last one is a
 * sliver; each ends where the picture is quiet, between two lines of text, and where it is quiet nowhere near, the next begins a little earlier.
 * Where `most` pieces are not enough, the last one ends before the picture does.
 */
export function cutRows(picture: PixelRows, { first, tallest, most }: PieceSizes): [from: number, to: number][] {
  const pieces: [number, number][] = [];
  let from = 0;
  let end = 0;
  while (end < picture.height && pieces.length < most) {
    const left = picture.height - from;
    const target = pieces.length === 0 ? first : Math.ceil(left / Math.ceil(left / tallest));
    if (target >= left) {
      pieces.push([from, picture.height]);
      break;
    }
    const reach = Math.round(target * REACH);
    const quiet = quietRow(picture, from + target - reach, from + Math.min(target + reach, pieces.length === 0 ? first : tallest), from + target);
    end = quiet ?? from + target;
    pieces.push([from, end]);
    from = quiet === null ? Math.max(from + 1, end - Math.round(picture.width * OVERLAP)) : end;
  }
  return pieces;
}

/** The row between `from` and `to` to cut above: in the middle of the widest gap, of equally wide ones in the nearest to `target`; null where there is none. */
function quietRow(picture: PixelRows, from: number, to: number, target: number): number | null {
  let best: { readonly row: number; readonly quiet: number; readonly away: number } | null = null;
  for (const [start, end] of gaps(picture, Math.max(1, from), Math.min(picture.height - 1, to))) {
    const margin = Math.min(MARGIN, Math.floor((end - start) / 2));
    const row = Math.min(Math.max(target, start + margin), end - margin);
    const found = { row, quiet: margin, away: Math.abs(row - target) };
    if (best === null || found.quiet > best.quiet || (found.quiet === best.quiet && found.away < best.away)) best = found;
  }
  return best?.row ?? null;
}

/** Runs of quiet rows, `end` not included. */
function gaps(picture: PixelRows, from: number, to: number): [start: number, end: number][] {
  const found: [number, number][] = [];
  let start = from;
  for (let row = from; row <= to; row += 1) {
    if (row < to && isQuiet(picture, row)) continue;
    if (row - start >= GAP) found.push([start, row]);
    start = row + 1;
  }
  return found;
}

function isQuiet({ pixels, width }: PixelRows, row: number): boolean {
  const end = (row + 1) * width * 3;
  let edges = 0;
  const difference = (at: number): number => Math.abs((pixels[at] ?? 0) - (pixels[at - 3] ?? 0));
  for (let at = row * width * 3 + 3; at < end; at += 3) {
    if (difference(at) + difference(at + 1) + difference(at + 2) < EDGE) continue;
    edges += 1;
    if (edges > QUIET_EDGES) return false;
  }
  return true;
}
