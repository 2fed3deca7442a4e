import { afterAll, describe, expect, test } from '@jest/globals';
import type { KeyObject } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type JsonValue } from '../../../src/record/canonical-json.js';
import { signWith } from '../../../src/vault/asn1.js';
import { Database, type SqlValue } from '../../../src/vault/database.js';
import { checkSchema, migrate, MIGRATIONS, type Migration } from '../../../src/vault/migrations.js';
import { loadRoster, rosterBytes } from '../../../src/vault/roster.js';
import { openRootKey } from '../../../src/vault/root-key.js';
import { openVault } from '../../../src/vault/vault.js';
import { vaultKeyOf } from './bulk.js';
import { codeOf, collect, fillCase, freshFolder, newVault, newVaultFolder, note, openBoth, portsWith, removeFolders, sha256, TestClock } from './support.js';

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

/**
 * The vault in `folder` as version `number` of the database had it, made by that version's own statements: before 2, rosters held the
 * root's key; before 5 there was no inbox, and no roles.
 */
async function asVersion(folder: string, number: number): Promise<string> {
  const source = await Database.open(join(folder, 'vault.db'));
  const roster = await loadRoster(source, sha256);
  const vaultKey = await vaultKeyOf(source);
  const root = openRootKey(vaultKey, roster.statement.root, roster.rootKey) as KeyObject;
  const old = freshFolder();
  cpSync(join(folder, 'objects'), join(old, 'objects'), { recursive: true });
  writeFileSync(join(old, 'vault.json'), '{"format":"countersign-vault","version":1}');
  const database = await Database.open(join(old, 'vault.db'));
  await migrate(database, MIGRATIONS.slice(0, number));
  for (const { name } of (await database.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'rosters' ORDER BY rowid")) as { name: string }[]) {
    for (const row of (await source.all(`SELECT * FROM ${name} ORDER BY rowid`)) as Record<string, SqlValue>[]) {
      const columns = Object.keys(row);
      await database.run(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, ...Object.values(row));
    }
  }
  await source.close();
  const before = number < 5 ? { ...roster.statement, inbox: undefined, reviewers: roster.statement.reviewers.map((r) => ({ ...r, role: undefined })) } : roster.statement;
  const text = canonicalJson(JSON.parse(JSON.stringify(before)) as JsonValue);
  const signature = signWith(root, rosterBytes(text));
  if (number < 2) await database.run('INSERT INTO rosters (number, statement, signature, root_key) VALUES (?, ?, ?, ?)', roster.statement.number, text, signature, roster.rootKey);
  else await database.run('INSERT INTO rosters (number, statement, signature) VALUES (?, ?, ?)', roster.statement.number, text, signature);
  await database.close();
  return old;
}

test.each(MIGRATIONS.map((m) => m.number))('a vault of version %i opens with all that it held, and gets what later versions have', async (number) => {
  const { locked: made, vault: full, folder: model } = await newVault();
  const { id } = await fillCase(full);
  await full.putSetting('old', 'kept since then');
  await made.close();
  const folder = await asVersion(model, number);
  for (const round of [1, 2]) {
    const { locked, vault } = await openBoth(folder);
    expect(locked.reviewers.map((r) => [r.initials, r.role])).toEqual([['PAS', 'senior-leader'], ['JMK', 'senior-leader']]);
    expect(await vault.setting('old')).toBe('kept since then');
    const store = await vault.openCase(id);
    expect(await collect(store.entries())).toHaveLength(9 + round);
    expect(await store.readPart('PAS/1', 'page.png')).toHaveLength(50);
    await store.append(note(store, 'goes on'));
    await locked.post('police-call', { force: 'Northumbria Police' });
    expect(await vault.inbox()).toHaveLength(round);
    await vault.backup(join(freshFolder(), 'backup'));
    expect(await vault.backups()).toHaveLength(round);
    expect(await vault.destructions()).toEqual([]);
    expect((await vault.fullCheck(() => undefined)).findings).toEqual([]);
    await locked.close();
  }
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
