import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killByArgument } from './process-tree.js';

const PREFIX = 'countersign-';
/** Memory that looks like a folder; only Linux has one. Elsewhere the temporary folder stands in, on the disk. */
const MEMORY_FOLDER = '/dev/shm';

/** A folder of its own for one browser. What the browser thinks it must write goes there and nowhere else. */
export interface ProfileFolder {
  readonly path: string;
  /** Environment that sends the browser's temporary, cache and settings files there too. */
  readonly environment: { readonly [name: string]: string };
  /** Deletes the folder with all that is in it; again is no error. */
  remove(): void;
}

/** Makes an empty folder with the preferences that only a profile can set. */
export function makeProfileFolder(preferences: object): ProfileFolder {
  const base = baseFolder();
  const path = mkdtempSync(join(base, `${PREFIX}${process.pid}-`));
  const temporary = join(path, 'tmp');
  mkdirSync(temporary);
  mkdirSync(join(path, 'Default'));
  writeFileSync(join(path, 'Default', 'Preferences'), JSON.stringify(preferences));
  return {
    path,
    environment: { TMPDIR: temporary, TMP: temporary, TEMP: temporary, XDG_CONFIG_HOME: join(path, 'config'), XDG_CACHE_HOME: join(path, 'cache') },
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }),
  };
}

/**
 * Removes folders of ours whose app no longer runs, because it was killed before it could, and ends the browsers that
 * still stand in them: a browser that was frozen by a halt outlives a crash of the app. So this is only for when a new
 * evidence browser may be started, which a halted computer allows nobody.
 */
export function removeStaleProfiles(): void {
  const base = baseFolder();
  const option = `--user-data-dir=${join(base, PREFIX)}`;
  killByArgument((argument) => argument.startsWith(option) && !runs(ownerOf(argument.slice(option.length))));
  for (const name of readdirSync(base)) {
    if (!name.startsWith(PREFIX) || runs(ownerOf(name.slice(PREFIX.length)))) continue;
    try {
      const path = join(base, name);
      const { uid } = lstatSync(path);
      if (process.getuid !== undefined && uid !== process.getuid()) continue;
      rmSync(path, { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}

function baseFolder(): string {
  return existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir();
}

/** The app's process number at the beginning of a folder's name; what has none belongs to somebody else and counts as running. */
function ownerOf(rest: string): number {
  return Number(/^(\d+)-/.exec(rest)?.[1] ?? process.pid);
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
