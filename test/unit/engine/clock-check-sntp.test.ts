import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { checkBySntp, manualCheck } from '../../../src/engine/clock-check.js';
import { ClockWatch } from '../../../src/engine/clock-watch.js';
import { parseSntpAnswer, SNTP_BYTES, sntpRequest } from '../../../src/engine/clock-check-sntp.js';
import { systemClock } from '../../../src/engine/node-ports.js';
import { sntpClient } from '../../../main/sntp-client.js';
import { TestClock } from '../vault/support.js';
import { codeOf } from './support.js';

const random = { bytes: (count: number) => randomBytes(count) };
const EPOCH_S = 2_208_988_800;

interface AnswerOptions {
  readonly aheadMs?: number;
  readonly mode?: number;
  readonly version?: number;
  readonly leap?: number;
  readonly stratum?: number;
  readonly kiss?: string;
  readonly originate?: Uint8Array;
  readonly era?: number;
}

/** What a server answers to `request`; its clock is `aheadMs` ahead of `nowMs`. */
function answerTo(request: Uint8Array, nowMs: number, options: AnswerOptions = {}): Buffer {
  const { aheadMs = 0, mode = 4, version = 4, leap = 0, stratum = 2, kiss, originate = request.subarray(40, 48), era = 0 } = options;
  const packet = Buffer.alloc(SNTP_BYTES);
  packet[0] = (leap << 6) | (version << 3) | mode;
  packet[1] = stratum;
  if (kiss !== undefined) packet.write(kiss, 12, 'ascii');
  packet.set(originate, 24);
  for (const at of [32, 40]) {
    const ms = nowMs + aheadMs;
    packet.writeUInt32BE((Math.floor(ms / 1_000) + EPOCH_S - era * 2 ** 32) >>> 0, at);
    packet.writeUInt32BE(Math.floor(((ms % 1_000) / 1_000) * 2 ** 32), at + 4);
  }
  return packet;
}

async function withServer<T>(reply: (request: Buffer, back: (packet: Uint8Array) => void) => void, work: (server: string, socket: Socket) => Promise<T>): Promise<T> {
  const socket = createSocket('udp4');
  socket.on('message', (request, from) => reply(request, (packet) => socket.send(packet, from.port, from.address)));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  try {
    return await work(`127.0.0.1:${socket.address().port}`, socket);
  } finally {
    socket.close();
  }
}

const ask = (server: string) => checkBySntp(server, { sntp: sntpClient, clock: systemClock, random });

describe('a time server over UDP', () => {
  test('tells how far the clock is off, and nothing is corrected', async () => {
    for (const aheadMs of [0, 5_000, -86_400_000]) {
      const check = await withServer((request, back) => back(answerTo(request, Date.now(), { aheadMs })), ask);
      expect(check.how).toBe('sntp');
      expect(check.server).toMatch(/^127\.0\.0\.1:/);
      expect(Math.abs((check.offsetMs ?? 1e12) - aheadMs)).toBeLessThan(500);
    }
  });

  test('is sent 48 bytes that say nothing of this computer’s clock', async () => {
    const seen: Buffer[] = [];
    await withServer((request, back) => { seen.push(request); back(answerTo(request, Date.now())); }, async (server) => [await ask(server), await ask(server)]);
    expect(seen.map((request) => request.length)).toEqual([48, 48]);
    expect(seen.map((request) => [request[0], request.subarray(1, 40).every((byte) => byte === 0)])).toEqual([[0x23, true], [0x23, true]]);
    expect(seen[0]?.subarray(40).equals(seen[1]?.subarray(40) ?? Buffer.alloc(0))).toBe(false);
  });

  const bad: [string, (request: Buffer) => Buffer][] = [
    ['junk', () => Buffer.from('not a time at all, but long enough to be taken for one by mistake')],
    ['an empty packet', () => Buffer.alloc(0)],
    ['a packet that is cut short', (request) => answerTo(request, Date.now()).subarray(0, 47)],
    ['its own request sent back', (request) => request],
    ['a broadcast', (request) => answerTo(request, Date.now(), { mode: 5 })],
    ['version 2', (request) => answerTo(request, Date.now(), { version: 2 })],
    ['a kiss of death', (request) => answerTo(request, Date.now(), { stratum: 0, kiss: 'RATE' })],
    ['an answer to somebody else', (request) => answerTo(request, Date.now(), { originate: randomBytes(8) })],
    ['a clock that is not set', (request) => answerTo(request, Date.now(), { leap: 3 })],
    ['stratum 16', (request) => answerTo(request, Date.now(), { stratum: 16 })],
    ['timestamps of nothing', (request) => { const packet = answerTo(request, Date.now()); packet.fill(0, 32); return packet; }],
  ];
  test.each(bad)('that answers with %s is recorded as no answer, with a sentence', async (_, make) => {
    const check = await withServer((request, back) => back(make(request)), ask);
    expect(check.offsetMs).toBeNull();
    expect(check.note).toMatch(/^[A-Z].*\.$/);
  });

  test('that refuses is named with its reason', async () => {
    const check = await withServer((request, back) => back(answerTo(request, Date.now(), { stratum: 0, kiss: 'DENY' })), ask);
    expect(check.note).toContain('DENY');
  });

  test('that is silent, absent or unknown is given up on', async () => {
    const quick = (server: string) => codeOf(() => sntpClient.exchange(server, sntpRequest(randomBytes(8)), 200, systemClock));
    expect(await withServer(() => undefined, quick)).toBe('clock.no-answer');
    const closed = await withServer(() => undefined, (server) => Promise.resolve(server));
    expect(await quick(closed)).toBe('clock.no-answer');
    expect(await quick('no-such-name.invalid')).toBe('clock.no-answer');
    expect(await quick('127.0.0.1:99999')).toBe('clock.no-answer');
  });
});

describe('the arithmetic of RFC 4330', () => {
  test('takes the way there and back apart', () => {
    const nonce = randomBytes(8);
    const sent = Date.parse('2026-11-24T10:00:00.000Z');
    const answer = answerTo(sntpRequest(nonce), sent + 300, { aheadMs: 2_000 });
    expect(parseSntpAnswer(answer, nonce, sent, sent + 600).offsetMs).toBeCloseTo(2_000, 3);
  });

  test('goes on after the seconds have run over in 2036', () => {
    const nonce = randomBytes(8);
    const sent = Date.parse('2036-03-01T00:00:00.000Z');
    expect(parseSntpAnswer(answerTo(sntpRequest(nonce), sent, { aheadMs: 1_000, era: 1 }), nonce, sent, sent).offsetMs).toBeCloseTo(1_000, 3);
  });
});

describe('a clock that is compared by hand', () => {
  const now = new Date(2026, 10, 24, 14, 5, 30, 0).toISOString();

  test('says how far the other one is ahead, also across midnight', () => {
    const compare = (shown: string | null, at = now) => manualCheck({ source: 'Speaking clock', shown, note: '' }, at).offsetMs;
    expect(compare('14:05:40')).toBe(10_000);
    expect(compare('14:05:28')).toBe(-2_000);
    expect(compare('00:00:05', new Date(2026, 10, 24, 23, 59, 58).toISOString())).toBe(7_000);
    expect(compare(null)).toBeNull();
  });

  test.each(['', '25:00:00', '14:05', '14:05:61', 'now'])('refuses %p as a time', async (shown) => {
    expect(await codeOf(() => manualCheck({ source: 'Speaking clock', shown, note: '' }, now))).toBe('clock.bad-time');
  });
});

describe('a wall clock that is set', () => {
  test('shows against the monotonic one, from more than two seconds on', () => {
    const clock = new TestClock();
    const watch = new ClockWatch(clock);
    clock.pass(3_600);
    expect(watch.look()).toBeNull();
    clock.wallMs += 2_000;
    expect(watch.look()).toBeNull();
    clock.wallMs -= 2_001;
    expect(watch.look()).toBeNull();
    clock.wallMs -= 4_000;
    expect(watch.look()).toEqual({ wallMs: 3_600_000 - 4_001, monotonicMs: 3_600_000 });
    expect(watch.look()).toBeNull();
  });

  test('in small steps is found once they add up, and once', () => {
    const clock = new TestClock();
    const watch = new ClockWatch(clock);
    const jumps = [1, 2, 3, 4, 5].map(() => {
      clock.pass(60);
      clock.wallMs += 1_000;
      return watch.look();
    }).filter((jump) => jump !== null);
    expect(jumps).toEqual([{ wallMs: 183_000, monotonicMs: 180_000 }]);
  });

  test('is not what two clocks drift apart in a day', () => {
    const clock = new TestClock();
    const watch = new ClockWatch(clock);
    for (let hour = 0; hour < 48; hour += 1) {
      clock.pass(3_600);
      clock.wallMs += 3_600 * 0.05;
      expect(watch.look()).toBeNull();
    }
  });
});
