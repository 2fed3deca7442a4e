import { readFile } from 'node:fs/promises';
import { PACKAGE_FILE } from './paths.js';

/** The app's version, from its package. */
export async function appVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(PACKAGE_FILE, 'utf8')) as { version: string };
  return version;
}
