import type { KeyObject } from 'node:crypto';
import { CodedError } from '../record/coded-error.js';
import { recoveryWords } from '../record/recovery-words.js';
import { hex } from '../record/bytes.js';
import { checkLine, checkNewReviewer, enrolReviewer } from './enrolment.js';
import type { VaultParts } from './locked-vault.js';
import { excepting } from './migrations.js';
import { checkPassphrase, samePassphrase } from './passphrase.js';
import { DEFAULT_KDF } from './ports.js';
import { agreementPublicKey, lockSecret } from './reviewer-secret.js';
import { MOST_EARLIER_KEYS, MOST_REVIEWERS, type Member, type Roster } from './roster.js';
import { changeRoster, forgetJournal, rootPrivateKey } from './roster-change.js';
import { canonicalJson } from '../record/canonical-json.js';
import type { SignedIn } from './signers.js';
import type { Credentials, NewReviewer } from './vault.js';
import { KEY_BYTES } from './sealed-box.js';

const FEWEST_REVIEWERS = 2;
const LONGEST_HOLDER = 64;

/** The vault key while somebody may use it; `adopt` puts a new one in its place. */
export interface HeldKey {
  readonly parts: VaultParts;
  readonly vaultKey: Buffer;
  adopt(newKey: Buffer): void;
}

/**
 * Enrols a reviewer.
 *
 * @throws CodedError `set-up.bad-initials`, `set-up.bad-name`, `set-up.bad-role`, `auth.weak-passphrase`, `set-up.same-initials`,
 * `set-up.same-passphrase`, `reviewers.holds-recovery`, `reviewers.too-many`, and those of {@link changeRoster}.
 */
export async function enrol(held: HeldKey, present: readonly Credentials[], reviewer: NewReviewer, replaced: 'recovery' | null = null): Promise<void> {
  const { parts } = held;
  const { roster } = parts;
  checkEnrolment(roster, present, reviewer);
  const root = { pem: roster.rootPem, privateKey: rootPrivateKey(roster, held.vaultKey) };
  const { member, secret } = await enrolReviewer(reviewer, roster.statement.organisation, root, parts.ports.clock.now(), parts.ports);
  const change = { members: [...roster.members, member], secrets: [secret] };
  await changeRoster(parts, held.vaultKey, replaced === null ? change : { ...change, recovery: null }, (key) => { held.adopt(key); });
}

/** See {@link enrol}: everything that can be refused before a passphrase is tried. */
export function checkEnrolment(roster: Roster, present: readonly Credentials[], reviewer: NewReviewer): void {
  checkNewReviewer(reviewer);
  if (roster.members.length >= MOST_REVIEWERS) throw new CodedError('reviewers.too-many', `This computer has had ${MOST_REVIEWERS} reviewers. No more can be enrolled on it.`);
  const taken = roster.members.some((m) => m.initials === reviewer.initials);
  if (taken) throw new CodedError('set-up.same-initials', `${reviewer.initials} is or was a reviewer on this computer. Choose other initials, so that nobody takes one for the other.`, { where: 'initials' });
  if (present.some((c) => samePassphrase(c.passphrase, reviewer.passphrase))) throw new CodedError('set-up.same-passphrase', 'Each reviewer needs a passphrase of their own. Choose another one, and do not tell it to anyone.');
  const holder = roster.statement.recovery?.holder;
  if (holder !== undefined && sameName(holder, reviewer.name)) throw new CodedError('reviewers.holds-recovery', `${reviewer.name} keeps the recovery sheet and so cannot be a reviewer. Make a new sheet for someone else first.`);
}

/**
 * Removes a reviewer: their keys go from the vault, their certificate stays and is revoked from now on.
 *
 * @throws CodedError `reviewers.unknown`, `reviewers.signed-in`, `reviewers.too-few`, and those of {@link changeRoster}.
 */
export async function remove(held: HeldKey, signedIn: readonly string[], initials: string): Promise<void> {
  const { parts } = held;
  const { members } = parts.roster;
  const leaving = members.find((m) => m.initials === initials && m.status === 'active');
  if (leaving === undefined) throw new CodedError('reviewers.unknown', 'No reviewer with these initials is enrolled on this computer.', { where: 'initials' });
  if (signedIn.includes(initials)) throw new CodedError('reviewers.signed-in', `${initials} is signed in. Two other reviewers must sign in to remove ${initials}.`, { where: 'initials' });
  if (members.filter((m) => m.status === 'active').length <= FEWEST_REVIEWERS) throw new CodedError('reviewers.too-few', 'At least two reviewers must stay. Enrol another one first.');
  const removedAt = parts.ports.clock.now();
  const after = members.map((m): Member => (m === leaving ? { ...m, status: 'removed', removedAt } : m));
  await changeRoster(parts, held.vaultKey, { members: after }, (key) => { held.adopt(key); });
}

/**
 * Draws new keys for a reviewer who gave the right passphrase, certifies them and puts them under that passphrase. The certificate
 * so far is revoked from the next full second on (RFC 5280 knows no finer date), and the keys that it stood for are gone.
 *
 * @throws CodedError `reviewers.unknown`, `reviewers.too-many-keys`, and those of {@link changeRoster}.
 */
export async function changeKeys(held: HeldKey, { initials, passphrase }: Credentials): Promise<NewKeys> {
  const { parts } = held;
  const { roster } = parts;
  const before = roster.members.find((m) => m.initials === initials && m.status === 'active');
  if (before === undefined) throw new CodedError('reviewers.unknown', 'No reviewer with these initials is enrolled on this computer.', { where: 'initials' });
  const { name, position, role, certificate: replaced, earlier = [] } = before;
  if (earlier.length >= MOST_EARLIER_KEYS) throw new CodedError('reviewers.too-many-keys', `The keys of ${initials} were replaced ${MOST_EARLIER_KEYS} times, and cannot be again. Enrol ${name} anew under other initials, and remove ${initials}.`, { where: initials });
  const root = { pem: roster.rootPem, privateKey: rootPrivateKey(roster, held.vaultKey) };
  const now = parts.ports.clock.now();
  const { member: fresh, secret, signing } = await enrolReviewer({ initials, name, position, role, passphrase }, roster.statement.organisation, root, now, parts.ports);
  // After everything that the old key signed, also within this second.
  const until = new Date((Math.floor(Date.parse(now) / 1_000) + 1) * 1_000).toISOString();
  const member: Member = { ...before, certificate: fresh.certificate, certificatePem: fresh.certificatePem, earlier: [...earlier, { certificate: replaced, until }], earlierPems: [...before.earlierPems, before.certificatePem] };
  await changeRoster(parts, held.vaultKey, { members: roster.members.map((m) => (m === before ? member : m)), secrets: [secret] }, (key) => { held.adopt(key); });
  return { member, signing };
}

/** A reviewer with a new certificate, and the key that it stands for. */
export interface NewKeys {
  readonly member: Member;
  readonly signing: KeyObject;
}

/**
 * Puts a reviewer's keys under another passphrase; the box under the old one is overwritten.
 *
 * @throws CodedError `auth.weak-passphrase`, `auth.same-passphrase`, `vault.disk-full`, `vault.write-failed`.
 */
export async function changePassphrase(parts: VaultParts, { member, secret }: SignedIn, oldPassphrase: string, newPassphrase: string): Promise<void> {
  checkPassphrase(newPassphrase, member.initials);
  if (samePassphrase(oldPassphrase, newPassphrase)) throw new CodedError('auth.same-passphrase', 'The new passphrase is the old one. Choose another one.', { where: member.initials });
  const locked = await lockSecret({ ...secret, certificate: member.certificate }, newPassphrase, parts.ports.kdf ?? DEFAULT_KDF, parts.ports.random);
  await parts.database.transaction(
    (sql) => excepting(sql, [{ table: 'reviewer_keys', act: 'update' }], () => sql.run('UPDATE reviewer_keys SET kdf = ?, salt = ?, box = ? WHERE certificate = ?', canonicalJson(locked.kdf), Buffer.from(locked.salt), locked.box, locked.certificate)),
    () => { parts.roster = { ...parts.roster, secrets: parts.roster.secrets.map((s) => (s.certificate === locked.certificate ? locked : s)) }; },
  );
  await forgetJournal(parts);
}

/**
 * Makes a recovery sheet for `holder`; an earlier one is void from then on. Gives its 24 words, which are kept nowhere.
 *
 * @throws CodedError `set-up.bad-name`, `recovery.holder-is-reviewer`, and those of {@link changeRoster}.
 */
export async function makeRecoverySheet(held: HeldKey, holder: string): Promise<readonly string[]> {
  const { parts } = held;
  checkLine('name of the holder', holder, LONGEST_HOLDER);
  const isReviewer = parts.roster.members.some((m) => m.status === 'active' && sameName(m.name, holder));
  if (isReviewer) throw new CodedError('recovery.holder-is-reviewer', `${holder} is a reviewer and so cannot keep the recovery sheet. Choose someone else whom the school trusts.`);
  const key = Buffer.from(parts.ports.random.bytes(KEY_BYTES));
  try {
    const recovery = { holder, at: parts.ports.clock.now(), key: hex(agreementPublicKey(key)) };
    await changeRoster(parts, held.vaultKey, { recovery }, (newKey) => { held.adopt(newKey); });
    return recoveryWords(key);
  } finally {
    key.fill(0);
  }
}

function sameName(first: string, second: string): boolean {
  const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, ' ');
  return plain(first) === plain(second);
}
