import type { Protocol } from 'devtools-protocol';
import type { NavigationFact, RedirectFact, TlsFact } from './facts.js';
import { maskHeaders, maskUrl, oneLine } from './masking.js';
import { networkOf } from '../investigation/networks.js';

/** The parts of a navigation fact that come from the server's answer. */
export type AnswerFacts = Pick<NavigationFact, 'status' | 'protocol' | 'remoteAddress' | 'mediaType' | 'tls' | 'network'>;

/** What is known of a document that no server answered for, such as `about:blank` or a `data:` address. */
export const NO_ANSWER: AnswerFacts = { status: null, protocol: null, remoteAddress: null, mediaType: null, tls: null, network: null };

/** Status, protocol, address, type and TLS of an answer. */
export function answerFacts(response: Protocol.Network.Response): AnswerFacts {
  return {
    status: response.status > 0 ? response.status : null,
    protocol: response.protocol === undefined || response.protocol === '' ? null : oneLine(response.protocol),
    remoteAddress: remoteAddress(response),
    mediaType: response.mimeType === '' ? null : oneLine(response.mimeType),
    tls: tlsFact(response.securityDetails),
    network: networkOf(response.remoteIPAddress),
  };
}

/** How many headers of an answer are told. */
const MAX_HEADERS = 50;

/** An answer's headers as they may be written down, in the order of their names. */
export function headerFacts(headers: Protocol.Network.Headers): { name: string; value: string }[] {
  return Object.entries(maskHeaders(headers)).slice(0, MAX_HEADERS).map(([name, value]) => ({ name: oneLine(name), value: oneLine(value) }));
}

/** One hop of a redirect chain, from the answer that redirected. `location` is the header as the server sent it. */
export function redirectFact(response: Protocol.Network.Response, next: string): RedirectFact {
  const location = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
  return { url: maskUrl(response.url), status: response.status, location: maskUrl(location ?? next), remoteAddress: remoteAddress(response), tls: tlsFact(response.securityDetails) };
}

/** Address and port that answered, `203.0.113.7:443` or `[2001:db8::7]:443`; null where the browser did not say. */
function remoteAddress(response: Protocol.Network.Response): string | null {
  const address = response.remoteIPAddress;
  if (address === undefined || address === '') return null;
  const host = address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
  return oneLine(response.remotePort === undefined ? host : `${host}:${response.remotePort}`);
}

function tlsFact(details: Protocol.Network.SecurityDetails | undefined): TlsFact | null {
  if (details === undefined) return null;
  return {
    protocol: oneLine(details.protocol),
    cipher: oneLine([details.keyExchange, details.keyExchangeGroup, details.cipher, details.mac].filter(Boolean).join(' ')),
    issuer: oneLine(details.issuer),
    subject: oneLine(details.subjectName),
    validFrom: instant(details.validFrom),
    validTo: instant(details.validTo),
  };
}

/** RFC 3339 of seconds since 1970; what a certificate claims may lie outside the years that can be written. */
function instant(seconds: number): string {
  const date = new Date(seconds * 1_000);
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString();
}
