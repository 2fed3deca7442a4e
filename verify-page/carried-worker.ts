import { startKernel, type RunningKernel } from './carried-kernel.js';

/* Decrypts on a thread of its own, while the page hashes what was decrypted before. It has the page's policy: no network. */

/** What the page asks: first the module and the keys, then piece after piece, the code at the end. */
export type Asked =
  | { readonly wasm: ArrayBuffer; readonly key: Uint8Array; readonly authenticationKey: Uint8Array }
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | 'code';

/** What it is told, once for each thing that it asked: that the kernel runs, or bytes. */
export type Told = 'ready' | Uint8Array<ArrayBuffer>;

let kernel: RunningKernel | null = null;

async function answer(asked: Asked): Promise<Told> {
  if (asked !== 'code' && 'wasm' in asked) {
    kernel = await startKernel(asked.wasm, asked.key, asked.authenticationKey);
    return 'ready';
  }
  if (kernel === null) throw new Error('asked before the keys');
  if (asked === 'code') return new Uint8Array(kernel.code());
  kernel.decrypt(asked.bytes);
  return asked.bytes;
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  answer(data).then(
    (told) => { self.postMessage(told, { transfer: told === 'ready' ? [] : [told.buffer] }); },
    (error: unknown) => { reportError(error); },
  );
});
