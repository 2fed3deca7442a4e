import { afterAll, expect, test } from '@jest/globals';
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../../../src/vault/made-folders.js';
import { freshFolder, removeFolders } from './support.js';

afterAll(removeFolders);

test('a folder is made with those above it, and told in order; one that is there is left as it is', async () => {
  const folder = freshFolder();
  const made = [join(folder, 'a'), join(folder, 'a', 'b'), join(folder, 'a', 'b', 'c')];
  expect(await makeFolders(join(folder, 'a', 'b', 'c'), 0o700)).toEqual(made);
  expect(made.map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
  expect(await makeFolders(join(folder, 'a', 'b', 'c'))).toEqual([]);
});

test('two that make the same folders at once both find them', async () => {
  const folder = freshFolder();
  const both = await Promise.all([makeFolders(join(folder, 'x', 'y')), makeFolders(join(folder, 'x', 'y'))]);
  expect([...both.flat()].sort()).toEqual([join(folder, 'x'), join(folder, 'x', 'y')]);
});

test('where a file or a link that leads nowhere stands in the way, it fails and touches neither', async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, 'file'), 'x');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
  mkdirSync(join(folder, 'real'));
  symlinkSync(join(folder, 'real'), join(folder, 'good-link'));
  for (const path of ['file', 'link']) await expect(makeFolders(join(folder, path))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolders(join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  expect(await makeFolders(join(folder, 'good-link', 'below'))).toEqual([join(folder, 'good-link', 'below')]);
});

if (process.platform === 'linux') {
  test('where the system says that a folder which exists does not, it fails instead of trying for ever', async () => {
    await expect(makeFolders('/proc/nothing/here')).rejects.toMatchObject({ code: 'ENOENT' });
  });
} else {
  test.todo('folders below /proc (there is none on this system)');
}
