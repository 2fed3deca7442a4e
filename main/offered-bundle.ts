import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isCoded } from '../src/record/coded-error.js';
import type { OfferedBundle } from '../src/engine/bundle-checks.js';
import { openBundle } from './cli/bundle-source.js';

const LONGEST_PATH = 4_096;
const LONGEST_NAME = 200;
/** What would not be seen in a name, or would turn it round. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

const handedOn = z.object({ bundle: z.string().min(1).max(LONGEST_PATH).nullable() });

/**
 * The bundle that a command line names: its first word that is no switch, nor a switch's value. A whole path, a path relative to
 * `workingFolder`, or a `file:` address of this computer; null where there is none. Nothing is opened.
 *
 * @param words the command line without the program
 */
export function offeredPath(words: readonly string[], workingFolder: string): string | null {
  const word = words.find((each, at) => each !== '' && !each.startsWith('-') && words[at - 1] !== '--vault');
  if (word === undefined || word.length > LONGEST_PATH || word.includes('\0')) return null;
  if (/^file:/i.test(word)) return pathOfAddress(word);
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(word) ? null : resolve(workingFolder, word);
}

/** What a second start of the app hands to the first, which reads it with {@link pathHandedOn}. */
export function handOn(path: string | null): z.input<typeof handedOn> {
  return { bundle: path };
}

/** The bundle that a second start named; null where it named none, or where this is not what one of ours hands on. */
export function pathHandedOn(data: unknown): string | null {
  return handedOn.safeParse(data).data?.bundle ?? null;
}

/** The bundle at `path`, a ZIP or a folder, as the screens are told of it. What is wrong with it is said when it is checked; never throws. */
export async function offeredBundle(path: string): Promise<OfferedBundle> {
  const found = await stat(path).catch(() => null);
  return {
    name: basename(path).replace(UNSEEN, '\uFFFD').slice(0, LONGEST_NAME),
    size: found?.isFile() === true ? found.size : null,
    encrypted: found?.isFile() === true ? await isEncrypted(path) : null,
    open: (passphrase) => openBundle(path, { passphrase }),
  };
}

/** Whether a ZIP asks for a passphrase; null where it cannot be told, which is then said when it is checked. */
async function isEncrypted(path: string): Promise<boolean | null> {
  try {
    await (await openBundle(path)).close();
    return false;
  } catch (error) {
    return isCoded(error) && error.code === 'bundle.encrypted' ? true : null;
  }
}

/** Another computer's files are not asked for: that alone would tell it who is here. */
function pathOfAddress(address: string): string | null {
  try {
    const url = new URL(address);
    return url.host === '' || url.host === 'localhost' ? fileURLToPath(url) : null;
  } catch {
    return null;
  }
}
