import { WARCRecord, WARCSerializer } from 'warcio';
import { hex, utf8 } from '../record/bytes.js';
import type { Random } from '../record/ports.js';
import type { ArchivedPage, Exchange, KeptHeader } from './exchange.js';

/** Where a response stands in the file, in bytes of the compressed file, for the index. */
export interface WarcPlace {
  readonly exchange: Exchange;
  readonly offset: number;
  readonly length: number;
  /** `sha256:` and 64 hexadecimal digits, of the body as kept. */
  readonly payloadDigest: string;
}

/** A WARC 1.1 file, compressed record by record (ISO 28500:2017, annex D), and where its responses stand. */
export interface Warc {
  readonly bytes: Uint8Array;
  readonly places: readonly WarcPlace[];
}

const VERSION = 'WARC/1.1';
const GZIPPED = { gzip: true, preferPako: true, digest: { algo: 'sha-256', prefix: 'sha256:' } } as const;

/** Headers that describe the body as it was sent; the body here is what came out of them. */
const OF_THE_WIRE = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/**
 * Writes `page` as WARC: a `warcinfo` record, and for each exchange a `response` and the `request` concurrent to it.
 * Bodies are kept as the browser had them, encodings undone; headers that spoke of an encoding are renamed `x-orig-…`.
 */
export async function makeWarc(page: ArchivedPage, random: Random): Promise<Warc> {
  const pieces: Uint8Array[] = [];
  const places: WarcPlace[] = [];
  let offset = 0;
  const put = async (record: WARCRecord): Promise<number> => {
    const bytes = await WARCSerializer.serialize(record, GZIPPED);
    pieces.push(bytes);
    offset += bytes.length;
    return bytes.length;
  };
  await put(infoRecord(page, newId(random)));
  for (const exchange of page.exchanges) {
    const id = newId(random);
    const start = offset;
    const response = responseRecord(exchange, id);
    const length = await put(response);
    places.push({ exchange, offset: start, length, payloadDigest: response.warcPayloadDigest ?? '' });
    await put(requestRecord(exchange, newId(random), id));
  }
  return { bytes: joined(pieces, offset), places };
}

function infoRecord(page: ArchivedPage, id: string): WARCRecord {
  const fields = {
    software: plain(page.software),
    format: 'WARC File Format 1.1',
    conformsTo: 'http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
    'http-header-user-agent': plain(page.userAgent),
    isPartOf: plain(page.url),
    description: 'Responses that one page load brought; nothing was fetched a second time. Content and transfer encodings were undone. Values of cookies and of authorization are masked. Bodies of requests are not kept.',
  };
  return WARCRecord.createWARCInfo({ filename: 'data.warc.gz', warcVersion: VERSION, date: page.madeAt, warcHeaders: { 'WARC-Record-ID': id } }, fields);
}

function responseRecord(exchange: Exchange, id: string): WARCRecord {
  const { body, address, status, statusText, protocol } = exchange;
  const warcHeaders: [string, string][] = [['WARC-Record-ID', id]];
  if (address !== null) warcHeaders.push(['WARC-IP-Address', address]);
  if (protocol !== null) warcHeaders.push(['WARC-Protocol', plain(protocol)]);
  if (exchange.emptied > 0) warcHeaders.push(['WARC-X-Countersign-Emptied', String(exchange.emptied)]);
  return WARCRecord.create(
    {
      type: 'response', url: plain(exchange.url), date: exchange.at, warcVersion: VERSION, warcHeaders: Object.fromEntries(warcHeaders),
      statusline: `HTTP/1.1 ${status} ${plain(statusText)}`.trim(), httpHeaders: answerHeaders(exchange.responseHeaders, body.length),
    },
    [body],
  );
}

function requestRecord(exchange: Exchange, id: string, response: string): WARCRecord {
  const url = new URL(exchange.url);
  const warcHeaders: { [name: string]: string } = { 'WARC-Record-ID': id, 'WARC-Concurrent-To': response };
  if (exchange.address !== null) warcHeaders['WARC-IP-Address'] = exchange.address;
  const host: KeptHeader[] = exchange.requestHeaders.some(([name]) => name.toLowerCase() === 'host') ? [] : [['Host', url.host]];
  // Pseudo-headers of HTTP/2 say again what stands in the first line.
  const headers = exchange.requestHeaders.filter(([name]) => !name.startsWith(':'));
  return WARCRecord.create(
    {
      type: 'request', url: plain(exchange.url), date: exchange.at, warcVersion: VERSION, warcHeaders,
      statusline: `${plain(exchange.method)} ${plain(url.pathname + url.search)} HTTP/1.1`, httpHeaders: [...host, ...headers].flatMap(onOneLine),
    },
    [],
  );
}

function answerHeaders(headers: readonly KeptHeader[], length: number): [string, string][] {
  const kept = headers.filter(([name]) => !name.startsWith(':')).flatMap(onOneLine);
  const named = kept.map(([name, value]): [string, string] => (OF_THE_WIRE.has(name.toLowerCase()) ? [`x-orig-${name.toLowerCase()}`, value] : [name, value]));
  return [...named, ['content-length', String(length)]];
}

/** A name that HTTP does not allow is left out: it would not be read as a header again (RFC 9110, section 5.1). */
function onOneLine([name, value]: KeptHeader): [string, string][] {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) ? [[name, plain(value)]] : [];
}

/** What comes from a server may not begin a line of its own. */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** A version 4 UUID (RFC 9562) as a record's name. */
function newId(random: Random): string {
  const bytes = Uint8Array.from(random.bytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = hex(bytes);
  return `<urn:uuid:${[[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([from, to]) => digits.slice(from, to)).join('-')}>`;
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
    piece.fill(0);
  }
  return whole;
}

/** Lines of text as bytes. */
export function lines(texts: readonly string[]): Uint8Array {
  return utf8(texts.map((text) => `${text}\n`).join(''));
}
