import { createHash } from 'node:crypto';
import type { ArchivedPage, Exchange } from '../../../src/archive/exchange.js';
import type { ArchivePorts } from '../../../src/archive/wacz.js';
import { nodeSha256 } from '../../../src/engine/node-ports.js';

/** SHA-256 by Node and bytes that are the same in every run. */
export function testPorts(): ArchivePorts {
  let count = 0;
  return { sha256: nodeSha256, random: { bytes: (size) => createHash('sha512').update(String((count += 1))).digest().subarray(0, size) } };
}

export function exchange(url: string, body: string | Uint8Array, more: Partial<Exchange> = {}): Exchange {
  return {
    url, at: '2026-11-24T10:41:02.123Z', method: 'GET', requestHeaders: [['accept', '*/*'], ['cookie', 'session=***']], status: 200, statusText: 'OK',
    responseHeaders: [['content-type', 'text/html'], ['content-encoding', 'br'], ['set-cookie', 'a=***'], ['set-cookie', 'b=***']],
    address: '203.0.113.7', protocol: 'h2', mediaType: 'text/html', body: typeof body === 'string' ? Buffer.from(body) : body, emptied: 0, ...more,
  };
}

export const PAGE: ArchivedPage = {
  url: 'https://example.org/page', title: 'A “page”', at: '2026-11-24T10:41:02.123Z', madeAt: '2026-11-24T10:42:00.000Z', software: 'Countersign test', userAgent: 'Test',
  exchanges: [
    exchange('http://example.org/page', '', { status: 301, statusText: 'Moved Permanently', responseHeaders: [['location', 'https://example.org/page']] }),
    exchange('https://example.org/page', '<p>Words é</p>'),
    exchange('https://www.example.org/style.css?b=2&a=1', 'p{color:red}', { mediaType: 'text/css', address: '2001:db8::7' }),
    exchange('https://example.org/empty', '', { status: 204, statusText: 'No Content' }),
    exchange('https://example.org/evil', 'x', { responseHeaders: [['x-evil', 'a\r\n\r\nWARC/1.1\r\n'], ['bad name', 'x']], statusText: 'OK\r\nx: y' }),
    exchange('https://example.org/bytes', Uint8Array.from({ length: 256 }, (_, byte) => byte), { mediaType: 'font/woff2' }),
  ],
  missed: [{ url: 'https://example.org/unseen.png', mediaType: 'image/png', size: 74, sha256: 'a'.repeat(64), reason: 'not-displayed' }],
};
