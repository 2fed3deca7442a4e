import { canonicalJson } from '../record/canonical-json.js';
import { signWith } from './asn1.js';
import { shareHolder } from './enrolment.js';
import { insertInboxKeys, newInboxKeys } from './inbox.js';
import type { VaultParts } from './locked-vault.js';
import { excepting, type Exception } from './migrations.js';
import { openRootKey, sealRootKey } from './root-key.js';
import { insertRoster, listed, rosterBytes, splitsDigest, type Member, type Roster, type RosterStatement } from './roster.js';
import { rewrapAll } from './rewrap.js';
import type { LockedSecret } from './reviewer-secret.js';
import { fromHex } from '../record/bytes.js';
import type { KeyObject } from 'node:crypto';
import { KEY_BYTES } from './sealed-box.js';
import { altered } from './storage-error.js';
import { RECOVERY, splitVaultKey, vaultKeyDigest, type ShareHolder } from './vault-key.js';

const EXCEPTIONS: readonly Exception[] = [
  { table: 'shares', act: 'delete' },
  { table: 'reviewer_keys', act: 'delete' },
  { table: 'cases', act: 'update' },
  { table: 'backups', act: 'update' },
  { table: 'destructions', act: 'update' },
];

/** How the next roster differs. What is absent stays as it is. */
export interface RosterChange {
  readonly members?: readonly Member[];
  /** Keys that are new. */
  readonly secrets?: readonly LockedSecret[];
  /** The recovery sheet that counts from now on; null for none. */
  readonly recovery?: RosterStatement['recovery'] | null;
}

/** The root's private key. @throws CodedError `vault.altered`. */
export function rootPrivateKey(roster: Roster, vaultKey: Uint8Array): KeyObject {
  const key = openRootKey(vaultKey, roster.statement.root, roster.rootKey);
  if (key === null) throw altered("The key of this computer's root certificate was changed.", 'rosters');
  return key;
}

/**
 * Makes the next roster. Every change of it makes a new vault key with new shares for everyone who stays, and seals
 * everything under the vault key anew, in one transaction; the old shares, and keys that were replaced or are of somebody removed, are gone
 * from the database. `adopt` takes the new key over once all of it is on the disk; the caller of this zeroes nothing.
 *
 * @throws CodedError `vault.altered`, `vault.disk-full`, `vault.write-failed`; then everything is as it was before.
 */
export async function changeRoster(parts: VaultParts, vaultKey: Buffer, change: RosterChange, adopt: (newKey: Buffer) => void): Promise<void> {
  const { random, sha256, clock } = parts.ports;
  const before = parts.roster;
  const rootKey = rootPrivateKey(before, vaultKey);
  const members = change.members ?? before.members;
  const active = members.filter((m) => m.status === 'active');
  const recovery = change.recovery === undefined ? before.statement.recovery : change.recovery ?? undefined;
  const newKey = Buffer.from(random.bytes(KEY_BYTES));
  try {
    const holders: ShareHolder[] = active.map((m) => shareHolder(m, before.rootPem));
    if (recovery !== undefined) holders.push({ initials: RECOVERY, certificate: recovery.key, agreement: fromHex(recovery.key) });
    const splits = await splitVaultKey(newKey, holders, random);
    const inbox = before.statement.inbox === undefined ? newInboxKeys(newKey, random) : null;
    const { recovery: _, ...rest } = before.statement;
    const statement: RosterStatement = {
      ...rest, number: rest.number + 1, at: clock.now(), vaultKey: vaultKeyDigest(newKey), shares: splitsDigest(splits, sha256),
      reviewers: members.map(listed), ...(recovery === undefined ? {} : { recovery }), ...(inbox === null ? {} : { inbox: inbox.publicKey }),
    };
    const secrets = [...before.secrets, ...(change.secrets ?? [])].filter((s) => active.some((m) => m.certificate === s.certificate));
    const after: Roster = { statement, rootPem: before.rootPem, rootKey: sealRootKey(newKey, statement.root, rootKey, random), members, secrets, splits };
    const signature = signWith(rootKey, rosterBytes(canonicalJson(statement)));
    await parts.database.transaction(
      async (sql) => {
        await excepting(sql, EXCEPTIONS, async () => {
          await sql.run('DELETE FROM shares');
          for (const gone of members.flatMap(withoutKeys)) await sql.run('DELETE FROM reviewer_keys WHERE certificate = ?', gone);
          await rewrapAll(sql, vaultKey, newKey, random);
        });
        await insertRoster(sql, after, signature);
        if (inbox !== null) await insertInboxKeys(sql, inbox);
      },
      () => {
        parts.roster = after;
        adopt(newKey);
      },
    );
  } finally {
    newKey.fill(0);
  }
  await forgetJournal(parts);
}

/** The certificates of a member whose keys the vault no longer keeps. */
function withoutKeys({ status, certificate, earlier = [] }: Member): string[] {
  return [...(status === 'removed' ? [certificate] : []), ...earlier.map((each) => each.certificate)];
}

/** Empties SQLite's journal, where pages stand as they were before. A disk that cannot now does it at the next close. */
export async function forgetJournal(parts: VaultParts): Promise<void> {
  await parts.database.all('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined);
}
