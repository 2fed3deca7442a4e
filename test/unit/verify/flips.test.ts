import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCoded } from '../../../src/record/coded-error.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { goodBundle, resigned, verifyFiles, type BundleFiles, type GoodBundle } from '../../vectors/make-bundle.js';

let authority: Authority;
let good: GoodBundle;

beforeAll(async () => {
  authority = makeAuthority('Example School');
  good = await goodBundle(authority, { end: 'halted' });
}, 120_000);

async function survives(files: BundleFiles): Promise<boolean> {
  try {
    return (await verifyFiles(files, { rootFingerprint: authority.root })).verdict === 'unchanged';
  } catch (error) {
    if (!isCoded(error)) throw error;
    return false;
  }
}

test('every single flipped bit is caught, in every file', async () => {
  const wanted = Number(process.env['COUNTERSIGN_FLIPS'] ?? 300);
  const total = [...good.files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  let flips = 0;
  const survivors: string[] = [];
  for (const [path, bytes] of good.files) {
    // Half of the flips go by size; the other half is the same for every file, for the structure is in the small ones.
    const share = Math.ceil(wanted / 2 / good.files.size) + Math.ceil((wanted * bytes.length) / 2 / total);
    const step = Math.max(1, bytes.length / share);
    for (let at = 0; at < bytes.length; at += step) {
      const index = Math.floor(at);
      const changed = new Uint8Array(bytes);
      changed[index] = (changed[index] ?? 0) ^ (1 << (flips % 8));
      flips += 1;
      if (await survives(new Map(good.files).set(path, changed))) survivors.push(`${path} byte ${index}`);
    }
  }
  process.stdout.write(`flipped bits: ${flips} in ${good.files.size} files, ${flips - survivors.length} caught\n`);
  expect(survivors).toEqual([]);
  expect(flips).toBeGreaterThanOrEqual(Math.min(wanted, total));
}, 3_600_000);

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
