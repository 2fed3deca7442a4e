import { describe, expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { pipeTransport } from '../../../src/cdp/pipe-transport.js';
import type { CdpTransport } from '../../../src/cdp/transport.js';

interface Rig {
  readonly transport: CdpTransport;
  readonly fromBrowser: PassThrough;
  readonly toBrowser: PassThrough;
  readonly messages: string[];
  closes: number;
}

function rig(maxBytes?: number): Rig {
  const fromBrowser = new PassThrough();
  const toBrowser = new PassThrough();
  const transport = pipeTransport(toBrowser, fromBrowser, maxBytes);
  const made: Rig = { transport, fromBrowser, toBrowser, messages: [], closes: 0 };
  transport.onMessage((message) => made.messages.push(message));
  transport.onClose(() => (made.closes += 1));
  return made;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the pipe transport', () => {
  test('puts a message together that comes in pieces, even inside a character', async () => {
    const { fromBrowser, messages } = rig();
    const bytes = Buffer.from('{"word":"naïve"}\0', 'utf8');
    for (const byte of bytes) {
      fromBrowser.write(Buffer.from([byte]));
      await turn();
    }
    expect(messages).toEqual(['{"word":"naïve"}']);
  });

  test('parts messages that come together, and skips empty ones', async () => {
    const { fromBrowser, messages } = rig();
    fromBrowser.write('{"a":1}\0\0{"b":2}\0{"c"');
    await turn();
    fromBrowser.write(':3}\0');
    await turn();
    expect(messages).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  test('closes on a message beyond the bound, whole or in pieces, and hands on nothing more', async () => {
    for (const pieces of [['x'.repeat(11) + '\0{"a":1}\0'], ['x'.repeat(6), 'x'.repeat(6), '\0{"a":1}\0']]) {
      const made = rig(10);
      for (const piece of pieces) {
        made.fromBrowser.write(piece);
        await turn();
      }
      expect(made.messages).toEqual([]);
      expect(made.closes).toBe(1);
    }
  });

  test('closes once when the browser goes away, and sends nothing after', async () => {
    const made = rig();
    made.transport.send('{"id":1}');
    made.fromBrowser.end('{"half":');
    await turn();
    await turn();
    made.transport.send('{"id":2}');
    made.transport.close();
    expect(made.closes).toBe(1);
    expect(made.messages).toEqual([]);
  });

  test('ends each message that it sends with a NUL byte', () => {
    const { transport, toBrowser } = rig();
    transport.send('{"id":1}');
    transport.send('{"id":2}');
    expect(String(toBrowser.read())).toBe('{"id":1}\0{"id":2}\0');
  });
});
