import type { RefusedThing } from '../record/kinds.js';
import type { Network } from './networks.js';

/** The longest address that is opened or recorded whole, in characters. */
export const MAX_ADDRESS = 16_384;

/** Whether the browser may open an address, and if not, which rule says so. */
export type AddressDecision = { readonly allow: true } | { readonly allow: false; readonly what: RefusedThing };

/**
 * Decides on an address before a request is sent.
 *
 * @param scheme the address's scheme with its colon, lower case, as the URL standard gives it (`https:`)
 * @param suspected whether the address is one that is never opened
 * @param network where the address lies, as far as its name tells
 * @param privateAllowed whether addresses inside the school's own network may be opened
 */
export function decideAddress(scheme: string, suspected: boolean, network: Network | null = null, privateAllowed = true): AddressDecision {
  if (scheme !== 'http:' && scheme !== 'https:') return { allow: false, what: EXTERNAL.has(scheme) ? 'external-link' : 'address-scheme' };
  if (suspected) return { allow: false, what: 'suspected-address' };
  if (!privateAllowed && (network === 'private' || network === 'this-computer')) return { allow: false, what: 'private-address' };
  return { allow: true };
}

/** Schemes that would start another program. */
const EXTERNAL: ReadonlySet<string> = new Set(['mailto:', 'tel:', 'sms:', 'callto:', 'skype:', 'facetime:', 'whatsapp:', 'tg:', 'zoommtg:', 'msteams:', 'slack:', 'market:', 'intent:']);
