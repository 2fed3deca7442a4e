import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { restoreVault } from '../../src/vault/backup.js';
import { codeOf, collect, filesUnder, freshFolder, JMK, PAS, portsWith, removeFolders, TestClock } from '../unit/vault/support.js';
import { listParts } from './vault-acts.js';
import { copyOf, demandWhole, every, killAtEach, opened, run, twoCases } from './vault-kills.js';

afterAll(removeFolders);

let two = '';
let caseId = '';
let otherId = '';

beforeAll(async () => {
  const made = await twoCases();
  ({ two, caseId, otherId } = made);
  await made.locked.close();
}, 60_000);

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
  }), caseId);
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
    const { killed, kept } = await run(folder, 'lock-resume', { afterMs: randomInt(5, 400) }, '', caseId);
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
