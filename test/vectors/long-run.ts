import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { everyByteOf, flipped, type Flipped } from './flipped.js';
import { readFolder } from './make-bundle.js';
import { mutated, type Mutated } from './mutated.js';

/* `node long-run.js flips FOLDER ROOT PIECE PIECES` and `node long-run.js mutated WANTED SEED`: one line of JSON. A process of its own for each, since
 * Jest runs modules in a context where the same check of a bundle takes three times as long, and since there is more than one processor. */

/** What each run takes, and what it gives. */
export interface LongRuns {
  readonly flips: { readonly args: readonly [folder: string, root: string, piece: string, pieces: string]; readonly gives: Flipped };
  readonly mutated: { readonly args: readonly [wanted: string, seed: string]; readonly gives: Mutated };
}

/** Starts a run in a process of its own. @throws Error with what the process said, when it failed */
export async function longRun<K extends keyof LongRuns>(kind: K, ...args: LongRuns[K]['args']): Promise<LongRuns[K]['gives']> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), kind, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((done, failed) => { child.on('error', failed).on('close', done); });
  const [told, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`${kind} ${args.join(' ')}: ${said}`);
  return JSON.parse(told) as LongRuns[K]['gives'];
}

async function run([kind = '', first = '', second = '', piece = '1', pieces = '1']: readonly string[]): Promise<Flipped | Mutated> {
  if (kind === 'flips') return flipped(await readFolder(first), everyByteOf(Number(piece), Number(pieces)), second);
  if (kind === 'mutated') return mutated(Number(first), Number(second));
  throw new Error(`no such run: ${kind}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${JSON.stringify(await run(process.argv.slice(2)))}\n`);
