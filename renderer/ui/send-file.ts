/** Bytes in one piece. */
const PIECE = 1_048_576;

/**
 * Hands a file over in pieces of base64, one after another. `onSent` hears how many bytes have gone.
 *
 * @throws DOMException when the file cannot be read; an `AbortError` once `signal` is aborted; whatever `send` throws.
 */
export async function sendFile(file: File, signal: AbortSignal, send: (base64: string) => Promise<unknown>, onSent: (bytes: number) => void): Promise<void> {
  for (let at = 0; at < file.size; at += PIECE) {
    signal.throwIfAborted();
    await send(await base64Of(file.slice(at, at + PIECE)));
    onSent(Math.min(file.size, at + PIECE));
  }
  signal.throwIfAborted();
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
