import { describe, expect, test } from '@jest/globals';
import { findBrowser } from '../../../../main/chromium/find-browser.js';

describe('finding a browser', () => {
  test('takes the one that a person named', () => {
    expect(findBrowser({ COUNTERSIGN_BROWSER: process.execPath })).toEqual({ path: process.execPath, name: 'browser' });
  });

  test('takes no other when the named one cannot be started', () => {
    expect(findBrowser({ COUNTERSIGN_BROWSER: '/nowhere/chromium' })).toBeNull();
    expect(findBrowser({ COUNTERSIGN_BROWSER: '/' })).toBeNull();
  });

  test('finds none where none is installed', () => {
    expect(findBrowser({ ProgramFiles: '/nowhere', HOME: '/nowhere' }, 'win32')).toBeNull();
    expect(findBrowser({ HOME: '/nowhere' }, 'darwin')).toBeNull();
  });
});
