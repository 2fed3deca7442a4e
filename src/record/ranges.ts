/** Whole numbers from the first to the second, both included. */
export type Range = [from: number, to: number];

/** Collects whole numbers that come in rising order as the fewest ranges. */
export class RisingRanges {
  readonly ranges: Range[] = [];
  count = 0;

  /** @param number higher than every one before it */
  add(number: number): void {
    const last = this.ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else this.ranges.push([number, number]);
    this.count += 1;
  }

  has(number: number): boolean {
    let [low, high] = [0, this.ranges.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = this.ranges[middle];
      if (range === undefined || number < range[0]) high = middle - 1;
      else if (number > range[1]) low = middle + 1;
      else return true;
    }
    return false;
  }
}

/** Numbers in any order as the fewest ranges, in order. */
export function rangesOf(numbers: Iterable<number>): Range[] {
  const rising = new RisingRanges();
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) rising.add(number);
  return rising.ranges;
}

/** The union of ranges in any order as the fewest ranges, in order; null where one runs backwards or two share a number. */
export function joinedRanges(ranges: readonly (readonly [number, number])[]): Range[] | null {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const joined: Range[] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (to < from || (last !== undefined && from <= last[1])) return null;
    if (last?.[1] === from - 1) last[1] = to;
    else joined.push([from, to]);
  }
  return joined;
}
