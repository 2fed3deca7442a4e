import { afterAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { codeOf, recordOf, signedIn } from '../unit/engine/support.js';
import { newVaultFolder, removeFolders } from '../unit/vault/support.js';

afterAll(removeFolders);

const stopper = join(dirname(fileURLToPath(import.meta.url)), 'halt-stopper.js');
const kills = Number(process.env['COUNTERSIGN_KILLS'] ?? 10);

/** Presses STOP in a child, or declares that what would be kept is suspected, and kills it at a random moment from then on; gives what it had acknowledged. */
async function stopAndKill(folder: string, reference: string, way: 'stop' | 'declared'): Promise<{ readonly said: readonly string[]; readonly took: number | null }> {
  const child = spawn(process.execPath, [stopper, folder, reference, way], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const said: string[] = [];
  let took: number | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', ms] = line.split(' ');
    said.push(what);
    if (what === 'key') setTimeout(() => child.kill('SIGKILL'), randomInt(0, 120));
    if (what === 'stopped') took = Number(ms);
  }
  await exited;
  return { said, took };
}

/** How long it took until it was acknowledged, in words. */
function durable(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `after ${sorted[sorted.length >> 1]?.toFixed(0) ?? '-'} ms in the middle, ${sorted.at(-1)?.toFixed(0) ?? '-'} at most, ${sorted.filter((ms) => ms > 50).length} times after more than 50`;
}

test('killed at random moments from the key on, the case is halted once STOP or a declaration was acknowledged, and before that the app asks', async () => {
  let acknowledged = 0;
  let halted = 0;
  let asked = 0;
  const times = { stop: [] as number[], declared: [] as number[] };
  for (let n = 0; n < kills; n += 1) {
    const folder = await newVaultFolder();
    const way = n % 2 === 0 ? 'stop' : 'declared';
    const { said, took } = await stopAndKill(folder, `2026-${n}`, way);
    expect(said[0]).toBe('key');
    const again = await signedIn({}, folder);
    const [line] = again.engine.cases;
    const crisis = again.engine.installation?.crisis ?? null;
    await again.engine.showCase(line?.id ?? '');
    const { state } = recordOf(again);
    if (said.includes('stopped')) {
      acknowledged += 1;
      expect([crisis?.caseReference, state.phase, state.halt?.answered]).toEqual([`2026-${n}`, 'halted', true]);
    }
    // The crisis file alone is enough.
    if (crisis !== null) expect(state.halt?.answered).toBe(true);
    if (state.halt !== null) halted += 1;
    else {
      asked += 1;
      expect(state.interrupted?.url).toBe('http://flagged.test/');
    }
    expect(await codeOf(() => again.engine.openedCase.startBrowsing())).toBe(state.halt === null ? 'case.interrupted' : 'case.halted');
    if (took !== null) times[way].push(took);
    await again.engine.close();
  }
  process.stdout.write(`fault: STOP and kill ${kills} times; ${acknowledged} acknowledged, ${halted} halted, ${asked} asked about the page; STOP was durable ${durable(times.stop)}; the halt of a declaration, with everything that it writes, ${durable(times.declared)}\n`);
  expect(halted + asked).toBe(kills);
}, 60_000 + kills * 10_000);
