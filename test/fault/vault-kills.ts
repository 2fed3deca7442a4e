import { expect } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openVault, type LockedVault, type UnlockedVault } from '../../src/vault/vault.js';
import { fillCase, filesUnder, freshFolder, newVault, portsWith, TestClock, type Opened } from '../unit/vault/support.js';

const actor = join(dirname(fileURLToPath(import.meta.url)), 'vault-actor.js');
/** The long run kills at every statement; the short one at a few, others each time. */
export const every = process.env['COUNTERSIGN_LONG'] !== undefined;
const SAMPLE = 2;
const MOST = 400;

/** A vault with two filled cases, open, and a closed copy of it. */
export interface TwoCases extends Opened {
  /** The folder of the copy. */
  readonly two: string;
  readonly caseId: string;
  readonly otherId: string;
}

/** Fills two cases of a new vault. */
export async function twoCases(): Promise<TwoCases> {
  const opened = await newVault();
  const caseId = (await fillCase(opened.vault)).id;
  const otherId = (await fillCase(opened.vault)).id;
  const two = join(freshFolder(), 'vault');
  await opened.vault.backup(two);
  return { ...opened, two, caseId, otherId };
}

/** Copies a vault, and gives the folder of the copy. */
export function copyOf(model: string): string {
  const folder = freshFolder();
  cpSync(model, folder, { recursive: true });
  return folder;
}

interface Run {
  readonly killed: boolean;
  /** The last entry that was acknowledged; -1 for none. */
  readonly kept: number;
}

/** Does an act in a process that is killed at a statement (from 1), or some time after the beginning. */
export async function run(folder: string, act: string, moment: { statement: number } | { afterMs: number }, other = '', caseId = ''): Promise<Run> {
  const at = 'statement' in moment ? moment.statement : 0;
  const child = spawn(process.execPath, [actor, folder, act, String(at), other, caseId], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let kept = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'begin' && 'afterMs' in moment) setTimeout(() => child.kill('SIGKILL'), moment.afterMs);
    if (line.startsWith('kept ')) kept = Number(line.slice(5));
  }
  const [, signal] = (await exited) as [number | null, string | null];
  return { killed: signal === 'SIGKILL', kept };
}

/**
 * Kills `act` at its statements, one after another until it gets by; or at a few of them, and at a few other moments. `from` gives the folder of a vault for
 * each kill; `check` says whether it is as after the act, and fails where it is neither as before nor as after. `caseId` is the case that the act is about.
 */
export async function killAtEach(act: string, from: () => string, check: (folder: string, other: string) => Promise<boolean>, caseId = ''): Promise<void> {
  let [kills, old, anew] = [0, 0, 0];
  const once_ = async (moment: Parameters<typeof run>[2]): Promise<boolean> => {
    const folder = from();
    const other = join(freshFolder(), 'other');
    const { killed } = await run(folder, act, moment, other, caseId);
    if (killed) kills += 1;
    if (await check(folder, other)) anew += 1;
    else old += 1;
    return killed;
  };
  if (every) {
    for (let n = 1; n <= MOST && (await once_({ statement: n })); n += 1);
    for (let n = 0; n < 20; n += 1) await once_({ afterMs: randomInt(0, 300) });
  } else {
    for (let n = 0; n < SAMPLE; n += 1) await once_({ statement: randomInt(1, n === 0 ? 3 : 30) });
    await once_({ afterMs: randomInt(0, 200) });
  }
  await once_({ statement: MOST });
  process.stdout.write(`fault: ${act}, killed ${kills} times: ${old} as before, ${anew} as after, 0 neither\n`);
  expect(kills).toBeGreaterThan(0);
  expect(anew).toBeGreaterThan(0);
}

/** Opens a vault after a kill, does `work`, demands that nothing is damaged and no unfinished file stands there. */
export async function opened<T>(folder: string, work: (locked: LockedVault, clock: TestClock) => Promise<T>): Promise<T> {
  const clock = new TestClock();
  clock.pass(3_600);
  const locked = await openVault(folder, portsWith(clock));
  try {
    expect(filesUnder(folder).map((f) => f.path).filter((p) => /\.tmp$|\.staged$|\.unfinished$/.test(p))).toEqual([]);
    expect(locked.unknownObjects).toBe(0);
    return await work(locked, clock);
  } finally {
    await locked.close();
  }
}

/** Demands that a full check finds all that was put into so many cases. */
export async function demandWhole(vault: UnlockedVault, cases: number): Promise<void> {
  expect(await vault.fullCheck(() => undefined)).toMatchObject({ cases, entries: cases * 10, findings: [] });
}
