import { expect, test } from '@jest/globals';
import { availableParallelism } from 'node:os';
import { longRun } from '../../vectors/long-run.js';
import { mutated, type Mutated } from '../../vectors/mutated.js';

/* Inputs made by chance: every answer is a report or a coded error, none takes ten seconds, and memory stays where it is. */

const WANTED = Number(process.env['COUNTERSIGN_FUZZ'] ?? 150);
const SEED = Number(process.env['COUNTERSIGN_FUZZ_SEED'] ?? 20_261_127);
const LONGEST_MS = 10_000;
/** What the process may have grown by, however many inputs it was given. */
const GROWTH = 400 * 2 ** 20;
/** More inputs than this go through processes of their own. */
const FEW = 1_000;

/** Everything at once where there is little; else on every processor, each with a seed of its own. */
async function given(): Promise<Mutated[]> {
  if (WANTED <= FEW) return [await mutated(WANTED, SEED)];
  const processes = availableParallelism();
  return Promise.all(Array.from({ length: processes }, (_, at) => longRun('mutated', String(Math.ceil(WANTED / processes)), String(SEED + at))));
}

test('inputs made by chance never crash the verifier, never hold it up and never make it grow', async () => {
  const seen = await given();
  const sum = (of: (each: Mutated) => number): number => seen.reduce((total, each) => total + of(each), 0);
  const most = (of: (each: Mutated) => number): number => Math.max(...seen.map(of));
  const [inputs, slowest, peak] = [sum((each) => each.inputs), most((each) => each.slowestMs), most((each) => each.grewBy)];
  process.stdout.write(`mutated inputs: ${inputs} (seed ${SEED} and up), ${sum((each) => each.refused)} refused with a code, slowest ${Math.round(slowest)} ms, memory grew by ${Math.round(peak / 2 ** 20)} MiB at most\n`);
  expect(inputs).toBeGreaterThanOrEqual(WANTED);
  expect(slowest).toBeLessThan(LONGEST_MS);
  expect(peak).toBeLessThan(GROWTH);
}, 14_400_000);
