import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { timestampClient } from '../../../main/timestamp-client.js';
import { timestampNonce, timestampRequest } from '../../../src/bundle/timestamp.js';
import { TsaServer, type ServerManner } from '../../tsa/server.js';

let server: TsaServer;

beforeAll(async () => {
  server = await TsaServer.start();
}, 120_000);

afterAll(() => server.close());

const request = timestampRequest(new Uint8Array(32).fill(7), timestampNonce({ bytes: (count) => randomBytes(count) }));

function ask(manner: ServerManner, limitMs?: number): Promise<Uint8Array> {
  return timestampClient('Example Time', server.url(manner), limitMs).ask(request, new AbortController().signal);
}

test.each(['good', 'redirect'] as const)('an authority that answers (%s) gives its bytes unread', async (manner) => {
  expect((await ask(manner)).length).toBeGreaterThan(1_000);
});

test.each([
  ['html', 'time.not-an-answer'], ['oversized', 'time.too-large'], ['endless', 'time.too-large'], ['error', 'time.unreachable'], ['cut-off', 'time.unreachable'],
  ['redirect-scheme', 'time.not-an-answer'], ['redirect-loop', 'time.not-an-answer'],
] as const)('what is wrong on the way (%s) is told as %s', async (manner, code) => {
  await expect(ask(manner)).rejects.toMatchObject({ code, sentence: expect.stringMatching(/^The time stamping authority .*\.$/) as unknown });
});

test('an authority that never answers is given up when the time is over', async () => {
  await expect(ask('silent', 200)).rejects.toMatchObject({ code: 'time.no-answer' });
});

test('asking can be called off', async () => {
  const stop = new AbortController();
  const asked = timestampClient('Example Time', server.url('silent')).ask(request, stop.signal);
  stop.abort();
  await expect(asked).rejects.toMatchObject({ code: 'time.no-answer' });
});

test('an address where nobody listens, and one that does not speak TLS, are told as unreachable', async () => {
  const probe = createServer();
  const port = await new Promise<number>((done) => probe.listen(0, '127.0.0.1', () => done((probe.address() as AddressInfo).port)));
  await new Promise((done) => probe.close(done));
  for (const url of [`http://127.0.0.1:${port}/`, server.url('good').replace('http:', 'https:')]) {
    await expect(timestampClient('Example Time', url).ask(request, new AbortController().signal)).rejects.toMatchObject({ code: 'time.unreachable' });
  }
});
