/** Where an address lies: on the internet, in a network of its own, or on this very computer. */
export type Network = 'public' | 'private' | 'this-computer';

/**
 * Where an IP address lies, by the registries of special addresses (RFC 6890, RFC 4193, RFC 4291, RFC 6598); null for
 * what is no IP address. IPv6 may stand in brackets.
 */
export function networkOf(address: string | undefined): Network | null {
  if (address === undefined || address === '') return null;
  const bare = address.replace(/^\[|\]$/g, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare;
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(mapped)?.slice(1).map(Number);
  if (parts !== undefined) return ofFour(parts[0] ?? 0, parts[1] ?? 0);
  if (!bare.includes(':')) return null;
  if (bare === '::1' || bare === '::') return 'this-computer';
  // A mapped IPv4 address as the URL standard writes it: two groups of sixteen bits.
  const groups = /^::ffff:([0-9a-f]{1,4}):[0-9a-f]{1,4}$/.exec(bare)?.[1];
  if (groups !== undefined) return ofFour(Number.parseInt(groups, 16) >> 8, Number.parseInt(groups, 16) & 255);
  return /^f[cd]|^fe[89ab]/.test(bare) ? 'private' : 'public';
}

function ofFour(first: number, second: number): Network {
  if (first === 127 || first === 0) return 'this-computer';
  const own = first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168) || (first === 169 && second === 254) || (first === 100 && second >= 64 && second < 128);
  return own ? 'private' : 'public';
}

/** Where the host of an address lies as far as its name tells; null when only a look-up of the name could. */
export function networkOfHost(hostname: string): Network | null {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return 'this-computer';
  // Names that are only ever known inside a network (RFC 6762, RFC 8375, RFC 9476), and names without a dot.
  if (/\.(?:local|home\.arpa|internal|intranet|lan)$/.test(host) || /^[a-z0-9-]+$/.test(host)) return 'private';
  return networkOf(host);
}
