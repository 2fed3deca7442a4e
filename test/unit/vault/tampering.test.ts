import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { cpSync, truncateSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openVault } from '../../../src/vault/vault.js';
import { codeOf, collect, failureOf, fillCase, force, freshFolder, JMK, newVault, note, openBoth, PAS, portsWith, removeFolders, shell, TestClock, whereOf } from './support.js';

afterAll(removeFolders);

let model = '';
let one = '';
let two = '';
beforeAll(async () => {
  const { locked, vault, folder } = await newVault();
  [one, two] = [(await fillCase(vault)).id, (await fillCase(vault)).id];
  await vault.putSetting('contacts', { lado: '01632 960001' });
  await locked.close();
  model = folder;
}, 30_000);

function copyOfModel(): string {
  const folder = freshFolder();
  cpSync(model, folder, { recursive: true });
  return folder;
}

/** Opens the vault, both cases and every entry, part and setting of them. */
async function readAll(folder: string): Promise<void> {
  const clock = new TestClock();
  const opened = await openVault(folder, portsWith(clock));
  try {
    const vault = await opened.unlock(PAS, JMK);
    vault.certificates();
    await vault.setting('contacts');
    for (const id of await vault.caseIds()) {
      const store = await vault.openCase(id);
      await collect(store.entries());
      await store.readPart('PAS/1', 'page.png');
    }
  } finally {
    await opened.close();
  }
}

test('the model itself is in order', async () => {
  await readAll(copyOfModel());
});

describe('the database itself refuses', () => {
  test.each(['rosters', 'certificates', 'reviewer_keys', 'shares', 'cases', 'entries', 'objects'])('to change or remove a row of %s', (table) => {
    const folder = copyOfModel();
    const [column] = shell(folder, `SELECT name FROM pragma_table_info('${table}') LIMIT 1`).trim().split('\n');
    expect(shell(folder, `UPDATE ${table} SET ${column ?? ''} = ${column ?? ''}`)).toContain(`${table} may only be added to`);
    expect(shell(folder, `DELETE FROM ${table}`)).toContain(`${table} may only be added to`);
  });

  test('to put an entry anywhere but at the end', () => {
    const folder = copyOfModel();
    const columns = 'case_id, kind, header, signatures, body';
    for (const seq of [-1, 3, 9, 11]) {
      expect(shell(folder, `INSERT OR REPLACE INTO entries (seq, ${columns}) SELECT ${seq}, ${columns} FROM entries WHERE case_id = '${one}' AND seq = 3`)).toContain('an entry follows the one before it');
    }
  });
});

describe('a change behind the app\'s back to', () => {
  const entryChanges: readonly (readonly [string, string])[] = [
    ['case_id', "case_id = '0123456789abcdef0123456789abcdef'"],
    ['seq', 'seq = 99'],
    ['kind', "kind = 'halt'"],
    ['header', "header = replace(header, '2026-11-24', '2026-11-25')"],
    ['header, to no JSON', "header = '{'"],
    ['signatures', "signatures = '[]'"],
    ['signatures, to some', 'signatures = \'[{"by":"PAS"}]\''],
    ['body', 'body = zeroblob(length(body))'],
    ['body, cut', 'body = substr(body, 1, 20)'],
  ];
  /** Entries 5 and 9 alone are signed: of the others there are no signatures to take away. */
  const changes = [0, 3, 5, 7, 9].flatMap((seq) => entryChanges.filter(([column]) => column !== 'signatures' || seq === 5 || seq === 9).map(([column, change]) => [seq, column, change] as const));
  test.each(changes)('entry %i, column %s, is named', async (seq, _column, change) => {
    const folder = copyOfModel();
    force(folder, `UPDATE entries SET ${change} WHERE case_id = '${two}' AND seq = ${seq}`);
    const { code, where } = await failureOf(() => readAll(folder));
    expect(code).toBe('vault.altered');
    expect(where).toMatch(new RegExp(`^cases/${two}/entries/(${seq}|10)$`));
  });

  test.each([
    ['the last entry removed', 'DELETE FROM entries WHERE case_id = ? AND seq = 9', '/entries/9'],
    ['the last two entries removed, and the head set back', "DELETE FROM entries WHERE case_id = ? AND seq > 7; UPDATE heads SET seq = 7 WHERE case_id = ?", ''],
    ['an entry in the middle removed', 'DELETE FROM entries WHERE case_id = ? AND seq = 3', '/entries/3'],
    ['the first entry removed', 'DELETE FROM entries WHERE case_id = ? AND seq = 0', '/entries/0'],
    ['all entries removed', 'DELETE FROM entries WHERE case_id = ?', ''],
    ['two entries exchanged', 'UPDATE entries SET seq = 100 WHERE case_id = ? AND seq = 2; UPDATE entries SET seq = 2 WHERE case_id = ? AND seq = 3; UPDATE entries SET seq = 3 WHERE case_id = ? AND seq = 100', '/entries/2'],
    ['the head removed', 'DELETE FROM heads WHERE case_id = ?', ''],
    ['the head altered', 'UPDATE heads SET mac = zeroblob(32) WHERE case_id = ?', ''],
    ['the head counting another number of evidence files', 'UPDATE heads SET objects = 0 WHERE case_id = ?', ''],
    ['the list of evidence files emptied', 'DELETE FROM objects WHERE case_id = ?', ''],
    ['the wrapped key altered', "UPDATE cases SET wrapped_key = zeroblob(60) WHERE id = ?", ''],
    ['the whole case removed', 'DELETE FROM objects WHERE case_id = ?; DELETE FROM entries WHERE case_id = ?; DELETE FROM heads WHERE case_id = ?; DELETE FROM cases WHERE id = ?', ''],
  ])('a case: %s, is named', async (_, sql, place) => {
    const folder = copyOfModel();
    force(folder, sql.replaceAll('?', `'${two}'`));
    expect(await failureOf(() => readAll(folder))).toEqual({ code: 'vault.altered', where: `cases/${two}${place}` });
  });

  test('an entry copied from another case is named', async () => {
    const folder = copyOfModel();
    force(folder, `UPDATE entries SET (header, signatures, body) = (SELECT header, signatures, body FROM entries WHERE case_id = '${one}' AND seq = 4) WHERE case_id = '${two}' AND seq = 4`);
    expect(await whereOf(() => readAll(folder))).toBe(`cases/${two}/entries/4`);
  });

  test.each([
    ['objects', 'exhibit', "exhibit = 'PAS/2'"],
    ['objects', 'part', "part = 'page.txt'"],
    ['objects', 'seq', 'seq = 3'],
    ['objects', 'file', "file = 'ffffffffffffffffffffffffffffffff' WHERE rowid = 1"],
    ['objects', 'cipher_sha256', `cipher_sha256 = '${'f'.repeat(64)}'`],
    ['objects', 'box', 'box = zeroblob(length(box))'],
    ['case_list', 'box', 'box = zeroblob(length(box))'],
    ['settings', 'name', "name = 'contacts' || 'x'"],
    ['settings', 'box', 'box = zeroblob(length(box))'],
    ['rosters', 'statement', "statement = replace(statement, 'Headteacher', 'Caretaker')"],
    ['rosters', 'signature', 'signature = zeroblob(384)'],
    ['root_key', 'box', 'box = zeroblob(length(box))'],
    ['rosters', 'number', 'number = 2'],
    ['certificates', 'pem', 'pem = (SELECT pem FROM certificates c WHERE c.fingerprint <> certificates.fingerprint LIMIT 1)'],
    ['certificates', 'fingerprint', "fingerprint = replace(fingerprint, substr(fingerprint, 1, 8), 'ffffffff')"],
    ['reviewer_keys', 'salt', 'salt = zeroblob(16)'],
    ['reviewer_keys', 'box', 'box = zeroblob(length(box))'],
    ['reviewer_keys', 'kdf', "kdf = replace(kdf, '64', '65')"],
    ['reviewer_keys', 'kdf, to an absurd size', "kdf = replace(kdf, '64', '640000000')"],
    ['reviewer_keys', 'certificate', "certificate = replace(certificate, substr(certificate, 1, 8), 'ffffffff')"],
    ['shares', 'first_share', 'first_share = zeroblob(80)'],
    ['shares', 'second_share', 'second_share = zeroblob(81)'],
  ])('%s, column %s, does not pass', async (table, column, change) => {
    const folder = copyOfModel();
    force(folder, `UPDATE ${table} SET ${change}`);
    const code = await codeOf(() => readAll(folder));
    if (table === 'settings' && column === 'name') expect(code).toBe('none');
    else expect(code).toMatch(/^(vault\.(altered|damaged|object-altered)|auth\.bad-passphrase|case\.unknown-part)$/);
  });

  test.each([
    ['a trigger that drops what is appended', "CREATE TRIGGER quiet BEFORE INSERT ON objects BEGIN SELECT RAISE(IGNORE); END"],
    ['a missing trigger', 'DROP TRIGGER entries_no_update'],
    ['another table', 'CREATE TABLE more (x)'],
    ['another index', 'CREATE INDEX more ON entries (kind)'],
  ])('the structure, %s, does not pass', async (_, sql) => {
    const folder = copyOfModel();
    shell(folder, sql);
    expect(await codeOf(() => openVault(folder, portsWith(new TestClock())))).toBe('vault.altered');
  });
});

describe('a torn file', () => {
  test('of the database never crashes the app', async () => {
    let named = 0;
    for (let n = 0; n < 30; n += 1) {
      const folder = copyOfModel();
      const path = join(folder, 'vault.db');
      const bytes = readFileSync(path);
      if (n % 3 === 0) truncateSync(path, Math.floor((bytes.length * n) / 30));
      else {
        const at = Math.floor(Math.random() * (bytes.length - 64));
        randomBytes(64).copy(bytes, at);
        writeFileSync(path, bytes);
      }
      const code = await codeOf(() => readAll(folder));
      expect(code).toMatch(/^(none|(vault|auth|case)\.[a-z-]+)$/);
      if (code !== 'none') named += 1;
    }
    expect(named).toBeGreaterThan(0);
    process.stdout.write(`vault: 30 torn databases, ${named} named by a code, ${30 - named} torn where nothing is kept, 0 crashes\n`);
  });

  test('of the journal loses a clean end of the record, or is named', async () => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    for (let i = 0; i < 20; i += 1) await store.append(note(store, `note ${i}`));
    const caught = freshFolder();
    cpSync(folder, caught, { recursive: true });
    await locked.close();
    const size = statSync(join(caught, 'vault.db-wal')).size;
    expect(size).toBeGreaterThan(0);
    const kept = new Set<number>();
    for (let n = 0; n <= 20; n += 1) {
      const copy = freshFolder();
      cpSync(caught, copy, { recursive: true });
      truncateSync(join(copy, 'vault.db-wal'), Math.floor((size * n) / 20));
      const later = new TestClock();
      later.pass(60);
      const again = await openBoth(copy, later);
      // Cut in the midst of signing in, a right passphrase still counts as a wrong one; hence the later clock.
      const ids = await again.vault.caseIds();
      const texts = ids.length === 0 ? [] : (await collect((await again.vault.openCase(store.id)).entries())).map((e) => e.body.data['text']);
      expect(texts).toEqual(Array.from({ length: texts.length }, (_, i) => `note ${i}`));
      kept.add(texts.length);
      await again.locked.close();
    }
    expect(kept).toContain(0);
    expect(kept).toContain(20);
    process.stdout.write(`vault: the journal torn at 21 places, ${kept.size} different clean ends of the record, none of them out of order\n`);
  });
});
