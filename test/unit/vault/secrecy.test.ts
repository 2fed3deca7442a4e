import { afterAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createDecipheriv, generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Database } from '../../../src/vault/database.js';
import { CaseKeys, unwrapCaseKey } from '../../../src/vault/case-keys.js';
import { openSealed } from '../../../src/vault/hpke.js';
import { checkSecret, unlockSecret } from '../../../src/vault/reviewer-secret.js';
import { loadRoster } from '../../../src/vault/roster.js';
import { contextBytes, openBox } from '../../../src/vault/sealed-box.js';
import { openRootKey } from '../../../src/vault/root-key.js';
import { vaultKeyDigest } from '../../../src/vault/vault-key.js';
import { createVault, openVault } from '../../../src/vault/vault.js';
import { vaultKeyOf } from './bulk.js';
import { capture, checkpoint, codeOf, entryFor, failureOf, filesUnder, freshFolder, JMK, newVault, newVaultFolder, note, openBoth, PAS, portsWith, removeFolders, SET_UP, sha256, TestClock } from './support.js';

afterAll(removeFolders);

const SECRETS = {
  url: 'https://forum.example.test/thread/93417',
  note: 'Pupil R posted this after assembly',
  reference: 'AG-2026-0147',
  reason: 'A parent reported a false account',
  page: 'The text of the page as it stood on the screen',
  setting: '01632 960123',
  title: 'Year 9 chat, room of R. Okoro',
};

async function filledVault(): Promise<string> {
  const { locked, vault, folder } = await newVault();
  const store = await vault.createCase();
  const reviewers = vault.signers.map(({ initials, name, position, certificate }) => ({ initials, name, position, certificate }));
  await store.append(entryFor(store, 'case-opened', {
    reference: SECRETS.reference, reason: SECRETS.reason, subject: 'pupil', organisation: locked.organisation, computer: { ...locked.computer }, reviewers, root: locked.rootFingerprint,
  }, { signers: vault.signers }));
  await store.append(note(store, SECRETS.note));
  await store.append(entryFor(store, 'title', { view: 'v1', title: SECRETS.title }));
  const part = await store.stage('PAS/1', { name: 'page.txt', mediaType: 'text/plain' }, Buffer.from(SECRETS.page.repeat(50)));
  await store.append(capture(store, 'PAS/1', [part], SECRETS.url), [part]);
  await store.append(checkpoint(store, vault.signers));
  await store.keepState(JSON.stringify(SECRETS));
  await vault.putSetting('contacts', { lado: SECRETS.setting });
  // Once as a crash would leave it, with the journal, and once closed.
  for (const { bytes } of filesUnder(folder)) expectNoSecret(bytes);
  await locked.close();
  return folder;
}

/** What AES-256-GCM gives for `key`, tag or no tag, so that no wrong context keeps a right key from being seen. */
function unauthenticated(key: Uint8Array, box: Buffer): Buffer[] {
  if (box.length < 40) return [];
  return [createDecipheriv('aes-256-gcm', key, box.subarray(0, 12)).update(box.subarray(12, -16))];
}

/** JSON, or PKCS #8, or text: what is under the vault's keys begins like one of these. */
function looksLikeText(plain: Buffer): boolean {
  const begin = plain.subarray(0, 24);
  return begin.length > 11 && (begin.every((b) => b >= 0x20 && b < 0x7f) || begin.subarray(0, 2).toString('hex') === '3082' && begin[4] === 2);
}

function expectNoSecret(bytes: Buffer): void {
  for (const [what, text] of Object.entries({ ...SECRETS, first: PAS.passphrase, second: JMK.passphrase, exhibit: sha256.of(Buffer.from(SECRETS.page.repeat(50))) })) {
    for (const form of typeof text === 'string' ? [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('hex')), Buffer.from(Buffer.from(text).toString('base64').slice(0, -4))] : [Buffer.from(text), Buffer.from(Buffer.from(text).toString('hex'))]) {
      expect([what, bytes.includes(form)]).toEqual([what, false]);
    }
  }
}

test('a copied vault shows no address, note, case reference, exhibit or setting to a search of its bytes', async () => {
  const folder = await filledVault();
  let bytes = 0;
  for (const file of filesUnder(folder)) {
    expectNoSecret(file.bytes);
    bytes += file.bytes.length;
  }
  expect(bytes).toBeGreaterThan(50_000);
});

test('nor to grep -a and strings, in the folder as it was left by a crash and as it was closed', async () => {
  const folder = await filledVault();
  const running = spawnSync('grep', ['--version']).status === 0 && spawnSync('strings', ['--version']).status === 0;
  if (!running) {
    process.stdout.write('vault: grep and strings not run, they are not here\n');
    return;
  }
  const words = [SECRETS.url, 'forum.example', SECRETS.note, 'Pupil R', SECRETS.reference, SECRETS.reason, 'page as it stood', SECRETS.setting, SECRETS.title];
  for (const word of words) expect([word, spawnSync('grep', ['-r', '-a', '-i', '-c', '-F', '-l', word, folder], { encoding: 'utf8' }).stdout]).toEqual([word, '']);
  const files = filesUnder(folder).map((f) => f.path);
  for (const encoding of ['s', 'l', 'b']) {
    const text = spawnSync('strings', ['-a', '-n', '4', '-e', encoding, ...files], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).stdout;
    for (const word of words) expect([encoding, word, text.includes(word)]).toEqual([encoding, word, false]);
    // What is plain by design, so that the search is known to find something.
    if (encoding === 's') expect(text).toContain('Ash Grove Academy');
  }
  process.stdout.write(`vault: grep -a and strings over ${files.length} files find none of ${words.length} planted texts\n`);
});

test('one passphrase and every byte on the disk reach no plaintext', async () => {
  const folder = await filledVault();
  const database = await Database.open(join(folder, 'vault.db'));
  const roster = await loadRoster(database, sha256);
  const me = roster.members.find((m) => m.initials === 'PAS');
  const locked = roster.secrets.find((s) => s.certificate === me?.certificate);
  if (me === undefined || locked === undefined) throw new Error('the model vault has no PAS');
  const secret = await unlockSecret(locked, PAS.passphrase);
  if (secret === null) throw new Error('the passphrase opens its own keys');
  const [split] = roster.splits;
  if (split === undefined) throw new Error('the model vault has no shares');
  const context = (initials: string): Uint8Array =>
    contextBytes({ purpose: 'Countersign vault share v1', first: split.first, second: split.second, to: roster.members.find((m) => m.initials === initials)?.certificate ?? '' });
  // The alphabet puts JMK first: the second share is PAS's.
  const share = await openSealed(secret.agreement, split.secondShare, context('PAS'));
  expect(share).toHaveLength(32);
  expect(await openSealed(secret.agreement, split.firstShare, context('JMK'))).toBeNull();
  expect(await openSealed(secret.agreement, split.firstShare, context('PAS'))).toBeNull();

  // Everything that PAS could hold as a key against everything that is encrypted.
  const keys = [share as Buffer, secret.agreement, sha256.of(share as Buffer), Buffer.alloc(32), split.firstShare.subarray(0, 32), split.firstShare.subarray(32, 64)].map((k) => Buffer.from(k));
  const xored = keys.flatMap((a) => keys.map((b) => Buffer.from(a.map((x, i) => x ^ (b[i] ?? 0)))));
  const candidates = [...keys, ...xored];
  const rows = (await database.all('SELECT id, wrapped_key FROM cases')) as { id: string; wrapped_key: Buffer }[];
  const settings = (await database.all('SELECT name, box FROM settings')) as { name: string; box: Buffer }[];
  expect(rows).toHaveLength(1);
  expect(settings).toHaveLength(1);
  // Every column of bytes that the database has, whichever table it is in, and every evidence file.
  const tables = (await database.all("SELECT m.name AS t, c.name AS c FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'BLOB'")) as { t: string; c: string }[];
  const boxes = (await Promise.all(tables.map(({ t, c }) => database.all(`SELECT ${c} AS box FROM ${t}`)))).flat().map((row) => (row as { box: Buffer }).box);
  for (const { bytes } of filesUnder(join(folder, 'objects'))) boxes.push(bytes.subarray(4));
  expect(tables.length).toBeGreaterThan(10);
  let opened = 0;
  for (const key of candidates) {
    for (const box of boxes) if (unauthenticated(key, box).some((plain) => looksLikeText(plain))) opened += 1;
  }
  expect(opened).toBe(0);
  // The same look at the same bytes with the right key does find text.
  const right = await vaultKeyOf(database);
  expect(settings.some(({ box }) => unauthenticated(right, box).some((plain) => looksLikeText(plain)))).toBe(true);
  process.stdout.write(`vault: ${candidates.length} keys that one reviewer can make, on ${boxes.length} boxes of ${tables.length} columns: ${opened} plaintexts\n`);
  for (const key of candidates) {
    expect(vaultKeyDigest(key)).not.toBe(roster.statement.vaultKey);
    expect(openRootKey(key, roster.statement.root, roster.rootKey)).toBeNull();
    for (const row of rows) expect(unwrapCaseKey(key, row.id, row.wrapped_key)).toBeNull();
    for (const row of settings) expect(openBox(key, row.box, contextBytes({ purpose: 'Countersign setting v1', name: row.name }))).toBeNull();
  }
  await database.close();
});

test('a vault that one reviewer rebuilt alone around their own keys is refused when the other signs in', async () => {
  const mine = await newVaultFolder();
  // PAS makes a whole vault in which PAS knows both passphrases, and puts JMK's true keys into it.
  const forged = freshFolder();
  const [pas, jmk] = SET_UP.reviewers;
  await createVault(forged, { ...SET_UP, reviewers: [pas, { ...jmk, passphrase: 'known to both of them' }] }, portsWith(new TestClock()));
  const source = await Database.open(join(mine, 'vault.db'));
  const target = await Database.open(join(forged, 'vault.db'));
  const genuine = (await source.all('SELECT * FROM reviewer_keys')) as { certificate: string; kdf: string; salt: Buffer; box: Buffer }[];
  const roster = await loadRoster(source, sha256);
  const stolen = genuine.find((k) => k.certificate === roster.members.find((m) => m.initials === 'JMK')?.certificate);
  const forgedRoster = await loadRoster(target, sha256);
  const slot = forgedRoster.members.find((m) => m.initials === 'JMK')?.certificate ?? '';
  const trigger = (await target.all("SELECT sql FROM sqlite_schema WHERE name = 'reviewer_keys_no_update'")) as { sql: string }[];
  await target.script('DROP TRIGGER reviewer_keys_no_update');
  await target.run('UPDATE reviewer_keys SET kdf = ?, salt = ?, box = ? WHERE certificate = ?', stolen?.kdf ?? '', stolen?.salt ?? null, stolen?.box ?? null, slot);
  await target.script(trigger[0]?.sql ?? '');
  await source.close();
  await target.close();
  const opened = await openVault(forged, portsWith(new TestClock()));
  // The box is bound to the certificate that it was made for.
  expect(await codeOf(() => opened.unlock(PAS, JMK))).toBe('auth.bad-passphrase');
  await opened.close();
});

test('keys under another root than the one that was there at set-up are refused by name', async () => {
  const folder = await newVaultFolder();
  const database = await Database.open(join(folder, 'vault.db'));
  const roster = await loadRoster(database, sha256);
  await database.close();
  const [member] = roster.members;
  const locked = roster.secrets.find((s) => s.certificate === member?.certificate);
  if (member === undefined || locked === undefined) throw new Error('the model vault has no reviewers');
  const secret = await unlockSecret(locked, PAS.passphrase);
  if (secret === null) throw new Error('the passphrase opens its own keys');
  const root = { pem: roster.rootPem, fingerprint: roster.statement.root };
  checkSecret(secret, member, root);
  const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  for (const wrong of [{ ...secret, root: 'f'.repeat(64) }, { ...secret, agreement: randomBytes(32) }, { ...secret, signing: otherKey }]) {
    expect(await failureOf(() => { checkSecret(wrong, member, root); })).toEqual({ code: 'vault.altered', where: 'reviewers/PAS' });
  }
});

test('a case\'s keys differ from case to case and from use to use', () => {
  const key = randomBytes(32);
  const [a, b] = [new CaseKeys('a'.repeat(32), key), new CaseKeys('a'.repeat(32), randomBytes(32))];
  const all = [a.bodies, a.objects, b.bodies, b.objects, key].map((k) => Buffer.from(k).toString('hex'));
  expect(new Set(all).size).toBe(all.length);
  a.zero();
  expect(a.bodies.every((x) => x === 0) && a.objects.every((x) => x === 0)).toBe(true);
});

test('every body has a nonce of its own and is bound to its entry; a head is known by its HMAC', () => {
  const keys = new CaseKeys('a'.repeat(32), randomBytes(32));
  const random = { bytes: (count: number) => randomBytes(count) };
  const aad = 'header – ä';
  const boxes = Array.from({ length: 200 }, (_, n) => keys.sealBody(`body ${n} – ä`, aad, random));
  expect(boxes.map((box) => openBox(keys.bodies, box, Buffer.from(aad))?.toString('utf8'))).toEqual(boxes.map((_, n) => `body ${n} – ä`));
  expect(boxes.map((box) => openBox(keys.bodies, box, Buffer.from('another header')))).toEqual(boxes.map(() => null));
  expect(new Set(boxes.map((box) => box.subarray(0, 12).toString('hex'))).size).toBe(boxes.length);
  const head = { seq: 3, hash: 'b'.repeat(64), signaturesHash: 'c'.repeat(64) };
  const mac = keys.headMac(head, 1);
  expect(keys.isHeadMac(mac, head, 1)).toBe(true);
  expect(keys.isHeadMac(mac, { ...head, seq: 4 }, 1)).toBe(false);
});

test('two reviewers who sign in afterwards find everything', async () => {
  const { locked, vault } = await openBoth(await filledVault());
  const [id] = await vault.caseIds();
  const store = await vault.openCase(id ?? '');
  expect(Buffer.from(await store.readPart('PAS/1', 'page.txt')).toString()).toBe(SECRETS.page.repeat(50));
  await locked.close();
});
