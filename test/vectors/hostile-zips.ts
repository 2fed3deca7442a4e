import { crc32, deflateRawSync } from 'node:zlib';

/** One file of a ZIP as {@link rawZip} writes it; whatever is not given is as it should be. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly data: Uint8Array;
  readonly deflated?: boolean;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly statedSize?: number;
  readonly mode?: number;
  /** Name in the local header, where it differs. */
  readonly localName?: string;
  /** Writes no data of its own and points at the entry with this index. */
  readonly sharedWith?: number;
}

/** A ZIP byte for byte (APPNOTE 6.3.10), so that it can be wrong where a library would not let it. */
export function rawZip(entries: readonly RawEntry[], options: { count?: number; directoryOffset?: number } = {}): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let position = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as Uint8Array);
    const localName = Buffer.from(entry.localName ?? (entry.name as Uint8Array));
    const stored = entry.deflated === true ? deflateRawSync(entry.data) : Buffer.from(entry.data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.flags ?? 0, 2);
    fields.writeUInt16LE(entry.method ?? (entry.deflated === true ? 8 : 0), 4);
    fields.writeUInt32LE(0x5b787800, 6);
    fields.writeUInt32LE(entry.crc ?? crc32(entry.data), 10);
    fields.writeUInt32LE(stored.length, 14);
    fields.writeUInt32LE(entry.statedSize ?? entry.data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const offset = entry.sharedWith === undefined ? position : (offsets[entry.sharedWith] ?? 0);
    offsets.push(offset);
    if (entry.sharedWith === undefined) {
      const localFields = Buffer.from(fields);
      localFields.writeUInt16LE(localName.length, 22);
      const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), localFields, localName, stored]);
      locals.push(local);
      position += local.length;
    }
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), fields, tail, name]));
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(options.count ?? entries.length, 8);
  end.writeUInt16LE(options.count ?? entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(options.directoryOffset ?? position, 16);
  return Buffer.concat([...locals, list, end]);
}

const small = Buffer.from('BagIt-Version: 1.0\n');
const plain = (name: string, more: Partial<RawEntry> = {}): RawEntry => ({ name, data: small, ...more });
const junk = Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7919) % 251));

/** A ZIP that must be refused, and the code that it is refused with, on opening or on reading. */
export const HOSTILE_ZIPS: readonly { readonly name: string; readonly code: string | readonly string[]; bytes(): Uint8Array }[] = [
  { name: 'an empty file', code: 'bundle.not-a-zip', bytes: () => new Uint8Array() },
  { name: 'junk', code: 'bundle.not-a-zip', bytes: () => junk },
  { name: 'a PDF', code: 'bundle.not-a-zip', bytes: () => Buffer.from('%PDF-1.7\n%%EOF\n'.repeat(20)) },
  { name: 'a ZIP cut in the middle', code: 'bundle.not-a-zip', bytes: () => rawZip([plain('bagit.txt'), plain('data/a.txt')]).subarray(0, 90) },
  { name: 'a ZIP without its beginning', code: ['bundle.cut-short', 'bundle.damaged'], bytes: () => rawZip([plain('bagit.txt'), plain('data/a.txt')]).subarray(40) },
  { name: 'a directory that lies beyond the end', code: ['bundle.cut-short', 'bundle.damaged', 'bundle.not-a-zip'], bytes: () => rawZip([plain('bagit.txt')], { directoryOffset: 90_000 }) },
  { name: 'a path that climbs out', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('bagit.txt'), plain('../../etc/cron.d/x')]) },
  { name: 'a path that climbs out further in', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('bag/data/../../../x')]) },
  { name: 'an absolute path', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('/etc/passwd')]) },
  { name: 'a path with backslashes', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('data\\..\\..\\x')]) },
  { name: 'a path with a drive letter', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('C:/Windows/x')]) },
  { name: 'a name that Windows keeps for a device', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('data/AUX.txt')]) },
  { name: 'a name with a control character', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('data/a\u0000b.txt')]) },
  { name: 'a name with an empty step', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('data//a.txt')]) },
  { name: 'a symbolic link', code: 'bundle.link', bytes: () => rawZip([plain('bagit.txt'), plain('data/link', { mode: 0o120777 })]) },
  { name: 'a device file', code: 'bundle.link', bytes: () => rawZip([plain('bagit.txt'), plain('data/device', { mode: 0o020666 })]) },
  { name: 'a name twice', code: 'bundle.duplicate-name', bytes: () => rawZip([plain('bagit.txt'), plain('bagit.txt')]) },
  { name: 'two names that differ in case', code: 'bundle.duplicate-name', bytes: () => rawZip([plain('data/a.txt'), plain('Data/A.txt')]) },
  { name: 'a file and a folder of one name', code: 'bundle.duplicate-name', bytes: () => rawZip([plain('data'), plain('data/a.txt')]) },
  { name: 'a thousandfold compression', code: 'bundle.expands', bytes: () => rawZip([plain('bagit.txt', { data: new Uint8Array(20_000_000), deflated: true })]) },
  { name: 'a size that is stated too small', code: ['bundle.expands', 'bundle.damaged'], bytes: () => rawZip([plain('bagit.txt', { data: new Uint8Array(20_000_000), deflated: true, statedSize: 1_000 })]) },
  { name: 'a size that is stated too large', code: 'bundle.damaged', bytes: () => rawZip([plain('bagit.txt', { data: junk, deflated: true, statedSize: 9_000 })]) },
  { name: 'two files in the same bytes', code: 'bundle.overlapping', bytes: () => rawZip([plain('bagit.txt'), plain('data/a.txt', { sharedWith: 0 })]) },
  { name: 'a wrong checksum', code: 'bundle.damaged', bytes: () => rawZip([plain('bagit.txt', { crc: 1 })]) },
  { name: 'another name in the local header', code: 'bundle.damaged', bytes: () => rawZip([plain('bagit.txt', { localName: 'evil1.txt' })]) },
  { name: 'compressed data that is junk', code: 'bundle.damaged', bytes: () => rawZip([plain('bagit.txt', { data: junk, method: 8 })]) },
  { name: 'an unknown method', code: 'bundle.unsupported', bytes: () => rawZip([plain('bagit.txt', { method: 98 })]) },
  { name: 'a file encrypted in the old, weak way', code: 'bundle.unsupported', bytes: () => rawZip([plain('bagit.txt', { flags: 1 })]) },
  { name: 'a file with strong encryption (APPNOTE 7.0)', code: 'bundle.unsupported', bytes: () => rawZip([plain('bagit.txt', { flags: 0x41 })]) },
  { name: 'a directory whose headers are masked', code: ['bundle.unsupported', 'bundle.damaged'], bytes: () => rawZip([plain('bagit.txt', { flags: 0x2041 })]) },
  { name: 'a name that says that it is UTF-8 and is not', code: ['bundle.unsafe-path', 'bundle.damaged', 'bundle.not-a-zip'], bytes: () => rawZip([plain('bagit.txt'), { name: Buffer.from([0x61, 0xff, 0xfe]), data: small, flags: 0x800 }]) },
  { name: 'a name whose accent is a character of its own', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('data/e\u0301.txt', { flags: 0x800 })]) },
  { name: 'a name as long as a ZIP allows', code: 'bundle.unsafe-path', bytes: () => rawZip([plain('a'.repeat(65_000))]) },
  { name: 'a hundred bombs of which each may be unpacked', code: ['bundle.expands', 'bundle.overlapping', 'bundle.damaged'], bytes: () => rawZip([plain('bagit.txt', { data: new Uint8Array(400_000), deflated: true }), ...Array.from({ length: 99 }, (_, i) => plain(`data/${i}`, { data: new Uint8Array(400_000), deflated: true, sharedWith: 0 }))]) },
  { name: 'more files than a bundle can hold', code: 'bundle.too-many-files', bytes: () => tooMany() },
  { name: 'a count that is not the number of files', code: ['bundle.damaged', 'bundle.cut-short', 'bundle.not-a-zip'], bytes: () => rawZip([plain('bagit.txt')], { count: 40_000 }) },
];

/** 1.6 million files of no bytes with short names, all in a directory of 80 MB. */
function tooMany(): Uint8Array {
  const count = 1_600_000;
  const one = rawZip([{ name: 'a', data: new Uint8Array() }]);
  return Buffer.concat([one.subarray(0, 31), Buffer.alloc(count * RECORD_LENGTH, one.subarray(31, 31 + RECORD_LENGTH)), endOfMany(count)]);
}

/** Of a file with a name of one character in the directory. */
const RECORD_LENGTH = 47;

/** The end of a ZIP with so many files, each of which takes 47 bytes in the directory, and one of which lies before it. */
export function endOfMany(count: number): Uint8Array {
  const end = Buffer.alloc(98);
  end.write('PK\u0006\u0006', 0, 'latin1');
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(count * RECORD_LENGTH), 40);
  end.writeBigUInt64LE(31n, 48);
  end.write('PK\u0006\u0007', 56, 'latin1');
  end.writeBigUInt64LE(BigInt(31 + count * RECORD_LENGTH), 64);
  end.writeUInt32LE(1, 72);
  end.write('PK\u0005\u0006', 76, 'latin1');
  end.fill(0xff, 84, 96);
  return end;
}
