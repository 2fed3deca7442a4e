import { ones, PDQ_WORDS } from './pdq-hash.js';

/** Pictures this near are taken for the same (DOMAIN.md section 5, PDQ). */
export const PDQ_MATCH = 31;

const PARTS = 16;
const VALUES = 65_536;
/** Below this many hashes the tables cost more than they save. */
const LEAST_FOR_TABLES = 2_000;

/** All values of one or more lists: eight words each. */
export interface PdqSearch {
  readonly size: number;
  /** The number of the first value found within {@link PDQ_MATCH} bits, or -1. */
  find(words: Uint32Array): number;
}

/** Compares with every value in turn. */
export class PdqScan implements PdqSearch {
  readonly #words: Uint32Array;
  readonly size: number;

  constructor(words: Uint32Array) {
    this.#words = words;
    this.size = words.length / PDQ_WORDS;
  }

  find(words: Uint32Array): number {
    for (let at = 0; at < this.size; at += 1) if (isNear(this.#words, at, words)) return at;
    return -1;
  }
}

/**
 * Multi-index hashing: the 256 bits are 16 parts of 16 bits, with a table for each part from its value to the hashes that have it. Two
 * hashes that differ in at most 31 bits have a part that differs in at most one (16 parts with two each would be 32), so it is
 * enough to compare with what stands under the 17 values that each part of the picture's hash can come from.
 */
export class PdqTables implements PdqSearch {
  readonly #words: Uint32Array;
  readonly #starts: readonly Uint32Array[];
  readonly #members: readonly Uint32Array[];
  readonly size: number;

  private constructor(words: Uint32Array, starts: readonly Uint32Array[], members: readonly Uint32Array[]) {
    this.#words = words;
    this.size = words.length / PDQ_WORDS;
    this.#starts = starts;
    this.#members = members;
  }

  /** Builds the tables; `breathe` is awaited between them, so that nothing else has to wait for all of it. */
  static async build(words: Uint32Array, breathe: () => Promise<void>): Promise<PdqTables> {
    const starts: Uint32Array[] = [];
    const members: Uint32Array[] = [];
    for (let part = 0; part < PARTS; part += 1) {
      const table = tableOf(words, part);
      starts.push(table.starts);
      members.push(table.members);
      await breathe();
    }
    return new PdqTables(words, starts, members);
  }

  find(words: Uint32Array): number {
    for (let part = 0; part < PARTS; part += 1) {
      const starts = this.#starts[part] ?? new Uint32Array(0);
      const members = this.#members[part] ?? new Uint32Array(0);
      const value = partOf(words, 0, part);
      for (let flipped = -1; flipped < 16; flipped += 1) {
        const near = flipped < 0 ? value : value ^ (1 << flipped);
        const end = starts[near + 1] ?? 0;
        for (let at = starts[near] ?? 0; at < end; at += 1) {
          const member = members[at] ?? 0;
          if (isNear(this.#words, member, words)) return member;
        }
      }
    }
    return -1;
  }
}

/** The quicker of the two searches for that many values. */
export async function pdqSearch(words: Uint32Array, breathe: () => Promise<void>): Promise<PdqSearch> {
  return words.length / PDQ_WORDS < LEAST_FOR_TABLES ? new PdqScan(words) : PdqTables.build(words, breathe);
}

function partOf(words: Uint32Array, at: number, part: number): number {
  return ((words[at * PDQ_WORDS + (part >> 1)] ?? 0) >>> (part & 1 ? 0 : 16)) & 0xffff;
}

function tableOf(words: Uint32Array, part: number): { starts: Uint32Array; members: Uint32Array } {
  const size = words.length / PDQ_WORDS;
  const starts = new Uint32Array(VALUES + 1);
  for (let at = 0; at < size; at += 1) {
    const value = partOf(words, at, part);
    starts[value + 1] = (starts[value + 1] ?? 0) + 1;
  }
  for (let value = 0; value < VALUES; value += 1) starts[value + 1] = (starts[value + 1] ?? 0) + (starts[value] ?? 0);
  const next = starts.slice();
  const members = new Uint32Array(size);
  for (let at = 0; at < size; at += 1) {
    const value = partOf(words, at, part);
    const to = next[value] ?? 0;
    members[to] = at;
    next[value] = to + 1;
  }
  return { starts, members };
}

function isNear(all: Uint32Array, member: number, words: Uint32Array): boolean {
  let distance = 0;
  const from = member * PDQ_WORDS;
  for (let at = 0; at < PDQ_WORDS; at += 1) {
    distance += ones((all[from + at] ?? 0) ^ (words[at] ?? 0));
    if (distance > PDQ_MATCH) return false;
  }
  return true;
}
