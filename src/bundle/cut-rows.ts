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
const EDGE = 24;
/** Edges that a quiet row may have: the sides of columns and frames. A line of text has more in a single word. */
const QUIET_EDGES = 6;
/** Quiet rows that make a gap; that make one worth going on with fewer edges for; and rows on either side of a cut beyond which more quiet is no better. */
const GAP = 3;
const WIDE_GAP = 8;
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

/** The row between `from` and `to` to cut above: where the fewest edges are crossed, in the middle of the widest gap, of equally wide ones in the nearest to `target`; null where nothing is quiet. */
function quietRow(picture: PixelRows, from: number, to: number, target: number): number | null {
  const start = Math.max(1, from);
  const edges = Array.from({ length: Math.max(0, Math.min(picture.height - 1, to) - start) }, (_, at) => edgesOf(picture, start + at));
  for (let crossed = 0; crossed <= QUIET_EDGES; crossed += 1) {
    const row = widest(gaps(edges, crossed, crossed < QUIET_EDGES ? WIDE_GAP : GAP), target - start);
    if (row !== null) return start + row;
  }
  return null;
}

function widest(found: readonly (readonly [start: number, end: number])[], target: number): number | null {
  let best: { readonly row: number; readonly quiet: number; readonly away: number } | null = null;
  for (const [start, end] of found) {
    const quiet = Math.min(MARGIN, Math.floor((end - start) / 2));
    const row = Math.min(Math.max(target, start + quiet), end - quiet);
    const away = Math.abs(row - target);
    if (best === null || quiet > best.quiet || (quiet === best.quiet && away < best.away)) best = { row, quiet, away };
  }
  return best?.row ?? null;
}

/** Runs of at least `least` rows that cross no more than `crossed` edges; `end` not included. */
function gaps(edges: readonly number[], crossed: number, least: number): [start: number, end: number][] {
  const found: [number, number][] = [];
  let start = 0;
  for (let row = 0; row <= edges.length; row += 1) {
    if ((edges[row] ?? Infinity) <= crossed) continue;
    if (row - start >= least) found.push([start, row]);
    start = row + 1;
  }
  return found;
}

/** How many edges a row crosses, counted to one more than is quiet. */
function edgesOf({ pixels, width }: PixelRows, row: number): number {
  const end = (row + 1) * width * 3;
  let edges = 0;
  const difference = (at: number): number => Math.abs((pixels[at] ?? 0) - (pixels[at - 3] ?? 0));
  for (let at = row * width * 3 + 3; at < end && edges <= QUIET_EDGES; at += 3) {
    if (difference(at) + difference(at + 1) + difference(at + 2) >= EDGE) edges += 1;
  }
  return edges;
}
