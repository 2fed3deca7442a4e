import wasmUrl from '@zip.js/zip.js/dist/zip-module.wasm?url&inline';
import type { CarriedCipher } from '../src/verify/zip-ports.js';
import { startKernel } from './carried-kernel.js';
import type { Asked, Told } from './carried-worker.js';
import CarriedWorker from './carried-worker.js?worker&inline';

/**
 * The quickest way that this browser allows to decrypt and authenticate an encrypted bundle: WebAssembly on a thread of its own, or
 * on the page's; null where it runs no WebAssembly.
 */
export async function carriedCipher(key: Uint8Array, authenticationKey: Uint8Array): Promise<CarriedCipher | null> {
  const wasm = moduleBytes();
  return await onThread(wasm, key, authenticationKey).catch(() => null) ?? await onPage(wasm, key, authenticationKey).catch(() => null);
}

/** The module out of its `data:` address, which the page's policy lets nobody fetch. */
function moduleBytes(): ArrayBuffer {
  const binary = atob(wasmUrl.slice(wasmUrl.indexOf(',') + 1));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer;
}

async function onPage(wasm: ArrayBuffer, key: Uint8Array, authenticationKey: Uint8Array): Promise<CarriedCipher> {
  const kernel = await startKernel(wasm, key, authenticationKey);
  return {
    next: (bytes) => {
      kernel.decrypt(bytes);
      return Promise.resolve(bytes);
    },
    code: () => Promise.resolve(kernel.code()),
    close: () => undefined,
  };
}

async function onThread(wasm: ArrayBuffer, key: Uint8Array, authenticationKey: Uint8Array): Promise<CarriedCipher> {
  const worker = new CarriedWorker();
  const waiting: { done: (told: Told) => void; failed: (error: Error) => void }[] = [];
  let broken: Error | null = null;
  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => waiting.shift()?.done(data));
  const fail = (event: Event): void => {
    // The page goes on by another way, or says that the check failed.
    event.preventDefault();
    broken = new Error('the thread that decrypts has stopped');
    for (const each of waiting.splice(0)) each.failed(broken);
  };
  worker.addEventListener('error', fail);
  worker.addEventListener('messageerror', fail);
  const ask = (asked: Asked, transfer: Transferable[] = []): Promise<Told> => new Promise((done, failed) => {
    if (broken !== null) { failed(broken); return; }
    waiting.push({ done, failed });
    worker.postMessage(asked, transfer);
  });
  const askBytes = async (asked: Asked, transfer: Transferable[] = []): Promise<Uint8Array> => {
    const told = await ask(asked, transfer);
    if (told === 'ready') throw new Error('the thread that decrypts gave no bytes');
    return told;
  };
  try {
    await ask({ wasm, key, authenticationKey });
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return {
    next: (bytes) => {
      // A part of a larger buffer, or of shared memory, cannot be handed over.
      const own = bytes.buffer instanceof ArrayBuffer && bytes.length === bytes.buffer.byteLength ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
      return askBytes({ bytes: own }, [own.buffer]);
    },
    code: () => askBytes('code'),
    close: () => { worker.terminate(); },
  };
}
