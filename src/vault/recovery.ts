import { hex } from '../record/bytes.js';
import { CodedError } from '../record/coded-error.js';
import { recoveryKey } from '../record/recovery-words.js';
import type { VaultParts } from './locked-vault.js';
import { agreementPublicKey } from './reviewer-secret.js';
import { checkEnrolment, enrol } from './reviewers.js';
import { altered } from './storage-error.js';
import type { SignedIn } from './signers.js';
import { isVaultKey, joinVaultKey, RECOVERY } from './vault-key.js';
import type { Credentials, NewReviewer } from './vault.js';

/**
 * One reviewer and the recovery sheet enrol a reviewer, and do nothing else: no content is handed out. The sheet is void
 * afterwards and the vault key another, since the reviewer has seen the words.
 *
 * @throws CodedError `recovery.none`, `recovery.bad-words`, `recovery.wrong-sheet`, `auth.*` as `unlock`, and those of {@link enrol}.
 */
export async function recover(parts: VaultParts, credentials: Credentials, words: string, newReviewer: NewReviewer): Promise<void> {
  const { roster } = parts;
  const sheet = roster.statement.recovery;
  if (sheet === undefined) throw new CodedError('recovery.none', 'There is no recovery sheet for this computer, or the last one has been used.');
  checkEnrolment(roster, [credentials], newReviewer);
  const key = Buffer.from(recoveryKey(words));
  try {
    if (hex(agreementPublicKey(key)) !== sheet.key) throw new CodedError('recovery.wrong-sheet', 'These are the words of another recovery sheet. Only the newest sheet of this computer counts.');
    const [one] = await parts.authenticate([credentials]);
    if (one === undefined) throw altered('The list of reviewers in the vault was changed.', 'rosters');
    try {
      const vaultKey = await vaultKeyOf(parts, one, { initials: RECOVERY, certificate: sheet.key, agreement: key });
      try {
        await enrol({ parts, vaultKey, adopt: () => undefined }, [credentials], newReviewer, 'recovery');
      } finally {
        vaultKey.fill(0);
      }
    } finally {
      one.secret.agreement.fill(0);
    }
  } finally {
    key.fill(0);
  }
}

async function vaultKeyOf(parts: VaultParts, { member, secret }: SignedIn, sheet: { initials: string; certificate: string; agreement: Uint8Array }): Promise<Buffer> {
  const split = parts.roster.splits.find((s) => s.first === member.initials && s.second === RECOVERY);
  const half = { initials: member.initials, certificate: member.certificate, agreement: secret.agreement };
  const vaultKey = split === undefined ? null : await joinVaultKey(split, [half, sheet]);
  if (vaultKey === null || !isVaultKey(vaultKey, parts.roster.statement.vaultKey)) throw altered(`The key shares of ${member.initials} and of the recovery sheet were changed.`, 'shares');
  return vaultKey;
}
