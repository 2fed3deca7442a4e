import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import sharp from 'sharp';
import { root } from './root.js';

const require = createRequire(import.meta.url);
const { load: parseYaml } = require('js-yaml') as { load: (text: string) => unknown };
const configuration = parseYaml(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, Record<string, unknown>>;

describe('electron-builder.yml', () => {
  const schema = JSON.parse(readFileSync(join(root, 'node_modules/app-builder-lib/scheme.json'), 'utf8')) as object;
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

  test("fits electron-builder's own schema", () => {
    expect([validate(configuration), validate.errors]).toEqual([true, null]);
  });

  test('would not fit with a word that electron-builder does not know', () => {
    expect(validate({ ...configuration, nsis: { ...configuration.nsis, perMachines: true } })).toBe(false);
  });

  test('makes installers for the whole machine on Windows, and packages for Linux and macOS', () => {
    expect([configuration.nsis?.perMachine, configuration.msi?.perMachine]).toEqual([true, true]);
    expect(['win', 'linux', 'mac'].map((system) => configuration[system]?.target)).toEqual([['nsis', 'msi'], ['deb', 'AppImage'], ['dmg']]);
  });

  test('offers to check bundles, which are ZIP files, beside the program that opens these, and takes no kind of file over', () => {
    expect([configuration.fileAssociations, configuration.win?.fileAssociations, configuration.nsis?.include]).toEqual([undefined, undefined, 'build/windows/check-bundle.nsh']);
    expect(configuration.linux?.mimeTypes).toEqual(['application/zip']);
    expect(configuration.mac?.fileAssociations).toEqual([{ ext: 'zip', name: 'Countersign bundle', role: 'Viewer', rank: 'Alternate' }]);
  });

  test('on Windows puts one entry into the menu of ZIP files, with the path in quotes, and takes it out again', () => {
    const script = readFileSync(join(root, configuration.nsis?.include as string), 'utf8');
    const key = /!define CHECK_KEY "([^"]*)"/.exec(script)?.[1];
    expect(key).toBe('Software\\Classes\\SystemFileAssociations\\.zip\\shell\\Countersign.Check');
    const [install = '', remove = ''] = ['customInstall', 'customUnInstall'].map((name) => new RegExp(`!macro ${name}\n(.*?)!macroend`, 's').exec(script)?.[1] ?? '');
    expect(install.trim().split('\n').every((line) => /^ *WriteRegStr SHELL_CONTEXT "\$\{CHECK_KEY\}/.test(line))).toBe(true);
    expect(install).toContain(`\\command" "" '"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" "%1"'`);
    expect(remove.trim()).toBe('DeleteRegKey SHELL_CONTEXT "${CHECK_KEY}"');
  });

  test('leaves every native library outside the archive, and what is started as a thread, with its package', () => {
    const unpacked = configuration.asarUnpack as unknown as string[];
    expect(unpacked.map((pattern) => pattern.replace(/^node_modules\/|\*?\/\*\*$/g, ''))).toEqual(['sqlite3', 'sharp', '@img', '@node-rs/argon2', 'package.json', 'out/src/cdp/pdf-worker.js', 'out/src/engine/carried-worker.js', 'out/src/engine/aes-counter.js', '@hyzyla/pdfium']);
  });

  test('names icons that exist, drawn sharp in every size', async () => {
    for (const system of ['win', 'linux', 'mac']) expect(existsSync(join(root, configuration[system]?.icon as string))).toBe(true);
    for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
      const { width, height, format, hasAlpha } = await sharp(join(root, `assets/icons/${size}x${size}.png`)).metadata();
      expect([width, height, format, hasAlpha]).toEqual([size, size, 'png', true]);
    }
  });
});
