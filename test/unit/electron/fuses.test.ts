import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flipFuses, FuseV1Options } from '@electron/fuses';
import { fuseConfig, FUSES, packedExecutable, type FlipFuses } from '../../../main/electron/fuses.js';

/** What marks the fuses in Electron's executable, and the states of one fuse (electron/fuses, constants). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const OFF = 0x30;
const ON = 0x31;

describe('the fuses', () => {
  test('are named as the library names them, each in its own place', () => {
    const known = Object.entries(FuseV1Options).filter(([, place]) => typeof place === 'number') as [string, number][];
    for (const [name, place] of known) expect(FUSES[place]?.name).toBe(name);
  });

  test('let nothing into the app: no Node.js, no options, no inspector, no foreign archive, no file pages', () => {
    const on = Object.fromEntries(FUSES.map(({ name, on: set }) => [name, set]));
    expect(on).toMatchObject({
      RunAsNode: false, EnableNodeOptionsEnvironmentVariable: false, EnableNodeCliInspectArguments: false, EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true, GrantFileProtocolExtraPrivileges: false,
    });
  });

  test('are set in an executable; with a fuse that nobody set, the step fails', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-fuses-'));
    try {
      const known = Object.values(FuseV1Options).filter((place) => typeof place === 'number').length;
      // Stands for Electron's executable: only the wire matters.
      const executable = (length: number): string => {
        const path = join(folder, `electron-${String(length)}`);
        writeFileSync(path, Buffer.concat([Buffer.from(`before${SENTINEL}`), Buffer.from([1, length]), Buffer.alloc(length, OFF), Buffer.from('after')]));
        return path;
      };
      const { ...config } = fuseConfig('linux');
      const flip = flipFuses as unknown as FlipFuses;
      const forKnown = Object.fromEntries(Object.entries(config).filter(([key]) => !(Number(key) >= known)));
      const path = executable(known);
      await flip(path, forKnown);
      const bytes = readFileSync(path);
      const wire = bytes.subarray(bytes.indexOf(SENTINEL) + SENTINEL.length + 2, bytes.indexOf('after'));
      expect([...wire]).toEqual(FUSES.slice(0, known).map(({ on }) => (on ? ON : OFF)));
      await expect(flip(executable(FUSES.length + 1), config)).rejects.toThrow('strictlyRequireAllFuses');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('are set in the executable that the packer made', () => {
    const packer = { appInfo: { productFilename: 'Countersign' }, executableName: 'countersign' };
    const of = (electronPlatformName: string): string => packedExecutable({ appOutDir: '/out', electronPlatformName, packager: packer });
    expect(of('win32')).toBe(join('/out', 'Countersign.exe'));
    expect(of('linux')).toBe(join('/out', 'countersign'));
    expect(of('darwin')).toBe(join('/out', 'Countersign.app'));
  });
});
