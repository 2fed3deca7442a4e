import { afterAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVault, openVault } from '../../src/vault/vault.js';
import type { CaseStore } from '../../src/vault/stored-case.js';
import { capture, codeOf, collect, filesUnder, freshFolder, JMK, newVaultFolder, note, openBoth, PAS, portsWith, removeFolders, SET_UP, TestClock } from '../unit/vault/support.js';
import { empty, fill, smallDisk, unmountAll } from './small-disk.js';

const writer = join(dirname(fileURLToPath(import.meta.url)), 'vault-writer.js');
/** The long run looks at more points. */
const longRun = Number(process.env['COUNTERSIGN_KILLS'] ?? 10) > 100;

afterAll(() => {
  unmountAll();
  removeFolders();
});

async function texts(store: CaseStore): Promise<unknown[]> {
  return (await collect(store.entries())).flatMap((e) => (e.header.kind === 'note' ? [e.body.data['text']] : []));
}

describe('on a full disk', () => {
  test('appending and staging say so, lose nothing, and go on when there is space again', async () => {
    const disk = smallDisk('disk full');
    if (disk === null) return;
    cpSync(await newVaultFolder(), join(disk, 'vault'), { recursive: true });
    const folder = join(disk, 'vault');
    const { locked, vault, clock } = await openBoth(folder);
    const store = await vault.createCase();
    const kept: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      // Round 0 meets the full disk before the case has its first entry.
      for (let i = 0; i < 30 * round; i += 1) {
        const text = `round ${round}, before, ${i}`;
        await store.append(note(store, text));
        kept.push(text);
      }
      fill(disk);
      let code = 'none';
      // The journal may have room of its own for a while.
      for (let i = 0; code === 'none' && i < 5_000; i += 1) {
        const text = `round ${round}, note ${i} ${randomBytes(2_000).toString('hex')}`;
        code = await codeOf(() => store.append(note(store, text)));
        if (code === 'none') kept.push(text);
      }
      expect(code).toBe('vault.disk-full');
      expect((store.head?.seq ?? -1) + 1).toBe(kept.length);
      expect(await codeOf(() => store.append(note(store, 'still full')))).toBe('vault.disk-full');
      expect(await codeOf(() => store.stage('PAS/1', { name: 'page.png', mediaType: 'image/png' }, randomBytes(50_000)))).toBe('vault.disk-full');
      expect(filesUnder(join(folder, 'objects'))).toEqual([]);
      expect(await codeOf(() => vault.putSetting('a', 'x'.repeat(100_000)))).toBe('vault.disk-full');
      // The reviewers are not kept out: a right passphrase is right, a wrong one is counted.
      expect(await codeOf(() => vault.confirm({ ...PAS, passphrase: 'wrong passphrase' }))).toBe('auth.bad-passphrase');
      expect(await codeOf(() => vault.confirm(PAS))).toBe('auth.slow-down');
      clock.pass(2);
      expect(await codeOf(() => vault.confirm(PAS))).toBe('none');
      empty(disk);
      const text = `round ${round}, space again`;
      await store.append(note(store, text));
      kept.push(text);
      expect(await texts(store)).toEqual(kept);
    }
    const part = await store.stage('PAS/1', { name: 'page.png', mediaType: 'image/png' }, randomBytes(1_000));
    await store.append(capture(store, 'PAS/1', [part]), [part]);
    fill(disk);
    await locked.close();
    empty(disk);
    clock.pass(120);
    const again = await openVault(folder, portsWith(clock));
    const reopened = await (await again.unlock(PAS, JMK)).openCase(store.id);
    expect(await texts(reopened)).toEqual(kept);
    expect(await reopened.readPart('PAS/1', 'page.png')).toHaveLength(1_000);
    await again.close();
    process.stdout.write(`fault: disk full 3 times, ${kept.length} acknowledged, 0 lost\n`);
  }, 60_000);

  test('set-up says so and leaves nothing behind', async () => {
    const disk = smallDisk('set-up on a full disk');
    if (disk === null) return;
    mkdirSync(join(disk, 'empty'));
    fill(disk);
    for (const name of ['absent', 'empty']) {
      expect(await codeOf(() => createVault(join(disk, name), SET_UP, portsWith(new TestClock())))).toBe('vault.disk-full');
    }
    expect(existsSync(join(disk, 'absent'))).toBe(false);
    expect(readdirSync(join(disk, 'empty'))).toEqual([]);
    empty(disk);
    await createVault(join(disk, 'empty'), SET_UP, portsWith(new TestClock()));
    const { locked } = await openBoth(join(disk, 'empty'));
    await locked.close();
  }, 60_000);
});

test('a disk that fails at any write keeps what was acknowledged, and says what was not', async () => {
  const strace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']);
  if (strace.status !== 0) {
    process.stdout.write('fault: disk errors not run, strace cannot be used here\n');
    return;
  }
  const model = await newVaultFolder();
  let points = 0;
  let kept = 0;
  let failed = 0;
  for (const call of ['fdatasync', 'fsync', 'pwrite64']) {
    for (const when of longRun ? [3, 4, 5, 6, 7, 8, 9, 11, 14, 17, 20, 24, 29] : [5, 14]) {
      const folder = freshFolder();
      cpSync(model, folder, { recursive: true });
      const log = join(freshFolder(), 'strace.txt');
      writeFileSync(log, '');
      const run = spawnSync('strace', ['-f', '-qq', '-o', log, '-e', `trace=${call}`, '-e', `inject=${call}:error=EIO:when=${when}`, process.execPath, writer, folder, '12'], { encoding: 'utf8' });
      const lines = run.stdout.split('\n');
      points += 1;
      failed += lines.filter((l) => l.startsWith('failed')).length;
      for (const line of lines.filter((l) => l.startsWith('failed'))) expect(line).toMatch(/^failed (vault\.(write|read)-failed|case\.[a-z-]+)$/);
      const later = new TestClock();
      later.pass(120);
      const { locked, vault } = await openBoth(folder, later);
      const acknowledged = lines.filter((l) => l.startsWith('kept')).map((l) => l.split(' '));
      for (const [, id = '', seq = ''] of acknowledged) {
        const store = await vault.openCase(id);
        expect((await collect(store.entries())).length).toBeGreaterThan(Number(seq));
        kept += 1;
      }
      expect(filesUnder(folder).map((f) => f.path).filter((p) => /\.tmp$|\.staged$/.test(p))).toEqual([]);
      await locked.close();
    }
  }
  process.stdout.write(`fault: disk errors at ${points} points, ${failed} steps refused, ${kept} acknowledged, 0 lost\n`);
}, 180_000);
