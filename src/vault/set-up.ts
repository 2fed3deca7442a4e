import { generateKeyPair, type KeyObject } from 'node:crypto';
import { access, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { canonicalJson } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import { initialsSchema } from '../record/entry.js';
import { signWith } from './asn1.js';
import { agreementKeyOf, fingerprint, issueReviewer, issueRoot } from './certificate.js';
import { makeFolder } from './durable-file.js';
import { takeInstanceLock } from './instance-lock.js';
import { beginMarker, finishMarker, isFree, SET_UP_NAMES } from './marker.js';
import { checkPassphrase, samePassphrase } from './passphrase.js';
import { DEFAULT_KDF, type VaultPorts } from './ports.js';
import { lockSecret, type LockedSecret } from './reviewer-secret.js';
import { insertRoster, rosterBytes, splitsDigest, type Member, type Roster } from './roster.js';
import { sealRootKey } from './root-key.js';
import { KEY_BYTES } from './sealed-box.js';
import { storageError } from './storage-error.js';
import { openDatabase } from './vault-database.js';
import { splitVaultKey, vaultKeyDigest } from './vault-key.js';
import type { NewReviewer, SetUp } from './vault.js';

const LONGEST_NAME = 64;
const LONGEST_LINE = 200;
/** The lock is held while the rest goes. */
const CLEARED = SET_UP_NAMES.filter((name) => name !== 'vault.lock');
const newKeys = promisify(generateKeyPair);

/** See `createVault` in vault.ts. */
export async function setUpVault(folder: string, setUp: SetUp, ports: VaultPorts): Promise<void> {
  checkSetUp(setUp);
  if (!(await isFree(folder))) throw notEmpty();
  const roster = await newRoster(setUp, ports);
  const wasThere = await access(folder).then(() => true, () => false);
  await makeFolder(folder);
  const lock = await takeInstanceLock(folder);
  let begun = false;
  let done = false;
  try {
    if (!(await isFree(folder))) throw notEmpty();
    begun = true;
    await removeUnfinished(folder, CLEARED);
    await beginMarker(folder);
    await makeFolder(join(folder, 'objects'));
    const database = await openDatabase(folder);
    try {
      await database.transaction((sql) => insertRoster(sql, roster.roster, roster.signature));
    } finally {
      await database.close();
    }
    await finishMarker(folder);
    done = true;
  } catch (error) {
    throw storageError(error, 'write');
  } finally {
    if (!done && begun) await removeUnfinished(folder, CLEARED).catch(() => undefined);
    await lock.release();
    if (!done && begun) await removeUnfinished(folder, ['vault.lock']).catch(() => undefined);
    if (!done && !wasThere) await rmdir(folder).catch(() => undefined);
  }
}

/** Everything of a new vault that is no file: keys, certificates, shares. */
async function newRoster(setUp: SetUp, ports: VaultPorts): Promise<{ roster: Roster; signature: Buffer }> {
  const { clock, random, sha256 } = ports;
  const at = clock.now();
  const rootKeys = await newKeys('rsa', { modulusLength: 3072 });
  const rootPem = issueRoot(setUp.organisation, rootKeys, at, random);
  const root = { pem: rootPem, privateKey: rootKeys.privateKey };
  const enrolled = await Promise.all(setUp.reviewers.map((reviewer) => enrol(reviewer, setUp.organisation, root, at, ports)));
  const members = enrolled.map((e) => e.member);
  const vaultKey = Buffer.from(random.bytes(KEY_BYTES));
  try {
    const splits = await splitVaultKey(vaultKey, members.map((m) => ({ ...m, agreement: boundKey(m, rootPem) })), random);
    const rootPrint = fingerprint(rootPem);
    const statement = {
      format: 'countersign-roster' as const,
      v: 1 as const,
      number: 1,
      at,
      organisation: setUp.organisation,
      computer: { ...setUp.computer },
      root: rootPrint,
      vaultKey: vaultKeyDigest(vaultKey),
      shares: splitsDigest(splits, sha256),
      reviewers: members.map(({ initials, name, position, certificate, status, removedAt }) => ({ initials, name, position, certificate, status, removedAt })),
    };
    const rootKey = sealRootKey(vaultKey, rootPrint, rootKeys.privateKey, random);
    const roster: Roster = { statement, rootPem, rootKey, members, secrets: enrolled.map((e) => e.secret), splits };
    return { roster, signature: signWith(rootKeys.privateKey, rosterBytes(canonicalJson(statement))) };
  } finally {
    vaultKey.fill(0);
  }
}

async function enrol(reviewer: NewReviewer, organisation: string, root: { pem: string; privateKey: KeyObject }, at: string, ports: VaultPorts): Promise<{ member: Member; secret: LockedSecret }> {
  const signing = await newKeys('rsa', { modulusLength: 3072 });
  const agreement = await newKeys('x25519');
  const subject = { commonName: reviewer.name, title: reviewer.position, organisation };
  const certificatePem = issueReviewer(subject, { signing: signing.publicKey, agreement: agreement.publicKey }, root, at, ports.random);
  const certificate = fingerprint(certificatePem);
  const keys = { root: fingerprint(root.pem), agreement: agreement.privateKey, signing: signing.privateKey, certificate };
  const secret = await lockSecret(keys, reviewer.passphrase, ports.kdf ?? DEFAULT_KDF, ports.random);
  const { initials, name, position } = reviewer;
  return { member: { initials, name, position, certificate, status: 'active', removedAt: null, certificatePem }, secret };
}

/** The key from the certificate, not from memory: nothing is sealed to a key that the certificate does not bind. */
function boundKey(member: Member, rootPem: string): Buffer {
  const key = agreementKeyOf(member.certificatePem, rootPem);
  if (key === null) throw new CodedError('vault.write-failed', 'A certificate could not be made. Nothing was set up. Try again.');
  return key;
}

function checkSetUp({ organisation, computer, reviewers }: SetUp): void {
  const [first, second] = reviewers;
  for (const { initials } of reviewers) {
    if (!initialsSchema.safeParse(initials).success) throw new CodedError('set-up.bad-initials', 'Initials are three capital letters from A to Z, such as PAS.', { where: 'initials' });
  }
  if (first.initials === second.initials) throw new CodedError('set-up.same-initials', 'Both reviewers have the same initials. Change one letter of one of them.', { where: 'initials' });
  const names: readonly (readonly [string, string, number])[] = [
    ['organisation', organisation, LONGEST_LINE],
    ["computer's name", computer.name, LONGEST_LINE],
    ["computer's location", computer.location, LONGEST_LINE],
    ...reviewers.flatMap((r) => [[`name of ${r.initials}`, r.name, LONGEST_NAME] as const, [`position of ${r.initials}`, r.position, LONGEST_NAME] as const]),
  ];
  for (const [what, text, longest] of names) {
    if (!isLine(text, longest)) throw new CodedError('set-up.bad-name', `The ${what} must be one line of 1 to ${longest} characters.`, { where: what });
  }
  for (const { initials, passphrase } of reviewers) checkPassphrase(passphrase, initials);
  if (samePassphrase(first.passphrase, second.passphrase)) throw new CodedError('set-up.same-passphrase', 'Both reviewers chose the same passphrase, so either could sign in as both. Choose two different ones, and do not tell each other.');
}

function isLine(text: string, longest: number): boolean {
  return text.trim() !== '' && text.isWellFormed() && [...text].length <= longest && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}

async function removeUnfinished(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}

function notEmpty(): CodedError {
  return new CodedError('vault.not-empty', 'There is already something in this folder. Choose an empty one.');
}
