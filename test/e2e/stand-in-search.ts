import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Larger files hold no stand-in and would take long. */
const LARGEST_FILE = 64 * 2 ** 20;
/** How a picture begins, wherever in a file it stands: PNG, JPEG, GIF, WebP. */
const BEGINNINGS = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.from('GIF8'), Buffer.from('RIFF')];

/** What the browsers of this process write to, beside the folder for temporary files. */
export function browserFolders(): string[] {
  return existsSync('/dev/shm') ? readdirSync('/dev/shm').filter((name) => name.startsWith(`countersign-${process.pid}-`)).map((name) => join('/dev/shm', name)) : [];
}

/** Whether a picture shows the plain teal square. */
export async function showsTeal(picture: Uint8Array): Promise<boolean> {
  const { data, info } = await sharp(picture, { failOn: 'none' }).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  for (let at = 0; at < data.length; at += info.channels) {
    if ((data[at] ?? 255) < 24 && Math.abs((data[at + 1] ?? 0) - 128) < 24 && Math.abs((data[at + 2] ?? 0) - 128) < 24) return true;
  }
  return false;
}

/** Every file under `folders` that holds `mark`, or in which a picture begins that shows the teal square. */
export async function tracesOf(mark: Buffer, folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of folders.flatMap((folder) => [...files(folder)])) {
    const bytes = readable(path);
    if (bytes === null) continue;
    if (bytes.includes(mark)) found.push(`${path}: its bytes`);
    for (const from of BEGINNINGS.flatMap((beginning) => [...places(bytes, beginning)])) {
      if (await showsTeal(bytes.subarray(from)).catch(() => false)) found.push(`${path}: a picture with its colour at byte ${from}`);
    }
  }
  return found;
}

function* places(bytes: Buffer, wanted: Buffer): Generator<number> {
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) yield at;
}

/** What went away meanwhile, or is not ours to read, is null. */
function readable(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function* files(folder: string): Generator<string> {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const path = join(folder, name);
    try {
      const found = statSync(path);
      if (found.isDirectory()) yield* files(path);
      else if (found.isFile() && found.size < LARGEST_FILE) yield path;
    } catch {
      // It went away meanwhile.
    }
  }
}
