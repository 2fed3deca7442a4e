/* AES-256 in WinZip's counter mode and HMAC-SHA-1 in one pass, as WebAssembly: the kernel that zip.js decrypts with (its `zip-module.wasm`).
 * Its functions are no documented interface: the version is pinned, and a test holds them against OpenSSL. */

/** Bytes that go through the kernel at a time. */
const BUFFER = 2 ** 16;
const DIGEST = 20;

/** What is used of the module; addresses are bytes in its memory. */
interface Kernel {
  readonly memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  /** Gives a context, 0 where there is no memory. */
  aes_hmac_new(): number;
  /** 0 when the keys were taken. */
  aes_hmac_init(context: number, key: number, keyLength: number, authenticationKey: number, authenticationKeyLength: number): number;
  aes_hmac_process(context: number, data: number, length: number, decrypt: 0 | 1): void;
  /** Writes the code, where `code` is not 0, and frees the context. */
  aes_hmac_end(context: number, code: number): void;
}

/** A file's ciphertext in, its plaintext out; the code at the end. */
export interface RunningKernel {
  /** Decrypts `bytes` where they lie: whole blocks, but for the last call. */
  decrypt(bytes: Uint8Array): void;
  /** HMAC-SHA-1 of the ciphertext; nothing can follow. */
  code(): Uint8Array;
}

/**
 * Starts the kernel of `wasm` (the module's bytes) with the keys of AES and of HMAC.
 *
 * @throws where a browser has no WebAssembly, or may not run it
 */
export async function startKernel(wasm: BufferSource, key: Uint8Array, authenticationKey: Uint8Array): Promise<RunningKernel> {
  const { instance } = await WebAssembly.instantiate(wasm);
  const kernel = instance.exports as unknown as Kernel;
  const buffer = kernel.malloc(BUFFER);
  const context = kernel.aes_hmac_new();
  if (buffer === 0 || context === 0) throw new Error('no memory for the kernel');
  // Looked up each time: memory that grows is another buffer.
  const heap = (): Uint8Array => new Uint8Array(kernel.memory.buffer);
  heap().set(key, buffer);
  heap().set(authenticationKey, buffer + key.length);
  if (kernel.aes_hmac_init(context, buffer, key.length, buffer + key.length, authenticationKey.length) !== 0) throw new Error('the kernel did not take the keys');
  return {
    decrypt(bytes) {
      for (let at = 0; at < bytes.length; at += BUFFER) {
        const part = bytes.subarray(at, at + BUFFER);
        heap().set(part, buffer);
        kernel.aes_hmac_process(context, buffer, part.length, 1);
        part.set(heap().subarray(buffer, buffer + part.length));
      }
    },
    code() {
      kernel.aes_hmac_end(context, buffer);
      return heap().slice(buffer, buffer + DIGEST);
    },
  };
}
