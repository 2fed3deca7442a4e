import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';
import { networkOfHost } from '../investigation/networks.js';
import type { UnlockedVault } from '../vault/vault.js';

const proxy = z.string().max(300).regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]):\d{1,5}$/);
const pattern = z.strictObject({ by: z.enum(['status', 'address', 'text']), pattern: z.string().trim().min(3).max(200), says: z.enum(['blocked', 'suspected']) });

/** A service that is asked: over a safe connection, or on this computer. */
const service = z.string().max(500).refine((text) => URL.canParse(text) && (text.startsWith('https://') || (text.startsWith('http://') && networkOfHost(new URL(text).hostname) === 'this-computer')));

/** Sends each question on to the register that knows the answer, by IANA's own lists (RFC 9224). */
export const USUAL_RDAP = 'https://rdap.org';

const schema = z.strictObject({
  /** `host:port` of the school's proxy, which everything then goes through; null: whatever the computer itself is set to. */
  proxy: proxy.nullable(),
  /** Whether addresses inside the school's own network, and of this computer, may be opened. */
  privateAddresses: z.boolean(),
  /** How the school's filter shows itself. The wording that the IWF recommends is known without. */
  blockPages: z.array(pattern).max(50),
  /** Where registers are asked for who is behind a site (RDAP), when reviewers wish it; null: nobody is asked. */
  rdap: service.nullable().default(USUAL_RDAP),
  /** A service that tells under which address this computer is seen, asked along with it; null: none. */
  publicAddress: service.nullable().default(null),
});

/** What a school sets about the way to the internet. */
export type NetworkSettings = z.infer<typeof schema>;

/** Before anybody has set anything. */
export const DEFAULT_NETWORK: NetworkSettings = { proxy: null, privateAddresses: true, blockPages: [], rdap: USUAL_RDAP, publicAddress: null };

const KEY = 'network';

/** What is set; what cannot be read is as if it had not been set. */
export async function loadNetwork(vault: UnlockedVault): Promise<NetworkSettings> {
  return schema.safeParse(await vault.setting(KEY)).data ?? DEFAULT_NETWORK;
}

/** Keeps `settings`. @throws CodedError `settings.proxy`, `settings.rdap`, `settings.public-address`, `settings.block-pages` */
export async function storeNetwork(vault: UnlockedVault, settings: NetworkSettings): Promise<void> {
  if (!schema.shape.proxy.safeParse(settings.proxy).success) throw new CodedError('settings.proxy', 'This is not the name of a proxy. It looks like proxy.example.org:8080.', { where: 'proxy' });
  for (const [field, code] of [['rdap', 'settings.rdap'], ['publicAddress', 'settings.public-address']] as const) {
    if (!schema.shape[field].safeParse(settings[field]).success) throw new CodedError(code, 'This is not the address of a service. It looks like https://rdap.org.', { where: field });
  }
  const checked = schema.safeParse(settings);
  if (!checked.success) throw new CodedError('settings.block-pages', 'A pattern needs at least three characters, and there can be 50 at most.', { where: 'blockPages' });
  await vault.putSetting(KEY, checked.data);
}
