import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { CodedError } from '../src/record/coded-error.js';
import type { SntpExchange, SntpPort } from '../src/engine/clock-check.js';
import type { Clock } from '../src/record/ports.js';

const NTP_PORT = 123;

/**
 * Asks a time server over UDP. The socket goes out to one address only (connected, so that the system drops what others
 * send) and is closed within `timeoutMs`; nothing ever listens.
 */
export const sntpClient: SntpPort = {
  async exchange(server, request, timeoutMs, clock) {
    const { host, port } = addressOf(server);
    const found = await within(timeoutMs, lookup(host));
    const socket = createSocket(isIPv6(found.address) ? 'udp6' : 'udp4');
    try {
      return await within(timeoutMs, exchange(socket, { address: found.address, port }, request, clock));
    } finally {
      socket.close();
    }
  },
};

/** The first datagram that comes back, whatever is in it. */
function exchange(socket: Socket, to: { readonly address: string; readonly port: number }, request: Uint8Array, clock: Clock): Promise<SntpExchange> {
  return new Promise((done, fail) => {
    let sentMs = 0;
    let sentAt = 0;
    socket.on('error', fail);
    socket.on('message', (answer) => {
      // The monotonic clock measures the way there and back, so that a wall clock that is set meanwhile does not.
      done({ answer, sentMs, receivedMs: sentMs + clock.monotonicMs() - sentAt });
    });
    socket.connect(to.port, to.address, () => {
      sentMs = Date.parse(clock.now());
      sentAt = clock.monotonicMs();
      socket.send(request, (error) => {
        if (error !== null) fail(error);
      });
    });
  });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => (timer = setTimeout(() => fail(new Error('no answer in time')), ms)));
  try {
    return await Promise.race([work, late]);
  } catch (cause) {
    throw new CodedError('clock.no-answer', 'The time server did not answer.', { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** `name`, `name:port`, `[v6]` or `[v6]:port`. */
function addressOf(server: string): { host: string; port: number } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(server) ?? [];
  const host = bracketed ?? plain;
  const number = port === undefined ? NTP_PORT : Number(port);
  if (host === undefined || number < 1 || number > 65_535) throw new CodedError('clock.no-answer', 'This is not the name of a time server.');
  return { host, port: number };
}
