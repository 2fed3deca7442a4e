import { afterAll, expect, test } from '@jest/globals';
import { verify, X509Certificate } from 'node:crypto';
import { existsSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Database } from '../../../src/vault/database.js';
import { destructionBytes } from '../../../src/vault/destruction.js';
import { codeOf, collect, entryFor, fillCase, filesUnder, freshFolder, JMK, newVault, note, openBoth, PAS, removeFolders, type Opened } from './support.js';

afterAll(removeFolders);

const REASON = 'Retention ended; agreed with the data protection officer';

async function filled(): Promise<Opened & { doomed: string; kept: string }> {
  const opened = await newVault();
  const { vault, locked } = opened;
  const store = await vault.createCase();
  const reviewers = vault.signers.map(({ initials, name, position, certificate }) => ({ initials, name, position, certificate }));
  await store.append(entryFor(store, 'case-opened', { reference: 'AG-2026-0147', reason: 'A parent reported it', subject: 'pupil', organisation: locked.organisation, computer: { ...locked.computer }, reviewers, root: locked.rootFingerprint }));
  const part = await store.stage('PAS/1', { name: 'page.png', mediaType: 'image/png' }, Buffer.alloc(100_000, 3));
  await store.append(note(store, 'a note'));
  await store.append(entryFor(store, 'export', { recipient: 'police', exhibits: 0, withheld: 0, quarantined: 0 }));
  await store.discard([part]);
  const other = await fillCase(vault);
  return { ...opened, doomed: store.id, kept: other.id };
}

/** Everything encrypted that the database holds of a case, and its files. */
async function boxesOf(folder: string, id: string): Promise<{ boxes: Buffer[]; files: string[] }> {
  const database = await Database.open(join(folder, 'vault.db'));
  const rows = (await database.all('SELECT wrapped_key AS box FROM cases WHERE id = ?1 UNION ALL SELECT body FROM entries WHERE case_id = ?1 UNION ALL SELECT box FROM objects WHERE case_id = ?1', id)) as { box: Buffer }[];
  const files = (await database.all('SELECT file FROM objects WHERE case_id = ?', id)) as { file: string }[];
  await database.close();
  return { boxes: rows.map((r) => r.box), files: files.map(({ file }) => join(folder, 'objects', file.slice(0, 2), file)) };
}

test('leaves nothing of the case but the certificate, which both have signed, and leaves other cases as they are', async () => {
  const { locked, vault, folder, doomed, kept } = await filled();
  const place = join(freshFolder(), 'backup');
  await vault.backup(place);
  const before = await boxesOf(folder, kept);
  expect(before.boxes.length).toBe(12);
  const store = await vault.openCase(kept);
  const { head } = store;
  const { certificate, facts } = await vault.destroyCase(PAS, JMK, kept, REASON, ` ${kept} `);
  expect(certificate.statement).toMatchObject({
    case: kept, reference: kept, reason: REASON, by: ['PAS', 'JMK'], entries: 10, evidenceFiles: 1, head: head?.hash, checkpoint: { seq: 5 }, exports: [],
    backups: [{ place }],
  });
  expect(facts).toEqual(['key-overwritten', 'files-removed', 'disk-may-keep-blocks', 'backups-hold-it', 'other-copies-unknown']);
  for (const { by, value } of certificate.signatures) {
    const pem = locked.reviewers.find((r) => r.initials === by)?.certificatePem ?? '';
    expect(verify('sha256', destructionBytes(certificate.statement), new X509Certificate(pem).publicKey, Buffer.from(value, 'base64'))).toBe(true);
  }
  for (const box of before.boxes) expect(filesUnder(folder).some(({ bytes }) => bytes.includes(box.subarray(0, 20)) || bytes.includes(box.subarray(-20)))).toBe(false);
  for (const file of before.files) expect(existsSync(file)).toBe(false);
  expect(await vault.caseIds()).toEqual([doomed]);
  expect(await codeOf(() => vault.openCase(kept))).toBe('case.unknown');
  expect(await codeOf(() => store.append(note(store, 'too late')))).toBe('case.destroyed');
  expect(await codeOf(() => collect(store.entries()))).toBe('case.destroyed');
  expect(await vault.destructions()).toEqual([certificate]);
  expect((await vault.fullCheck(() => undefined)).findings).toEqual([]);
  await locked.close();
  const again = await openBoth(folder);
  expect(again.locked.unknownObjects).toBe(0);
  expect(await again.vault.destructions()).toEqual([certificate]);
  expect((await again.vault.fullCheck(() => undefined))).toMatchObject({ cases: 1, findings: [] });
  // Another vault key does not lose the certificates or the list of backups.
  await again.vault.makeRecoverySheet(PAS, JMK, 'Rowan Hale');
  expect(await again.vault.destructions()).toEqual([certificate]);
  expect(await again.vault.backups()).toHaveLength(1);
  await again.locked.close();
});

test('asks for the reference, a reason and both passphrases, and otherwise destroys nothing', async () => {
  const { locked, vault, folder, doomed, kept, clock } = await filled();
  for (const [code, work] of [
    ['destroy.no-reason', () => vault.destroyCase(PAS, JMK, doomed, ' ', 'AG-2026-0147')],
    ['destroy.other-reference', () => vault.destroyCase(PAS, JMK, doomed, REASON, 'AG-2026-0148')],
    ['destroy.other-reference', () => vault.destroyCase(PAS, JMK, doomed, REASON, doomed)],
    ['case.unknown', () => vault.destroyCase(PAS, JMK, 'f'.repeat(32), REASON, 'AG-2026-0147')],
    ['auth.same-person', () => vault.destroyCase(PAS, PAS, doomed, REASON, 'AG-2026-0147')],
    ['auth.bad-passphrase', () => vault.destroyCase(PAS, { ...JMK, passphrase: 'not the right one' }, doomed, REASON, 'AG-2026-0147')],
  ] as const) expect([code, await codeOf(work)]).toEqual([code, code]);
  expect(await vault.caseIds()).toEqual([doomed, kept]);
  const store = await vault.openCase(doomed);
  await store.append(note(store, 'still there'));
  await locked.close();
  clock.pass(3_600);
  const again = await openBoth(folder, clock);
  const { certificate, facts } = await again.vault.destroyCase(JMK, PAS, doomed, REASON, 'AG-2026-0147');
  expect(certificate.statement).toMatchObject({ reference: 'AG-2026-0147', entries: 4, checkpoint: null, exports: [{ recipient: 'police' }] });
  expect(facts).toContain('exports-exist');
  await again.locked.close();
});

test('cut short before the files went, the next opening removes them', async () => {
  const { locked, vault, folder, kept } = await filled();
  const { files } = await boxesOf(folder, kept);
  const [file = ''] = files;
  await vault.destroyCase(PAS, JMK, kept, REASON, kept);
  await locked.close();
  // As it stands when the power goes between the key and the files.
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'what was left');
  const database = await Database.open(join(folder, 'vault.db'));
  await database.run('INSERT INTO removals (file) VALUES (?)', file.slice(-32));
  await database.run('INSERT INTO removals (file) VALUES (?)', 'f'.repeat(32));
  await database.close();
  const again = await openBoth(folder);
  expect(existsSync(file)).toBe(false);
  expect(again.locked.unknownObjects).toBe(0);
  await again.locked.close();
});
