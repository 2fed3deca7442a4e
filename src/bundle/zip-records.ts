/*
 * The records of a ZIP (APPNOTE 6.3.10): what stands before a file, what the directory at the end says of it, and the end itself.
 * Numbers are little-endian.
 */

/** Made on Unix, by version 5.1 of the format. */
const MADE_BY = (3 << 8) | 51;
const REGULAR_FILE = 0o100644;

/** Where this stands in a field of four bytes, ZIP64's extra field has the number. */
export const ZIP64 = 0xffffffff;

/** A file of a ZIP as its two records tell of it. `extra` are the extra fields of both, `directoryExtra` those of the directory alone, behind them. */
export interface ZipFile {
  /** In ASCII. */
  readonly name: Buffer;
  readonly at: Date;
  /** The version that a reader needs, times ten. */
  readonly version: number;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  /** As it lies in the ZIP, or {@link ZIP64}. */
  readonly packedSize: number;
  /** Unpacked, or {@link ZIP64}. */
  readonly size: number;
  /** Where its local header begins, or {@link ZIP64}. */
  readonly offset: number;
  readonly extra: Buffer;
  readonly directoryExtra: Buffer;
}

/** What stands before a file's bytes (section 4.3.7). */
export function localHeader(file: ZipFile): Buffer {
  return Buffer.concat([signature('PK\u0003\u0004'), sharedFields(file, file.extra.length), file.name, file.extra]);
}

/** What the directory says of a file (section 4.3.12). */
export function directoryRecord(file: ZipFile): Buffer {
  const made = Buffer.alloc(2);
  made.writeUInt16LE(MADE_BY, 0);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((REGULAR_FILE << 16) >>> 0, 6);
  rest.writeUInt32LE(file.offset, 10);
  return Buffer.concat([signature('PK\u0001\u0002'), made, sharedFields(file, file.extra.length + file.directoryExtra.length), rest, file.name, file.extra, file.directoryExtra]);
}

/** The end that every reader looks for; before it, where a number is too large for it, ZIP64's end and where that lies (sections 4.3.14 to 4.3.16). */
export function endRecords(count: number, directoryAt: number, length: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(Math.min(length, ZIP64), 12);
  end.writeUInt32LE(Math.min(directoryAt, ZIP64), 16);
  if (count < 0xffff && length < ZIP64 && directoryAt < ZIP64) return end;
  const far = Buffer.alloc(76);
  far.write('PK\u0006\u0006', 0, 'latin1');
  far.writeBigUInt64LE(44n, 4);
  far.writeUInt16LE(MADE_BY, 12);
  far.writeUInt16LE(45, 14);
  far.writeBigUInt64LE(BigInt(count), 24);
  far.writeBigUInt64LE(BigInt(count), 32);
  far.writeBigUInt64LE(BigInt(length), 40);
  far.writeBigUInt64LE(BigInt(directoryAt), 48);
  far.write('PK\u0006\u0007', 56, 'latin1');
  far.writeBigUInt64LE(BigInt(directoryAt + length), 64);
  far.writeUInt32LE(1, 72);
  return Buffer.concat([far, end]);
}

/** ZIP64's extra field (section 4.5.3) with those numbers that do not fit their own. */
export function zip64Extra(numbers: readonly number[]): Buffer {
  if (numbers.length === 0) return Buffer.alloc(0);
  const extra = Buffer.alloc(4 + 8 * numbers.length);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(8 * numbers.length, 2);
  numbers.forEach((each, at) => extra.writeBigUInt64LE(BigInt(each), 4 + 8 * at));
  return extra;
}

/** From the version needed to the length of the extra fields: what both records share. */
function sharedFields(file: ZipFile, extraLength: number): Buffer {
  const { at } = file;
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(file.version, 0);
  fields.writeUInt16LE(file.flags, 2);
  fields.writeUInt16LE(file.method, 4);
  fields.writeUInt16LE((at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1), 6);
  fields.writeUInt16LE(((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate(), 8);
  fields.writeUInt32LE(file.crc32, 10);
  fields.writeUInt32LE(file.packedSize, 14);
  fields.writeUInt32LE(file.size, 18);
  fields.writeUInt16LE(file.name.length, 22);
  fields.writeUInt16LE(extraLength, 24);
  return fields;
}

function signature(letters: string): Buffer {
  return Buffer.from(letters, 'latin1');
}
