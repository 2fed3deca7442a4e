import { describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import sharp from 'sharp';
import { msiProjectCreated } from '../../../main/electron/msi-menu.js';
import { root } from './root.js';

const require = createRequire(import.meta.url);
const { load: parseYaml } = require('js-yaml') as { load: (text: string) => unknown };
const configuration = parseYaml(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, Record<string, unknown>>;

/** The WiX project that electron-builder writes for an app of one file; only the WiX tools that would pack it are missing here. */
async function msiProject(folder: string): Promise<string> {
  // Its files need one another in this order.
  require('app-builder-lib');
  const { default: MsiTarget } = require('app-builder-lib/out/targets/MsiTarget.js') as { default: new (packager: object, folder: string) => { writeManifest(app: string, arch: number, options: object): Promise<string> } };
  const { getEffectiveOptions } = require('app-builder-lib/out/options/CommonWindowsInstallerConfiguration.js') as { getEffectiveOptions: (options: object, packager: object) => object };
  const name = configuration.productName as unknown as string;
  const appInfo = { id: configuration.appId, productName: name, productFilename: name, sanitizedProductName: name, companyName: name, description: '', getVersionInWeirdWindowsForm: () => '0.1.0.0' };
  const packager = { appInfo, config: configuration, platformSpecificBuildOptions: {}, compression: 'normal', fileAssociations: [], getIconPath: () => Promise.resolve(null) };
  writeFileSync(join(folder, `${name}.exe`), '');
  return new MsiTarget(packager, folder).writeManifest(folder, 1, getEffectiveOptions(configuration.msi ?? {}, packager));
}

/** Elements that are opened and not closed, or the other way round. */
function unbalanced(xml: string): string[] {
  const open: string[] = [];
  for (const [, close, name = '', rest = ''] of xml.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>/g, '').matchAll(/<(\/?)([\w.:]+)((?:"[^"]*"|'[^']*'|[^"'>])*)>/g)) {
    if (close === '' && !rest.endsWith('/')) open.push(name);
    else if (close !== '' && open.at(-1) === name) open.pop();
    else if (close !== '') open.push(`/${name}`);
  }
  return open;
}

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

  test('puts the program into the start menu and on the desktop, whichever installer is used', () => {
    for (const installer of [configuration.nsis, configuration.msi]) expect([installer?.createStartMenuShortcut, installer?.createDesktopShortcut]).toEqual([true, true]);
  });

  test('gives the MSI the same entry in the menu of ZIP files, in the project that electron-builder itself writes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-msi-'));
    try {
      const project = join(folder, 'project.wxs');
      writeFileSync(project, await msiProject(folder));
      await msiProjectCreated(project);
      const written = readFileSync(project, 'utf8');
      const script = readFileSync(join(root, configuration.nsis?.include as string), 'utf8');
      expect(configuration.msiProjectCreated).toBe('out/main/electron/msi-menu.js');
      expect(written).toContain(`Key="${/!define CHECK_KEY "([^"]*)"/.exec(script)?.[1] ?? ''}"`);
      expect(written).toContain('Key="command" Type="string" Value="&quot;[#mainExecutable]&quot; &quot;%1&quot;"');
      expect([...written.matchAll(/<Shortcut Id="(\w+)"/g)].map(([, id]) => id)).toEqual(['desktopShortcut', 'startMenuShortcut']);
      expect(unbalanced(written)).toEqual([]);
      writeFileSync(project, '<Wix/>');
      await expect(msiProjectCreated(project)).rejects.toThrow('not the one');
    } finally {
      rmSync(folder, { recursive: true });
    }
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
