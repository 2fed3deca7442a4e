import { expect, test } from '@jest/globals';
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { openSealed, sealTo } from '../../../src/vault/hpke.js';
import { rawAgreementKey } from '../../../src/vault/certificate.js';
import { joinVaultKey, splitVaultKey } from '../../../src/vault/vault-key.js';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const whole = (b: Uint8Array): ArrayBuffer => new Uint8Array(b).buffer;

/** RFC 9180 appendix A.1.1: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, first message. */
const A_1_1 = {
  info: '4f6465206f6e2061204772656369616e2055726e',
  skEm: '52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736',
  pkEm: '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431',
  pkRm: '3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d',
  skRm: '4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8',
  pt: '4265617574792069732074727574682c20747275746820626561757479',
  aad: '436f756e742d30',
  ct: 'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
};

/** Opens a single message by RFC 9180 sections 4 and 5, written from its text over Node's crypto. */
function openByTheText(skR: Buffer, enc: Buffer, ct: Buffer, info: Buffer, aad: Buffer, aead: { id: number; keyBytes: 16 | 32 }): Buffer {
  const mac = (key: Uint8Array, ...data: Uint8Array[]): Buffer => data.reduce((h, d) => h.update(d), createHmac('sha256', key)).digest();
  const two = (n: number): Buffer => Buffer.from([n >> 8, n & 255]);
  const text = (t: string): Buffer => Buffer.from(t, 'latin1');
  const extract = (suite: Buffer, salt: Buffer, label: string, ikm: Buffer): Buffer => mac(salt.length === 0 ? Buffer.alloc(32) : salt, text('HPKE-v1'), suite, text(label), ikm);
  const expand = (suite: Buffer, prk: Buffer, label: string, about: Buffer, length: number): Buffer => mac(prk, two(length), text('HPKE-v1'), suite, text(label), about, Buffer.of(1)).subarray(0, length);
  const pkcs8 = (raw: Buffer): Buffer => Buffer.concat([bytes('302e020100300506032b656e04220420'), raw]);
  const spki = (raw: Buffer): Buffer => Buffer.concat([bytes('302a300506032b656e032100'), raw]);
  const privateKey = createPrivateKey({ key: pkcs8(skR), format: 'der', type: 'pkcs8' });
  const dh = diffieHellman({ privateKey, publicKey: createPublicKey({ key: spki(enc), format: 'der', type: 'spki' }) });
  const kem = Buffer.concat([text('KEM'), two(0x20)]);
  const shared = expand(kem, extract(kem, Buffer.alloc(0), 'eae_prk', dh), 'shared_secret', Buffer.concat([enc, rawAgreementKey(createPublicKey(privateKey))]), 32);
  const suite = Buffer.concat([text('HPKE'), two(0x20), two(1), two(aead.id)]);
  const context = Buffer.concat([Buffer.of(0), extract(suite, Buffer.alloc(0), 'psk_id_hash', Buffer.alloc(0)), extract(suite, Buffer.alloc(0), 'info_hash', info)]);
  const secret = extract(suite, shared, 'secret', Buffer.alloc(0));
  const decipher = createDecipheriv(aead.keyBytes === 16 ? 'aes-128-gcm' : 'aes-256-gcm', expand(suite, secret, 'key', context, aead.keyBytes), expand(suite, secret, 'base_nonce', context, 12));
  decipher.setAAD(aad);
  decipher.setAuthTag(ct.subarray(-16));
  return Buffer.concat([decipher.update(ct.subarray(0, -16)), decipher.final()]);
}

test('the library seals what RFC 9180 appendix A.1.1 says', async () => {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  const key = (hex: string, isPublic: boolean) => suite.kem.importKey('raw', whole(bytes(hex)), isPublic);
  const ekm = { privateKey: await key(A_1_1.skEm, false), publicKey: await key(A_1_1.pkEm, true) };
  const sealed = await suite.seal({ recipientPublicKey: await key(A_1_1.pkRm, true), info: whole(bytes(A_1_1.info)), ekm }, whole(bytes(A_1_1.pt)), whole(bytes(A_1_1.aad)));
  expect(Buffer.from(sealed.ct).toString('hex')).toBe(A_1_1.ct);
  expect(openByTheText(bytes(A_1_1.skRm), bytes(A_1_1.pkEm), bytes(A_1_1.ct), bytes(A_1_1.info), bytes(A_1_1.aad), { id: 1, keyBytes: 16 }).toString('hex')).toBe(A_1_1.pt);
});

function pair(): { publicKey: Buffer; privateKey: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return { publicKey: rawAgreementKey(publicKey), privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(16) };
}

test('what the vault seals opens by the text of RFC 9180 with AES-256-GCM, and by the vault', async () => {
  const { publicKey, privateKey } = pair();
  const sealed = await sealTo(publicKey, Buffer.from('a share'), Buffer.from('for whom'));
  const info = Buffer.from('Countersign vault share v1');
  expect(openByTheText(privateKey, sealed.subarray(0, 32), sealed.subarray(32), info, Buffer.from('for whom'), { id: 2, keyBytes: 32 }).toString()).toBe('a share');
  expect((await openSealed(privateKey, sealed, Buffer.from('for whom')))?.toString()).toBe('a share');
});

test('a share opens for nobody else, for no other purpose, and not when a bit of it is turned', async () => {
  const [mine, other] = [pair(), pair()];
  const sealed = await sealTo(mine.publicKey, Buffer.from('a share'), Buffer.from('for whom'));
  expect(await openSealed(other.privateKey, sealed, Buffer.from('for whom'))).toBeNull();
  expect(await openSealed(mine.privateKey, sealed, Buffer.from('for another'))).toBeNull();
  for (const at of [0, 31, 32, sealed.length - 1]) {
    const turned = Buffer.from(sealed);
    turned[at] = (turned[at] ?? 0) ^ 1;
    expect(await openSealed(mine.privateKey, turned, Buffer.from('for whom'))).toBeNull();
  }
  for (const length of [0, 31, 32, 33, 47]) expect(await openSealed(mine.privateKey, sealed.subarray(0, length), Buffer.from('for whom'))).toBeNull();
});

test('of four reviewers any two join the vault key, and no share is like another', async () => {
  const people = ['DEF', 'ABC', 'XYZ', 'PAS'].map((initials) => ({ initials, certificate: initials.repeat(4), ...pair() }));
  const vaultKey = Buffer.alloc(32, 0x5a);
  const random = { bytes: (count: number) => globalThis.crypto.getRandomValues(new Uint8Array(count)) };
  const splits = await splitVaultKey(vaultKey, people.map((p) => ({ ...p, agreement: p.publicKey })), random);
  expect(splits.map((s) => s.first + s.second)).toEqual(['ABCDEF', 'ABCPAS', 'ABCXYZ', 'DEFPAS', 'DEFXYZ', 'PASXYZ']);
  for (const split of splits) {
    const [one, two] = [split.second, split.first].map((i) => people.find((p) => p.initials === i)).map((p) => ({ initials: p?.initials ?? '', certificate: p?.certificate ?? '', agreement: p?.privateKey ?? Buffer.alloc(0) }));
    if (one === undefined || two === undefined) throw new Error('a split names two people');
    expect((await joinVaultKey(split, [one, two]))?.equals(vaultKey)).toBe(true);
    expect(await joinVaultKey(split, [one, one])).toBeNull();
    expect(await joinVaultKey(split, [one, { ...two, agreement: one.agreement }])).toBeNull();
  }
  expect(new Set(splits.flatMap((s) => [s.firstShare.toString('hex'), s.secondShare.toString('hex')])).size).toBe(12);
});
