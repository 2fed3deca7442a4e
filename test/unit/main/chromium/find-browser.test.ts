import { describe, expect, test } from '@jest/globals';
import { findBrowser } from '../../../../main/chromium/find-browser.js';

describe('finding a browser', () => {
  test('takes the one that a person named', () => {
    expect(findBrowser({ COUNTERSIGN_BROWSER: process.execPath })).toEqual({ path: process.execPath, name: 'Chromium' });
  });

  test('takes no other when the named one cannot be started', () => {
    expect(findBrowser({ COUNTERSIGN_BROWSER: '/nowhere/chromium' })).toBeNull();
    expect(findBrowser({ COUNTERSIGN_BROWSER: '/' })).toBeNull();
  });

  const EDGE = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
  const CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  const windows = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };

  test.each([
    ['Chromium before Chrome on Linux', 'linux', { PATH: '/usr/bin' }, ['/usr/bin/google-chrome', '/usr/bin/chromium'], '/usr/bin/chromium', 'Chromium'],
    ['a browser on the PATH of Linux', 'linux', { PATH: '/opt/x' }, ['/opt/x/chromium'], '/opt/x/chromium', 'Chromium'],
    ['a snap', 'linux', {}, ['/snap/bin/chromium'], '/snap/bin/chromium', 'Chromium'],
    ['Chrome where its Debian package puts it', 'linux', {}, ['/opt/google/chrome/chrome'], '/opt/google/chrome/chrome', 'Chrome'],
    ['Edge on Windows', 'win32', windows, [EDGE], EDGE, 'Edge'],
    ['Chrome on macOS', 'darwin', { HOME: '/Users/x' }, [CHROME], CHROME, 'Chrome'],
  ])('finds %s', (_, platform, env, present, path, name) => {
    expect(findBrowser(env, platform, (each) => present.includes(each))).toEqual({ path, name });
  });

  test.each(['linux', 'win32', 'darwin'])('finds none on %s where none is installed', (platform) => {
    expect(findBrowser({ ProgramFiles: '/nowhere', HOME: '/nowhere', PATH: '/usr/bin:relative' }, platform, () => false)).toBeNull();
  });
});
