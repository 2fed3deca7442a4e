import { getSurt } from 'warcio/utils';
import type { WarcPlace } from './warc.js';

/**
 * The index of a WARC as CDXJ: one line for each response, `key time {…}`, sorted by bytes, where the key is the address
 * turned round (`org,example)/page`) and the time is UTC to the second, 14 digits.
 */
export function cdxjLines(places: readonly WarcPlace[], filename: string): string[] {
  const found = places.map(({ exchange, offset, length, payloadDigest }) => {
    const about = { url: exchange.url, mime: exchange.mediaType, status: String(exchange.status), digest: payloadDigest, length: String(length), offset: String(offset), filename };
    return `${getSurt(exchange.url).replace(/\s/g, '%20')} ${timestamp(exchange.at)} ${JSON.stringify(about)}`;
  });
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function timestamp(at: string): string {
  return at.replace(/\D/g, '').slice(0, 14);
}
