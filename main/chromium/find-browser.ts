import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A browser that can be started. */
export interface FoundBrowser {
  readonly path: string;
  readonly name: 'Chromium' | 'Chrome' | 'Edge' | 'browser';
}

/** What finding looks at: the process's environment. */
export interface Environment { readonly [name: string]: string | undefined }

const LINUX: readonly (readonly [FoundBrowser['name'], string])[] = [
  ['Chromium', '/usr/bin/chromium'],
  ['Chromium', '/usr/bin/chromium-browser'],
  ['Chrome', '/usr/bin/google-chrome-stable'],
  ['Chrome', '/usr/bin/google-chrome'],
  ['Chrome', '/opt/google/chrome/chrome'],
  ['Edge', '/usr/bin/microsoft-edge-stable'],
  ['Edge', '/usr/bin/microsoft-edge'],
  ['Edge', '/opt/microsoft/msedge/msedge'],
];

const MAC: readonly (readonly [FoundBrowser['name'], string])[] = [
  ['Chromium', 'Chromium.app/Contents/MacOS/Chromium'],
  ['Chrome', 'Google Chrome.app/Contents/MacOS/Google Chrome'],
  ['Edge', 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
];

const WINDOWS: readonly (readonly [FoundBrowser['name'], string])[] = [
  ['Chromium', 'Chromium\\Application\\chrome.exe'],
  ['Chrome', 'Google\\Chrome\\Application\\chrome.exe'],
  ['Edge', 'Microsoft\\Edge\\Application\\msedge.exe'],
];

/**
 * The browser to use: what `COUNTERSIGN_BROWSER` names, else Chromium, Chrome or Edge in their usual places. Null when
 * there is none; also when `COUNTERSIGN_BROWSER` names something that cannot be started, since a person who chose one
 * must not get another unasked.
 */
export function findBrowser(env: Environment, platform: string = process.platform): FoundBrowser | null {
  const chosen = env['COUNTERSIGN_BROWSER'];
  if (chosen !== undefined && chosen !== '') return canStart(chosen) ? { path: chosen, name: 'browser' } : null;
  for (const [name, path] of places(env, platform)) if (canStart(path)) return { path, name };
  return null;
}

function places(env: Environment, platform: string): (readonly [FoundBrowser['name'], string])[] {
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter((root) => root !== undefined && root !== '');
    return WINDOWS.flatMap(([name, tail]) => roots.map((root) => [name, `${root}\\${tail}`] as const));
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', ...(env['HOME'] === undefined ? [] : [`${env['HOME']}/Applications`])];
    return MAC.flatMap(([name, tail]) => roots.map((root) => [name, `${root}/${tail}`] as const));
  }
  return [...LINUX];
}

function canStart(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Major version of a browser on Windows, from the folder that stands beside its program; null when there is none. */
export function versionBesideProgram(path: string): string | null {
  try {
    const versions = readdirSync(dirname(path)).filter((name) => /^\d+\.\d+\.\d+\.\d+$/.test(name));
    // While an update waits to be taken up there are two; the older one is the program's own.
    return versions.map((name) => Number(name.split('.')[0])).sort((a, b) => a - b)[0]?.toString() ?? null;
  } catch {
    return null;
  }
}
