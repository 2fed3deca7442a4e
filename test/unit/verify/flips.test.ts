import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { flipped, survives, type Flipped } from '../../vectors/flipped.js';
import { longRun } from '../../vectors/long-run.js';
import { goodBundle, resigned, type BundleFiles, type GoodBundle } from '../../vectors/make-bundle.js';
import { smallBundle } from '../../vectors/small-bundle.js';

let authority: Authority;
let good: GoodBundle;
let small: GoodBundle;

beforeAll(async () => {
  authority = makeAuthority('Example School');
  good = await goodBundle(authority, { end: 'halted' });
  small = await smallBundle(authority);
}, 120_000);

const holds = (files: BundleFiles): Promise<boolean> => survives(files, authority.root);

const total = (files: BundleFiles): number => [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);

/** `all`: every byte of the small bundle. A number: that many, spread over the files of the large one. */
const WANTED = process.env['COUNTERSIGN_FLIPS'] ?? '120';

/** Of the small bundle, on every processor. */
async function flipEveryByte(): Promise<Flipped> {
  const folder = await mkdtemp(join(tmpdir(), 'flips-'));
  try {
    for (const [path, bytes] of small.files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const pieces = availableParallelism();
    const made = await Promise.all(Array.from({ length: pieces }, (_, at) => longRun('flips', folder, authority.root, String(at + 1), String(pieces))));
    return { flips: made.reduce((sum, { flips }) => sum + flips, 0), survivors: made.flatMap(({ survivors }) => survivors) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Of the large bundle. Half of a sample goes by size; the other half is the same for every file, for the structure is in the small ones. */
function flipSample(wanted: number): Promise<Flipped> {
  const { files } = good;
  const share = (bytes: Uint8Array): number => Math.min(bytes.length, Math.ceil(wanted / 2 / files.size) + Math.ceil((wanted * bytes.length) / 2 / total(files)));
  return flipped(files, (bytes) => Array.from({ length: share(bytes) }, (_, i) => Math.floor((i * bytes.length) / share(bytes))), authority.root);
}

test('every flipped byte is caught, in every file', async () => {
  expect(await holds(small.files)).toBe(true);
  expect(total(small.files)).toBeLessThanOrEqual(65_536);
  const every = WANTED === 'all';
  const [name, files] = every ? ['every byte of a small bundle', small.files] as const : ['a sample of a bundle', good.files] as const;
  const { flips, survivors } = await (every ? flipEveryByte() : flipSample(Number(WANTED)));
  process.stdout.write(`flipped bits: ${flips} in ${files.size} files (${name}, ${total(files)} bytes), ${flips - survivors.length} caught\n`);
  expect(survivors).toEqual([]);
  expect(flips).toBeGreaterThanOrEqual(every ? total(files) : Number(WANTED));
}, 7_200_000);

test('junk in any file gives a report that says changed or a coded error, never a crash', async () => {
  const paths = [...good.files.keys()];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string().map((text) => Buffer.from(text))), async (path, junk) => {
      expect(await holds(new Map(good.files).set(path, junk))).toBe(false);
    }),
    { numRuns: 120 },
  );
}, 120_000);

test('junk that both people signed gives a report that says changed, never a crash', async () => {
  const paths = ['data/record.jsonl', 'certificates/root.pem', 'certificates/reviewers.pem', 'certificates/crl.der', 'bagit.txt'];
  const line = fc.oneof(fc.json(), fc.constant('['.repeat(100_000)), fc.constant(`{"header":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`)).map((text) => Buffer.from(`${text}\n`));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.oneof(fc.uint8Array({ maxLength: 300 }), line), async (path, junk) => {
      expect(await holds(resigned(new Map(good.files).set(path, junk), authority.people))).toBe(false);
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('any set of files is answered by a report or a coded error', async () => {
  const path = fc.oneof(fc.constantFrom(...good.files.keys()), fc.string({ maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(path, fc.uint8Array({ maxLength: 60 })), { maxLength: 12 }), async (files) => {
      expect(await holds(new Map(files))).toBe(false);
    }),
    { numRuns: 100 },
  );
}, 120_000);
