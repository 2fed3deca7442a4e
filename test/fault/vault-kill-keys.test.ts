import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { unwrapCaseKey } from '../../src/vault/case-keys.js';
import { Database } from '../../src/vault/database.js';
import { loadRoster } from '../../src/vault/roster.js';
import { vaultKeyDigest } from '../../src/vault/vault-key.js';
import { vaultKeyOf } from '../unit/vault/bulk.js';
import { codeOf, JMK, PAS, removeFolders, sha256 } from '../unit/vault/support.js';
import { DAO, NEW_PASSPHRASE } from './vault-acts.js';
import { copyOf, demandWhole, killAtEach, opened, twoCases } from './vault-kills.js';

afterAll(removeFolders);

const dao = { initials: DAO.initials, passphrase: DAO.passphrase };
const fresh = { ...JMK, passphrase: NEW_PASSPHRASE };

let two = '';
let three = '';

beforeAll(async () => {
  const made = await twoCases();
  two = made.two;
  await made.vault.enrol(PAS, JMK, DAO);
  await made.locked.close();
  three = made.folder;
}, 60_000);

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
