import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeBundles, showInFileManager } from '../../../main/made-bundles.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { createApp } from '../../../src/engine/app.js';
import { enginePorts } from '../engine/support.js';
import { codeOf, freshFolder, newVaultFolder, removeFolders, TestClock } from '../vault/support.js';

afterAll(removeFolders);

function folderWith(names: readonly string[]): string {
  const folder = freshFolder();
  mkdirSync(folder, { recursive: true });
  for (const [at, name] of names.entries()) {
    writeFileSync(join(folder, name), 'x'.repeat(at + 1));
    utimesSync(join(folder, name), 1_764_000_000 + at, 1_764_000_000 + at);
  }
  return folder;
}

const noShow = (): Promise<void> => Promise.reject(new Error('not asked for'));

describe('bundles that were made here', () => {
  test('are found without looking for them: the newest first, ZIP files alone, twenty at most', async () => {
    const folder = folderWith(['old.zip', 'verify.html', 'receipt.pdf', 'new.ZIP']);
    mkdirSync(join(folder, 'folder.zip'));
    const bundles = madeBundles(noShow);
    expect(await bundles.list(folder)).toEqual([{ name: 'new.ZIP', size: 4, at: '2025-11-24T16:00:03.000Z' }, { name: 'old.zip', size: 1, at: '2025-11-24T16:00:00.000Z' }]);
    expect(await bundles.list(folderWith(Array.from({ length: 30 }, (_, at) => `${at}.zip`)))).toHaveLength(20);
    expect(await bundles.list(join(folder, 'not there'))).toEqual([]);
  });

  test('are opened by a name of that list, and by nothing else', async () => {
    const folder = folderWith(['case.zip', 'notes.txt']);
    const bundles = madeBundles(noShow);
    expect(await bundles.open(folder, 'case.zip')).toMatchObject({ name: 'case.zip', size: 1 });
    for (const name of ['notes.txt', '../case.zip', join(folder, 'case.zip'), '..', '', 'gone.zip']) expect(await codeOf(() => bundles.open(folder, name))).toBe('verify.not-there');
  });

  test('are offered to whoever checks a bundle, without signing in', async () => {
    const exportFolder = folderWith(['case.zip']);
    const app = await createApp(await newVaultFolder(), true, enginePorts(new TestClock(), { exportFolder, bundles: madeBundles(noShow) }), memoryIntake);
    try {
      expect((await app.handlers['verify.made']({})).bundles.map(({ name }) => name)).toEqual(['case.zip']);
      await app.handlers['verify.choose']({ name: 'case.zip' });
      const { offered } = await app.handlers['state.get']({});
      expect(offered).toMatchObject({ name: 'case.zip', size: 1 });
      expect(await codeOf(() => app.handlers['verify.offered']({ id: offered?.id ?? '', passphrase: null, root: null }))).toBe('bundle.not-a-zip');
      expect(await codeOf(() => app.handlers['verify.choose']({ name: '../secret' }))).toBe('verify.not-there');
    } finally {
      await app.close();
    }
  });
});

describe('a file in its folder', () => {
  test.each<[NodeJS.Platform, string, readonly string[]]>([
    ['win32', 'explorer.exe', ['/select,"/b/case.zip"']], ['darwin', 'open', ['-R', '/b/case.zip']], ['linux', 'xdg-open', ['/b']],
  ])('is shown by the file manager of %s', async (platform, program, words) => {
    const asked: [string, readonly string[]][] = [];
    await showInFileManager(platform, (each, given) => {
      asked.push([each, given]);
      return Promise.resolve();
    })('/b/case.zip');
    expect(asked).toEqual([[program, words]]);
  });

  test('that is gone, or a computer without a file manager, gets a sentence', async () => {
    const folder = folderWith(['case.zip']);
    expect(await codeOf(() => madeBundles(noShow).show(join(folder, 'gone.zip')))).toBe('folders.not-there');
    await expect(madeBundles(noShow).show(join(folder, 'case.zip'))).rejects.toMatchObject({ code: 'folders.not-shown', sentence: `The folder cannot be shown from here. Open it yourselves: ${folder}` });
  });

  test('is neither shown to nor checked for screens that name anything but what this app made', async () => {
    const exportFolder = folderWith(['case.zip']);
    const shown: string[] = [];
    const app = await createApp(await newVaultFolder(), true, enginePorts(new TestClock(), { exportFolder, bundles: madeBundles((path) => { shown.push(path); return Promise.resolve(); }) }), memoryIntake);
    try {
      expect(await codeOf(() => app.handlers['bundle.show']({ path: '/etc/passwd' }))).toBe('folders.not-there');
      expect(await codeOf(() => app.handlers['bundle.check']({ path: join(exportFolder, 'case.zip') }))).toBe('verify.not-there');
      expect((await app.handlers['state.get']({})).offered).toBeUndefined();
      expect(shown).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
