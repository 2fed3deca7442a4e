import { afterAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { Database } from '../../../src/vault/database.js';
import { MOST_ITEMS } from '../../../src/vault/inbox.js';
import { openVault } from '../../../src/vault/vault.js';
import { codeOf, filesUnder, JMK, newVault, newVaultFolder, openBoth, PAS, portsWith, removeFolders, TestClock } from './support.js';

afterAll(removeFolders);

test('what was left without keys is read by two reviewers at the next sign-in, and goes once it is recorded', async () => {
  const folder = await newVaultFolder();
  const clock = new TestClock();
  const first = await openVault(folder, portsWith(clock));
  await first.post('police-call', { force: 'Northumbria Police', officer: 'PC 2217' });
  clock.pass(60);
  await first.post('note-for-later', 'The other reviewer is on the phone');
  await first.close();
  for (const { bytes } of filesUnder(folder)) expect(bytes.includes('2217') || bytes.includes('police-call')).toBe(false);
  const { locked, vault } = await openBoth(folder, clock);
  const items = await vault.inbox();
  expect(items.map(({ kind, at, data }) => ({ kind, at, data }))).toEqual([
    { kind: 'police-call', at: '2026-11-24T10:00:00.000Z', data: { force: 'Northumbria Police', officer: 'PC 2217' } },
    { kind: 'note-for-later', at: '2026-11-24T10:01:00.000Z', data: 'The other reviewer is on the phone' },
  ]);
  await locked.post('more', null);
  await vault.clearInbox(items.map((i) => i.id));
  expect((await vault.inbox()).map((i) => i.kind)).toEqual(['more']);
  // The inbox outlives a change of the vault key.
  await vault.makeRecoverySheet(PAS, JMK, 'Rowan Hale');
  await locked.post('after', null);
  expect((await vault.inbox()).map((i) => i.kind)).toEqual(['more', 'after']);
  vault.lock();
  expect(await codeOf(() => vault.inbox())).toBe('auth.locked');
  expect(await codeOf(() => vault.clearInbox([1]))).toBe('auth.locked');
  await locked.close();
});

test('wrong passphrases are in it, with whose and when, and never what was typed', async () => {
  const { locked, vault, clock } = await newVault();
  expect(await codeOf(() => locked.unlock(PAS, { ...JMK, passphrase: 'not the right one' }))).toBe('auth.bad-passphrase');
  clock.pass(60);
  expect(await codeOf(() => vault.confirm({ ...PAS, passphrase: 'not the right one' }))).toBe('auth.bad-passphrase');
  expect((await vault.inbox()).map(({ kind, at, data }) => ({ kind, at, data }))).toEqual([
    { kind: 'wrong-passphrase', at: '2026-11-24T10:00:00.000Z', data: { initials: 'JMK' } },
    { kind: 'wrong-passphrase', at: '2026-11-24T10:01:00.000Z', data: { initials: 'PAS' } },
  ]);
  await locked.close();
});

test('is bounded, takes no junk, and shows what is unreadable as such', async () => {
  const { locked, vault, folder } = await newVault();
  for (const [kind, data] of [['', 1], ['Two Words', 1], ['wrong-passphrase', 1], ['recovered', 1], ['x'.repeat(65), 1], ['big', 'x'.repeat(70_000)], ['half', '\ud800'], ['number', Number.NaN]] as const) {
    expect([kind, await codeOf(() => locked.post(kind, data))]).toEqual([kind, expect.stringMatching(/^(inbox\.bad-item|record\.not-canonical)$/)]);
  }
  await locked.post('first', 1);
  const database = await Database.open(join(folder, 'vault.db'));
  await database.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO inbox (lane, sealed) SELECT 'person', randomblob(100) FROM n", MOST_ITEMS - 1);
  await database.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO inbox (lane, sealed) SELECT 'vault', zeroblob(i % 50) FROM n", MOST_ITEMS + 20);
  await database.close();
  expect(await codeOf(() => locked.post('one-too-many', 1))).toBe('inbox.full');
  expect(await codeOf(() => vault.confirm({ ...PAS, passphrase: 'not the right one' }))).toBe('auth.bad-passphrase');
  const items = await vault.inbox();
  expect(items).toHaveLength(2 * MOST_ITEMS);
  expect(items[0]).toMatchObject({ kind: 'first' });
  expect(items.at(-1)).toMatchObject({ kind: 'wrong-passphrase' });
  expect(items.filter((i) => i.kind === 'unreadable')).toHaveLength(2 * MOST_ITEMS - 2);
  await vault.clearInbox(items.map((i) => i.id));
  expect(await vault.inbox()).toEqual([]);
  await locked.close();
}, 60_000);
