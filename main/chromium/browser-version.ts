import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { versionBesideProgram, type FoundBrowser } from './find-browser.js';

const run = promisify(execFile);

/** A browser's version, `156.0.8078.79` or as much of it as can be told without starting it; null when it cannot be told. */
export async function browserVersion(browser: FoundBrowser): Promise<string | null> {
  // On Windows the program opens a window instead of saying its version.
  if (process.platform === 'win32') return versionBesideProgram(browser.path);
  try {
    const { stdout } = await run(browser.path, ['--version'], { timeout: 10_000 });
    return /\d+\.\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? null;
  } catch {
    return null;
  }
}
