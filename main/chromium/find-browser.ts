import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A browser that can be started. */
export interface FoundBrowser {
  readonly path: string;
  readonly name: 'Chromium' | 'Chrome' | 'Edge';
}

/** What finding looks at: the process's environment. */
export interface Environment { readonly [name: string]: string | undefined }

const LINUX: readonly (readonly [FoundBrowser['name'], string])[] = [
  ['Chromium', 'chromium'],
  ['Chromium', 'chromium-browser'],
  ['Chrome', 'google-chrome-stable'],
  ['Chrome', 'google-chrome'],
  ['Chrome', 'chrome'],
  ['Edge', 'microsoft-edge-stable'],
  ['Edge', 'microsoft-edge'],
  ['Edge', 'msedge'],
];

/** Where Linux programs lie that are not on the PATH of whoever started the app from a menu. */
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/microsoft/msedge'];

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
 *
 * @param startable whether a program is there and may be started
 */
export function findBrowser(env: Environment, platform: string = process.platform, startable: (path: string) => boolean = canStart): FoundBrowser | null {
  const chosen = env['COUNTERSIGN_BROWSER'];
  if (chosen !== undefined && chosen !== '') return startable(chosen) ? { path: chosen, name: nameOf(chosen) } : null;
  for (const [name, path] of places(env, platform)) if (startable(path)) return { path, name };
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
  const folders = [...new Set([...(env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/')), ...LINUX_FOLDERS])];
  return LINUX.flatMap(([name, program]) => folders.map((folder) => [name, `${folder}/${program}`] as const));
}

/** What a program that a person named is called; what is neither Edge nor Chrome is taken for a Chromium. */
function nameOf(path: string): FoundBrowser['name'] {
  if (/edge/i.test(path)) return 'Edge';
  return /google|Chrome\.app/i.test(path) ? 'Chrome' : 'Chromium';
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
