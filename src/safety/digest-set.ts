import type { KeyedDigest } from './keyed-digest.js';

/*
 * Both keep digests as pairs of 32-bit words, the lower one first, so that on the processors that the app runs on (all little-endian) a pair
 * is one 64-bit number in memory and the engine's own sorting applies.
 */

const BUCKETS = 256;

/** Takes keyed digests in any order and gives them in order, each once. */
export class DigestGatherer {
  readonly #buckets = Array.from({ length: BUCKETS }, () => new Uint32Array(64));
  readonly #filled = new Uint32Array(BUCKETS);

  add({ high, low }: KeyedDigest): void {
    const at = high >>> 24;
    const filled = this.#filled[at] ?? 0;
    let bucket = this.#buckets[at] ?? new Uint32Array(0);
    if (filled + 2 > bucket.length) {
      const larger = new Uint32Array(2 * Math.ceil(bucket.length * 0.75));
      larger.set(bucket);
      this.#buckets[at] = bucket = larger;
    }
    bucket[filled] = low;
    bucket[filled + 1] = high;
    this.#filled[at] = filled + 2;
  }

  /** The digests in ascending order, in 256 parts; each part is gone from here once it was given. */
  *sorted(): Generator<Uint32Array> {
    for (let at = 0; at < BUCKETS; at += 1) {
      const bucket = this.#buckets[at]?.subarray(0, this.#filled[at] ?? 0) ?? new Uint32Array(0);
      this.#buckets[at] = new Uint32Array(0);
      yield unique(new Uint32Array(new BigUint64Array(bucket.slice().buffer).sort().buffer));
    }
  }
}

function unique(pairs: Uint32Array): Uint32Array {
  let to = 0;
  for (let from = 0; from < pairs.length; from += 2) {
    if (to > 0 && pairs[to - 2] === pairs[from] && pairs[to - 1] === pairs[from + 1]) continue;
    pairs[to] = pairs[from] ?? 0;
    pairs[to + 1] = pairs[from + 1] ?? 0;
    to += 2;
  }
  return pairs.subarray(0, to);
}

/** A sorted array of keyed digests: 8 bytes each. */
export class DigestSet {
  readonly #pairs: Uint32Array;
  readonly size: number;

  /** @param pairs ascending, as {@link DigestGatherer.sorted} gives them */
  constructor(pairs: Uint32Array) {
    this.#pairs = pairs;
    this.size = pairs.length / 2;
  }

  /** Whether the digest is among them: keyed digests are spread evenly, so the search begins where it should lie. */
  has({ high, low }: KeyedDigest): boolean {
    let from = 0;
    let to = this.size - 1;
    let fromHigh = 0;
    let toHigh = 0x100000000;
    while (from <= to) {
      const guess = from + Math.floor(((high - fromHigh) / (toHigh - fromHigh)) * (to - from));
      const at = Math.min(to, Math.max(from, guess));
      const foundHigh = this.#pairs[2 * at + 1] ?? 0;
      const foundLow = this.#pairs[2 * at] ?? 0;
      if (foundHigh === high && foundLow === low) return true;
      if (foundHigh < high || (foundHigh === high && foundLow < low)) {
        from = at + 1;
        fromHigh = foundHigh;
      } else {
        to = at - 1;
        toHigh = foundHigh + 1;
      }
      if (high < fromHigh || high >= toHigh) return false;
    }
    return false;
  }
}
