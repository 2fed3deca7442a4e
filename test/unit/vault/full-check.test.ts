import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hex } from '../../../src/record/bytes.js';
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { CheckProgress, CheckResult } from '../../../src/vault/full-check.js';
import { capture, codeOf, fillCase, filesUnder, force, freshFolder, newVault, openBoth, removeFolders, sha256 } from './support.js';

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

async function check(folder: string, quarantined?: ReadonlyMap<string, ReadonlySet<string>>): Promise<CheckResult> {
  const { locked, vault } = await openBoth(folder);
  try {
    return await vault.fullCheck(() => undefined, undefined, quarantined);
  } finally {
    await locked.close();
  }
}

/** Findings without the members that are null. */
async function findings(folder: string): Promise<object[]> {
  return (await check(folder)).findings.map((f) => Object.fromEntries(Object.entries(f).filter(([, value]) => value !== null)));
}

function objectFile(folder: string): string {
  return filesUnder(folder).map((f) => f.path).find((p) => p.includes('/objects/')) ?? '';
}

test('finds nothing in a vault that is in order, and says what it looked at', async () => {
  const { locked, vault } = await openBoth(copyOfModel());
  const seen: CheckProgress[] = [];
  const result = await vault.fullCheck((progress) => { seen.push(progress); });
  expect(result).toEqual({ cases: 2, entries: 20, objects: 2, quarantined: 0, bytes: 100, findings: [] });
  expect(seen.at(-1)).toEqual({ cases: 2, casesTotal: 2, entries: 20, bytes: 100, bytesTotal: 100 });
  const stop = new AbortController();
  expect(await codeOf(() => vault.fullCheck((p) => { if (p.entries === 3) stop.abort(); }, stop.signal))).toBe('vault.cancelled');
  expect(await codeOf(() => vault.fullCheck((p) => { if (p.entries === 3) vault.lock(); }))).toBe('auth.locked');
  expect(await codeOf(() => vault.fullCheck(() => undefined))).toBe('auth.locked');
  await locked.close();
});

describe('names the case and the entry', () => {
  test.each([
    ['kind', "kind = 'halt'"],
    ['header', "header = replace(header, '2026-11-24', '2026-11-25')"],
    ['signatures', 'signatures = \'[{"by":"PAS"}]\''],
    ['body', 'body = zeroblob(length(body))'],
  ])('where %s was changed, in two cases at once, and reads on', async (_, change) => {
    const folder = copyOfModel();
    force(folder, `UPDATE entries SET ${change} WHERE (case_id = '${one}' AND seq = 2) OR (case_id = '${two}' AND seq IN (0, 4))`);
    const found = await findings(folder);
    expect(found).toContainEqual({ code: 'entry-altered', case: one, seq: 2 });
    expect(found).toContainEqual({ code: 'entry-altered', case: two, seq: 0 });
    expect(found).toContainEqual({ code: 'entry-altered', case: two, seq: 4 });
    expect(found).toHaveLength(3);
  });

  test.each([
    ['an entry removed', (id: string) => `DELETE FROM entries WHERE case_id = '${id}' AND seq = 3`, { code: 'entry-missing', seq: 3 }],
    ['an entry moved before the first', (id: string) => `UPDATE entries SET seq = -5 WHERE case_id = '${id}' AND seq = 3`, { code: 'entry-foreign', seq: -5 }],
    ['an entry moved beyond all numbers', (id: string) => `UPDATE entries SET seq = 9223372036854775807 WHERE case_id = '${id}' AND seq = 3`, { code: 'entry-foreign' }],
    ['the end removed and the head set back', (id: string) => `DELETE FROM entries WHERE case_id = '${id}' AND seq > 7; UPDATE heads SET seq = 7 WHERE case_id = '${id}'`, { code: 'end-altered', seq: 7 }],
    ['the head removed', (id: string) => `DELETE FROM heads WHERE case_id = '${id}'`, { code: 'end-altered', seq: 9 }],
    ['an evidence file struck from the list', (id: string) => `DELETE FROM objects WHERE case_id = '${id}'`, { code: 'object-unlisted', seq: 7, exhibit: 'PAS/1', part: 'page.png' }],
    ['an evidence file renamed in the list', (id: string) => `UPDATE objects SET part = 'page.txt' WHERE case_id = '${id}'`, { code: 'object-list-altered', exhibit: 'PAS/1', part: 'page.txt' }],
    ['the wrapped key', (id: string) => `UPDATE cases SET wrapped_key = zeroblob(60) WHERE id = '${id}'`, { code: 'case-key-altered' }],
    ['the whole case removed', (id: string) => ['objects', 'entries', 'heads'].map((t) => `DELETE FROM ${t} WHERE case_id = '${id}';`).join('') + `DELETE FROM cases WHERE id = '${id}'`, { code: 'case-removed' }],
  ])('with %s', async (_, sql, expected) => {
    const folder = copyOfModel();
    force(folder, sql(two));
    const found = await findings(folder);
    expect(found).toContainEqual({ ...expected, case: two });
    expect(found.every((f) => (f as { case?: string }).case === two)).toBe(true);
  });

  test.each([
    ['removed', (path: string) => { rmSync(path); }, 'object-missing'],
    ['emptied', (path: string) => { writeFileSync(path, ''); }, 'object-altered'],
    ['longer', (path: string) => { appendFileSync(path, 'x'); }, 'object-altered'],
    ['with one bit changed', (path: string) => { const b = readFileSync(path); b[40] = (b[40] ?? 0) ^ 1; writeFileSync(path, b); }, 'object-altered'],
  ])('of an evidence file %s, also of one that is quarantined', async (_, damage, code) => {
    const folder = copyOfModel();
    damage(objectFile(folder));
    const { findings: found } = await check(folder);
    expect(found).toMatchObject([{ code, exhibit: 'PAS/1', part: 'page.png' }]);
    expect([one, two]).toContain(found[0]?.case);
    const quarantined = new Map([one, two].map((id) => [id, new Set(['PAS/1'])]));
    expect((await check(folder, quarantined)).findings).toEqual(found);
  });
});

test('names settings and the list of cases when they were changed', async () => {
  const folder = copyOfModel();
  force(folder, 'UPDATE settings SET box = zeroblob(length(box)); UPDATE case_list SET box = zeroblob(length(box))');
  expect(await findings(folder)).toEqual([{ code: 'kept-thing-altered', place: 'case_list/1' }, { code: 'kept-thing-altered', place: 'settings/contacts' }]);
});

test('checks a quarantined exhibit without decrypting it: one whose bytes are those of the record and do not decrypt is found only where it is not quarantined', async () => {
  const folder = copyOfModel();
  const { locked, vault } = await openBoth(folder);
  const store = await vault.openCase(one);
  const part = await store.stage('PAS/2', { name: 'page.png', mediaType: 'image/png' }, randomBytes(50));
  const junk = randomBytes(78);
  const place = join(folder, 'objects', part.file.slice(0, 2), part.file);
  // Nothing that was encrypted: the record and the list of evidence files are made to speak of these very bytes.
  Object.assign(part, { cipherSha256: hex(sha256.of(junk)) });
  await store.append(capture(store, 'PAS/2', [part]), [part]);
  await locked.close();
  expect(readFileSync(place)).not.toHaveLength(0);
  writeFileSync(place, junk);
  const found = { code: 'object-altered', case: one, exhibit: 'PAS/2', part: 'page.png' };
  expect((await check(folder)).findings).toMatchObject([found]);
  expect((await check(folder, new Map([[one, new Set(['PAS/1'])]]))).findings).toMatchObject([found]);
  expect(await check(folder, new Map([[one, new Set(['PAS/2'])]]))).toMatchObject({ objects: 3, quarantined: 1, findings: [] });
});
