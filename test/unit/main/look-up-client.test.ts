import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lookUpsWithin } from '../../../main/look-up-client.js';
import { isCoded } from '../../../src/record/coded-error.js';

const TYPE = 'application/rdap+json';

describe('looking things up', () => {
  let server: Server;
  let base = '';
  const seen: { readonly path: string; readonly headers: NodeJS.Dict<string | string[]> }[] = [];
  const client = lookUpsWithin(2_000);
  const codeOf = (path: string): Promise<string> => client.get(`${base}${path}`, TYPE).then(() => 'none', (error: unknown) => (isCoded(error) ? error.code : String(error)));

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '';
      seen.push({ path, headers: request.headers });
      const send = (status: number, headers: NodeJS.Dict<string>, body = ''): void => void response.writeHead(status, headers).end(body);
      if (path === '/domain/a') send(302, { location: '/elsewhere/a' });
      else if (path === '/loop') send(302, { location: '/loop' });
      else if (path === '/file') send(302, { location: 'file:///etc/passwd' });
      else if (path === '/nowhere') send(302, {});
      else if (path === '/large') response.writeHead(200).end(Buffer.alloc(400_000, 0x20));
      else if (path === '/endless') response.writeHead(200).write('{');
      else if (path === '/silent') return;
      else if (path === '/broken') request.socket.destroy();
      else send(200, { 'set-cookie': 'a=b', 'content-type': TYPE }, '{"path":"ok"}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  test('follows a register to the one that knows, and says which one answered', async () => {
    const { status, url, bytes } = await client.get(`${base}/domain/a`, TYPE);
    expect({ status, url, text: Buffer.from(bytes).toString() }).toEqual({ status: 200, url: `${base}/elsewhere/a`, text: '{"path":"ok"}' });
    expect(seen.at(-1)?.headers).toMatchObject({ accept: TYPE, 'user-agent': 'Countersign', 'accept-encoding': 'identity' });
    expect(seen.every(({ headers }) => headers['cookie'] === undefined && headers['referer'] === undefined)).toBe(true);
  });

  test.each([
    ['/loop', 'look-up.refused'], ['/file', 'look-up.refused'], ['/nowhere', 'look-up.refused'], ['/large', 'look-up.too-large'],
    ['/endless', 'look-up.no-answer'], ['/silent', 'look-up.no-answer'], ['/broken', 'look-up.unreachable'],
  ])('gives up on a service that does not answer as it should: %s', async (path, code) => {
    expect(await codeOf(path)).toBe(code);
  });

  test('says in words that nobody is there', async () => {
    await expect(client.get('http://127.0.0.1:1/', TYPE)).rejects.toMatchObject({ code: 'look-up.unreachable' });
  });
});
