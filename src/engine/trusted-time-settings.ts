import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';
import type { Sha256 } from '../record/ports.js';
import type { UnlockedVault } from '../vault/vault.js';
import { rootOfPem } from '../verify/timestamp.js';
import type { TimeCertificate } from '../verify/timestamp-certificates.js';

/** At most two authorities: one may fail, and two do not share a clock. */
export const timeAuthoritiesSchema = z
  .array(
    z.strictObject({
      name: z.string().trim().min(1).max(200),
      url: z.string().max(2_000).refine((url) => URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)),
      /** The root certificate that has to vouch for the authority's time stamps. */
      rootPem: z.string().max(16_384),
    }),
  )
  .max(2)
  .refine((list) => new Set(list.map((each) => each.name)).size === list.length);

/** A time stamping authority as the settings have it. */
export type TimeAuthoritySetting = z.infer<typeof timeAuthoritiesSchema>[number];

/** A setting whose root has been read. */
export interface TimeAuthority extends TimeAuthoritySetting {
  readonly root: TimeCertificate;
}

const SETTING = 'time';

/** The authorities in the settings. One that can no longer be read is left out: a wrong setting never keeps anybody from signing in. */
export async function keptTimeAuthorities(vault: UnlockedVault, sha256: Sha256): Promise<readonly TimeAuthority[]> {
  const kept = timeAuthoritiesSchema.safeParse(await vault.setting(SETTING)).data ?? [];
  const authorities: TimeAuthority[] = [];
  for (const each of kept) {
    const root = await rootOfPem(each.rootPem, { sha256, subtle: globalThis.crypto.subtle });
    if (root !== null) authorities.push({ ...each, root });
  }
  return authorities;
}

/** Checks and stores the authorities; an empty list asks none. @throws CodedError `time.bad-setting`, `time.bad-root` */
export async function saveTimeAuthorities(vault: UnlockedVault, authorities: readonly TimeAuthoritySetting[], sha256: Sha256): Promise<readonly TimeAuthority[]> {
  const checked = timeAuthoritiesSchema.safeParse(authorities);
  if (!checked.success) throw new CodedError('time.bad-setting', 'Give one or two time stamping authorities, each with a name of its own, an address that starts with http or https, and its root certificate.');
  for (const { name, rootPem } of checked.data) {
    if ((await rootOfPem(rootPem, { sha256, subtle: globalThis.crypto.subtle })) === null) {
      throw new CodedError('time.bad-root', `The root certificate of ${name} cannot be used. It must be one certificate in PEM form that vouches for itself.`);
    }
  }
  await vault.putSetting(SETTING, checked.data);
  return keptTimeAuthorities(vault, sha256);
}
