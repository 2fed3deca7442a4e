import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** One file of the screens. */
export interface UiFile {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Finds a file of the screens by the path of its address (`/assets/app.js`, percent-encoded); null when there is none. */
export type UiFiles = (path: string) => Promise<UiFile | null>;

/** The kinds of file that a built screen consists of; any other name is not served. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** One part of a path: a plain name that does not begin with a dot. */
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;

/**
 * Serves the files below `folder` and nothing else. A path with `..`, an encoded slash, a backslash, a drive, a name
 * that begins with a dot, or a link that leads out of the folder finds nothing.
 */
export function createUiFiles(folder: string): UiFiles {
  return async (path) => {
    const parts = partsOf(path);
    const last = parts?.at(-1);
    if (parts === null || last === undefined) return null;
    const mediaType = MEDIA_TYPES[extname(last).toLowerCase()];
    if (mediaType === undefined) return null;
    try {
      const root = await realpath(folder);
      const file = await realpath(join(root, ...parts));
      // A link inside the folder could point anywhere, so the real place is what counts.
      if (!file.startsWith(root + sep)) return null;
      return { mediaType, bytes: await readFile(file) };
    } catch {
      return null;
    }
  };
}

function partsOf(path: string): string[] | null {
  if (!path.startsWith('/') || path.length > 1_000) return null;
  if (path === '/') return ['index.html'];
  const parts = path.slice(1).split('/');
  // Built files have plain names, so that percent-encoding has nothing to hide here.
  return parts.every((part) => NAME.test(part)) ? parts : null;
}
