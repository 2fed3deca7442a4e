import { afterAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hex } from '../../src/record/bytes.js';
import { CHAIN_START, followChain, type ChainPosition } from '../../src/record/chain.js';
import { exhibitSchema } from '../../src/record/kinds.js';
import { openVault } from '../../src/vault/vault.js';
import type { CaseStore } from '../../src/vault/stored-case.js';
import { codeOf, filesUnder, JMK, newVaultFolder, PAS, portsWith, removeFolders, sha256, TestClock } from '../unit/vault/support.js';

afterAll(removeFolders);

const writer = join(dirname(fileURLToPath(import.meta.url)), 'vault-writer.js');
const kills = Number(process.env['COUNTERSIGN_KILLS'] ?? 30);

/** What the child said is kept: by case and sequence number, the exhibit's SHA-256 or '-'. */
type Acknowledged = Map<string, Map<number, string>>;

/** Runs the writer and kills it at a random moment; gives whether it was still running then. */
async function runAndKill(folder: string, acknowledged: Acknowledged): Promise<boolean> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const kill = (): void => void child.kill('SIGKILL');
  // One time in eight while it opens and signs in; otherwise after some entries, and then between two of them.
  const after = randomInt(8) === 0 ? 0 : randomInt(1, kills > 100 ? 120 : 50);
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, id = '', seq = '', digest = ''] = line.split(' ');
    if (what === 'kept') {
      const entries = acknowledged.get(id) ?? new Map<number, string>();
      acknowledged.set(id, entries.set(Number(seq), digest));
    } else if (what !== 'opened') throw new Error(line);
    if (seen === after) setTimeout(kill, randomInt(0, 15));
    seen += 1;
  }
  const [, signal] = (await exited) as [number | null, string | null];
  return signal === 'SIGKILL';
}

/** Reads a case whole: how many of the acknowledged entries and exhibits are not there as they were. */
async function lostOf(store: CaseStore, entries: ReadonlyMap<number, string>): Promise<number> {
  let position: ChainPosition = CHAIN_START;
  const found = new Map<number, string>();
  for await (const entry of store.entries()) {
    const step = followChain(position, entry, sha256);
    expect(step.faults).toEqual([]);
    position = step.next;
    const exhibit = entry.header.kind === 'capture' ? exhibitSchema.parse(entry.body.data['exhibit']) : null;
    found.set(entry.header.seq, exhibit === null ? '-' : hex(sha256.of(await store.readPart(exhibit, 'page.png'))));
    if (exhibit !== null) await store.cipherHash(exhibit, 'page.txt');
  }
  // At most the one entry more that was committed and not yet acknowledged.
  expect(found.size - entries.size).toBeLessThanOrEqual(1);
  return [...entries].filter(([seq, digest]) => found.get(seq) !== digest).length;
}

test('killed at random moments, nothing acknowledged is lost and nothing unfinished remains', async () => {
  const folder = await newVaultFolder();
  const everything: Acknowledged = new Map();
  const clock = new TestClock();
  let [lost, leftovers] = [0, 0];
  for (let n = 0; n < kills; n += 1) {
    const acknowledged: Acknowledged = new Map();
    expect(await runAndKill(folder, acknowledged)).toBe(true);
    clock.pass(120);
    const locked = await openVault(folder, portsWith(clock));
    leftovers += filesUnder(folder).filter((f) => /\.tmp$|\.staged$/.test(f.path)).length + locked.unknownObjects;
    const vault = await locked.unlock(PAS, JMK);
    for (const [id, entries] of acknowledged) {
      everything.set(id, entries);
      lost += await lostOf(await vault.openCase(id), entries);
    }
    await locked.close();
  }
  const last = await openVault(folder, portsWith(clock));
  const vault = await last.unlock(PAS, JMK);
  for (const [id, entries] of everything) lost += await lostOf(await vault.openCase(id), entries);
  for (const id of await vault.caseIds()) await vault.openCase(id);
  await last.close();
  const total = [...everything.values()].reduce((sum, entries) => sum + entries.size, 0);
  process.stdout.write(`fault: killed ${kills} times, ${total} acknowledged, ${lost} lost, ${leftovers} files left over\n`);
  expect([lost, leftovers]).toEqual([0, 0]);
  expect(total).toBeGreaterThan(kills);
}, 60_000 + kills * 10_000);

test('a second process is refused while the first runs, and let in once the first was killed', async () => {
  const folder = await newVaultFolder();
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'opened') expect(await codeOf(() => openVault(folder, portsWith(new TestClock())))).toBe('vault.in-use');
    if (line.startsWith('kept')) child.kill('SIGKILL');
  }
  await exited;
  const locked = await openVault(folder, portsWith(new TestClock()));
  await locked.close();
}, 30_000);
