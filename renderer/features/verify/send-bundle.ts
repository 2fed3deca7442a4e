import type { VerifyView } from '../../../src/ipc/contract.js';
import { client } from '../../client.js';

/** Bytes in one piece. */
const PIECE = 1_048_576;

/** What else the verifier is told; null where nothing is known. */
export interface VerifyOptions {
  readonly passphrase: string | null;
  readonly root: string | null;
}

/**
 * Hands a file to the verifier in pieces and gives its findings. `onRead` hears how many bytes have gone.
 *
 * @throws CodedError from the engine; an `AbortError` once `signal` is aborted while pieces are sent.
 */
export async function verifyFile(file: File, options: VerifyOptions, signal: AbortSignal, onRead: (bytes: number) => void): Promise<VerifyView> {
  const { id } = await client.call('verify.begin', { name: file.name.slice(0, 500), size: file.size });
  try {
    for (let at = 0; at < file.size; at += PIECE) {
      signal.throwIfAborted();
      await client.call('verify.piece', { id, base64: await base64Of(file.slice(at, at + PIECE)) });
      onRead(Math.min(file.size, at + PIECE));
    }
    signal.throwIfAborted();
    return await client.call('verify.finish', { id, ...options });
  } catch (error) {
    // What went wrong is the news; whether the engine still held pieces is not.
    await client.call('verify.cancel', { id }).catch(() => undefined);
    throw error;
  }
}

/** Base64 of a piece, made by the browser off the main thread. */
function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => { resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : ''); };
    reader.onerror = () => { reject(reader.error ?? new Error('unreadable')); };
    reader.readAsDataURL(piece);
  });
}
