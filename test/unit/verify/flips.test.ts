import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCoded } from '../../../src/record/coded-error.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { goodBundle, resigned, verifyFiles, type BundleFiles, type GoodBundle } from '../../vectors/make-bundle.js';
import { smallBundle } from '../../vectors/small-bundle.js';

let authority: Authority;
let good: GoodBundle;
let small: GoodBundle;

beforeAll(async () => {
  authority = makeAuthority('Example School');
  good = await goodBundle(authority, { end: 'halted' });
  small = await smallBundle(authority);
}, 120_000);

async function survives(files: BundleFiles): Promise<boolean> {
  try {
    return (await verifyFiles(files, { rootFingerprint: authority.root })).verdict === 'unchanged';
  } catch (error) {
    if (!isCoded(error)) throw error;
    return false;
  }
}

/** Flips a bit in every byte at `places` of each file, one at a time; gives how many, and which were not caught. */
async function flipped(files: BundleFiles, places: (bytes: Uint8Array) => Iterable<number>): Promise<{ flips: number; survivors: string[] }> {
  let flips = 0;
  const survivors: string[] = [];
  for (const [path, bytes] of files) {
    const changed = new Uint8Array(bytes);
    const made = new Map(files).set(path, changed);
    for (const at of places(bytes)) {
      const before = changed[at] ?? 0;
      changed[at] = before ^ (1 << (flips % 8));
      flips += 1;
      if (await survives(made)) survivors.push(`${path} byte ${at}`);
      changed[at] = before;
    }
  }
  return { flips, survivors };
}

const total = (files: BundleFiles): number => [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);

/** `all`: every byte of the small bundle. `3/8`: the third of eight such runs, which together are all. A number: that many, spread over the files of the large one. */
const WANTED = process.env['COUNTERSIGN_FLIPS'] ?? '120';

/** Which of how many runs over the small bundle this one is, from 1; null where a sample of the large one is wanted. */
function wantedPiece(): { piece: number; pieces: number } | null {
  if (WANTED === 'all') return { piece: 1, pieces: 1 };
  const [, piece, pieces] = /^(\d{1,4})\/(\d{1,4})$/.exec(WANTED) ?? [];
  if (piece === undefined || pieces === undefined) return null;
  if (Number(piece) < 1 || Number(piece) > Number(pieces)) throw new Error(`COUNTERSIGN_FLIPS: there is no piece ${WANTED}`);
  return { piece: Number(piece), pieces: Number(pieces) };
}

test('every flipped byte is caught, in every file', async () => {
  expect(await survives(small.files)).toBe(true);
  expect(total(small.files)).toBeLessThanOrEqual(65_536);
  const whole = wantedPiece();
  const [name, files] = whole === null ? ['a sample of a bundle', good.files] as const : [`piece ${whole.piece} of ${whole.pieces} of every byte of a small bundle`, small.files] as const;
  // Half of a sample goes by size; the other half is the same for every file, for the structure is in the small ones.
  const share = (bytes: Uint8Array): number => Math.ceil(Number(WANTED) / 2 / files.size) + Math.ceil((Number(WANTED) * bytes.length) / 2 / total(files));
  const sample = (bytes: Uint8Array): number[] => Array.from({ length: Math.min(bytes.length, share(bytes)) }, (_, i) => Math.floor((i * bytes.length) / Math.min(bytes.length, share(bytes))));
  const everyOf = ({ piece, pieces }: { piece: number; pieces: number }) => (bytes: Uint8Array): number[] => [...bytes.keys()].filter((at) => at % pieces === piece - 1);
  const { flips, survivors } = await flipped(files, whole === null ? sample : everyOf(whole));
  process.stdout.write(`flipped bits: ${flips} in ${files.size} files (${name}, ${total(files)} bytes), ${flips - survivors.length} caught\n`);
  expect(survivors).toEqual([]);
  expect(flips).toBeGreaterThanOrEqual(whole === null ? Number(WANTED) : [...files.values()].reduce((sum, bytes) => sum + everyOf(whole)(bytes).length, 0));
}, 7_200_000);

test('junk in any file gives a report that says changed or a coded error, never a crash', async () => {
  const paths = [...good.files.keys()];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string().map((text) => Buffer.from(text))), async (path, junk) => {
      expect(await survives(new Map(good.files).set(path, junk))).toBe(false);
    }),
    { numRuns: 120 },
  );
}, 120_000);

test('junk that both people signed gives a report that says changed, never a crash', async () => {
  const paths = ['data/record.jsonl', 'certificates/root.pem', 'certificates/reviewers.pem', 'certificates/crl.der', 'bagit.txt'];
  const line = fc.oneof(fc.json(), fc.constant('['.repeat(100_000)), fc.constant(`{"header":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`)).map((text) => Buffer.from(`${text}\n`));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.oneof(fc.uint8Array({ maxLength: 300 }), line), async (path, junk) => {
      expect(await survives(resigned(new Map(good.files).set(path, junk), authority.people))).toBe(false);
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('any set of files is answered by a report or a coded error', async () => {
  const path = fc.oneof(fc.constantFrom(...good.files.keys()), fc.string({ maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(path, fc.uint8Array({ maxLength: 60 })), { maxLength: 12 }), async (files) => {
      expect(await survives(new Map(files))).toBe(false);
    }),
    { numRuns: 100 },
  );
}, 120_000);
