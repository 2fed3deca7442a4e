/* Where a Chromium, Chrome or Edge is usually found. Everything that is asked of the machine can be handed in, so that tests can ask for another. */
import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { onPath } from './machine.js';

const LINUX_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];

const PLACES = {
  linux: () => [
    ...LINUX_NAMES.flatMap((name) => [`/usr/bin/${name}`, `/usr/local/bin/${name}`, `/snap/bin/${name}`]),
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
  ],
  win32: (env) =>
    ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap((program) =>
      [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(Boolean).map((folder) => win32.join(folder, program)),
    ),
  darwin: (env) =>
    ['Chromium', 'Google Chrome', 'Microsoft Edge'].flatMap((name) =>
      ['/', env.HOME].filter(Boolean).map((folder) => posix.join(folder, `Applications/${name}.app/Contents/MacOS/${name}`)),
    ),
};

/** The program of a browser that can be driven: COUNTERSIGN_BROWSER, else Chromium, Chrome or Edge; null when there is none. */
export function findBrowser({ platform = process.platform, env = process.env, exists = existsSync } = {}) {
  if (env.COUNTERSIGN_BROWSER && exists(env.COUNTERSIGN_BROWSER)) return env.COUNTERSIGN_BROWSER;
  if (platform === 'linux') {
    for (const name of LINUX_NAMES) {
      const found = onPath(name, { env, exists });
      if (found !== null) return found;
    }
  }
  return PLACES[platform]?.(env).find((place) => exists(place)) ?? null;
}

/** Whether a window can be shown; only Linux runs without. */
export function hasDisplay({ platform = process.platform, env = process.env } = {}) {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** What to install where no browser was found. */
export function noBrowserSentence(platform) {
  const what = { win32: 'Microsoft Edge or Google Chrome', darwin: 'Google Chrome or Microsoft Edge' }[platform] ?? 'Chromium (on Debian: sudo apt-get install chromium)';
  return `No browser was found: install ${what}, or set COUNTERSIGN_BROWSER to the program of one.`;
}
