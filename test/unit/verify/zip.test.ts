import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nodeZipPorts } from '../../../src/engine/node-zip.js';
import { isCoded } from '../../../src/record/coded-error.js';
import type { RandomAccess } from '../../../src/verify/source.js';
import { openZip, type ZipOptions } from '../../../src/verify/zip.js';
import { endOfMany, HOSTILE_ZIPS, rawZip } from '../../vectors/hostile-zips.js';

function access(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
}

/** Opens a ZIP and reads everything in it. */
async function readAll(bytes: Uint8Array, options: ZipOptions = { ports: nodeZipPorts }): Promise<Map<string, Uint8Array>> {
  const source = await openZip(access(bytes), options);
  const files = new Map<string, Uint8Array>();
  for (const { path } of await source.list()) {
    const pieces: Uint8Array[] = [];
    for await (const piece of source.read(path)) pieces.push(piece);
    files.set(path, Buffer.concat(pieces));
  }
  await source.settle?.();
  return files;
}

describe('openZip', () => {
  test('reads what is stored and what is deflated', async () => {
    const data = Buffer.from('The same text again and again. '.repeat(200));
    const files = await readAll(rawZip([{ name: 'bagit.txt', data }, { name: 'data/é.txt', data, deflated: true, flags: 0x800 }]));
    expect([...files.keys()]).toEqual(['bagit.txt', 'data/é.txt']);
    for (const bytes of files.values()) expect(Buffer.from(bytes).equals(data)).toBe(true);
  });

  test('takes one folder at the top away, and only where the bag is inside it', async () => {
    const data = Buffer.from('x');
    expect([...(await readAll(rawZip([{ name: 'case/bagit.txt', data }, { name: 'case/data/a', data }]))).keys()]).toEqual(['bagit.txt', 'data/a']);
    expect([...(await readAll(rawZip([{ name: 'a/bagit.txt', data }, { name: 'b/data/a', data }]))).keys()]).toEqual(['a/bagit.txt', 'b/data/a']);
  });

  test.each(HOSTILE_ZIPS.map((zip) => [zip.name, zip] as const))('refuses %s, by the machine’s own ciphers and by zip.js', async (_name, zip) => {
    const bytes = zip.bytes();
    for (const ports of [nodeZipPorts, undefined]) {
      const error: unknown = await readAll(bytes, { ports }).then(() => null, (thrown: unknown) => thrown);
      expect(isCoded(error)).toBe(true);
      expect([zip.code].flat()).toContain((error as { code: string }).code);
    }
  });

  test('refuses ten million files before it reads the list of them', async () => {
    const end = Buffer.from(endOfMany(10_000_000));
    const size = 31 + 10_000_000 * 47 + end.length;
    let read = 0;
    const file: RandomAccess = {
      size,
      read: (offset, length) => {
        read += length;
        const bytes = Buffer.alloc(length);
        end.copy(bytes, Math.max(0, size - end.length - offset), Math.max(0, offset - (size - end.length)));
        return Promise.resolve(bytes);
      },
    };
    await expect(openZip(file, { ports: nodeZipPorts })).rejects.toMatchObject({ code: 'bundle.too-many-files' });
    expect(read).toBeLessThan(1_000_000);
  });

  test('junk and damaged ZIPs give a coded error or files, never anything else', async () => {
    const good = rawZip([{ name: 'bagit.txt', data: Buffer.from('BagIt') }, { name: 'data/a.txt', data: Buffer.from('some text that is longer'.repeat(9)), deflated: true }]);
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    const mutated = damage.map((changes) => {
      const bytes = Uint8Array.from(good);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
    const cut = fc.nat(good.length).map((length) => good.subarray(0, length));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated, cut), async (bytes) => {
        const error: unknown = await readAll(bytes).then(() => null, (thrown: unknown) => thrown);
        expect(error === null || isCoded(error)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
