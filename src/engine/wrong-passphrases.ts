import { z } from 'zod';
import type { UnlockedVault } from '../vault/vault.js';
import type { CaseRecord } from './case-record.js';

const SETTING = 'wrong-passphrases-recorded';
const lastSchema = z.strictObject({ initials: z.string(), at: z.string() });
/** At most so many in one go; the number of earlier ones is in the first of them. */
const MOST = 100;

/** Writes the wrong passphrases that no record holds yet into this case. */
export async function recordWrongPassphrases(vault: UnlockedVault, record: CaseRecord): Promise<void> {
  const attempts = await vault.wrongAttempts();
  const last = lastSchema.safeParse(await vault.setting(SETTING)).data;
  // Found by what it is and not by its time: the clock may have been set back since.
  const known = attempts.findLastIndex((attempt) => attempt.initials === last?.initials && attempt.at === last.at);
  const fresh = attempts.slice(known + 1);
  const left = Math.max(0, fresh.length - MOST);
  for (const [index, { initials, at }] of fresh.slice(left).entries()) {
    await record.add('wrong-passphrase', ['app'], { initials, at, ...(index === 0 && left > 0 ? { earlier: left } : {}) });
  }
  const newest = fresh.at(-1);
  if (newest !== undefined) await vault.putSetting(SETTING, { initials: newest.initials, at: newest.at });
}
