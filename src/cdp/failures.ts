import type { FailedFact } from './facts.js';

/** Chromium's error names (net/base/net_error_list.h), by what they mean to a reader. The first that fits counts. */
const REASONS: readonly (readonly [RegExp, NonNullable<FailedFact['reason']>])[] = [
  [/ERR_(?:NAME_|ICANN_|DNS_)/, 'name'],
  [/ERR_CERT_/, 'certificate'],
  [/ERR_(?:PROXY_|TUNNEL_|SOCKS_|NO_SUPPORTED_PROXIES|MANDATORY_PROXY|HTTPS_PROXY_|UNEXPECTED_PROXY)/, 'proxy'],
  [/ERR_(?:SSL_|BAD_SSL|ECH_)/, 'tls'],
  [/ERR_(?:CONNECTION_|ADDRESS_|TIMED_OUT|INTERNET_DISCONNECTED|NETWORK_|EMPTY_RESPONSE|SOCKET_|HOST_RESOLVER)/, 'connection'],
  [/ERR_BLOCKED|ERR_UNSAFE|ERR_ACCESS_DENIED|ERR_CLEARTEXT/, 'blocked'],
  [/ERR_ABORTED/, 'cancelled'],
];

/** What kind of failure Chromium's `net::ERR_…` is. */
export function failureReason(errorText: string): NonNullable<FailedFact['reason']> {
  return REASONS.find(([pattern]) => pattern.test(errorText))?.[1] ?? 'other';
}
