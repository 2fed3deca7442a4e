import { beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportBundle } from '../../../src/bundle/bundle.js';
import { nodeZipPorts } from '../../../src/engine/node-zip.js';
import { isCoded } from '../../../src/record/coded-error.js';
import type { ZipPorts } from '../../../src/verify/zip-ports.js';
import { openZip } from '../../../src/verify/zip.js';
import { verifyBundle } from '../../../src/verify/verify.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { NOW, resigned, sampleInput, samplePorts, verifyFiles, type GoodBundle } from '../../vectors/make-bundle.js';
import { Mutator } from '../../vectors/mutator.js';
import { sha256 } from '../../vectors/sample-case.js';
import { smallBundle } from '../../vectors/small-bundle.js';

/* Inputs made by chance: every answer is a report or a coded error, none takes ten seconds, and memory stays where it is. */

const WANTED = Number(process.env['COUNTERSIGN_FUZZ'] ?? 150);
const SEED = Number(process.env['COUNTERSIGN_FUZZ_SEED'] ?? 20_261_127);
const LONGEST_MS = 10_000;
/** What the process may have grown by, however many inputs it was given. */
const GROWTH = 400 * 2 ** 20;
const PASSPHRASE = 'copper lantern orchid';

let authority: Authority;
let small: GoodBundle;
let plain: Uint8Array;
let carried: Uint8Array;

beforeAll(async () => {
  authority = makeAuthority('Example School');
  small = await smallBundle(authority);
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
  const zip = async (name: string, passphrase?: string): Promise<Uint8Array> => {
    await exportBundle(sampleInput(authority, small.sample), { path: join(folder, name), form: 'zip', passphrase }, samplePorts());
    return new Uint8Array(await readFile(join(folder, name)));
  };
  [plain, carried] = [await zip('plain.zip'), await zip('carried.zip', PASSPHRASE)];
  await rm(folder, { recursive: true });
}, 120_000);

async function verdictOf(bytes: Uint8Array, passphrase: string | undefined, ports: ZipPorts | undefined): Promise<string> {
  const source = await openZip({ size: bytes.length, read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)) }, { passphrase, ports });
  try {
    return (await verifyBundle(source, { rootFingerprint: authority.root }, { sha256, subtle: crypto.subtle, now: NOW })).verdict;
  } finally {
    await source.close();
  }
}

/** Where a change may be of no consequence: a ZIP's own times and attributes say nothing of the files. */
const KINDS = {
  'a file': async (by: Mutator) => {
    const [path, bytes] = by.oneOf([...small.files]);
    const changed = by.mutated(bytes);
    const same = Buffer.from(changed).equals(Buffer.from(bytes));
    const { verdict } = await verifyFiles(new Map(small.files).set(path, changed), { rootFingerprint: authority.root });
    if (verdict === 'unchanged' && !same) throw new Error(`a change of ${path} was not found`);
  },
  'a file that both signed': async (by: Mutator) => {
    const path = by.oneOf(['data/record.jsonl', 'certificates/root.pem', 'certificates/reviewers.pem', 'certificates/crl.der', 'bagit.txt', 'data/self-test.json']);
    await verifyFiles(resigned(new Map(small.files).set(path, by.mutated(small.files.get(path) ?? new Uint8Array())), authority.people), { rootFingerprint: authority.root });
  },
  'a ZIP': async (by: Mutator) => { await verdictOf(by.mutated(plain, 'ends'), undefined, by.oneOf([nodeZipPorts, undefined])); },
  'an encrypted ZIP': async (by: Mutator) => { await verdictOf(by.mutated(carried, 'ends'), PASSPHRASE, nodeZipPorts); },
} as const;

/** How often each kind comes, in a hundred: an encrypted ZIP costs a thousand rounds of key derivation. */
const SHARES: readonly (readonly [keyof typeof KINDS, number])[] = [['a file', 40], ['a file that both signed', 20], ['a ZIP', 30], ['an encrypted ZIP', 10]];

test('inputs made by chance never crash the verifier, never hold it up and never make it grow', async () => {
  const by = new Mutator(SEED);
  const before = process.memoryUsage().rss;
  let [slowest, peak, refused] = [0, 0, 0];
  for (let run = 0; run < WANTED; run += 1) {
    const kind = by.weighted(SHARES);
    const began = performance.now();
    try {
      await KINDS[kind](by);
    } catch (error) {
      if (!isCoded(error)) throw new Error(`input ${run} (${kind}, seed ${SEED}) was answered by no code`, { cause: error });
      refused += 1;
    }
    slowest = Math.max(slowest, performance.now() - began);
    if (run % 50 === 0) peak = Math.max(peak, process.memoryUsage().rss - before);
  }
  process.stdout.write(`mutated inputs: ${WANTED} (seed ${SEED}), ${refused} refused with a code, slowest ${Math.round(slowest)} ms, memory grew by ${Math.round(peak / 2 ** 20)} MiB at most\n`);
  expect(slowest).toBeLessThan(LONGEST_MS);
  expect(peak).toBeLessThan(GROWTH);
}, 14_400_000);
