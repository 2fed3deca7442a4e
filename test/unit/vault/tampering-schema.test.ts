import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../../../src/vault/database.js';
import { migrate } from '../../../src/vault/migrations.js';
import { openVault } from '../../../src/vault/vault.js';
import { isCoded } from '../../../src/record/coded-error.js';
import { codeOf, fillCase, force, freshFolder, JMK, newVault, PAS, portsWith, removeFolders, shell, TestClock } from './support.js';

/*
 * Every table and column that the migrations make is changed by SQLite itself, so that a table added later is in here by itself.
 * What may change unnoticed stands in one list, with its reason; it is what the README of the vault says of it.
 */

afterAll(removeFolders);

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

const COLUMNS = await columns();
const TABLES = [...new Set(COLUMNS.map((c) => c.table))];

/** By column, or by table for rows that are removed or exchanged. */
const UNNOTICED: ReadonlyMap<string, string> = new Map([
  ['settings', 'a setting that was removed is not set; its name is plain'], ['settings.name', 'the same'],
  ['attempts', 'wrong attempts are plain; each is in the inbox as well'], ['attempts.id', 'the same'], ['attempts.at', 'the same'], ['attempts.initials', 'the same'],
  ['attempts_settled', 'counting begins anew'], ['attempts_settled.initials', 'the same'], ['attempts_settled.up_to', 'the same'],
  ['removals', 'names of files that go at the next opening'], ['removals.file', 'the same'],
  ['inbox', 'a letter box: anyone with the disk may empty it'], ['inbox.id', 'the same'], ['inbox.sealed', 'the same: what does not open is no letter'],
  ['backups', 'a list that may be cut by whoever owns the disk'], ['backups.number', 'the order alone'],
  ['destructions', 'the same'], ['destructions.number', 'the order alone'],
  ['cases.number', 'the order alone; the list of cases is under the vault key'],
  ['certificates', 'one that the roster does not name is not used'],
  ['flag_lists.number', 'the order alone'],
  ['kept_states', 'what was made of the entries is made anew'], ['kept_states.case_id', 'the same; what is kept of no case is not read'],
]);
/** What SQLite itself refuses by a CHECK, whoever asks: there is no such vault to be found out. */
const REFUSED: readonly string[] = ['root_key.id', 'case_list.id', 'inbox_key.id', 'flag_list_key.id', 'inbox.lane'];
const refused = new Set<string>();
const CASE_TABLES = new Set(['cases', 'entries', 'heads', 'objects', 'kept_states']);

async function columns(): Promise<Column[]> {
  const database = await Database.open(':memory:');
  await migrate(database);
  const found = (await database.all(
    "SELECT m.name AS \"table\", c.name AS \"column\", c.type AS type FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, c.cid",
  )) as Column[];
  await database.close();
  return found;
}

let model = '';
let one = '';
let two = '';
beforeAll(async () => {
  const { locked, vault, folder, clock } = await newVault();
  const doomed = await fillCase(vault);
  const filled = [await fillCase(vault), await fillCase(vault)];
  [one, two] = filled.map(({ id }) => id) as [string, string];
  for (const { id } of filled) await (await vault.openCase(id)).keepState(`what was made of ${id}`);
  await vault.putSetting('contacts', { lado: '01632 960001' });
  await vault.putSetting('retention', { months: 72 });
  await vault.flagLists.add({ source: 'A list' }, [Buffer.alloc(64, 7)]);
  await vault.flagLists.add({ source: 'Another' }, [Buffer.alloc(64, 8)]);
  await vault.makeRecoverySheet(PAS, JMK, 'Rowan Hale');
  await vault.backup(join(freshFolder(), 'backup'));
  await vault.destroyCase(PAS, JMK, doomed.id, 'Retention ended; agreed by both', doomed.id);
  await locked.post('police-call', { force: 'Northumbria Police' });
  expect(await codeOf(() => vault.confirm({ ...PAS, passphrase: 'wrong passphrase' }))).toBe('auth.bad-passphrase');
  clock.pass(10);
  await locked.close();
  force(folder, `INSERT INTO removals (file) VALUES ('${'0'.repeat(32)}')`);
  model = folder;
}, 60_000);

/** Everything that opening and the full check name: codes and places. */
async function named(folder: string): Promise<string[]> {
  const names: string[] = [];
  const look = async (work: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await work();
    } catch (error) {
      names.push(isCoded(error) ? `${error.code} ${error.where ?? ''}` : `uncoded ${String(error)}`);
      return null;
    }
  };
  const clock = new TestClock();
  clock.pass(3_600);
  const locked = await look(() => openVault(folder, portsWith(clock))) as Awaited<ReturnType<typeof openVault>> | null;
  if (locked === null) return names;
  const vault = await look(() => locked.unlock(PAS, JMK)) as Awaited<ReturnType<typeof locked.unlock>> | null;
  if (vault !== null) {
    const check = await vault.fullCheck(() => undefined);
    for (const { code, case: id, seq, exhibit, place } of check.findings) names.push(`${code} ${id ?? ''} ${seq ?? ''} ${exhibit ?? ''} ${place ?? ''}`);
    for (const id of [one, two]) await look(() => vault.openCase(id));
    await look(() => vault.inbox());
    await look(() => vault.backups());
    await look(() => vault.destructions());
    await look(() => vault.caseIds());
  }
  await locked.close();
  return names;
}

/** The model after `sql`, by someone who owns the disk. Null when SQLite itself refuses it. */
function after(sql: string): string | null {
  const folder = freshFolder();
  cpSync(model, folder, { recursive: true });
  try {
    force(folder, sql);
    return folder;
  } catch {
    return null;
  }
}

/** Of a case's tables, a row of the second case. */
function whereOf(table: string): string {
  const inCase = table === 'cases' ? `id = '${two}'` : CASE_TABLES.has(table) ? `case_id = '${two}'` : '1';
  return `rowid = (SELECT max(rowid) FROM ${table} WHERE ${inCase})`;
}

const ANOTHER: Record<string, (column: string) => string> = {
  TEXT: (c) => `CASE WHEN substr(${c}, 1, 1) = 'f' THEN 'e' ELSE 'f' END || substr(${c}, 2)`,
  INTEGER: (c) => `${c} + 1`,
  BLOB: (c) => `zeroblob(length(${c}))`,
};

async function demandNamed(sql: string, table: string, key: string): Promise<void> {
  const folder = after(sql);
  if (folder === null) {
    refused.add(key);
    expect(REFUSED).toContain(key);
    return;
  }
  expect(REFUSED).not.toContain(key);
  const names = await named(folder);
  expect(names.filter((n) => n.startsWith('uncoded'))).toEqual([]);
  if (UNNOTICED.has(key)) return;
  expect(names).not.toEqual([]);
  if (CASE_TABLES.has(table)) expect(names.some((n) => n.includes(two))).toBe(true);
  // Of an entry the place is named too: its number, or the one beside it where it is gone.
  if (table === 'entries') expect(names.filter((n) => new RegExp(`${two}(?: |/entries/)\\d`).test(n))).not.toEqual([]);
}

test('the model has a row in every table, and nothing to name', async () => {
  for (const table of TABLES) expect([table, shell(model, `SELECT count(*) > 0 FROM ${table}`).trim()]).toEqual([table, '1']);
  expect(await named(after('SELECT 1') ?? '')).toEqual([]);
});

describe(`of ${TABLES.length} tables`, () => {
  test.each(COLUMNS.map((c) => [c.table, c.column, c] as const))('a change of %s.%s is named', async (table, column, { type }) => {
    const anew = ANOTHER[type];
    if (anew === undefined) throw new Error(`no change for a column of type ${type}`);
    await demandNamed(`UPDATE ${table} SET ${column} = ${anew(column)} WHERE ${whereOf(table)}`, table, `${table}.${column}`);
  });

  test.each(TABLES)('a row that is removed from %s is named', async (table) => {
    await demandNamed(`DELETE FROM ${table} WHERE ${whereOf(table)}`, table, table);
  });

  test.each(COLUMNS.filter((c) => c.type === 'BLOB' || c.table === 'entries').map((c) => [c.table, c.column] as const))('values of %s.%s that are exchanged between two rows are named', async (table, column) => {
    const rows = shell(model, `SELECT rowid FROM ${table} ORDER BY rowid DESC LIMIT 2`).trim().split('\n');
    const [a = '', b = ''] = rows;
    const same = shell(model, `SELECT count(DISTINCT quote(${column})) FROM ${table} WHERE rowid IN (${a || 0}, ${b || 0})`).trim() !== '2';
    if (b === '' || same || column === 'seq') return;
    const sql = `CREATE TEMP TABLE t AS SELECT rowid AS r, ${column} AS x FROM ${table}; UPDATE ${table} SET ${column} = (SELECT x FROM t WHERE r = CASE ${table}.rowid WHEN ${a} THEN ${b} ELSE ${a} END) WHERE rowid IN (${a}, ${b})`;
    await demandNamed(sql, table, `${table}.${column}`);
  });
});

describe('a row that is put from one case into another is named', () => {
  test('an entry at the end', async () => {
    await demandNamed(`INSERT INTO entries (case_id, seq, kind, header, signatures, body) SELECT '${two}', 10, kind, header, signatures, body FROM entries WHERE case_id = '${one}' AND seq = 9`, 'entries', '');
  });

  test('every entry', async () => {
    await demandNamed(`DELETE FROM entries WHERE case_id = '${two}'; INSERT INTO entries (case_id, seq, kind, header, signatures, body) SELECT '${two}', seq, kind, header, signatures, body FROM entries WHERE case_id = '${one}'`, 'entries', '');
  });

  test('an evidence file, and the end of a case', async () => {
    await demandNamed(`DELETE FROM objects WHERE case_id = '${two}'; UPDATE objects SET case_id = '${two}' WHERE case_id = '${one}'`, 'objects', '');
    await demandNamed(`UPDATE heads SET (seq, objects, mac) = (SELECT seq, objects, mac FROM heads WHERE case_id = '${one}') WHERE case_id = '${two}'`, 'heads', '');
    await demandNamed(`UPDATE cases SET wrapped_key = (SELECT wrapped_key FROM cases WHERE id = '${one}') WHERE id = '${two}'`, 'cases', '');
  });
});

afterAll(() => {
  expect([...refused].sort()).toEqual([...REFUSED].sort());
  process.stdout.write(`vault: ${COLUMNS.length} columns of ${TABLES.length} tables changed, removed, exchanged; ${refused.size} changes refused by SQLite; ${UNNOTICED.size} allowed unnoticed by name\n`);
});
