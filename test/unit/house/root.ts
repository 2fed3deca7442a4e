import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder that holds package.json, seen from the compiled tests. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** A module of the build, which is plain JavaScript without types; `path` is relative to {@link root}. */
export async function load(path: string): Promise<unknown> {
  return (await import(pathToFileURL(join(root, path)).href)) as unknown;
}
