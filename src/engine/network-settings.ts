import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';
import type { UnlockedVault } from '../vault/vault.js';

const proxy = z.string().max(300).regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\]):\d{1,5}$/);
const pattern = z.strictObject({ by: z.enum(['status', 'address', 'text']), pattern: z.string().trim().min(3).max(200), says: z.enum(['blocked', 'suspected']) });

const schema = z.strictObject({
  /** `host:port` of the school's proxy, which everything then goes through; null: whatever the computer itself is set to. */
  proxy: proxy.nullable(),
  /** Whether addresses inside the school's own network, and of this computer, may be opened. */
  privateAddresses: z.boolean(),
  /** How the school's filter shows itself. The wording that the IWF recommends is known without. */
  blockPages: z.array(pattern).max(50),
});

/** What a school sets about the way to the internet. */
export type NetworkSettings = z.infer<typeof schema>;

/** Before anybody has set anything. */
export const DEFAULT_NETWORK: NetworkSettings = { proxy: null, privateAddresses: true, blockPages: [] };

const KEY = 'network';

/** What is set; what cannot be read is as if it had not been set. */
export async function loadNetwork(vault: UnlockedVault): Promise<NetworkSettings> {
  return schema.safeParse(await vault.setting(KEY)).data ?? DEFAULT_NETWORK;
}

/** Keeps `settings`. @throws CodedError `settings.proxy`, `settings.block-pages` */
export async function storeNetwork(vault: UnlockedVault, settings: NetworkSettings): Promise<void> {
  if (!schema.shape.proxy.safeParse(settings.proxy).success) throw new CodedError('settings.proxy', 'This is not the name of a proxy. It looks like proxy.example.org:8080.', { where: 'proxy' });
  const checked = schema.safeParse(settings);
  if (!checked.success) throw new CodedError('settings.block-pages', 'A pattern needs at least three characters, and there can be 50 at most.', { where: 'blockPages' });
  await vault.putSetting(KEY, checked.data);
}
