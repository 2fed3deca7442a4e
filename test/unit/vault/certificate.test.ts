import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import forge from 'node-forge';
import { agreementKeyOf, fingerprint, isRoot, issueCrl, issueReviewer, issueRoot, rawAgreementKey } from '../../../src/vault/certificate.js';
import { freshFolder, newVault, removeFolders } from './support.js';

afterAll(removeFolders);

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

let folder = '';
let rootPem = '';
let pems: readonly string[] = [];
beforeAll(async () => {
  const { locked, vault } = await newVault();
  const certificates = vault.certificates();
  rootPem = certificates.rootPem;
  pems = certificates.reviewerPems;
  expect(rootPem).toBe(locked.rootPem);
  expect(fingerprint(rootPem)).toBe(locked.rootFingerprint);
  folder = freshFolder();
  writeFileSync(join(folder, 'root.pem'), rootPem);
  pems.forEach((pem, i) => { writeFileSync(join(folder, `${i}.pem`), pem); });
  writeFileSync(join(folder, 'crl.der'), certificates.crlDer);
  openssl('crl', '-inform', 'DER', '-in', join(folder, 'crl.der'), '-out', join(folder, 'crl.pem'));
  await locked.close();
}, 30_000);

describe('a reviewer\'s certificate', () => {
  test('is accepted by openssl under the root, with the CRL', () => {
    for (const i of [0, 1]) {
      expect(openssl('verify', '-x509_strict', '-attime', String(Date.parse('2044-01-01') / 1000), '-CAfile', join(folder, 'root.pem'), '-crl_check', '-CRLfile', join(folder, 'crl.pem'), join(folder, `${i}.pem`))).toContain('OK');
    }
  });

  test('names the reviewer, the position and the organisation, and is for signing only', () => {
    const text = openssl('x509', '-in', join(folder, '1.pem'), '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus_space,sname');
    expect(text).toContain('O=Ash Grove Academy, title=Headteacher, CN=Jürgen Mac Kenna');
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Non Repudiation\n/);
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
    expect(text).toContain('Public-Key: (3072 bit)');
    expect(text).toContain('Subject Key Identifier');
    expect(text).toContain('Authority Key Identifier');
    expect(text).toContain('sha256WithRSAEncryption');
  });

  test('binds an X25519 key, which counts only under the right root', () => {
    const signing = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const agreement = generateKeyPairSync('x25519');
    const random = { bytes: (n: number) => new Uint8Array(n).fill(255) };
    const now = '2026-11-24T10:00:00.000Z';
    const own = issueRoot('Elsewhere', signing, now, random);
    const pem = issueReviewer({ commonName: 'A', title: 'B', organisation: 'C' }, { signing: signing.publicKey, agreement: agreement.publicKey }, { pem: own, privateKey: signing.privateKey }, now, random);
    expect(agreementKeyOf(pem, own)?.equals(rawAgreementKey(agreement.publicKey))).toBe(true);
    expect(agreementKeyOf(pem, rootPem)).toBeNull();
    expect(agreementKeyOf(own, own)).toBeNull();
    expect(agreementKeyOf('no certificate', own)).toBeNull();
    expect(isRoot(own)).toBe(true);
    expect(isRoot(pem)).toBe(false);
  });

  test('can be read by node-forge, which writes the bundle\'s signatures', () => {
    const certificate = forge.pki.certificateFromPem(pems[0] ?? '');
    expect(forge.pki.certificateFromPem(rootPem).verify(certificate)).toBe(true);
    expect(certificate.subject.getField('CN')).toMatchObject({ value: 'Priya Anand-Sutton' });
  });

  test('lasts as long as the root, twenty years', () => {
    const [root, reviewer] = [new X509Certificate(rootPem), new X509Certificate(pems[0] ?? '')];
    expect(reviewer.validTo).toBe(root.validTo);
    expect(Date.parse(root.validTo) - Date.parse(root.validFrom)).toBeGreaterThan(20 * 365 * 86_400_000);
  });
});

test('the CRL is empty while nobody was removed, and names by date who was', () => {
  expect(openssl('crl', '-inform', 'DER', '-in', join(folder, 'crl.der'), '-noout', '-text')).toContain('No Revoked Certificates');
  const keys = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const random = { bytes: (n: number) => new Uint8Array(n).fill(7) };
  const now = '2026-11-24T10:00:00.000Z';
  const root = { pem: issueRoot('Ash Grove Academy', keys, now, random), privateKey: keys.privateKey };
  const reviewer = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const pem = issueReviewer({ commonName: 'A', title: 'B', organisation: 'C' }, { signing: reviewer.publicKey, agreement: generateKeyPairSync('x25519').publicKey }, root, now, { bytes: (n) => new Uint8Array(n).fill(9) });
  const path = join(freshFolder(), 'crl.der');
  writeFileSync(path, issueCrl(root, [{ pem, at: '2027-01-02T03:04:05.678Z' }], '2027-02-01T00:00:00.000Z', 2));
  const text = openssl('crl', '-inform', 'DER', '-in', path, '-noout', '-text');
  expect(text).toContain(`Serial Number: ${new X509Certificate(pem).serialNumber}`);
  expect(text).toContain('Revocation Date: Jan  2 03:04:05 2027 GMT');
  expect(text).toMatch(/CRL Number:\s+2/);
});
