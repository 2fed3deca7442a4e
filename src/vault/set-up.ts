import { canonicalJson } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import { signWith } from './asn1.js';
import { fingerprint, issueRoot } from './certificate.js';
import { checkLine, checkNewReviewer, enrolReviewer, newKeys, shareHolder } from './enrolment.js';
import { insertInboxKeys, newInboxKeys, type InboxKeys } from './inbox.js';
import { isFree } from './marker.js';
import { fillNewFolder, notEmpty } from './new-folder.js';
import { samePassphrase } from './passphrase.js';
import type { VaultPorts } from './ports.js';
import { insertRoster, listed, rosterBytes, splitsDigest, type Roster } from './roster.js';
import { sealRootKey } from './root-key.js';
import { KEY_BYTES } from './sealed-box.js';
import { openDatabase } from './vault-database.js';
import { splitVaultKey, vaultKeyDigest } from './vault-key.js';
import type { SetUp } from './vault.js';

const LONGEST_LINE = 200;

/** See `createVault` in vault.ts. */
export async function setUpVault(folder: string, setUp: SetUp, ports: VaultPorts): Promise<void> {
  checkSetUp(setUp);
  if (!(await isFree(folder))) throw notEmpty();
  const { roster, signature, inbox } = await newRoster(setUp, ports);
  await fillNewFolder(folder, async () => {
    const database = await openDatabase(folder);
    try {
      await database.transaction(async (sql) => {
        await insertRoster(sql, roster, signature);
        await insertInboxKeys(sql, inbox);
      });
    } finally {
      await database.close();
    }
  });
}

/** Everything of a new vault that is no file: keys, certificates, shares. */
async function newRoster(setUp: SetUp, ports: VaultPorts): Promise<{ roster: Roster; signature: Buffer; inbox: InboxKeys }> {
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
    const inbox = newInboxKeys(vaultKey, random);
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
      inbox: inbox.publicKey,
    };
    const rootKey = sealRootKey(vaultKey, rootPrint, rootKeys.privateKey, random);
    const roster: Roster = { statement, rootPem, rootKey, members, secrets: enrolled.map((e) => e.secret), splits };
    return { roster, inbox, signature: signWith(rootKeys.privateKey, rosterBytes(canonicalJson(statement))) };
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
