import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestAuthority, type Manner } from './authority.js';

/** How the server answers, by the path of the address. */
export type ServerManner = Manner | 'silent' | 'oversized' | 'endless' | 'html' | 'error' | 'junk' | 'redirect' | 'redirect-scheme' | 'redirect-loop' | 'cut-off';

/** A time stamping authority on a loopback port. */
export class TsaServer {
  readonly authority = new TestAuthority();
  /** While true every connection is broken off, as when the network is gone. */
  down = false;
  /** How many requests have arrived. */
  asked = 0;
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));
  readonly #waiting = new Set<() => void>();

  static async start(): Promise<TsaServer> {
    const tsa = new TsaServer();
    await new Promise<void>((done) => tsa.#server.listen(0, '127.0.0.1', done));
    return tsa;
  }

  url(manner: ServerManner): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${manner}`;
  }

  /** Resolves when the next request arrives. */
  nextRequest(): Promise<void> {
    return new Promise((done) => this.#waiting.add(done));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    this.authority.remove();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked += 1;
    for (const done of this.#waiting) done();
    this.#waiting.clear();
    if (this.down) {
      request.socket.destroy();
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    this.#answer((request.url ?? '/').slice(1) as ServerManner, Buffer.concat(pieces), request, response);
  }

  #answer(manner: ServerManner, query: Buffer, request: IncomingMessage, response: ServerResponse): void {
    const send = (bytes: Uint8Array | string, type = 'application/timestamp-reply', status = 200): void => void response.writeHead(status, { 'content-type': type }).end(bytes);
    switch (manner) {
      case 'silent':
        return;
      case 'oversized':
        send(Buffer.alloc(200_000, 0x30));
        return;
      case 'endless': {
        response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
        const more = (): void => {
          if (!response.destroyed) response.write(Buffer.alloc(16_384, 0x30), () => setImmediate(more));
        };
        more();
        return;
      }
      case 'html':
        send('<!doctype html><title>Sign in to the network</title>', 'text/html');
        return;
      case 'junk':
        send('<!doctype html><title>Sign in to the network</title>');
        return;
      case 'error':
        send('busy', 'text/plain', 503);
        return;
      case 'redirect':
        response.writeHead(307, { location: '/good' }).end();
        return;
      case 'redirect-scheme':
        response.writeHead(302, { location: 'ftp://127.0.0.1/good' }).end();
        return;
      case 'redirect-loop':
        response.writeHead(302, { location: '/redirect-loop' }).end();
        return;
      case 'cut-off':
        response.writeHead(200, { 'content-type': 'application/timestamp-reply', 'content-length': '4000' });
        response.write(Buffer.alloc(100, 0x30), () => request.socket.destroy());
        return;
      default:
        if (request.method !== 'POST' || request.headers['content-type'] !== 'application/timestamp-query') send('no', 'text/plain', 415);
        else send(this.authority.answer(query, manner));
    }
  }
}
