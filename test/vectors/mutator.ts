/** Numbers and digits that parsers stumble over. */
const AWKWARD = ['0', '-1', '1e400', '9007199254740993', '4294967295', 'null', '[]', '{}', '""', '\u0000', '\uFEFF', '\\ud800', '../', '['.repeat(3_000), '{"a":'.repeat(500)];
/** Bytes with a meaning in DER and ZIP: tags, long and indefinite lengths, signatures. */
const RUNS = ['3080', '30847fffffff', 'a0820000', '0500', '02030fffff', '504b0304', '504b0102', '504b0506', 'ffffffff', '00000000', '63000000'];

/** Changes bytes by chance, the same way for the same seed (xorshift32, Marsaglia 2003). */
export class Mutator {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  /** An integer from 0 up to, and not including, `limit`. */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % Math.max(1, limit);
  }

  oneOf<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  weighted<T>(items: readonly (readonly [item: T, share: number])[]): T {
    let left = this.below(items.reduce((sum, [, share]) => sum + share, 0));
    for (const [item, share] of items) {
      if (left < share) return item;
      left -= share;
    }
    throw new RangeError('nothing to choose from');
  }

  /** A copy with one to four changes. `ends`: most of them at the start or the end, where a container's structure is. */
  mutated(bytes: Uint8Array, where: 'anywhere' | 'ends' = 'anywhere'): Uint8Array {
    let made: Buffer = Buffer.from(bytes);
    for (let change = 1 + this.below(4); change > 0; change -= 1) made = this.#changed(made, this.#place(made.length, where));
    return new Uint8Array(made);
  }

  #place(length: number, where: 'anywhere' | 'ends'): number {
    if (where === 'anywhere' || this.below(4) === 0) return this.below(length);
    const near = this.below(Math.min(length, 3_000));
    return this.below(4) === 0 ? near : length - 1 - near;
  }

  #changed(bytes: Buffer, at: number): Buffer {
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    switch (this.below(9)) {
      case 0: return Buffer.concat([before, Buffer.from([(bytes[at] ?? 0) ^ (1 << this.below(8))]), after.subarray(1)]);
      case 1: return Buffer.concat([before, Buffer.from([this.below(256)]), after.subarray(1)]);
      case 2: return Buffer.from(before);
      case 3: return Buffer.concat([before, after.subarray(this.below(64))]);
      case 4: return Buffer.concat([before, Buffer.from(this.oneOf(AWKWARD)), after]);
      case 5: return Buffer.concat([before, Buffer.from(this.oneOf(RUNS), 'hex'), after.subarray(this.below(8))]);
      case 6: return Buffer.concat([before, bytes.subarray(this.below(bytes.length)).subarray(0, this.below(300)), after]);
      case 7: return this.#number(bytes, at);
      default: return Buffer.concat([before, Buffer.from(this.oneOf(RUNS), 'hex'), after.subarray(RUNS[0]?.length ?? 0)]);
    }
  }

  /** The next decimal number in a text, made another one; without one, a byte more. */
  #number(bytes: Buffer, at: number): Buffer {
    const text = bytes.toString('latin1');
    const found = /\d+/.exec(text.slice(at, at + 2_000));
    if (found === null) return Buffer.concat([bytes.subarray(0, at), Buffer.from([0]), bytes.subarray(at)]);
    const start = at + found.index;
    return Buffer.from(text.slice(0, start) + this.oneOf(AWKWARD.slice(0, 8)) + text.slice(start + found[0].length), 'latin1');
  }
}
