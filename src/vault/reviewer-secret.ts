import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { fromHex, hex } from '../record/bytes.js';
import type { Random } from '../record/ports.js';
import { agreementKeyOf, rawAgreementKey } from './certificate.js';
import { passphraseKey } from './passphrase.js';
import type { KdfParameters } from './ports.js';
import { contextBytes, openBox, sealBox } from './sealed-box.js';
import { altered } from './storage-error.js';

/*
 * What a reviewer's passphrase protects, byte by byte:
 *   0        1   version, 1
 *   1       32   SHA-256 of the installation's root certificate: whoever knows no passphrase cannot put another root there
 *   33      32   X25519 private key
 *   65       n   RSA private key, PKCS #8 DER
 */
const VERSION = 1;
const ROOT_AT = 1;
const AGREEMENT_AT = 33;
const SIGNING_AT = 65;
/** PKCS #8 of an X25519 key (RFC 8410 section 7), up to the 32 bytes of the key. */
const X25519_PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** Bytes of a salt for Argon2id. */
export const SALT_BYTES = 16;

/** A reviewer's keys as they stand in the database. */
export interface LockedSecret {
  readonly certificate: string;
  readonly kdf: KdfParameters;
  readonly salt: Uint8Array;
  readonly box: Uint8Array;
}

/** A reviewer's keys while the passphrase is known. `agreement` (32 bytes) is zeroed by whoever holds this. */
export interface ReviewerSecret {
  readonly root: string;
  readonly agreement: Buffer;
  readonly signing: KeyObject;
}

/** Encrypts a reviewer's keys under the passphrase, with a new salt. The caller zeroes `secret.agreement`. */
export async function lockSecret(
  secret: ReviewerSecret & { readonly certificate: string },
  passphrase: string,
  kdf: KdfParameters,
  random: Random,
): Promise<LockedSecret> {
  const salt = random.bytes(SALT_BYTES);
  const signing = secret.signing.export({ type: 'pkcs8', format: 'der' });
  const plain = Buffer.concat([Buffer.of(VERSION), fromHex(secret.root), secret.agreement, signing]);
  const key = await passphraseKey(passphrase, salt, kdf);
  try {
    return { certificate: secret.certificate, kdf, salt, box: sealBox(key, plain, context(secret.certificate, kdf, salt), random) };
  } finally {
    for (const bytes of [signing, plain, key]) bytes.fill(0);
  }
}

/** A reviewer's keys, or null when the passphrase is not theirs. */
export async function unlockSecret(locked: LockedSecret, passphrase: string): Promise<ReviewerSecret | null> {
  const key = await passphraseKey(passphrase, locked.salt, locked.kdf);
  const plain = openBox(key, locked.box, context(locked.certificate, locked.kdf, locked.salt));
  key.fill(0);
  if (plain === null) return null;
  try {
    return {
      root: hex(plain.subarray(ROOT_AT, AGREEMENT_AT)),
      agreement: Buffer.from(plain.subarray(AGREEMENT_AT, SIGNING_AT)),
      signing: createPrivateKey({ key: plain.subarray(SIGNING_AT), format: 'der', type: 'pkcs8' }),
    };
  } finally {
    plain.fill(0);
  }
}

/** @throws CodedError `vault.altered` when the keys are not those that the certificate and the root stand for. */
export function checkSecret(secret: ReviewerSecret, reviewer: { readonly initials: string; readonly certificatePem: string }, root: { readonly pem: string; readonly fingerprint: string }): void {
  const bound = agreementKeyOf(reviewer.certificatePem, root.pem);
  const own = agreementPublicKey(secret.agreement);
  const fits = secret.root === root.fingerprint && bound !== null && bound.equals(own) && new X509Certificate(reviewer.certificatePem).checkPrivateKey(secret.signing);
  if (!fits) throw altered(`The keys or certificates kept for ${reviewer.initials} were changed.`, `reviewers/${reviewer.initials}`);
}

/** The 32 bytes of an X25519 private key. The caller zeroes them. */
export function rawPrivateKey(key: KeyObject): Buffer {
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  try {
    return Buffer.from(pkcs8.subarray(X25519_PKCS8.length));
  } finally {
    pkcs8.fill(0);
  }
}

/** The X25519 public key (32 bytes) of a private key (32 bytes). */
export function agreementPublicKey(privateKey: Uint8Array): Buffer {
  const pkcs8 = Buffer.concat([X25519_PKCS8, privateKey]);
  try {
    return rawAgreementKey(createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })));
  } finally {
    pkcs8.fill(0);
  }
}

function context(certificate: string, kdf: KdfParameters, salt: Uint8Array): Uint8Array {
  return contextBytes({ purpose: 'Countersign reviewer keys v1', certificate, kdf, salt: hex(salt) });
}
