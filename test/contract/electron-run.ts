import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What became of one promise: `broken` says how it was not kept, null when it was. */
export interface ContractOutcome {
  readonly promise: string;
  readonly broken: string | null;
}

const outcome = z.strictObject({ promise: z.string(), broken: z.string().nullable() });

/**
 * Runs `electron-process.ts` in a program that is Electron, or stands for it, and gives what became of each promise by its name.
 *
 * @param before arguments that stand before the program's own file
 * @param begins how the names of the promises begin that are held; all of them when it is empty
 * @throws Error with what the program said, when it ended before it was through
 */
export async function contractIn(program: string, before: readonly string[], begins: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ReadonlyMap<string, string | null>> {
  const child = spawn(program, [...before, fileURLToPath(new URL('./electron-process.js', import.meta.url)), ...begins.map((begin) => `promise:${begin}`)], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-10_000)));
  const outcomes = new Map<string, string | null>();
  const exited = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{"promise":')) continue;
    const { promise, broken } = outcome.parse(JSON.parse(line));
    outcomes.set(promise, broken);
  }
  const code = await exited;
  if (code !== 0) throw new Error(`the program ended with ${code} after ${outcomes.size} promises:\n${said}`);
  return outcomes;
}
