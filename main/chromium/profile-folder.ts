import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

/** Makes an empty folder with the preferences that only a profile can set, after removing what a crash left behind. */
export function makeProfileFolder(preferences: object): ProfileFolder {
  const base = existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir();
  removeStale(base);
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

/** Folders of ours whose process no longer runs: the app was killed before it could remove them. */
function removeStale(base: string): void {
  for (const name of readdirSync(base)) {
    const owner = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0;
    if (!(owner > 0) || runs(owner)) continue;
    try {
      const path = join(base, name);
      const { uid } = lstatSync(path);
      if (process.getuid === undefined || uid === process.getuid()) rmSync(path, { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
