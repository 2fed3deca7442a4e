import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { nodeZipPorts } from '../../../src/engine/node-zip.js';
import { hex, utf8 } from '../../../src/record/bytes.js';
import type { Sha256 } from '../../../src/record/ports.js';
import type { RandomAccess } from '../../../src/verify/source.js';
import type { ZipPorts } from '../../../src/verify/zip-ports.js';

/* What the verifier's page hashes, sums and decrypts with, as it is built for browsers, run in Node: with WebAssembly, and as in a browser that runs none. The thread of its own is tested in Chromium (test/e2e/verify-page.test.ts). */

interface Parts {
  readonly pageSha256: () => Promise<Sha256>;
  readonly wholeSha256: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly pageZipPorts: () => Promise<ZipPorts>;
  readonly ZipAccess: new (file: Blob) => RandomAccess;
}

/** Lengths around the edges of blocks, of the kernel's buffer and of a counter's first byte. */
const ODD = [1, 3, 15, 16, 17, 63, 64, 65, 4_079, 65_535, 65_536, 65_537, 131_087];
const KEY = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
const CODE_KEY = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
const MESSAGE = Uint8Array.from({ length: 300_007 }, (_, i) => (i * 31) ^ (i >>> 8));

let folder: string;
let parts: Parts;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'primitives-'));
  const names = ['hash', 'zip-ports', 'zip-access'];
  const options = {
    configFile: false, logLevel: 'error', root: resolve('verify-page'), publicDir: false,
    build: { outDir: folder, lib: { entry: Object.fromEntries(names.map((name) => [name, resolve('verify-page', `${name}.ts`)])), formats: ['es'] }, minify: false },
  };
  // In a process of its own: the bundler does not take objects of the test's context.
  execFileSync(process.execPath, ['--input-type=module', '--eval', `import { build } from 'vite'; await build(${JSON.stringify(options)});`]);
  const [hash, ports, access] = await Promise.all(names.map((name) => import(pathToFileURL(join(folder, `${name}.js`)).href) as Promise<Partial<Parts>>));
  parts = { ...hash, ...ports, ...access } as Parts;
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** `bytes` in pieces of the odd lengths, again and again. */
function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0, step = 0; at < bytes.length; step += 1) {
    const length = ODD[step % ODD.length] ?? 1;
    yield bytes.slice(at, at + length);
    at += length;
  }
}

async function withoutWebAssembly<T>(work: () => Promise<T>): Promise<T> {
  const { WebAssembly: kept } = globalThis;
  try {
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    return await work();
  } finally {
    globalThis.WebAssembly = kept;
  }
}

describe.each([['with WebAssembly', <T>(work: () => Promise<T>) => work()], ['in a browser without WebAssembly', withoutWebAssembly]] as const)('%s', (_, within) => {
  test('SHA-256 gives the answers of FIPS 180-4, whole and in odd pieces, also of two files at once', () => within(async () => {
    const sha256 = await parts.pageSha256();
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect([hex(sha256.of(utf8('abc'))), hex(await parts.wholeSha256(utf8('abc')))]).toEqual([abc, abc]);
    const million = utf8('a'.repeat(1_000_000));
    const [first, second] = [sha256.start(), sha256.start()];
    for (const piece of pieces(million)) {
      first.update(piece);
      second.update(piece.subarray(1));
    }
    expect(hex(first.digest())).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
    const skipped = createHash('sha256');
    for (const piece of pieces(million)) skipped.update(piece.subarray(1));
    expect(hex(second.digest())).toBe(skipped.digest('hex'));
    const again = sha256.start();
    again.update(utf8('abc'));
    expect(hex(again.digest())).toBe(abc);
  }));

  test('CRC-32 gives the check value, and the same in odd pieces, of two files by turns', () => within(async () => {
    const ports = await parts.pageZipPorts();
    expect(ports.crc32(utf8('123456789'), 0)).toBe(0xcbf43926);
    let [sum, other] = [0, 0];
    for (const piece of pieces(MESSAGE)) {
      sum = ports.crc32(piece, sum);
      other = ports.crc32(piece.toReversed(), other);
    }
    let peer = 0;
    for (const piece of pieces(MESSAGE)) peer = crc32(piece.toReversed(), peer);
    expect([sum, other]).toEqual([crc32(MESSAGE), peer]);
    expect(ports.crc32(new Uint8Array(), 0)).toBe(0);
  }));

  test('HMAC-SHA-1 and PBKDF2 give the answers of RFC 2202 and RFC 6070', () => within(async () => {
    const ports = await parts.pageZipPorts();
    const code = ports.hmacSha1(new Uint8Array(20).fill(0x0b));
    code.update(utf8('Hi '));
    code.update(utf8('There'));
    expect(hex(code.digest())).toBe('b617318655057264e28bc0b6fb378c8ef146be00');
    expect(hex(await ports.pbkdf2Sha1(utf8('password'), utf8('salt'), 4096, 20))).toBe('4b007901b765489abead49d926f721d065a429c1');
    expect(hex(await ports.pbkdf2Sha1(utf8('p'), utf8('s'), 1000, 66))).toBe(pbkdf2Sync('p', 's', 1000, 66, 'sha1').toString('hex'));
  }));

  test('a part of an encrypted file is decrypted as OpenSSL does it, wherever it begins', () => within(async () => {
    const [page, openssl] = [(await parts.pageZipPorts()).aesCounter(KEY), nodeZipPorts.aesCounter(KEY)];
    for (const length of ODD) {
      for (const block of [1, 255, 256, 65_536, 2 ** 31]) expect(hex(page(MESSAGE.slice(0, length), block))).toBe(hex(openssl(MESSAGE.slice(0, length), block)));
    }
  }));
});

test.each([
  ['WebAssembly', async () => parts.pageZipPorts()], ['a thread of Node’s', () => Promise.resolve(nodeZipPorts)],
] as const)('%s decrypts and authenticates in order what OpenSSL does, in pieces of one block to many, asked for without waiting', async (_name, portsOf) => {
  for (const length of [1, 16, 4_095, 65_536, MESSAGE.length]) {
    const cipher = await (await portsOf()).carriedCipher?.(KEY, CODE_KEY);
    if (cipher === null || cipher === undefined) throw new Error('it cannot run here');
    const message = MESSAGE.slice(0, length);
    const plain: Promise<Uint8Array>[] = [];
    for (let at = 0, step = 0; at < length; step += 1) {
      const next = Math.min(length, at + 16 * (ODD[step % 10] ?? 1));
      plain.push(cipher.next(message.slice(at, next)));
      at = next;
    }
    expect(hex(Buffer.concat(await Promise.all(plain)))).toBe(hex(nodeZipPorts.aesCounter(KEY)(message, 1)));
    expect(hex(await cipher.code())).toBe(createHmac('sha1', CODE_KEY).update(message).digest('hex'));
    cipher.close();
  }
});

test('without WebAssembly there is no quick way to decrypt, so that the slow one is taken', async () => {
  const ports = await parts.pageZipPorts();
  expect(await withoutWebAssembly(async () => ports.carriedCipher?.(KEY, CODE_KEY) ?? null)).toBeNull();
});

test('a chosen ZIP gives the bytes that are asked for, across windows and in any order, in few readings; one that is cut short is told', async () => {
  const bytes = Uint8Array.from({ length: 9 * 2 ** 20 + 5 }, (_, i) => i * 13 + (i >>> 12));
  const blob = new Blob([bytes]);
  let readings = 0;
  const slice = blob.slice.bind(blob);
  blob.slice = (...where) => {
    readings += 1;
    return slice(...where);
  };
  const access = new parts.ZipAccess(blob);
  const window = 4 * 2 ** 20;
  for (const [offset, length] of [[bytes.length - 22, 22], [0, 30], [window - 1, 2], [window - 3, window - 1], [2 * window - 7, 9], [5, 0], [3, window + 1], [bytes.length - 1, 1]] as const) {
    expect(Buffer.compare(await access.read(offset, length), bytes.subarray(offset, offset + length))).toBe(0);
  }
  expect(readings).toBeLessThan(8);
  for (let at = 0; at < 2 ** 20; at += 64) await access.read(at, 64);
  expect(readings).toBeLessThan(9);
  await expect(access.read(bytes.length - 3, 4)).rejects.toMatchObject({ code: 'bundle.cut-short' });
});

describe.each(['gives its files in memory that it is handed', 'gives them in pieces of its own alone'])('in a browser that %s', (way) => {
  const { stream } = Blob.prototype;
  /** Bytes of what was asked for as a stream. */
  const streamed: number[] = [];
  let access: Parts['ZipAccess'];
  beforeAll(async () => {
    Blob.prototype.stream = function (this: Blob) {
      streamed.push(this.size);
      return way.includes('alone') ? new ReadableStream() : stream.call(this);
    };
    // Each browser is asked anew.
    ({ ZipAccess: access } = await import(`${pathToFileURL(join(folder, 'zip-access.js')).href}?${way}`) as Pick<Parts, 'ZipAccess'>);
  });
  afterAll(() => { Blob.prototype.stream = stream; });

  const piece = 4 * 2 ** 20;
  const bytes = Uint8Array.from({ length: 5 * piece + 17 }, (_, i) => i * 7 + (i >>> 11));

  test('a ZIP that is read onwards in large pieces, from two places by turns and without waiting, gives each its bytes', async () => {
    const zip = new access(new Blob([bytes]));
    const asked = [0, piece, 2 * piece, 11, 11 + piece, 3 * piece, 17 + 4 * piece];
    const read = await Promise.all(asked.map((at) => zip.read(at, piece)));
    for (const [order, at] of asked.entries()) expect(Buffer.compare(read[order] ?? new Uint8Array(), bytes.subarray(at, at + piece))).toBe(0);
    // Each has memory of its own, which can be handed to a thread.
    expect(new Set(read.map(({ buffer }) => buffer)).size).toBe(asked.length);
    await expect(zip.read(2 * piece, 4 * piece)).rejects.toMatchObject({ code: 'bundle.cut-short' });
  });

  // WebKit begins to read all of a stream that it then cannot give so: 55 pieces of 220 MB cost 6 GB.
  test('no stream of the ZIP itself is begun in vain', () => {
    expect(streamed.some((size) => size > 1)).toBe(!way.includes('alone'));
  });
});
