import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CodedError } from '../record/coded-error.js';
import type { CarriedCipher } from '../verify/zip-ports.js';

/** What the thread is started with. */
export interface CarriedKeys {
  readonly key: Uint8Array;
  readonly authenticationKey: Uint8Array;
}

/** The next bytes, or a wish for the authentication code of all of them. */
export type CarriedAsked = Uint8Array | 'code';

interface Waiting {
  done(bytes: Uint8Array): void;
  failed(error: Error): void;
}

/** {@link CarriedCipher} on a thread of its own, so that what is decrypted can be hashed at the same time. */
export function carriedCipher(key: Uint8Array, authenticationKey: Uint8Array): Promise<CarriedCipher> {
  // Threads cannot be started from within the archive that the app is installed as; the installer leaves this file outside.
  const program = fileURLToPath(new URL('./carried-worker.js', import.meta.url)).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
  const worker = new Worker(program, { workerData: { key, authenticationKey } satisfies CarriedKeys, env: {}, argv: [], execArgv: [] });
  const waiting: Waiting[] = [];
  let broken: CodedError | null = null;
  const fail = (cause: unknown): void => {
    broken ??= new CodedError('bundle.check-stopped', 'This bundle could not be read to its end, for a reason that lies in this computer. Restart the app and check the bundle again.', { cause });
    for (const each of waiting.splice(0)) each.failed(broken);
  };
  worker.on('message', (bytes: Uint8Array) => waiting.shift()?.done(bytes));
  worker.on('messageerror', fail);
  worker.on('error', fail);
  worker.on('exit', fail);
  const ask = (asked: CarriedAsked, transfer: ArrayBuffer[] = []): Promise<Uint8Array> => new Promise((done, failed) => {
    if (broken !== null) {
      failed(broken);
      return;
    }
    waiting.push({ done, failed });
    worker.postMessage(asked, transfer);
  });
  return Promise.resolve({
    next: (bytes) => {
      // A part of a larger buffer cannot be handed over.
      const own = bytes.buffer instanceof ArrayBuffer && bytes.length === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
      return ask(own, [own.buffer as ArrayBuffer]);
    },
    code: () => ask('code'),
    close: () => { void worker.terminate(); },
  });
}
