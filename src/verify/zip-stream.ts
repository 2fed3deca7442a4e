import type { FileEntry } from '@zip.js/zip.js';
import { CodedError } from '../record/coded-error.js';
import { zipFailure } from './zip-failure.js';

/** The bytes of a file in a ZIP, piece by piece: never more than it says, checksum or authentication code checked at the end. */
export async function* entryStream(entry: FileEntry, passphrase: string | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  const abort = new AbortController();
  let pass: TransformStreamDefaultController<Uint8Array> | null = null;
  const pipe = new TransformStream<Uint8Array, Uint8Array>({ start: (controller) => void (pass = controller), transform: (piece, controller) => controller.enqueue(piece) });
  const done = entry.getData(pipe.writable, {
    signal: abort.signal, checkCrc32: true, checkAuthenticationCode: true, strictness: 'strict', ...(passphrase === undefined ? {} : { password: passphrase }),
  });
  // zip.js may refuse an entry before it touches the pipe; the reader below would then wait for ever.
  done.catch((error: unknown) => pass?.error(error));
  const reader = pipe.readable.getReader();
  let size = 0;
  let finished = false;
  try {
    for (;;) {
      const { value, done: end } = await reader.read();
      if (end) break;
      size += value.length;
      if (size > entry.uncompressedSize) throw new CodedError('bundle.expands', 'A file in this ZIP is larger than the ZIP says. It was not unpacked.', { where: entry.filename });
      yield value;
    }
    await done;
    finished = true;
    if (size !== entry.uncompressedSize) throw new CodedError('bundle.damaged', 'A file in this ZIP is shorter than the ZIP says.', { where: entry.filename });
  } catch (error) {
    throw zipFailure(error);
  } finally {
    if (!finished) {
      abort.abort();
      await reader.cancel().catch(() => undefined);
    }
  }
}
