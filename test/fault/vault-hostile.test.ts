import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cpSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { restoreVault } from '../../src/vault/backup.js';
import { openVault } from '../../src/vault/vault.js';
import { codeOf, collect, fillCase, force, freshFolder, JMK, newVault, note, PAS, portsWith, removeFolders, shell, TestClock } from '../unit/vault/support.js';

afterAll(removeFolders);

const rows = process.env['COUNTERSIGN_LONG'] === undefined ? 5_000 : 1_000_000;
/** Every code that a hostile file may lead to; anything else is a crash. */
const CODED = /^(none|(vault|auth|case|recovery|inbox|destroy|backup)\.[a-z-]+)$/;

let model = '';
let caseId = '';
beforeAll(async () => {
  const { locked, vault, folder } = await newVault();
  caseId = (await fillCase(vault)).id;
  await vault.putSetting('contacts', { lado: '01632 960001' });
  await vault.makeRecoverySheet(PAS, JMK, 'Rowan Hale');
  await locked.post('police-call', { force: 'Northumbria Police' });
  await locked.close();
  model = folder;
}, 60_000);

function copyOfModel(): string {
  const folder = freshFolder();
  cpSync(model, folder, { recursive: true });
  return folder;
}

/** Does everything that can be done with a vault, each for itself; gives every code, and how many findings the full check had. */
async function useAll(folder: string): Promise<{ codes: string[]; findings: number }> {
  const codes: string[] = [];
  let findings = 0;
  const open = await openVault(folder, portsWith(new TestClock())).catch((e: unknown) => e);
  if (!(typeof open === 'object' && open !== null && 'unlock' in open)) return { codes: [await codeOf(() => { throw open; })], findings };
  const locked = open as Awaited<ReturnType<typeof openVault>>;
  const vault = await locked.unlock(PAS, JMK).catch((e: unknown) => e);
  if (!(typeof vault === 'object' && vault !== null && 'caseIds' in vault)) codes.push(await codeOf(() => { throw vault; }));
  else {
    const unlocked = vault as Awaited<ReturnType<typeof locked.unlock>>;
    for (const work of [
      () => unlocked.caseIds(), () => unlocked.setting('contacts'), () => unlocked.wrongAttempts(), () => unlocked.inbox(), () => unlocked.backups(), () => unlocked.destructions(), () => unlocked.certificates(),
      async () => collect((await unlocked.openCase(caseId)).entries()),
      async () => (await unlocked.openCase(caseId)).readPart('PAS/1', 'page.png'),
      async () => { const store = await unlocked.openCase(caseId); await store.append(note(store, 'one more')); },
      async () => { findings += (await unlocked.fullCheck(() => undefined)).findings.length; },
      () => unlocked.backup(join(freshFolder(), 'backup')),
      () => unlocked.makeRecoverySheet(PAS, JMK, 'Sam Whitlock'),
    ]) codes.push(await codeOf(work));
  }
  await locked.close();
  return { codes, findings };
}

test('the model itself is in order', async () => {
  expect(await useAll(copyOfModel())).toEqual({ codes: Array(13).fill('none'), findings: 0 });
});

const big = "replace(hex(zeroblob(3000000)), '0', '[')";

describe('hostile rows lead to codes, whatever is done with the vault', () => {
  let [vaults, coded, found] = [0, 0, 0];
  test.each([
    ['a statement of millions of brackets', `UPDATE rosters SET statement = ${big}`],
    ['a statement that is no JSON', "UPDATE rosters SET statement = '{\"reviewers\":'"],
    ['a roster of a future version', "UPDATE rosters SET statement = replace(statement, '\"v\":1', '\"v\":2')"],
    ['a roster of a negative number', 'UPDATE rosters SET number = number - 100'],
    ['certificates that are no PEM', "UPDATE certificates SET pem = 'hello'"],
    ['certificates with broken DER', "UPDATE certificates SET pem = '-----BEGIN CERTIFICATE-----' || char(10) || 'MIIB' || char(10) || '-----END CERTIFICATE-----'"],
    ['absurdly long certificates', `UPDATE certificates SET pem = ${big}`],
    ['a key derivation that wants all memory', "UPDATE reviewer_keys SET kdf = '{\"algorithm\":\"argon2id\",\"lanes\":8,\"memoryKiB\":4294967295,\"passes\":99999}'"],
    ['a key derivation of negative numbers', "UPDATE reviewer_keys SET kdf = '{\"algorithm\":\"argon2id\",\"lanes\":-1,\"memoryKiB\":-1,\"passes\":-1}'"],
    ['a salt of nothing', "UPDATE reviewer_keys SET salt = x''"],
    ['shares of megabytes', 'UPDATE shares SET first_share = zeroblob(5000000)'],
    ['a share of an unknown holder', "UPDATE shares SET second = 'zzz' WHERE second = 'recovery'"],
    ['boxes of nothing', "UPDATE settings SET box = x''; UPDATE cases SET wrapped_key = x''; UPDATE case_list SET box = x''; UPDATE root_key SET box = x''; UPDATE inbox_key SET box = x''; UPDATE inbox SET sealed = x''"],
    ['boxes of megabytes', 'UPDATE settings SET box = zeroblob(9000000); UPDATE inbox SET sealed = zeroblob(9000000)'],
    ['an entry of an unknown kind', "UPDATE entries SET kind = 'sacrifice' WHERE seq = 3"],
    ['headers of millions of brackets', `UPDATE entries SET header = ${big}`],
    ['entries at negative and absurd places', 'UPDATE entries SET seq = -9223372036854775807 WHERE seq = 2; UPDATE entries SET seq = 9223372036854775806 WHERE seq = 3'],
    ['a head of negative numbers', 'UPDATE heads SET seq = -1, objects = -1'],
    ['a head at an absurd place', 'UPDATE heads SET seq = 9223372036854775807, objects = 9223372036854775807'],
    ['objects that point out of their folder', "UPDATE objects SET file = '../../../../etc/passwd'"],
    ['objects of an absurd place', 'UPDATE objects SET seq = -1'],
    ['removals that point out of their folder', "INSERT INTO removals VALUES ('../../vault.json')"],
    ['attempts of an absurd future', "INSERT INTO attempts (at, initials) SELECT '9999-99-99', 'PAS' UNION ALL SELECT 'yesterday', 'JMK'"],
    ['attempts settled at an absurd number', "INSERT OR REPLACE INTO attempts_settled VALUES ('PAS', 9223372036854775807), ('JMK', -9223372036854775807)"],
    ['backups and destructions that nobody made', "INSERT INTO backups (id, box) VALUES ('x', x'00'); INSERT INTO destructions (id, box) VALUES ('y', zeroblob(100))"],
    ['all rows gone', 'DELETE FROM objects; DELETE FROM heads; DELETE FROM entries; DELETE FROM cases; DELETE FROM case_list; DELETE FROM shares; DELETE FROM reviewer_keys; DELETE FROM certificates; DELETE FROM rosters; DELETE FROM root_key'],
  ])('%s', async (_, sql) => {
    const folder = copyOfModel();
    force(folder, sql);
    const restored = await codeOf(() => restoreVault(folder, join(freshFolder(), 'vault'), portsWith(new TestClock())));
    const { codes, findings } = await useAll(folder);
    for (const code of [restored, ...codes]) expect(code).toMatch(CODED);
    expect(codes.some((code) => code !== 'none') || findings > 0 || sql.includes('attempts')).toBe(true);
    vaults += 1;
    coded += codes.filter((code) => code !== 'none').length;
    found += findings;
  }, 60_000);

  afterAll(() => {
    process.stdout.write(`fault: ${vaults} vaults with hostile rows, ${coded} acts refused by a code, ${found} findings of the full check, 0 crashes\n`);
  });
});

test.each([
  ['settings', 'name, box', "'s' || i, randomblob(40)"],
  ['attempts', 'at, initials', "'2026-11-24T10:00:00.000Z', 'PAS'"],
  ['inbox', 'lane, sealed', "'person', randomblob(100)"],
  ['cases', 'id, wrapped_key', 'lower(hex(randomblob(16))), randomblob(60)'],
  ['certificates', 'fingerprint, pem', "lower(hex(randomblob(32))), 'x'"],
  ['removals', 'file', 'lower(hex(randomblob(16)))'],
  ['backups', 'id, box', 'lower(hex(randomblob(16))), randomblob(60)'],
])(`many rows too many in %s neither crash nor hang`, async (table, columns, values) => {
  const folder = copyOfModel();
  force(folder, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) INSERT INTO ${table} (${columns}) SELECT ${values} FROM n`);
  const { codes } = await useAll(folder);
  for (const code of codes) expect(code).toMatch(CODED);
  process.stdout.write(`fault: ${rows} rows too many in ${table}, ${codes.length} acts, ${codes.filter((code) => code !== 'none').length} refused by a code, 0 crashes\n`);
}, 600_000);

test('files of absurd sizes are refused before they are read', async () => {
  for (const name of ['vault.json', 'crisis.json']) {
    const folder = copyOfModel();
    writeFileSync(join(folder, name), '{');
    truncateSync(join(folder, name), 8 * 1024 ** 3);
    const { codes } = await useAll(folder);
    for (const code of codes) expect(code).toMatch(CODED);
    expect(codes[0]).toBe(name === 'vault.json' ? 'vault.not-a-vault' : 'none');
  }
});

/** Junk for a column, as SQL: JSON, PEM, DER and numbers that somebody made up, and bytes. */
const junk = {
  TEXT: fc.oneof(fc.string(), fc.json(), fc.constantFrom('', '{}', '[]', 'null', '-1', '{"v":99}', '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----', '[['.repeat(5_000))).map((text) => `CAST(x'${Buffer.from(text).toString('hex')}' AS TEXT)`),
  INTEGER: fc.oneof(fc.maxSafeInteger(), fc.constantFrom(-1, 0)).map(String),
  BLOB: fc.oneof(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(new Uint8Array(), Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff))).map((bytes) => `x'${Buffer.from(bytes).toString('hex')}'`),
};

test('whatever is put into whichever column leads to a code and to no crash', async () => {
  const runs = Math.min(1_000, Math.ceil(Number(process.env['COUNTERSIGN_FUZZ'] ?? 1_200) / 100));
  const columns = shell(model, "SELECT m.name || ' ' || c.name || ' ' || c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'").trim().split('\n');
  const change = fc.constantFrom(...columns).chain((column) => {
    const [table = '', name = '', type = ''] = column.split(' ');
    return (type === 'TEXT' ? junk.TEXT : type === 'BLOB' ? junk.BLOB : junk.INTEGER).map((value) => `UPDATE OR IGNORE ${table} SET ${name} = ${value}`);
  });
  let [refused, used] = [0, 0];
  await fc.assert(fc.asyncProperty(change, async (sql) => {
    const folder = copyOfModel();
    force(folder, sql);
    const { codes } = await useAll(folder);
    for (const code of codes) expect(code).toMatch(CODED);
    if (codes.some((code) => code !== 'none')) refused += 1;
    else used += 1;
  }), { numRuns: runs, endOnFailure: true });
  process.stdout.write(`fault: junk in ${runs} columns, ${refused} times named by a code, ${used} times without effect, 0 crashes\n`);
}, 3_600_000);
