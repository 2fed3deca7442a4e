import { describe, expect, test } from '@jest/globals';
import { evidenceWindowOptions, printWindowOptions, UI_PARTITION, uiWindowOptions } from '../../../main/electron/window-options.js';

const WINDOWS = [
  ['the app’s window', uiWindowOptions('/preload.cjs', true, false)],
  ['the window of a page under investigation', evidenceWindowOptions('evidence-1', { width: 1280, height: 800 })],
  ['the window that prints', printWindowOptions('print-1')],
] as const;

describe.each(WINDOWS)('%s', (_, options) => {
  test.each([
    ['contextIsolation', true],
    ['sandbox', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['webSecurity', true],
    ['allowRunningInsecureContent', false],
    ['webviewTag', false],
    ['plugins', false],
    ['experimentalFeatures', false],
    ['navigateOnDragDrop', false],
    ['spellcheck', false],
    ['devTools', false],
  ] as const)('states %s: %s', (name, value) => {
    expect(options.webPreferences?.[name]).toBe(value);
  });

  test('keeps its session in memory, apart from the others', () => {
    expect(options.webPreferences?.partition).not.toMatch(/^persist:/);
    expect(new Set(WINDOWS.map(([, each]) => each.webPreferences?.partition)).size).toBe(WINDOWS.length);
  });

  test('shows nothing before it is ready', () => {
    expect(options.show).toBe(false);
  });
});

describe('what differs between the windows', () => {
  test('only the app’s window has a preload script', () => {
    expect(uiWindowOptions('/preload.cjs', true, false).webPreferences).toMatchObject({ preload: '/preload.cjs', partition: UI_PARTITION });
    expect(evidenceWindowOptions('e', { width: 1, height: 1 }).webPreferences).not.toHaveProperty('preload');
    expect(printWindowOptions('p').webPreferences).not.toHaveProperty('preload');
  });

  test('developer tools exist only where the app is not installed', () => {
    expect(uiWindowOptions('/preload.cjs', false, false).webPreferences?.devTools).toBe(true);
    expect(uiWindowOptions('/preload.cjs', true, true)).toMatchObject({ kiosk: true, webPreferences: { devTools: false } });
  });

  test('the page under investigation is painted into memory, cannot be focused, and plays nothing by itself', () => {
    expect(evidenceWindowOptions('e', { width: 1280, height: 800 })).toMatchObject({
      width: 1280, height: 800, focusable: false, skipTaskbar: true,
      webPreferences: { offscreen: { deviceScaleFactor: 1 }, autoplayPolicy: 'document-user-activation-required' },
    });
  });
});
