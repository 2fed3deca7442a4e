/** A site that demands a certificate of the browser (net_error_list.h: 110, 117). */
const DEMANDED = /ERR_(?:BAD_)?SSL_CLIENT_AUTH/;
/**
 * What the same refusal may look like: over TLS 1.3 the site hangs up after the handshake, and its reason for that can be
 * overtaken by the hanging up (net_error_list.h: 15, 100, 101, 103, 324).
 */
const HUNG_UP = /ERR_(?:CONNECTION_(?:CLOSED|RESET|ABORTED)|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE)/;
/** How many sites are remembered. */
const MAX_SITES = 500;

/** Knows the sites that open only for who shows a certificate, which is never shown. */
export class CertificateDemands {
  readonly #origins = new Set<string>();

  /** Whether the load of `url` failed because no certificate was shown, by the browser's `net::ERR_…`. A site that said so once is known from then on. */
  failed(url: string, errorText: string): boolean {
    const origin = URL.canParse(url) ? new URL(url).origin : url;
    const said = DEMANDED.test(errorText);
    if (said && this.#origins.size < MAX_SITES) this.#origins.add(origin);
    return said || (HUNG_UP.test(errorText) && this.#origins.has(origin));
  }
}
