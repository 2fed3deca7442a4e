import { createCRC32, type IHasher } from 'hash-wasm';

/** The polynomial of ISO 3309, its bits reversed. */
const POLYNOMIAL = 0xedb88320;
/** Bytes taken at a step. */
const STEP = 8;

/** `TABLES[n * 256 + b]`: the checksum of byte `b` and `n` zero bytes behind it. */
const TABLES = makeTables();

function makeTables(): Uint32Array {
  const tables = new Uint32Array(STEP * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
    tables[byte] = sum;
  }
  for (let at = 256; at < tables.length; at += 1) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (before >>> 8) ^ (tables[before & 255] ?? 0);
  }
  return tables;
}

/** CRC-32 as in ZIP and PNG, eight bytes a step; `before` is the checksum of what came before, 0 at the start. */
export function crc32(bytes: Uint8Array, before: number): number {
  const table = (row: number, byte: number): number => TABLES[row * 256 + byte] ?? 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const steps = bytes.length - (bytes.length % STEP);
  let sum = ~before;
  let at = 0;
  for (; at < steps; at += STEP) {
    const low = sum ^ view.getUint32(at, true);
    const high = view.getUint32(at + 4, true);
    sum = table(7, low & 255) ^ table(6, (low >>> 8) & 255) ^ table(5, (low >>> 16) & 255) ^ table(4, low >>> 24)
      ^ table(3, high & 255) ^ table(2, (high >>> 8) & 255) ^ table(1, (high >>> 16) & 255) ^ table(0, high >>> 24);
  }
  for (; at < bytes.length; at += 1) sum = (sum >>> 8) ^ table(0, (sum ^ view.getUint8(at)) & 255);
  return ~sum >>> 0;
}

/** {@link crc32} by WebAssembly, where this browser runs it. */
export async function quickCrc32(): Promise<typeof crc32> {
  const hasher = await createCRC32().catch(() => null);
  return hasher === null ? crc32 : byWasm(hasher);
}

function byWasm(hasher: IHasher): typeof crc32 {
  let last = { sum: 0, state: hasher.init().save() };
  return (bytes, before) => {
    // It goes on from where it was; whoever goes on from elsewhere is summed without it.
    if (before !== 0 && before !== last.sum) return crc32(bytes, before);
    if (before === 0) hasher.init();
    else hasher.load(last.state);
    const state = hasher.update(bytes).save();
    const digest = hasher.digest('binary');
    last = { sum: new DataView(digest.buffer, digest.byteOffset).getUint32(0), state };
    return last.sum;
  };
}
