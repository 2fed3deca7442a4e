import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError } from '../src/record/coded-error.js';
import type { MadeBundlesPort } from '../src/engine/made-bundles.js';
import type { MadeBundle } from '../src/ipc/verify-contract.js';
import { offeredBundle } from './offered-bundle.js';

/** So many are offered, the newest. */
const MOST = 20;
/** A folder with more files than this is not looked through. */
const MOST_LOOKED_AT = 5_000;

/** Shows a file where it lies, in the file manager of the computer. @throws Error where that is not to be had */
export type ShowFile = (path: string) => Promise<void>;

/** The bundles in a folder of this computer. `show`: how a file is shown where it lies. */
export function madeBundles(show: ShowFile = showInFileManager()): MadeBundlesPort {
  return {
    list: newestFirst,
    async open(folder, name) {
      const made = await newestFirst(folder);
      if (!made.some((each) => each.name === name)) throw new CodedError('verify.not-there', 'This bundle is no longer there. Choose the file where it lies now.');
      return offeredBundle(join(folder, name));
    },
    at: offeredBundle,
    async show(path) {
      await stat(path).catch((error: unknown) => { throw new CodedError('folders.not-there', 'This file is no longer there. It was moved, renamed or deleted.', { cause: error }); });
      await show(path).catch((error: unknown) => { throw new CodedError('folders.not-shown', `The folder cannot be shown from here. Open it yourselves: ${dirname(path)}`, { cause: error }); });
    },
  };
}

async function newestFirst(folder: string): Promise<readonly MadeBundle[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.zip$/i.test(name)).slice(0, MOST_LOOKED_AT);
  const found = await Promise.all(names.map(async (name) => {
    const facts = await stat(join(folder, name)).catch(() => null);
    return facts?.isFile() === true ? { name, size: facts.size, at: facts.mtime.toISOString() } : null;
  }));
  return found.filter((each) => each !== null).sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MOST);
}

/**
 * The file manager that each system starts: Windows and macOS mark the file in its folder, Linux opens the folder. What it says is not waited for beyond
 * its start: Explorer reports an error even when all is well, and others stay open.
 *
 * @param platform as Node names it
 * @param run starts a program and waits until it runs
 */
export function showInFileManager(platform: NodeJS.Platform = process.platform, run: (program: string, words: readonly string[]) => Promise<void> = startProgram): ShowFile {
  return (path) => {
    if (platform === 'win32') return run('explorer.exe', [`/select,"${path}"`]);
    return platform === 'darwin' ? run('open', ['-R', path]) : run('xdg-open', [dirname(path)]);
  };
}

async function startProgram(program: string, words: readonly string[]): Promise<void> {
  // Explorer wants the quotation marks around the path alone, and not around all that it is told.
  const child = spawn(program, words, { detached: true, stdio: 'ignore', windowsVerbatimArguments: true });
  await once(child, 'spawn');
  child.on('error', () => undefined);
  child.unref();
}
