import { afterAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { restoreVault } from '../../src/vault/backup.js';
import { CLI, countersign } from '../e2e/command.js';
import { CASE, codeOf, signedIn, type Started } from '../unit/engine/support.js';
import { freshFolder, JMK, newVaultFolder, openBoth, PAS, portsWith, removeFolders, TestClock } from '../unit/vault/support.js';
import { empty, fill, smallDisk, unmountAll } from './small-disk.js';

const destroyer = join(dirname(fileURLToPath(import.meta.url)), 'register-destroyer.js');
const longRun = Number(process.env['COUNTERSIGN_KILLS'] ?? 10) > 100;

afterAll(() => {
  unmountAll();
  removeFolders();
});

async function sealedCase({ engine }: Pick<Started, 'engine'>): Promise<string> {
  const id = await engine.openCase(CASE);
  await engine.openedCase.conclude({ substance: false, outcomes: [], text: 'None' });
  await engine.openedCase.seal(PAS, JMK, engine.openedCase.context.record.count);
  await engine.closeCase();
  return id;
}

test('on a full disk a backup, a restore and a destruction say so, leave what was there, and work when there is space again', async () => {
  const disk = smallDisk('full disk of the register');
  if (disk === null) return;
  cpSync(await newVaultFolder(), join(disk, 'vault'), { recursive: true });
  const started = await signedIn({}, join(disk, 'vault'));
  const { engine } = started;
  const id = await sealedCase(started);
  const place = freshFolder();
  await engine.register.backUp(join(place, 'whole'));
  fill(disk);
  expect(await codeOf(() => engine.register.backUp(join(disk, 'backup')))).toBe('vault.disk-full');
  expect(await codeOf(() => restoreVault(join(place, 'whole'), join(disk, 'restored'), portsWith(new TestClock())))).toBe('vault.disk-full');
  expect(readdirSync(disk).sort()).toEqual(['filler', 'vault']);
  // The findings are told all the same.
  expect((await engine.register.check()).findings).toEqual([]);
  let code = 'none';
  // The journal may have room of its own for a while.
  for (let i = 0; code === 'none' && i < 5_000; i += 1) code = await codeOf(() => engine.school.saveContacts({ policeForce: 'x'.repeat(500), safeguardingLead: String(i), lado: '', support: '' }));
  expect(await codeOf(() => engine.register.destroy(PAS, JMK, id, 'A reason', CASE.reference))).toBe('vault.disk-full');
  expect(engine.cases.map((line) => line.id)).toEqual([id]);
  expect((await engine.register.check()).findings).toEqual([]);
  empty(disk);
  expect(await codeOf(() => engine.register.destroy(PAS, JMK, id, 'A reason', CASE.reference))).toBe('none');
  expect(engine.cases).toEqual([]);
  expect(await engine.register.destructions()).toHaveLength(1);
  await engine.close();
}, 60_000);

test('a disk that fails while a vault is copied, checked or rid of a case is said in one sentence, and what was kept is there', async () => {
  if (spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status !== 0) {
    process.stdout.write('fault: disk errors of the register not run, strace cannot be used here\n');
    return;
  }
  const model = await newVaultFolder();
  const started = await signedIn({}, model);
  await sealedCase(started);
  await started.engine.close();
  const credentials = join(freshFolder(), 'credentials.json');
  writeFileSync(credentials, JSON.stringify([PAS, JMK]));
  const backup = join(freshFolder(), 'backup');
  expect((await countersign(['backup', '--vault', model, '--to', backup, '--passphrases-file', credentials])).code).toBe(0);
  let [points, refused] = [0, 0];
  const later = new TestClock();
  later.pass(120);
  for (const call of ['fdatasync', 'fsync', 'pwrite64']) {
    for (const when of longRun ? [1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22] : [3]) {
      const vault = freshFolder();
      cpSync(model, vault, { recursive: true });
      const target = join(freshFolder(), 'new');
      const failing = (...command: string[]) => spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${call}:error=EIO:when=${when}`, process.execPath, ...command], { encoding: 'utf8' });
      for (const args of [['backup', '--vault', vault, '--to', target, '--passphrases-file', credentials], ['restore', '--from', backup, '--vault', `${target}2`], ['check', '--vault', vault, '--passphrases-file', credentials]]) {
        const run = failing(CLI, ...args);
        points += 1;
        expect([0, 2]).toContain(run.status);
        expect(run.stdout + run.stderr).not.toMatch(/\n\s+at |EIO|SQLITE/);
        if (run.status === 2) refused += 1;
      }
      const rid = freshFolder();
      cpSync(model, rid, { recursive: true });
      const destroyed = failing(destroyer, rid, CASE.reference).stdout;
      points += 1;
      // A passphrase whose success cannot be written down counts as tried, and the next one waits.
      expect(destroyed).toMatch(/^(destroyed|failed (?:vault\.(?:write|read)-failed|auth\.slow-down))\n$/);
      if (destroyed.startsWith('failed')) refused += 1;
      const { locked, vault: opened } = await openBoth(rid, later);
      const gone = (await opened.caseIds()).length === 0;
      expect((await opened.destructions()).length).toBe(gone ? 1 : 0);
      if (destroyed.startsWith('destroyed')) expect(gone).toBe(true);
      expect((await opened.fullCheck(() => undefined)).findings).toEqual([]);
      await locked.close();
    }
  }
  process.stdout.write(`fault: disk errors at ${points} points of copying, checking and destroying, ${refused} refused, 0 lost\n`);
}, 300_000);
