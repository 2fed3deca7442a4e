import { createServer, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CodedError } from '../src/record/coded-error.js';

/** One request that the demonstration website answered: when (UTC, RFC 3339), what was asked, and the status it got. */
export interface DemoRequest {
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
}

/** What the site answers to an address; always the same bytes for the same address. */
export interface DemoAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The running site; `origin` is such as `http://127.0.0.1:40123`. `log` holds the latest 10,000 requests, oldest first. */
export interface DemoSite {
  readonly origin: string;
  readonly log: readonly DemoRequest[];
  close(): Promise<void>;
}

const FOLDER = new URL('../../assets/demo-site/', import.meta.url);
const MAX_URL = 2_048;
const MAX_LOG = 10_000;

/** Every address that is served and its file, so that no request can name a file by itself. */
const PAGES: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/forum/thread/48213': 'thread-1.html',
  '/forum/thread/48213?page=2': 'thread-2.html',
  '/forum/thread/48213/replies': 'thread-1.html',
  '/pictures': 'pictures.html',
  '/archive': 'archive.html',
  '/rules': 'rules.html',
  '/search': 'search.html',
  '/flagged': 'flagged.html',
  '/test-card': 'test-card.html',
  '/files/chat.zip': 'chat.zip',
  '/favicon.ico': 'icon.svg',
  ...Object.fromEntries(['style.css', 'site.js', 'icon.svg', 'square.svg', 'test-card.png'].map((name) => [`/${name}`, name])),
  ...Object.fromEntries(['1.svg', '2.png', '3.svg', '4.png', '5.svg', '6.png'].map((name) => [`/picture-${name}`, `picture-${name}`])),
};

const REDIRECTS: Readonly<Record<string, readonly [status: number, location: string]>> = {
  '/go': [302, '/r2'],
  '/r2': [301, '/forum/thread/48213?page=2'],
};

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml', png: 'image/png', zip: 'application/zip',
};

const HEADERS = { 'cache-control': 'no-store', 'content-security-policy': "default-src 'self'", 'x-content-type-options': 'nosniff' };

/** The answer to `GET url`, where `url` is a path with an optional query. */
export function demoAnswer(url: string): DemoAnswer {
  if (url.length > MAX_URL) return text(414, 'That address is too long.\n');
  const path = url.split('?', 1)[0] ?? '';
  const redirect = REDIRECTS[path];
  if (redirect !== undefined) return { status: redirect[0], headers: { ...HEADERS, location: redirect[1] }, body: new Uint8Array() };
  const file = PAGES[url] ?? PAGES[path];
  return file === undefined ? answer(404, 'not-found.html') : answer(200, file);
}

function answer(status: number, file: string): DemoAnswer {
  const type = MEDIA_TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const attachment = file.endsWith('.zip') ? { 'content-disposition': `attachment; filename="${file}"` } : {};
  return { status, headers: { ...HEADERS, 'content-type': type, ...attachment }, body: readFileSync(fileURLToPath(new URL(file, FOLDER))) };
}

function text(status: number, sentence: string, headers: DemoAnswer['headers'] = {}): DemoAnswer {
  return { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8', ...headers }, body: Buffer.from(sentence) };
}

/** Height of the page `/test-card` in CSS pixels. */
export const TEST_CARD_HEIGHT = 6_000;

/** The colour (sRGB, 0 to 255 each) of row `y` of the page `/test-card`; no two rows are alike. */
export function testCardRow(y: number): readonly [red: number, green: number, blue: number] {
  return [y % 256, 64 + 4 * Math.floor(y / 256), 255 - (y % 256)];
}

/**
 * Serves the demonstration website of `assets/demo-site` on 127.0.0.1, to GET and HEAD alone.
 *
 * @param options `port` to listen on; 0, the default, takes a free one
 * @throws CodedError `demo.port-in-use` when the port is taken
 */
export async function startDemoSite(options: { port?: number } = {}): Promise<DemoSite> {
  const log: DemoRequest[] = [];
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 2_000, maxHeaderSize: 32_768 }, (request, response) => {
    const method = request.method ?? '';
    const url = request.url ?? '';
    const reply = method === 'GET' || method === 'HEAD' ? demoAnswer(url) : text(405, 'This site can only be read.\n', { allow: 'GET, HEAD' });
    log.push({ at: new Date().toISOString(), method, url: url.slice(0, MAX_URL), status: reply.status });
    if (log.length > MAX_LOG) log.shift();
    request.resume();
    send(response, reply, method === 'HEAD');
  });
  server.maxConnections = 200;
  server.listen(options.port ?? 0, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new CodedError('demo.port-in-use', 'The demonstration website could not start: another program uses that port.', { cause });
  }
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function send(response: ServerResponse, { status, headers, body }: DemoAnswer, headOnly: boolean): void {
  // A date would make two runs differ.
  response.sendDate = false;
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(headOnly ? undefined : body);
}
