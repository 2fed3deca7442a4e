import { afterAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { restoreVault } from '../../../src/vault/backup.js';
import { openVault } from '../../../src/vault/vault.js';
import { capture, codeOf, collect, fillCase, filesUnder, freshFolder, newVault, note, openBoth, portsWith, removeFolders, TestClock } from './support.js';

afterAll(removeFolders);

const ports = portsWith(new TestClock());

async function filled() {
  const opened = await newVault();
  const store = await fillCase(opened.vault);
  return { ...opened, store };
}

function objectFiles(folder: string): string[] {
  return filesUnder(folder).map((f) => f.path).filter((p) => p.includes('/objects/'));
}

test('a backup made while entries are kept is whole, encrypted, registered, and restored it passes the full check', async () => {
  const { locked, vault, store } = await filled();
  await vault.writeCrisis({ caseReference: 'AG-2026-014', at: '2026-11-24T10:41:02.123Z', contacts: { policeForce: '999', safeguardingLead: '', lado: '', support: '' } });
  const place = join(freshFolder(), 'stick', 'backup');
  const seen: number[] = [];
  const making = vault.backup(place, (p) => { seen.push(p.bytes); });
  const during = (async () => { for (let i = 0; i < 20; i += 1) await store.append(note(store, `during ${i}`)); })();
  const [record] = await Promise.all([making, during]);
  expect(record).toEqual({ at: '2026-11-24T10:00:00.000Z', place, by: ['PAS', 'JMK'], cases: [store.id] });
  expect(await vault.backups()).toEqual([record]);
  expect(seen.length).toBeGreaterThan(1);
  for (const { bytes } of filesUnder(place)) expect(bytes.includes('note 8')).toBe(false);
  expect(filesUnder(place).map((f) => f.path).filter((p) => p.endsWith('.tmp'))).toEqual([]);
  await locked.close();

  const target = join(freshFolder(), 'vault');
  expect(await restoreVault(place, target, ports)).toMatchObject({ files: 1, missing: 0, altered: 0 });
  const again = await openBoth(target);
  expect(again.locked.crisis?.caseReference).toBe('AG-2026-014');
  const check = await again.vault.fullCheck(() => undefined);
  expect(check).toMatchObject({ cases: 1, objects: 1, findings: [] });
  const texts = (await collect((await again.vault.openCase(store.id)).entries())).map((e) => e.body.data['text']);
  expect(texts.slice(0, 5)).toEqual(['note 0', 'note 1', 'note 2', 'note 3', 'note 4']);
  const reopened = await again.vault.openCase(store.id);
  await reopened.append(note(reopened, 'after restoring'));
  await again.locked.close();
});

test('refuses to overwrite, to lie inside the vault, and what is no vault', async () => {
  const { locked, vault, folder } = await filled();
  const full = freshFolder();
  writeFileSync(join(full, 'letter.txt'), 'mine');
  expect(await codeOf(() => vault.backup(full))).toBe('vault.not-empty');
  expect(await codeOf(() => vault.backup(folder))).toBe('backup.inside-vault');
  expect(await codeOf(() => vault.backup(join(folder, 'objects', 'deep', 'backup')))).toBe('backup.inside-vault');
  expect(existsSync(join(folder, 'objects', 'deep'))).toBe(false);
  const place = join(freshFolder(), 'backup');
  await vault.backup(place);
  expect(await codeOf(() => vault.backup(place))).toBe('vault.not-empty');
  expect(await codeOf(() => restoreVault(place, full, ports))).toBe('vault.not-empty');
  expect(readdirSync(full)).toEqual(['letter.txt']);
  expect(await codeOf(() => restoreVault(full, join(freshFolder(), 'x'), ports))).toBe('vault.not-a-vault');
  expect(await codeOf(() => restoreVault(folder, join(freshFolder(), 'x'), ports))).toBe('vault.in-use');
  expect(await vault.backups()).toHaveLength(1);
  vault.lock();
  expect(await codeOf(() => vault.backup(join(freshFolder(), 'x')))).toBe('auth.locked');
  expect(await codeOf(() => vault.backups())).toBe('auth.locked');
  await locked.close();
});

test('stopped, it leaves nothing behind and registers nothing', async () => {
  const { locked, vault, store } = await filled();
  for (let n = 2; n < 6; n += 1) {
    const part = await store.stage(`PAS/${n}`, { name: 'page.png', mediaType: 'image/png' }, randomBytes(3_000_000));
    await store.append(capture(store, `PAS/${n}`, [part]), [part]);
  }
  const place = join(freshFolder(), 'backup');
  const stop = new AbortController();
  expect(await codeOf(() => vault.backup(place, (p) => { if (p.bytes > 2_000_000) stop.abort(); }, stop.signal))).toBe('vault.cancelled');
  expect(existsSync(place)).toBe(false);
  expect(await vault.backups()).toEqual([]);
  await vault.backup(place);
  const target = join(freshFolder(), 'vault');
  const second = new AbortController();
  expect(await codeOf(() => restoreVault(place, target, ports, (p) => { if (p.files === 2) second.abort(); }, second.signal))).toBe('vault.cancelled');
  expect(existsSync(target)).toBe(false);
  await locked.close();
});

test('is not made of a vault whose evidence files are damaged', async () => {
  const { locked, vault, folder } = await filled();
  const [path = ''] = objectFiles(folder);
  const bytes = readFileSync(path);
  bytes[30] = (bytes[30] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const place = join(freshFolder(), 'backup');
  expect(await codeOf(() => vault.backup(place))).toBe('backup.evidence-damaged');
  rmSync(path);
  expect(await codeOf(() => vault.backup(place))).toBe('backup.evidence-damaged');
  expect(existsSync(place)).toBe(false);
  await locked.close();
});

test('a damaged backup restores what it can and says what it cannot; a broken database is refused', async () => {
  const { locked, vault } = await filled();
  const place = join(freshFolder(), 'backup');
  await vault.backup(place);
  await locked.close();
  const broken = freshFolder();
  cpSync(place, broken, { recursive: true });
  rmSync(objectFiles(place)[0] ?? '');
  const target = join(freshFolder(), 'vault');
  expect(await restoreVault(place, target, ports)).toMatchObject({ files: 1, missing: 1, altered: 0 });
  const again = await openBoth(target);
  expect((await again.vault.fullCheck(() => undefined)).findings).toMatchObject([{ code: 'object-missing', exhibit: 'PAS/1', part: 'page.png' }]);
  await again.locked.close();
  const path = join(broken, 'vault.db');
  const bytes = readFileSync(path);
  randomBytes(8_192).copy(bytes, 4_096);
  writeFileSync(path, bytes);
  const other = join(freshFolder(), 'vault');
  expect(await codeOf(() => restoreVault(broken, other, ports))).toMatch(/^vault\.(damaged|altered)$/);
  expect(existsSync(other)).toBe(false);
  rmSync(path);
  expect(await codeOf(() => restoreVault(broken, other, ports))).toBe('vault.damaged');
  const cut = await codeOf(() => openVault(other, ports));
  expect(cut).toBe('vault.not-a-vault');
});
