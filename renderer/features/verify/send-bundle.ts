import type { VerifyView } from '../../../src/ipc/verify-contract.js';
import { client } from '../../client.js';
import { sendFile } from '../../ui/send-file.js';

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
    await sendFile(file, signal, (base64) => client.call('verify.piece', { id, base64 }), onRead);
    return await client.call('verify.finish', { id, ...options });
  } catch (error) {
    // What went wrong is the news; whether the engine still held pieces is not.
    await client.call('verify.cancel', { id }).catch(() => undefined);
    throw error;
  }
}
