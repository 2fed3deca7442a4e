import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTENT_SECURITY_POLICY, uiHeaders } from '../../../main/ui/content-policy.js';
import { createUiFiles } from '../../../main/ui/ui-files.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-ui-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>start');
  writeFileSync(join(folder, 'renderer', 'assets', 'app-1a_2B.js'), 'code');
  writeFileSync(join(folder, 'renderer', 'notes.txt'), 'not a screen');
  writeFileSync(join(folder, 'renderer', '.hidden.js'), 'hidden');
  mkdirSync(join(folder, 'renderer-other'));
  writeFileSync(join(folder, 'renderer-other', 'secret.js'), 'secret');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  symlinkSync(join(folder, 'secret.js'), join(folder, 'renderer', 'link.js'));
  symlinkSync(join(folder, 'renderer-other'), join(folder, 'renderer', 'linked'));
});
afterAll(() => { rmSync(folder, { recursive: true }); });

describe('the files of the screens', () => {
  test('the start page and the files that it names are found, with their kind', async () => {
    const files = createUiFiles(join(folder, 'renderer'));
    expect(await files('/')).toMatchObject({ mediaType: 'text/html; charset=utf-8' });
    const script = await files('/assets/app-1a_2B.js');
    expect(script?.mediaType).toBe('text/javascript; charset=utf-8');
    expect(Buffer.from(script?.bytes ?? []).toString()).toBe('code');
  });

  test.each([
    ['a path that climbs out', '/../secret.js'],
    ['one that climbs out later', '/assets/../../secret.js'],
    ['an encoded climb', '/%2e%2e/secret.js'],
    ['an encoded slash', '/assets%2fapp-1a_2B.js'],
    ['a backslash', '/..\\secret.js'],
    ['a sister folder with the same beginning', '/../renderer-other/secret.js'],
    ['an absolute path', '//etc/passwd'],
    ['a drive', '/C:/secret.js'],
    ['a NUL byte', '/index.html\0.js'],
    ['a link out of the folder', '/link.js'],
    ['a linked folder', '/linked/secret.js'],
    ['a hidden file', '/.hidden.js'],
    ['a kind of file that no screen has', '/notes.txt'],
    ['a folder', '/assets'],
    ['a file that is not there', '/nothing.js'],
    ['no path', ''],
    ['a very long path', `/${'a/'.repeat(1_000)}a.js`],
  ])('%s finds nothing', async (_, path) => {
    expect(await createUiFiles(join(folder, 'renderer'))(path)).toBeNull();
  });
});

describe('the headers of the screens', () => {
  test('the content policy allows the screens their own files and nothing else', () => {
    const policy = new Map(CONTENT_SECURITY_POLICY.split('; ').map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]));
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'", 'img-src': "'self' data: blob:", 'font-src': "'self'",
      'connect-src': "'none'", 'form-action': "'none'", 'base-uri': "'none'", 'frame-ancestors': "'none'",
    });
  });

  test('every file carries the policy, says what it is, and is kept nowhere', () => {
    expect(uiHeaders('text/css')).toMatchObject({ 'content-type': 'text/css', 'content-security-policy': CONTENT_SECURITY_POLICY, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });
});
