import { hex } from '../record/bytes.js';
import { CodedError } from '../record/coded-error.js';
import type { Bag } from './bag-checks.js';
import type { FoundFile } from './check-exhibits.js';
import { RECORD } from './entries.js';
import type { Findings } from './report.js';
import type { BundleSource } from './source.js';
import type { VerifyPorts } from './verify.js';

/** Files of these sizes are hashed whole where `ports.sha256Whole` can, beside everything else; smaller ones are not worth the way there. */
const SMALLEST_WHOLE = 16 * 2 ** 10;
const LARGEST_WHOLE = 16 * 2 ** 20;
/** How many of them at a time. */
const AT_ONCE = 2;

/**
 * Hashes every file of the payload against its list, each read once; the record's pieces go to `onRecord` on the way.
 *
 * @throws CodedError `bundle.*` from the source, `verify.cancelled`
 */
export async function readPayload(source: BundleSource, bag: Bag, ports: VerifyPorts, findings: Findings, onRecord: (piece: Uint8Array) => Promise<void>): Promise<Map<string, FoundFile>> {
  const paths = [...bag.sizes.keys()].filter((path) => path.startsWith('data/'));
  const total = paths.reduce((sum, path) => sum + (bag.sizes.get(path) ?? 0), 0);
  const found = new Map<string, FoundFile>();
  const settle = (path: string, size: number, digest: Uint8Array): void => {
    const sha256 = hex(digest);
    found.set(path, { size, sha256 });
    const listed = bag.payload.get(path);
    if (listed !== undefined && listed !== sha256) findings.fail('bag.payload-digests', 'A file was changed.', path);
  };
  const hashing: Promise<void>[] = [];
  let done = 0;
  for (const path of paths) {
    const read = stoppable(source, path, bag.sizes.get(path) ?? 0, ports, (size) => ports.onProgress?.(done + size, total));
    const stated = bag.sizes.get(path) ?? 0;
    if (ports.sha256Whole !== undefined && path !== RECORD && stated >= SMALLEST_WHOLE && stated <= LARGEST_WHOLE) {
      const bytes = await whole(read, stated);
      const hashed = ports.sha256Whole(bytes).then((digest) => { settle(path, bytes.length, digest); });
      hashed.catch(() => undefined);
      hashing.push(hashed);
      if (hashing.length > AT_ONCE) await hashing.shift();
      done += bytes.length;
    } else {
      const { size, digest } = await piecewise(read, path === RECORD ? onRecord : null, ports);
      settle(path, size, digest);
      done += size;
    }
  }
  await Promise.all(hashing);
  if (bag.payload.size > 0) findings.pass('bag.payload-digests', `${found.size} files match.`);
  return found;
}

/** A file's bytes, never more than were stated, until the reader stops the check. */
async function* stoppable(source: BundleSource, path: string, stated: number, ports: VerifyPorts, onSize: (size: number) => void): AsyncGenerator<Uint8Array, void, undefined> {
  let size = 0;
  for await (const piece of source.read(path)) {
    if (ports.signal?.aborted === true) throw new CodedError('verify.cancelled', 'You stopped the check. It says nothing about the bundle.');
    size += piece.length;
    if (size > stated) throw new CodedError('bundle.damaged', 'A file changed while it was being read.', { where: path });
    onSize(size);
    yield piece;
  }
}

async function whole(read: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer> | null = null;
  let at = 0;
  for await (const piece of read) {
    // Most files come in one piece, which need not be copied.
    if (at === 0 && piece.length === size && piece.buffer instanceof ArrayBuffer) {
      at = size;
      bytes = new Uint8Array(piece.buffer, piece.byteOffset, size);
      continue;
    }
    bytes ??= new Uint8Array(size);
    bytes.set(piece, at);
    at += piece.length;
  }
  return (bytes ?? new Uint8Array()).subarray(0, at);
}

async function piecewise(read: AsyncIterable<Uint8Array>, onPiece: ((piece: Uint8Array) => Promise<void>) | null, ports: VerifyPorts): Promise<{ size: number; digest: Uint8Array }> {
  const hash = ports.sha256.start();
  let size = 0;
  for await (const piece of read) {
    hash.update(piece);
    size += piece.length;
    await onPiece?.(piece);
  }
  return { size, digest: hash.digest() };
}
