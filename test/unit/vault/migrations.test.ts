import { afterAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { Database } from '../../../src/vault/database.js';
import { checkSchema, migrate, MIGRATIONS, type Migration } from '../../../src/vault/migrations.js';
import { openVault } from '../../../src/vault/vault.js';
import { codeOf, freshFolder, newVaultFolder, portsWith, removeFolders, TestClock } from './support.js';

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

test('a database of a later app, or of another program, is refused and left as it is', async () => {
  for (const [sql, code] of [['PRAGMA user_version = 99', 'vault.newer'], ['PRAGMA application_id = 7', 'vault.damaged'], ['PRAGMA user_version = -1', 'vault.damaged'], ['PRAGMA user_version = 0', 'vault.damaged']] as const) {
    const folder = await newVaultFolder();
    const database = await Database.open(join(folder, 'vault.db'));
    await database.all(sql);
    await database.close();
    expect(await codeOf(() => openVault(folder, portsWith(new TestClock())))).toBe(code);
  }
});
