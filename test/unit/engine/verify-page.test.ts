import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putVerifyPage, saveVerifyPage } from '../../../src/engine/verify-page.js';

const PAGE = Buffer.from('<!doctype html><title>Check</title>');
let folder: string;

beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'verify-page-')); });
afterEach(() => rm(folder, { recursive: true }));

describe('the page beside a bundle', () => {
  const put = (page: Uint8Array = PAGE): Promise<string | null> => putVerifyPage(() => Promise.resolve(page), join(folder, 'case.zip'));

  test('is written once and stays when it is the same', async () => {
    expect([await put(), await put()]).toEqual([join(folder, 'verify.html'), join(folder, 'verify.html')]);
    expect(await readdir(folder)).toEqual(['verify.html']);
  });

  test('never takes the place of another file', async () => {
    await writeFile(join(folder, 'verify.html'), 'somebody’s own');
    expect(await put()).toBe(join(folder, 'verify-2.html'));
    expect(await readFile(join(folder, 'verify.html'), 'utf8')).toBe('somebody’s own');
  });

  test('can be saved by itself, into a folder that is made for it', async () => {
    const { path } = await saveVerifyPage(() => Promise.resolve(PAGE), join(folder, 'exports'));
    expect(await readFile(path)).toEqual(PAGE);
    expect(await saveVerifyPage(() => Promise.resolve(PAGE), join(folder, 'exports'))).toEqual({ path });
    await expect(saveVerifyPage(undefined, folder)).rejects.toMatchObject({ code: 'verify.page-not-saved' });
  });

  test('is left out where it cannot be made or written', async () => {
    expect(await putVerifyPage(undefined, join(folder, 'case.zip'))).toBeNull();
    expect(await putVerifyPage(() => Promise.reject(new Error('gone')), join(folder, 'case.zip'))).toBeNull();
    expect(await putVerifyPage(() => Promise.resolve(PAGE), join(folder, 'no such folder', 'case.zip'))).toBeNull();
  });
});
