import { access, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import { signWith } from './asn1.js';
import { fingerprint, issueRoot } from './certificate.js';
import { makeFolder } from './durable-file.js';
import { checkLine, checkNewReviewer, enrolReviewer, newKeys, shareHolder } from './enrolment.js';
import { takeInstanceLock } from './instance-lock.js';
import { beginMarker, finishMarker, isFree, SET_UP_NAMES } from './marker.js';
import { samePassphrase } from './passphrase.js';
import type { VaultPorts } from './ports.js';
import { insertRoster, listed, rosterBytes, splitsDigest, type Roster } from './roster.js';
import { sealRootKey } from './root-key.js';
import { KEY_BYTES } from './sealed-box.js';
import { storageError } from './storage-error.js';
import { openDatabase } from './vault-database.js';
import { splitVaultKey, vaultKeyDigest } from './vault-key.js';
import type { SetUp } from './vault.js';

const LONGEST_LINE = 200;
/** The lock is held while the rest goes. */
const CLEARED = SET_UP_NAMES.filter((name) => name !== 'vault.lock');

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
  const enrolled = await Promise.all(setUp.reviewers.map((reviewer) => enrolReviewer(reviewer, setUp.organisation, root, at, ports)));
  const members = enrolled.map((e) => e.member);
  const vaultKey = Buffer.from(random.bytes(KEY_BYTES));
  try {
    const splits = await splitVaultKey(vaultKey, members.map((m) => shareHolder(m, rootPem)), random);
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
      reviewers: members.map(listed),
    };
    const rootKey = sealRootKey(vaultKey, rootPrint, rootKeys.privateKey, random);
    const roster: Roster = { statement, rootPem, rootKey, members, secrets: enrolled.map((e) => e.secret), splits };
    return { roster, signature: signWith(rootKeys.privateKey, rosterBytes(canonicalJson(statement))) };
  } finally {
    vaultKey.fill(0);
  }
}

function checkSetUp({ organisation, computer, reviewers }: SetUp): void {
  const [first, second] = reviewers;
  if (first.initials === second.initials) throw new CodedError('set-up.same-initials', 'Both reviewers have the same initials. Change one letter of one of them.', { where: 'initials' });
  checkLine('organisation', organisation, LONGEST_LINE);
  checkLine("computer's name", computer.name, LONGEST_LINE);
  checkLine("computer's location", computer.location, LONGEST_LINE);
  for (const reviewer of reviewers) checkNewReviewer(reviewer);
  if (samePassphrase(first.passphrase, second.passphrase)) throw new CodedError('set-up.same-passphrase', 'Both reviewers chose the same passphrase, so either could sign in as both. Choose two different ones, and do not tell each other.');
}

async function removeUnfinished(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}

function notEmpty(): CodedError {
  return new CodedError('vault.not-empty', 'There is already something in this folder. Choose an empty one.');
}
