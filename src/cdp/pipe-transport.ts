import type { Readable, Writable } from 'node:stream';
import type { CdpTransport } from './transport.js';

/**
 * Longest message taken from the browser, in bytes. A full-page tile in base64 stays under 200 MB; what is longer is
 * not an answer of ours, and memory must not be filled by it.
 */
const MAX_MESSAGE_BYTES = 500_000_000;

/**
 * A transport over a pair of streams that carry JSON texts, each ended by a NUL byte, as Chromium's
 * `--remote-debugging-pipe` has it.
 *
 * A message longer than `maxBytes`, or a stream that ends in the middle of one, closes the transport: after a lost
 * message nothing that follows can be trusted to be complete.
 */
export function pipeTransport(writable: Writable, readable: Readable, maxBytes: number = MAX_MESSAGE_BYTES): CdpTransport {
  let closed = false;
  let messageListener: (message: string) => void = () => undefined;
  let closeListener: () => void = () => undefined;
  let parts: Buffer[] = [];
  let held = 0;

  const close = (): void => {
    if (closed) return;
    closed = true;
    parts = [];
    writable.destroy();
    readable.destroy();
    closeListener();
  };

  const deliver = (tail: Buffer): void => {
    const message = parts.length === 0 ? tail : Buffer.concat([...parts, tail]);
    parts = [];
    held = 0;
    if (message.length > 0) messageListener(message.toString('utf8'));
  };

  readable.on('data', (chunk: Buffer) => {
    let from = 0;
    while (!closed) {
      const end = chunk.indexOf(0, from);
      const until = end === -1 ? chunk.length : end;
      if (held + until - from > maxBytes) return close();
      if (end === -1) break;
      deliver(chunk.subarray(from, end));
      from = end + 1;
    }
    if (from < chunk.length && !closed) {
      parts.push(chunk.subarray(from));
      held += chunk.length - from;
    }
  });
  // A pipe to a browser that is going away fails in either direction first; each means the same.
  for (const stream of [readable, writable]) stream.on('error', close).on('close', close);
  readable.on('end', close);

  return {
    send: (message) => {
      if (!closed) writable.write(`${message}\0`);
    },
    onMessage: (listener) => {
      messageListener = listener;
    },
    onClose: (listener) => {
      closeListener = listener;
    },
    close,
  };
}
