import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { unwrapCaseKey } from '../../src/vault/case-keys.js';
import { Database } from '../../src/vault/database.js';
import { loadRoster } from '../../src/vault/roster.js';
import { vaultKeyDigest } from '../../src/vault/vault-key.js';
import { openVault, restoreVault, type LockedVault, type UnlockedVault } from '../../src/vault/vault.js';
import { vaultKeyOf } from '../unit/vault/bulk.js';
import { codeOf, collect, fillCase, filesUnder, freshFolder, JMK, newVault, PAS, portsWith, removeFolders, sha256, TestClock } from '../unit/vault/support.js';
import { DAO, listParts, NEW_PASSPHRASE } from './vault-acts.js';

afterAll(removeFolders);

const actor = join(dirname(fileURLToPath(import.meta.url)), 'vault-actor.js');
/** The long run kills at every statement; the short one at a few, others each time. */
const every = process.env['COUNTERSIGN_LONG'] !== undefined;
const SAMPLE = 2;
const MOST = 400;
const dao = { initials: DAO.initials, passphrase: DAO.passphrase };
const fresh = { ...JMK, passphrase: NEW_PASSPHRASE };

let two = '';
let three = '';
let caseId = '';
let otherId = '';

beforeAll(async () => {
  const { locked, vault, folder } = await newVault();
  caseId = (await fillCase(vault)).id;
  otherId = (await fillCase(vault)).id;
  two = freshFolder();
  await vault.backup(join(two, 'vault'));
  two = join(two, 'vault');
  await vault.enrol(PAS, JMK, DAO);
  await locked.close();
  three = folder;
}, 60_000);

function copyOf(model: string): string {
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
async function run(folder: string, act: string, moment: { statement: number } | { afterMs: number }, other = ''): Promise<Run> {
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

/** Kills `act` at its statements, one after another until it gets by; or at a few of them, and at a few other moments. */
async function killAtEach(act: string, from: () => string, check: (folder: string, other: string) => Promise<boolean>): Promise<void> {
  let [kills, old, anew] = [0, 0, 0];
  const once_ = async (moment: Parameters<typeof run>[2]): Promise<boolean> => {
    const folder = from();
    const other = join(freshFolder(), 'other');
    const { killed } = await run(folder, act, moment, other);
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
async function opened<T>(folder: string, work: (locked: LockedVault, clock: TestClock) => Promise<T>): Promise<T> {
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

async function demandWhole(vault: UnlockedVault, cases: number): Promise<void> {
  expect(await vault.fullCheck(() => undefined)).toMatchObject({ cases, entries: cases * 10, findings: [] });
}

/** Whether the vault key is another than `old`; then the old one opens nothing of what it is now. */
async function rotated(folder: string, old: Uint8Array): Promise<boolean> {
  const database = await Database.open(join(folder, 'vault.db'));
  const { statement } = await loadRoster(database, sha256);
  const rows = (await database.all('SELECT id, wrapped_key FROM cases')) as { id: string; wrapped_key: Buffer }[];
  await database.close();
  const isOther = statement.vaultKey !== vaultKeyDigest(old);
  for (const { id, wrapped_key } of rows) expect(unwrapCaseKey(old, id, wrapped_key) === null).toBe(isOther);
  return isOther;
}

async function keyOf(folder: string): Promise<Buffer> {
  const database = await Database.open(join(folder, 'vault.db'));
  const key = await vaultKeyOf(database);
  await database.close();
  return key;
}

test('enrolment that is killed leaves the reviewers of before or of after', async () => {
  const old = await keyOf(two);
  await killAtEach('enrol', () => copyOf(two), async (folder) => {
    const isNew = await opened(folder, async (locked) => {
      await demandWhole(await locked.unlock(PAS, JMK), 2);
      const enrolled = locked.reviewers.some((r) => r.initials === 'DAO');
      expect(await codeOf(() => locked.unlock(dao, JMK))).toBe(enrolled ? 'none' : 'auth.unknown-reviewer');
      return enrolled;
    });
    expect(await rotated(folder, old)).toBe(isNew);
    return isNew;
  });
}, 3_600_000);

test('removal that is killed leaves the reviewers of before or of after, and the removed one’s share opens nothing of after', async () => {
  const old = await keyOf(three);
  await killAtEach('remove', () => copyOf(three), async (folder) => {
    const isNew = await opened(folder, async (locked) => {
      await demandWhole(await locked.unlock(PAS, JMK), 2);
      const removed = locked.reviewers.some((r) => r.initials === 'DAO' && r.status === 'removed');
      expect(await codeOf(() => locked.unlock(dao, JMK))).toBe(removed ? 'auth.removed-reviewer' : 'none');
      return removed;
    });
    expect(await rotated(folder, old)).toBe(isNew);
    return isNew;
  });
}, 3_600_000);

test('a change of passphrase that is killed leaves the old one or the new one, never both or neither', async () => {
  await killAtEach('change-passphrase', () => copyOf(two), (folder) => opened(folder, async (locked, clock) => {
    const codes: string[] = [];
    for (const each of [JMK, fresh]) {
      codes.push(await codeOf(() => locked.unlock(PAS, each)));
      clock.pass(120);
    }
    expect([...codes].sort()).toEqual(['auth.bad-passphrase', 'none']);
    await demandWhole(await locked.unlock(PAS, codes[0] === 'none' ? JMK : fresh), 2);
    return codes[1] === 'none';
  }));
}, 3_600_000);

test('new keys whose making is killed are there with their certificate, or the old ones are as they were', async () => {
  const old = await keyOf(two);
  await killAtEach('change-keys', () => copyOf(two), async (folder) => {
    const isNew = await opened(folder, async (locked) => {
      const vault = await locked.unlock(PAS, JMK);
      await demandWhole(vault, 2);
      const replaced = locked.reviewers.find((r) => r.initials === 'JMK')?.replaced.length === 1;
      expect(vault.certificates().reviewerPems).toHaveLength(replaced ? 3 : 2);
      return replaced;
    });
    expect(await rotated(folder, old)).toBe(isNew);
    return isNew;
  });
}, 3_600_000);

test('a recovery sheet whose making is killed counts or does not', async () => {
  const old = await keyOf(two);
  await killAtEach('recovery-sheet', () => copyOf(two), async (folder) => {
    const isNew = await opened(folder, async (locked) => {
      await demandWhole(await locked.unlock(PAS, JMK), 2);
      return locked.recoverySheet !== null;
    });
    expect(await rotated(folder, old)).toBe(isNew);
    return isNew;
  });
}, 3_600_000);

test('a backup that is killed is whole or is no vault, and the vault itself is as it was', async () => {
  await killAtEach('backup', () => copyOf(two), async (folder, other) => {
    await opened(folder, async (locked) => {
      const vault = await locked.unlock(PAS, JMK);
      await demandWhole(vault, 2);
      await vault.backup(join(freshFolder(), 'another'));
    });
    const target = join(freshFolder(), 'vault');
    const code = await codeOf(() => restoreVault(other, target, portsWith(new TestClock())));
    if (code === 'none') await opened(target, async (locked) => { await demandWhole(await locked.unlock(PAS, JMK), 2); });
    else expect([code, existsSync(target)]).toEqual(['vault.not-a-vault', false]);
    return code === 'none';
  });
}, 3_600_000);

test('a restoration that is killed is whole or is no vault, and the backup is as it was', async () => {
  await killAtEach('restore', () => copyOf(two), async (folder, other) => {
    await restoreVault(folder, join(freshFolder(), 'again'), portsWith(new TestClock()));
    const code = await codeOf(() => opened(other, async (locked) => { await demandWhole(await locked.unlock(PAS, JMK), 2); }));
    expect(code).toMatch(/^(none|vault\.not-a-vault)$/);
    return code === 'none';
  });
}, 3_600_000);

test('a destruction that is killed leaves the case whole, or its certificate and nothing of it', async () => {
  await killAtEach('destroy', () => copyOf(two), (folder) => opened(folder, async (locked) => {
    const vault = await locked.unlock(PAS, JMK);
    const ids = await vault.caseIds();
    const gone = !ids.includes(caseId);
    expect(ids).toEqual(gone ? [otherId] : [caseId, otherId]);
    expect((await vault.destructions()).map((d) => d.statement.case)).toEqual(gone ? [caseId] : []);
    expect(filesUnder(join(folder, 'objects'))).toHaveLength(gone ? 1 : 2);
    await demandWhole(vault, ids.length);
    return gone;
  }));
}, 3_600_000);

test('the import of a flag list that is killed leaves all of the list or nothing of it, and the next import is whole', async () => {
  const values = Buffer.concat([...listParts()]);
  await killAtEach('import-list', () => copyOf(two), (folder) => opened(folder, async (locked) => {
    const vault = await locked.unlock(PAS, JMK);
    await demandWhole(vault, 2);
    const before = await vault.flagLists.all();
    await vault.flagLists.add({ title: 'the next' }, listParts());
    const lists = await vault.flagLists.all();
    expect(lists).toHaveLength(before.length + 1);
    for (const { id } of lists) expect(Buffer.concat(await collect(vault.flagLists.parts(id))).equals(values)).toBe(true);
    return before.length === 1;
  }));
}, 3_600_000);

test('locking and resuming that is killed loses nothing acknowledged and opens again', async () => {
  const folder = copyOf(two);
  const kills = every ? 40 : 4;
  let [acknowledged, lost] = [0, 0];
  for (let n = 0; n < kills; n += 1) {
    const { killed, kept } = await run(folder, 'lock-resume', { afterMs: randomInt(5, 400) });
    expect(killed).toBe(true);
    await opened(folder, async (locked) => {
      const vault = await locked.unlock(PAS, JMK);
      const entries = await collect((await vault.openCase(caseId)).entries());
      acknowledged = Math.max(acknowledged, kept + 1);
      if (entries.length < acknowledged) lost += 1;
      expect((await vault.fullCheck(() => undefined)).findings).toEqual([]);
    });
  }
  process.stdout.write(`fault: lock and resume, killed ${kills} times, ${acknowledged} entries acknowledged, ${lost} lost\n`);
  expect(lost).toBe(0);
}, 3_600_000);
