import { afterAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../../../src/vault/database.js';
import { openVault, type NewReviewer } from '../../../src/vault/vault.js';
import { codeOf, collect, failureOf, filesUnder, freshFolder, JMK, newVault, note, openBoth, PAS, portsWith, removeFolders, TestClock, type Opened } from './support.js';

afterAll(removeFolders);

const DAO: NewReviewer = { initials: 'DAO', name: 'Dele Adé Okafor', position: 'Chair of governors', role: 'chair-of-governors', passphrase: 'meadow ticket orbit walnut' };
const dao = { initials: 'DAO', passphrase: DAO.passphrase };

/** A vault with a case of one note and a setting, and a third reviewer. */
async function withThird(): Promise<Opened & { caseId: string }> {
  const opened = await newVault();
  const store = await opened.vault.createCase();
  await store.append(note(store, 'kept before'));
  await opened.vault.putSetting('contacts', { lado: '01632 960001' });
  await opened.vault.enrol(PAS, JMK, DAO);
  return { ...opened, caseId: store.id };
}

async function textsOf(opened: Opened, id: string): Promise<unknown[]> {
  return (await collect((await opened.vault.openCase(id)).entries())).map((e) => e.body.data['text']);
}

/** Every share and every box of keys in the database. */
async function secretsOf(folder: string): Promise<Buffer[]> {
  const database = await Database.open(join(folder, 'vault.db'));
  const shares = (await database.all('SELECT first_share, second_share FROM shares')) as { first_share: Buffer; second_share: Buffer }[];
  const boxes = (await database.all('SELECT box FROM reviewer_keys UNION ALL SELECT wrapped_key FROM cases UNION ALL SELECT box FROM settings UNION ALL SELECT box FROM root_key')) as { box: Buffer }[];
  await database.close();
  return [...shares.flatMap((s) => [s.first_share, s.second_share]), ...boxes.map((b) => b.box)];
}

/** How many of `secrets` still stand anywhere under `folder`. */
function remaining(folder: string, secrets: readonly Buffer[]): number {
  const files = filesUnder(folder);
  // Whole boxes, and pieces of them: a page of SQLite may hold either.
  return secrets.filter((s) => files.some(({ bytes }) => bytes.includes(s.subarray(0, 24)) || bytes.includes(s.subarray(-24)))).length;
}

describe('enrolling', () => {
  test('lets every pair of reviewers open everything that was there before', async () => {
    const { locked, vault, folder, caseId } = await withThird();
    expect(locked.reviewers.map((r) => [r.initials, r.role, r.status])).toEqual([['PAS', 'senior-leader', 'active'], ['JMK', 'senior-leader', 'active'], ['DAO', 'chair-of-governors', 'active']]);
    const store = await vault.openCase(caseId);
    await store.append(note(store, 'kept after'));
    const begun = await vault.createCase();
    await begun.append(note(begun, 'a new case under the new key'));
    await locked.close();
    for (const [first, second] of [[PAS, JMK], [PAS, dao], [dao, JMK]] as const) {
      const again = await openVault(folder, portsWith(new TestClock()));
      const opened = { folder, clock: new TestClock(), locked: again, vault: await again.unlock(first, second) };
      expect(await textsOf(opened, caseId)).toEqual(['kept before', 'kept after']);
      expect(await opened.vault.caseIds()).toEqual([caseId, begun.id]);
      expect(await opened.vault.setting('contacts')).toEqual({ lado: '01632 960001' });
      expect(opened.vault.certificates().reviewerPems).toHaveLength(3);
      await again.close();
    }
  });

  test('keeps a case that was made before and first written after', async () => {
    const { locked, vault, folder } = await newVault();
    const store = await vault.createCase();
    await vault.enrol(PAS, JMK, DAO);
    await store.append(note(store, 'first'));
    await locked.close();
    const again = await openBoth(folder);
    expect(await textsOf(again, store.id)).toEqual(['first']);
    await again.locked.close();
  });

  test('refuses what cannot be, with a code, and changes nothing', async () => {
    const opened = await withThird();
    const { locked, vault, clock } = opened;
    const other = { ...DAO, initials: 'EFG', passphrase: 'basket comet river pilot' };
    for (const [code, work] of [
      ['set-up.same-initials', () => vault.enrol(PAS, JMK, { ...other, initials: 'JMK' })],
      ['set-up.bad-initials', () => vault.enrol(PAS, JMK, { ...other, initials: 'ef' })],
      ['set-up.bad-name', () => vault.enrol(PAS, JMK, { ...other, name: '' })],
      ['set-up.bad-role', () => vault.enrol(PAS, JMK, { ...other, role: 'caretaker' as never })],
      ['auth.weak-passphrase', () => vault.enrol(PAS, JMK, { ...other, passphrase: 'short' })],
      ['set-up.same-passphrase', () => vault.enrol(PAS, JMK, { ...other, passphrase: PAS.passphrase })],
      ['auth.same-person', () => vault.enrol(PAS, PAS, other)],
      ['auth.not-signed-in', () => vault.enrol(PAS, dao, other)],
      ['auth.bad-passphrase', () => vault.enrol(PAS, { ...JMK, passphrase: 'not the right one' }, other)],
      ['auth.slow-down', () => vault.remove(PAS, JMK, 'DAO')],
    ] as const) expect([code, await codeOf(work)]).toEqual([code, code]);
    clock.pass(60);
    for (const [code, initials] of [['reviewers.unknown', 'XYZ'], ['reviewers.signed-in', 'PAS']] as const) expect(await codeOf(() => vault.remove(PAS, JMK, initials))).toBe(code);
    expect(locked.reviewers).toHaveLength(3);
    vault.lock();
    expect(await codeOf(() => vault.enrol(PAS, JMK, other))).toBe('auth.locked');
    expect(await codeOf(() => vault.remove(PAS, JMK, 'DAO'))).toBe('auth.locked');
    expect(await codeOf(() => vault.changePassphrase(PAS, 'another one entirely'))).toBe('auth.locked');
    expect(await codeOf(() => vault.makeRecoverySheet(PAS, JMK, 'Rowan Hale'))).toBe('auth.locked');
    await locked.close();
  });
});

describe('removing', () => {
  test('shuts the reviewer out, keeps and revokes the certificate, and leaves two at least', async () => {
    const { locked, vault, folder, caseId, clock } = await withThird();
    clock.pass(3_600);
    await vault.remove(PAS, JMK, 'DAO');
    expect(locked.reviewers.find((r) => r.initials === 'DAO')).toMatchObject({ status: 'removed', removedAt: '2026-11-24T11:00:00.000Z' });
    expect(await codeOf(() => locked.unlock(PAS, dao))).toBe('auth.removed-reviewer');
    expect(await codeOf(() => vault.enrol(PAS, JMK, DAO))).toBe('set-up.same-initials');
    expect(await codeOf(() => vault.remove(PAS, JMK, 'DAO'))).toBe('reviewers.unknown');
    const { reviewerPems, crlDer } = vault.certificates();
    expect(reviewerPems).toHaveLength(3);
    const crl = join(freshFolder(), 'crl.der');
    writeFileSync(crl, crlDer);
    const said = execFileSync('openssl', ['crl', '-in', crl, '-inform', 'DER', '-noout', '-text'], { encoding: 'utf8' });
    expect(said).toContain(new X509Certificate(reviewerPems[2] ?? '').serialNumber);
    expect(said).toContain('Nov 24 11:00:00 2026 GMT');
    await locked.close();
    const again = await openBoth(folder, clock);
    expect(await textsOf(again, caseId)).toEqual(['kept before']);
    expect(await codeOf(() => again.locked.unlock(JMK, dao))).toBe('auth.removed-reviewer');
    await again.locked.close();
  });

  test('refuses to go below two', async () => {
    const { locked, vault, folder } = await withThird();
    await vault.remove(PAS, JMK, 'DAO');
    vault.lock();
    const both = await locked.unlock(PAS, JMK);
    expect(await codeOf(() => both.remove(PAS, JMK, 'PAS'))).toBe('reviewers.signed-in');
    await locked.close();
    const third = await openBoth(folder);
    await third.vault.enrol(PAS, JMK, { ...DAO, initials: 'DAP' });
    await third.vault.remove(PAS, JMK, 'DAP');
    expect(third.locked.reviewers.filter((r) => r.status === 'active')).toHaveLength(2);
    await third.locked.close();
  });

  test('leaves no old share, no old wrap and no key of theirs on the disk', async () => {
    const { locked, vault, folder } = await withThird();
    await locked.close();
    const old = await secretsOf(folder);
    expect(old.length).toBeGreaterThan(9);
    const again = await openBoth(folder);
    expect(remaining(folder, old)).toBe(old.length);
    await again.vault.remove(PAS, JMK, 'DAO');
    // Two boxes stay as they are: the keys of PAS and of JMK under their own passphrases.
    expect(remaining(folder, old)).toBe(2);
    await again.locked.close();
    expect(remaining(folder, old)).toBe(2);
    expect(await codeOf(() => vault.caseIds())).toBe('auth.locked');
  });

  test('an old copy still opens with two who were reviewers then, and with no one of them alone', async () => {
    const { locked, vault, folder, caseId } = await withThird();
    await locked.close();
    const copy = freshFolder();
    cpSync(folder, copy, { recursive: true });
    const again = await openBoth(folder);
    await again.vault.remove(PAS, JMK, 'DAO');
    await again.locked.close();
    const old = await openVault(copy, portsWith(new TestClock()));
    expect(await codeOf(() => old.unlock(dao, { initials: 'PAS', passphrase: dao.passphrase }))).toBe('auth.bad-passphrase');
    await old.close();
    const clock = new TestClock();
    clock.pass(60);
    const pair = await openVault(copy, portsWith(clock));
    expect(await (await pair.unlock(dao, JMK)).caseIds()).toEqual([caseId]);
    await pair.close();
    expect(await codeOf(() => vault.caseIds())).toBe('auth.locked');
  });

  test('done while the disk fails changes nothing', async () => {
    const { locked, vault, folder, caseId } = await withThird();
    const before = (await secretsOf(folder)).length;
    const blocker = await Database.open(join(folder, 'vault.db'));
    await blocker.run('BEGIN IMMEDIATE');
    expect(await codeOf(() => vault.remove(PAS, JMK, 'DAO'))).toMatch(/^vault\./);
    await blocker.run('ROLLBACK');
    await blocker.close();
    expect(locked.reviewers.filter((r) => r.status === 'active')).toHaveLength(3);
    expect(await vault.caseIds()).toEqual([caseId]);
    await locked.close();
    expect(await secretsOf(folder)).toHaveLength(before);
  });
});

describe('changing a passphrase', () => {
  test('opens with the new one alone, and the box under the old one is gone', async () => {
    const { locked, vault, folder, clock } = await newVault();
    const database = await Database.open(join(folder, 'vault.db'));
    const boxes = ((await database.all('SELECT box FROM reviewer_keys')) as { box: Buffer }[]).map((b) => b.box);
    await database.close();
    expect(await codeOf(() => vault.changePassphrase(PAS, 'short'))).toBe('auth.weak-passphrase');
    expect(await codeOf(() => vault.changePassphrase(PAS, PAS.passphrase))).toBe('auth.same-passphrase');
    expect(await codeOf(() => vault.changePassphrase(dao, 'whatever it may be'))).toBe('auth.not-signed-in');
    const anew = { initials: 'PAS', passphrase: 'copper window thistle ferry' };
    await vault.changePassphrase(PAS, anew.passphrase);
    expect(remaining(folder, boxes)).toBe(1);
    expect((await vault.confirm(anew)).initials).toBe('PAS');
    expect(await failureOf(() => vault.confirm(PAS))).toEqual({ code: 'auth.bad-passphrase', where: 'PAS' });
    await locked.close();
    clock.pass(60);
    const again = await openVault(folder, portsWith(clock));
    expect(await codeOf(() => again.unlock(PAS, JMK))).toBe('auth.bad-passphrase');
    clock.pass(60);
    const opened = await again.unlock(anew, JMK);
    expect(opened.signers[0].sign(new Uint8Array(1))).toHaveLength(384);
    await again.close();
  });
});
