import { isCoded } from '../../src/record/coded-error.js';
import { verifyFiles, type BundleFiles } from './make-bundle.js';

/** Whether the verifier finds nothing wrong with these files, the school's root being given. */
export async function survives(files: BundleFiles, root: string): Promise<boolean> {
  try {
    return (await verifyFiles(files, { rootFingerprint: root })).verdict === 'unchanged';
  } catch (error) {
    if (!isCoded(error)) throw error;
    return false;
  }
}

/** How many bits were flipped, one at a time, and which of them nobody noticed. */
export interface Flipped {
  readonly flips: number;
  readonly survivors: readonly string[];
}

/** Flips a bit in every byte at `places` of each file, one at a time. */
export async function flipped(files: BundleFiles, places: (bytes: Uint8Array) => Iterable<number>, root: string): Promise<Flipped> {
  let flips = 0;
  const survivors: string[] = [];
  for (const [path, bytes] of files) {
    const changed = new Uint8Array(bytes);
    const made = new Map(files).set(path, changed);
    for (const at of places(bytes)) {
      const before = changed[at] ?? 0;
      changed[at] = before ^ (1 << (flips % 8));
      flips += 1;
      if (await survives(made, root)) survivors.push(`${path} byte ${at}`);
      changed[at] = before;
    }
  }
  return { flips, survivors };
}

/** One of `pieces` runs over every byte, which together are all; `piece` counts from 1. */
export function everyByteOf(piece: number, pieces: number): (bytes: Uint8Array) => number[] {
  return (bytes) => [...bytes.keys()].filter((at) => at % pieces === piece - 1);
}
