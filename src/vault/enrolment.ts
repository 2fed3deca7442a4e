import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { CodedError } from '../record/coded-error.js';
import { initialsSchema } from '../record/entry.js';
import { agreementKeyOf, fingerprint, issueReviewer } from './certificate.js';
import { checkPassphrase } from './passphrase.js';
import { DEFAULT_KDF, type VaultPorts } from './ports.js';
import { lockSecret, rawPrivateKey, type LockedSecret } from './reviewer-secret.js';
import { ROLES, type Member } from './roster.js';
import type { ShareHolder } from './vault-key.js';
import type { NewReviewer } from './vault.js';

/** X.520's bound for names in certificates. */
const LONGEST_NAME = 64;

/** Draws a pair of keys. */
export const newKeys = promisify(generateKeyPair);

/** A new reviewer: what the roster says of them, and their keys under their passphrase. */
export interface Enrolled {
  readonly member: Member;
  readonly secret: LockedSecret;
  /** The RSA private key, for who signs in with it right away. */
  readonly signing: KeyObject;
}

/** @throws CodedError `set-up.bad-initials`, `set-up.bad-name`, `auth.weak-passphrase`. */
export function checkNewReviewer({ initials, name, position, role, passphrase }: NewReviewer): void {
  if (!initialsSchema.safeParse(initials).success) throw new CodedError('set-up.bad-initials', 'Initials are three capital letters from A to Z, such as PAS.', { where: 'initials' });
  checkLine(`name of ${initials}`, name, LONGEST_NAME);
  checkLine(`position of ${initials}`, position, LONGEST_NAME);
  if (role !== undefined && !ROLES.includes(role)) throw new CodedError('set-up.bad-role', `Choose one of the roles for ${initials}.`, { where: 'role' });
  checkPassphrase(passphrase, initials);
}

/** @throws CodedError `set-up.bad-name` unless `text` is one line of 1 to `longest` characters. */
export function checkLine(what: string, text: string, longest: number): void {
  const fits = text.trim() !== '' && text.isWellFormed() && [...text].length <= longest && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
  if (!fits) throw new CodedError('set-up.bad-name', `The ${what} must be one line of 1 to ${longest} characters.`, { where: what });
}

/** Draws a reviewer's keys, certifies them with the root and puts them under the passphrase. */
export async function enrolReviewer(reviewer: NewReviewer, organisation: string, root: { readonly pem: string; readonly privateKey: KeyObject }, at: string, ports: VaultPorts): Promise<Enrolled> {
  const signing = await newKeys('rsa', { modulusLength: 3072 });
  const agreement = await newKeys('x25519');
  const subject = { commonName: reviewer.name, title: reviewer.position, organisation };
  const certificatePem = issueReviewer(subject, { signing: signing.publicKey, agreement: agreement.publicKey }, root, at, ports.random);
  const certificate = fingerprint(certificatePem);
  const raw = rawPrivateKey(agreement.privateKey);
  try {
    const keys = { root: fingerprint(root.pem), agreement: raw, signing: signing.privateKey, certificate };
    const secret = await lockSecret(keys, reviewer.passphrase, ports.kdf ?? DEFAULT_KDF, ports.random);
    const { initials, name, position, role = 'senior-leader' } = reviewer;
    return { member: { initials, name, position, role, certificate, status: 'active', removedAt: null, certificatePem, earlierPems: [] }, secret, signing: signing.privateKey };
  } finally {
    raw.fill(0);
  }
}

/** Who a share is sealed to. The key is the certificate's: nothing is sealed to a key that no certificate binds. */
export function shareHolder(member: Member, rootPem: string): ShareHolder {
  const agreement = agreementKeyOf(member.certificatePem, rootPem);
  if (agreement === null) throw new CodedError('vault.write-failed', 'A certificate could not be made. Nothing was changed. Try again.');
  return { initials: member.initials, certificate: member.certificate, agreement };
}
