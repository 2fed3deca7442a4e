import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CarrierCipher } from '../bundle/carrier.js';
import { CodedError } from '../record/coded-error.js';
import type { CarriedCipher } from '../verify/zip-ports.js';

/** What the thread is started with. */
export interface CarriedKeys {
  readonly key: Uint8Array;
  readonly authenticationKey: Uint8Array;
  /** True: encrypts. False: decrypts. */
  readonly writing: boolean;
}

/** The next bytes, or a wish for the authentication code of all of them. */
export type CarriedAsked = Uint8Array | 'code';

interface Waiting {
  done(bytes: Uint8Array<ArrayBuffer>): void;
  failed(error: Error): void;
}

/** {@link CarriedCipher} on a thread of its own, so that what is decrypted can be hashed at the same time. */
export function carriedCipher(key: Uint8Array, authenticationKey: Uint8Array): Promise<CarriedCipher> {
  const thread = new CipherThread({ key, authenticationKey, writing: false }, (cause) => new CodedError('bundle.check-stopped', 'This bundle could not be read to its end, for a reason that lies in this computer. Restart the app and check the bundle again.', { cause }));
  return Promise.resolve({
    // A part of a larger buffer cannot be handed over.
    next: (bytes) => thread.turned(bytes.buffer instanceof ArrayBuffer && bytes.length === bytes.buffer.byteLength ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes)),
    code: () => thread.code(),
    close: () => { thread.close(); },
  });
}

/** {@link CarrierCipher} on a thread of its own, so that the next bytes can be read meanwhile. */
export function carrierCipher(key: Uint8Array, authenticationKey: Uint8Array): CarrierCipher {
  const thread = new CipherThread({ key, authenticationKey, writing: true }, (cause) => new CodedError('export.failed', 'The bundle could not be encrypted, for a reason that lies in this computer. The case itself is safe. Restart the app and export again.', { cause }));
  return { next: (bytes) => thread.turned(bytes), code: () => thread.code(), close: () => { thread.close(); } };
}

class CipherThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #broken: CodedError | null = null;

  constructor(keys: CarriedKeys, failure: (cause: unknown) => CodedError) {
    // Threads cannot be started from within the archive that the app is installed as; the installer leaves this file outside.
    const program = fileURLToPath(new URL('./carried-worker.js', import.meta.url)).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
    this.#worker = new Worker(program, { workerData: keys, env: {}, argv: [], execArgv: [] });
    const fail = (cause: unknown): void => {
      this.#broken ??= failure(cause);
      for (const each of this.#waiting.splice(0)) each.failed(this.#broken);
    };
    this.#worker.on('message', (bytes: Uint8Array<ArrayBuffer>) => this.#waiting.shift()?.done(bytes));
    this.#worker.on('messageerror', fail);
    this.#worker.on('error', fail);
    this.#worker.on('exit', fail);
  }

  /** @param bytes their whole memory goes to the thread and comes back with what they became */
  turned(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    return this.#ask(bytes, [bytes.buffer]);
  }

  code(): Promise<Uint8Array> {
    return this.#ask('code', []);
  }

  close(): void {
    void this.#worker.terminate();
  }

  #ask(asked: CarriedAsked, transfer: ArrayBuffer[]): Promise<Uint8Array<ArrayBuffer>> {
    return new Promise((done, failed) => {
      if (this.#broken !== null) {
        failed(this.#broken);
        return;
      }
      this.#waiting.push({ done, failed });
      this.#worker.postMessage(asked, transfer);
    });
  }
}
