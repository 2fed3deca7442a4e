import { afterAll, describe, expect, test } from '@jest/globals';
import { randomBytes, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type JsonValue } from '../../../src/record/canonical-json.js';
import { signWith } from '../../../src/vault/asn1.js';
import { fingerprint } from '../../../src/vault/certificate.js';
import { Database } from '../../../src/vault/database.js';
import { checkSchema, migrate, MIGRATIONS, type Migration } from '../../../src/vault/migrations.js';
import { loadRoster, rosterBytes } from '../../../src/vault/roster.js';
import { openRootKey } from '../../../src/vault/root-key.js';
import { sealBox } from '../../../src/vault/sealed-box.js';
import { settingContext } from '../../../src/vault/settings.js';
import { openVault } from '../../../src/vault/vault.js';
import { vaultKeyOf } from './bulk.js';
import { codeOf, freshFolder, newVaultFolder, openBoth, portsWith, removeFolders, sha256, TestClock } from './support.js';

afterAll(removeFolders);

const newest = MIGRATIONS.at(-1)?.number ?? 0;
const later: readonly Migration[] = [...MIGRATIONS, { number: newest + 1, script: 'CREATE TABLE later (x INTEGER) STRICT' }];

async function version(database: Database): Promise<unknown> {
  return database.all('PRAGMA user_version');
}

describe('the steps of the schema', () => {
  test('are numbered from one without a gap', () => {
    expect(MIGRATIONS.map((m) => m.number)).toEqual(MIGRATIONS.map((_, i) => i + 1));
  });

  test.each(later.map((_, i) => i))('lead from version %i to the newest, to one and the same structure', async (from) => {
    const database = await Database.open(join(freshFolder(), 'a.db'));
    await migrate(database, later.slice(0, from));
    await migrate(database, later);
    await migrate(database, later);
    expect(await version(database)).toEqual([{ user_version: newest + 1 }]);
    await checkSchema(database, later);
    await database.close();
  });

  test('are done whole or not at all', async () => {
    const database = await Database.open(join(freshFolder(), 'a.db'));
    await migrate(database);
    const broken = [...MIGRATIONS, { number: newest + 1, script: 'CREATE TABLE half (x INTEGER) STRICT; CREATE TABLE half (x INTEGER) STRICT;' }];
    expect(await codeOf(() => migrate(database, broken))).toBe('vault.write-failed');
    expect(await version(database)).toEqual([{ user_version: newest }]);
    await checkSchema(database);
    await database.close();
  });
});

/** The vault in `folder` as version 1 of the database had it: rosters with the root's key, no roles, no inbox. */
async function asVersionOne(folder: string): Promise<string> {
  const source = await Database.open(join(folder, 'vault.db'));
  const roster = await loadRoster(source, sha256);
  const { rows, shares } = { rows: (await source.all('SELECT * FROM reviewer_keys')) as Record<string, string>[], shares: (await source.all('SELECT * FROM shares')) as Record<string, string>[] };
  const vaultKey = await vaultKeyOf(source);
  await source.close();
  const root = openRootKey(vaultKey, roster.statement.root, roster.rootKey) as KeyObject;
  const statement = JSON.parse(JSON.stringify({ ...roster.statement, inbox: undefined, reviewers: roster.statement.reviewers.map((r) => ({ ...r, role: undefined })) })) as JsonValue;
  const signature = signWith(root, rosterBytes(canonicalJson(statement)));

  const old = freshFolder();
  mkdirSync(join(old, 'objects'));
  writeFileSync(join(old, 'vault.json'), '{"format":"countersign-vault","version":1}');
  const database = await Database.open(join(old, 'vault.db'));
  await migrate(database, MIGRATIONS.slice(0, 1));
  for (const pem of [roster.rootPem, ...roster.members.map((m) => m.certificatePem)]) await database.run('INSERT INTO certificates (fingerprint, pem) VALUES (?, ?)', fingerprint(pem), pem);
  for (const row of rows) await database.run('INSERT INTO reviewer_keys (certificate, kdf, salt, box) VALUES (?, ?, ?, ?)', ...Object.values(row));
  await database.run('INSERT INTO rosters (number, statement, signature, root_key) VALUES (1, ?, ?, ?)', canonicalJson(statement), signature, roster.rootKey);
  for (const row of shares) await database.run('INSERT INTO shares (roster, first, second, first_share, second_share) VALUES (?, ?, ?, ?, ?)', ...Object.values(row));
  const setting = sealBox(vaultKey, Buffer.from('"kept since version 1"'), settingContext('old'), { bytes: randomBytes });
  await database.run('INSERT INTO settings (name, box) VALUES (?, ?)', 'old', setting);
  await database.close();
  return old;
}

test('a vault of version 1 opens with all that it held, and gets what later versions have', async () => {
  const folder = await asVersionOne(await newVaultFolder());
  const { locked, vault } = await openBoth(folder);
  expect(locked.reviewers.map((r) => [r.initials, r.role])).toEqual([['PAS', 'senior-leader'], ['JMK', 'senior-leader']]);
  expect(await vault.setting('old')).toBe('kept since version 1');
  await locked.post('police-call', { force: 'Northumbria Police' });
  expect(await vault.inbox()).toMatchObject([{ kind: 'police-call' }]);
  expect((await vault.fullCheck(() => undefined)).findings).toEqual([]);
  await locked.close();
  const again = await openBoth(folder);
  expect(await again.vault.setting('old')).toBe('kept since version 1');
  await again.locked.close();
});

test('a database of a later app, or of another program, is refused and left as it is', async () => {
  for (const [sql, code] of [['PRAGMA user_version = 99', 'vault.newer'], ['PRAGMA application_id = 7', 'vault.damaged'], ['PRAGMA user_version = -1', 'vault.damaged'], ['PRAGMA user_version = 0', 'vault.damaged']] as const) {
    const folder = await newVaultFolder();
    const database = await Database.open(join(folder, 'vault.db'));
    await database.all(sql);
    await database.close();
    expect(await codeOf(() => openVault(folder, portsWith(new TestClock())))).toBe(code);
  }
});
