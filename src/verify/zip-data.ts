import type { FileEntry } from '@zip.js/zip.js';
import { CodedError } from '../record/coded-error.js';
import type { RandomAccess } from './source.js';
import type { ZipPorts } from './zip-ports.js';

/** Bytes read at a time: in a web page every read costs about a millisecond, whatever its size. */
const PIECE = 4 * 2 ** 20;
/** Of a local header: its fixed part, and its signature (APPNOTE 4.3.7). */
const HEADER = 30;
const SIGNATURE = 0x04034b50;
/** Bits of the general purpose flags that change how the data is read: encrypted, patch data, strongly encrypted, masked header. */
const FLAGS = 0x2061;

/** A ZIP's file as it lies there: where its data begins, and how long it is. */
export interface DataPlace {
  readonly from: number;
  readonly length: number;
}

/**
 * Where a file's data lies. Its local header must say of it what the directory at the end says.
 *
 * @throws CodedError `bundle.damaged` when it does not, or when data would lie beyond the end.
 */
export async function dataPlace(file: RandomAccess, entry: FileEntry): Promise<DataPlace> {
  const stated = HEADER + entry.rawFilename.length;
  if (entry.offset + stated > file.size) throw damaged(entry);
  const header = await file.read(entry.offset, stated);
  const view = new DataView(header.buffer, header.byteOffset, HEADER);
  const nameLength = view.getUint16(26, true);
  const from = entry.offset + HEADER + nameLength + view.getUint16(28, true);
  const method = entry.extraFieldAES?.originalCompressionMethod ?? entry.compressionMethod;
  if (view.getUint32(0, true) !== SIGNATURE || view.getUint16(8, true) !== method || nameLength !== entry.rawFilename.length) throw damaged(entry);
  if (((view.getUint16(6, true) ^ (entry.rawBitFlag ?? 0)) & FLAGS) !== 0 || from + entry.compressedSize > file.size) throw damaged(entry);
  if (!header.subarray(HEADER).every((byte, i) => byte === entry.rawFilename[i])) throw damaged(entry);
  return { from, length: entry.compressedSize };
}

/** The bytes of a file that is stored as it is, piece by piece; its checksum is settled at the end. @throws CodedError `bundle.damaged` */
export async function* storedStream(file: RandomAccess, entry: FileEntry, ports: ZipPorts): AsyncGenerator<Uint8Array, void, undefined> {
  if (entry.compressedSize !== entry.uncompressedSize) throw damaged(entry);
  const place = await dataPlace(file, entry);
  let crc = 0;
  for await (const bytes of pieces(file, place)) {
    crc = ports.crc32(bytes, crc);
    yield bytes;
  }
  if (crc !== entry.crc32) throw damaged(entry);
}

/** A part of a file in pieces: while one is used, the next is read. */
async function* pieces(file: RandomAccess, { from, length }: DataPlace): AsyncGenerator<Uint8Array, void, undefined> {
  const read = (at: number): Promise<Uint8Array> => {
    const most = Math.min(PIECE, length - at);
    const piece = file.readSome?.(from + at, most) ?? file.read(from + at, most);
    // Nobody waits for it when the reader stops half-way.
    piece.catch(() => undefined);
    return piece;
  };
  let next = length === 0 ? null : read(0);
  for (let at = 0; next !== null; ) {
    const bytes = await next;
    at += bytes.length;
    next = at < length ? read(at) : null;
    yield bytes;
  }
}

/** What does not match its own description. */
export function damaged(entry: Pick<FileEntry, 'filename'>): CodedError {
  return new CodedError('bundle.damaged', 'This ZIP is damaged: what it holds does not match its own checksums. Copy it again and retry.', { where: entry.filename });
}
