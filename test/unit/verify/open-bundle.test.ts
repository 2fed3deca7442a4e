import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle } from '../../../main/cli/bundle-source.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function bag(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, 'data'), { recursive: true });
  await writeFile(join(path, 'bagit.txt'), 'BagIt-Version: 1.0\n');
  await writeFile(join(path, 'data/large'), Buffer.alloc(3_500_000, 7));
  return path;
}

test('a folder’s files are listed with their sizes and read whole', async () => {
  const source = await openBundle(await bag('good'));
  expect([...(await source.list())].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([{ path: 'bagit.txt', size: 19 }, { path: 'data/large', size: 3_500_000 }]);
  let size = 0;
  for await (const piece of source.read('data/large')) {
    expect(piece.every((byte) => byte === 7)).toBe(true);
    size += piece.length;
  }
  expect(size).toBe(3_500_000);
  await source.close();
});

test('reading may stop half-way', async () => {
  const source = await openBundle(await bag('half'));
  for await (const piece of source.read('data/large')) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  await source.close();
});

test('what is not there, not a bundle, or not a ZIP is refused in words', async () => {
  await expect(openBundle(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'bundle.not-found' });
  await mkdir(join(folder, 'empty'));
  await expect(openBundle(join(folder, 'empty'))).rejects.toMatchObject({ code: 'bundle.not-a-bundle' });
  await expect(openBundle('/dev/null')).rejects.toMatchObject({ code: 'bundle.not-a-bundle' });
  await writeFile(join(folder, 'text.zip'), 'not a ZIP');
  await expect(openBundle(join(folder, 'text.zip'))).rejects.toMatchObject({ code: 'bundle.not-a-zip' });
});

test('a link to a file, to a folder, or to nothing is refused, not followed', async () => {
  for (const [name, target] of [['file', '/etc/hostname'], ['folder', '/etc'], ['dangling', 'nowhere']] as const) {
    const path = await bag(`link-${name}`);
    await symlink(target, join(path, 'data', 'link'));
    await expect(openBundle(path)).rejects.toMatchObject({ code: 'bundle.link' });
  }
});

test('a pipe is refused and never opened', async () => {
  const path = await bag('pipe');
  expect(spawnSync('mkfifo', [join(path, 'data/pipe')]).status).toBe(0);
  await expect(openBundle(path)).rejects.toMatchObject({ code: 'bundle.link' });
});

test('folders that lie too deep in each other are refused', async () => {
  const path = await bag('deep');
  await mkdir(join(path, ...Array.from({ length: 30 }, () => 'd')), { recursive: true });
  await expect(openBundle(path)).rejects.toMatchObject({ code: 'bundle.not-a-bundle' });
});
