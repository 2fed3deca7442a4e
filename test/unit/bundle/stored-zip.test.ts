import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoredZip, type Sink } from '../../../src/bundle/stored-zip.js';
import { openBundle } from '../../../main/cli/bundle-source.js';

const AT = new Date('2026-11-24T11:32:08.000Z');
const LARGE_PART = 2 ** 28;
const long = process.env['COUNTERSIGN_LONG'] !== undefined;

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'stored-zip-')); });
afterAll(async () => { await rm(folder, { recursive: true, force: true }); });

/** Writes into a file, and leaves holes where a large part is nothing but zeros. */
function sparseSink(file: FileHandle): Sink {
  let [position, gathered] = [0, [] as Uint8Array[]];
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(gathered);
    gathered = [];
    await file.write(bytes, 0, bytes.length, position);
    position += bytes.length;
  };
  return {
    write: async (bytes) => {
      if (bytes.length < LARGE_PART) {
        gathered.push(bytes);
        return;
      }
      await flush();
      position += bytes.length;
    },
    finish: async () => {
      await flush();
      await file.close();
    },
    close: () => Promise.resolve(),
  };
}

async function zip(name: string, fill: (zip: StoredZip) => Promise<void>): Promise<string> {
  const path = join(folder, name);
  const made = new StoredZip(AT, sparseSink(await open(path, 'wx')));
  await fill(made);
  await made.finish();
  return path;
}

async function text(source: Awaited<ReturnType<typeof openBundle>>, path: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.read(path)) pieces.push(Uint8Array.from(piece));
  return Buffer.concat(pieces).toString();
}

describe('StoredZip', () => {
  test('more files than an old ZIP can count are all there for unzip, and have the time to the second', async () => {
    const path = await zip('many.zip', async (made) => {
      for (let number = 0; number < 66_000; number += 1) await made.add(`top/${number}.txt`, Buffer.from(`${number}`));
    });
    expect(execFileSync('unzip', ['-Z', '-1', path], { encoding: 'utf8', maxBuffer: 2 ** 24 }).trim().split('\n')).toHaveLength(66_000);
    expect(execFileSync('unzip', ['-p', path, 'top/65999.txt'], { encoding: 'utf8' })).toBe('65999');
    expect(execFileSync('unzip', ['-Z', '-T', path, 'top/7.txt'], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })).toContain('20261124.113208');
  });

  test('a file beyond four gigabytes is found by unzip, by 7-Zip and by our own reader', async () => {
    if (!long) {
      process.stdout.write('a ZIP beyond four gigabytes: not run here, COUNTERSIGN_LONG=1 runs it\n');
      return;
    }
    const zeros = new Uint8Array(LARGE_PART);
    const path = await zip('far.zip', async (made) => {
      await made.add('top/bagit.txt', Buffer.from('first'));
      for (let number = 0; number < 17; number += 1) await made.add(`top/${number}.bin`, zeros);
      await made.add('top/last.txt', Buffer.from('beyond'));
    });
    expect(execFileSync('unzip', ['-p', path, 'top/last.txt'], { encoding: 'utf8' })).toBe('beyond');
    expect(execFileSync('7z', ['e', '-so', path, 'top/last.txt'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })).toBe('beyond');
    const source = await openBundle(path);
    expect(await source.list()).toHaveLength(19);
    expect(await text(source, 'last.txt')).toBe('beyond');
    await source.close();
  });
});
