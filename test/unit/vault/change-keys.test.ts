import { afterAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8 } from '../../../src/record/bytes.js';
import { verifyWith } from '../../../src/vault/certificate.js';
import { Database } from '../../../src/vault/database.js';
import { loadRoster } from '../../../src/vault/roster.js';
import { openVault } from '../../../src/vault/vault.js';
import { codeOf, collect, fillCase, filesUnder, force, freshFolder, JMK, newVault, openBoth, PAS, portsWith, removeFolders, sha256 } from './support.js';

afterAll(removeFolders);

const dao = { initials: 'DAO', name: 'Dele Adé Okafor', position: 'Chair of governors', passphrase: 'meadow ticket orbit walnut' };

async function keyBoxes(folder: string): Promise<Buffer[]> {
  const database = await Database.open(join(folder, 'vault.db'));
  const rows = (await database.all('SELECT box FROM reviewer_keys')) as { box: Buffer }[];
  await database.close();
  return rows.map((row) => row.box);
}

test('new keys sign from now on, open the vault with the same passphrase, and the old certificate is withdrawn with its date', async () => {
  const { locked, vault, folder, clock } = await newVault();
  const store = await fillCase(vault);
  await vault.enrol(PAS, JMK, dao);
  const before = await keyBoxes(folder);
  const [old, other] = vault.signers;
  const statement = utf8('signed before');
  const signature = Buffer.from(old.sign(statement));
  clock.pass(3_600);
  clock.wallMs += 250;
  await vault.changeKeys(PAS, JMK, 'PAS');

  const [fresh, same] = vault.signers;
  expect([fresh.initials, fresh.name, fresh.certificate === old.certificate, same.certificate]).toEqual(['PAS', old.name, false, other.certificate]);
  expect(verifyWith(fresh.certificatePem, statement, Buffer.from(fresh.sign(statement)))).toBe(true);
  expect(verifyWith(old.certificatePem, statement, signature)).toBe(true);
  expect(await codeOf(() => old.sign(statement))).toBe('auth.not-signed-in');

  const { reviewerPems, crlDer } = vault.certificates();
  expect(reviewerPems).toEqual([old.certificatePem, fresh.certificatePem, other.certificatePem, expect.any(String)]);
  const crl = join(freshFolder(), 'crl.der');
  writeFileSync(crl, crlDer);
  const said = execFileSync('openssl', ['crl', '-in', crl, '-inform', 'DER', '-noout', '-text'], { encoding: 'utf8' });
  expect(said).toContain(new X509Certificate(old.certificatePem).serialNumber);
  expect(said).not.toContain(new X509Certificate(fresh.certificatePem).serialNumber);
  // The full second after the change: nothing that the old key signed until then is doubted.
  expect(said).toContain('Nov 24 11:00:01 2026 GMT');

  // One box of the three is another now, and the old one is nowhere on the disk.
  const gone = before.filter((box) => !filesUnder(folder).some(({ bytes }) => bytes.includes(box.subarray(0, 24)) || bytes.includes(box.subarray(-24))));
  expect(gone).toHaveLength(1);
  expect((await vault.fullCheck(() => undefined)).findings).toEqual([]);
  await locked.close();

  for (const [first, second] of [[PAS, JMK], [PAS, dao], [dao, JMK]] as const) {
    const again = await openVault(folder, portsWith(clock));
    const opened = await again.unlock(first, second);
    expect(await collect((await opened.openCase(store.id)).entries())).toHaveLength(10);
    expect(again.reviewers.find(({ initials }) => initials === 'PAS')).toMatchObject({ certificate: fresh.certificate, replaced: [{ certificatePem: old.certificatePem, until: '2026-11-24T11:00:01.000Z' }] });
    await again.close();
  }
});

test('only one of the two who are signed in gets new keys, and only with both passphrases', async () => {
  const { locked, vault, clock } = await newVault();
  await vault.enrol(PAS, JMK, dao);
  const before = locked.reviewers;
  expect(await codeOf(() => vault.changeKeys(PAS, JMK, 'DAO'))).toBe('auth.not-signed-in');
  expect(await codeOf(() => vault.changeKeys(PAS, PAS, 'PAS'))).toBe('auth.same-person');
  expect(await codeOf(() => vault.changeKeys(PAS, dao, 'PAS'))).toBe('auth.not-signed-in');
  expect(await codeOf(() => vault.changeKeys({ ...PAS, passphrase: 'not the right one' }, JMK, 'PAS'))).toBe('auth.bad-passphrase');
  clock.pass(60);
  expect(locked.reviewers).toEqual(before);
  vault.lock();
  expect(await codeOf(() => vault.changeKeys(PAS, JMK, 'PAS'))).toBe('auth.locked');
  await locked.close();
});

test('keys can be replaced again, and a certificate that was replaced cannot be exchanged on the disk', async () => {
  const { locked, vault, folder, clock } = await newVault();
  const certificates = [vault.signers[1].certificate];
  for (let n = 0; n < 2; n += 1) {
    clock.pass(60);
    await vault.changeKeys(PAS, JMK, 'JMK');
    certificates.push(vault.signers[1].certificate);
  }
  expect(new Set(certificates).size).toBe(3);
  await locked.close();
  const again = await openBoth(folder, clock);
  expect(again.vault.signers[1].certificate).toBe(certificates[2]);
  await again.locked.close();
  const database = await Database.open(join(folder, 'vault.db'));
  expect((await loadRoster(database, sha256)).members[1]?.earlier?.map((each) => each.certificate)).toEqual(certificates.slice(0, 2));
  await database.close();
  force(folder, `UPDATE certificates SET pem = (SELECT pem FROM certificates WHERE fingerprint = '${certificates[2]}') WHERE fingerprint = '${certificates[0]}'`);
  expect(await codeOf(() => openVault(folder, portsWith(clock)))).toBe('vault.altered');
});
