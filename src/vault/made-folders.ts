import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './storage-error.js';

/** No path that a system accepts has more folders. */
const DEEPEST = 2_000;

/**
 * Makes the folder at `path` (absolute, or below the working folder) and those above it that are missing, one by one; gives the paths of those
 * that were made, the outermost first.
 *
 * Node's own `mkdir` with `recursive` never ends, with a processor at its limit, where a folder exists and nothing can be made in it because the
 * system says "no such file" instead of "not allowed", as below `/proc`.
 *
 * @param mode permissions of what is made
 * @throws what the system says: `ENOENT`, `EACCES`, `ENOTDIR`, `ENOSPC` …
 */
export async function makeFolders(path: string, mode = 0o777): Promise<string[]> {
  const missing: string[] = [];
  for (let each = path; missing.length < DEEPEST && !(await exists(each)); each = dirname(each)) missing.unshift(each);
  const made: string[] = [];
  for (const each of missing) {
    try {
      await mkdir(each, { mode });
      made.push(each);
    } catch (error) {
      // Another program made it in the meantime.
      if (systemCode(error) !== 'EEXIST' || !(await exists(each))) throw error;
    }
  }
  if (missing.length === 0 && !(await stat(path)).isDirectory()) throw Object.assign(new Error('a file stands where the folder should be'), { code: 'EEXIST' });
  return made;
}

/** Whether something is at `path`; where the system lets nobody ask, it says so by an error of its own. */
async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && dirname(path) !== path) return false;
    throw error;
  }
}
