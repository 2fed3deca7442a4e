import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportBundle } from '../../../src/bundle/bundle.js';
import { makeAuthority } from '../../vectors/authority.js';
import { sampleInput, samplePorts } from '../../vectors/make-bundle.js';
import { sampleCase } from '../../vectors/sample-case.js';
import { handOn, offeredBundle, offeredPath, pathHandedOn } from '../../../main/offered-bundle.js';
import { codeOf, freshFolder, removeFolders } from '../vault/support.js';

afterAll(removeFolders);

describe('the bundle that a command line names', () => {
  test.each<[string, readonly string[], string | null]>([
    ['a whole path', ['/home/staff/Downloads/bundle.zip'], '/home/staff/Downloads/bundle.zip'],
    ['a path from the folder in which it was typed', ['../bundle.zip'], '/home/staff/bundle.zip'],
    ['an address, as some desktops give one', ['file:///home/staff/My%20bundle.zip'], '/home/staff/My bundle.zip'],
    ['after the switches', ['--kiosk', '--vault', '/safe', '--lang=en-GB', '/b.zip'], '/b.zip'],
    ['the first of several', ['/a.zip', '/b.zip'], '/a.zip'],
  ])('is found: %s', (_what, words, path) => {
    expect(offeredPath(words, '/home/staff/work')).toBe(path);
  });

  test.each<[string, readonly string[]]>([
    ['nothing', []], ['nothing in quotes', ['']], ['switches alone', ['--kiosk', '--vault=/safe', '-x']], ['the vault’s folder', ['--vault', '/safe']], ['an address on the web', ['https://example.org/b.zip']],
    ['another scheme', ['countersign://app/b.zip']], ['a file of another computer', ['file://server.example/share/b.zip']], ['an address that is none', ['file://[']], ['a hidden slash', ['file:///a%2Fb.zip']],
    ['a zero byte', ['/a\0b.zip']], ['a path without end', [`/${'a'.repeat(5_000)}`]],
  ])('is none: %s', (_what, words) => {
    expect(offeredPath(words, '/home/staff')).toBeNull();
  });

  test('is handed from a second start to the first; anything else that is handed on names none', () => {
    expect([pathHandedOn(handOn('/b.zip')), pathHandedOn(handOn(null))]).toEqual(['/b.zip', null]);
    for (const data of [undefined, null, 'x', [], {}, { bundle: 7 }, { bundle: '' }, { bundle: 'a'.repeat(5_000) }]) expect(pathHandedOn(data)).toBeNull();
  });
});

describe('what the screens are told of it', () => {
  test('is its name and size; nothing of the folders in which it lies', async () => {
    const path = join(freshFolder(), 'bundle.zip');
    writeFileSync(path, 'PK');
    expect(await offeredBundle(path)).toMatchObject({ name: 'bundle.zip', size: 2 });
    mkdirSync(`${path}-folder`);
    expect(await offeredBundle(`${path}-folder`)).toMatchObject({ name: 'bundle.zip-folder', size: null });
  });

  test('shows what a name would hide, and no name without end', async () => {
    expect((await offeredBundle('/x/report\u202Epiz.exe\u200B\n')).name).toBe('report\uFFFDpiz.exe\uFFFD\uFFFD');
    expect((await offeredBundle(`/x/${'n'.repeat(3_000)}`)).name).toHaveLength(200);
  });

  test('is also whether it needs a passphrase, where that can be told', async () => {
    const folder = freshFolder();
    const authority = makeAuthority('Example School');
    const input = sampleInput(authority, await sampleCase(authority, { end: 'sealed' }));
    await exportBundle(input, { path: join(folder, 'open.zip'), form: 'zip' }, samplePorts());
    await exportBundle(input, { path: join(folder, 'locked.zip'), form: 'zip', passphrase: 'orchard lantern seven kettles' }, samplePorts());
    writeFileSync(join(folder, 'letter.zip'), 'Dear Sir');
    const told = async (name: string): Promise<boolean | null> => (await offeredBundle(join(folder, name))).encrypted;
    expect([await told('open.zip'), await told('locked.zip'), await told('letter.zip'), await told('gone.zip'), await told('.')]).toEqual([false, true, null, null, null]);
  });

  test('that it is not there, or is no bundle, is said when it is checked', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'letter.zip'), 'Dear Sir');
    const opened = async (path: string): Promise<string> => codeOf(async () => (await offeredBundle(path)).open(undefined));
    expect([await opened(join(folder, 'gone.zip')), await opened('/dev/null'), await opened(folder)]).toEqual(['bundle.not-found', 'bundle.not-a-bundle', 'bundle.not-a-bundle']);
    expect(await opened(join(folder, 'letter.zip'))).toMatch(/^bundle\./);
  });
});
