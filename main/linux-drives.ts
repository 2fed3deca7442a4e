import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FolderList } from '../src/ipc/admin-state.js';

type Drive = FolderList['drives'][number];

/** A file system in Linux's table of mounts. */
interface Mount {
  readonly device: string;
  readonly place: string;
}

/** Encrypted and joined disks stand on others; so many layers are followed. */
const MOST_LAYERS = 4;

/** The table's lines; spaces stand there as `\\040`. */
function mountsOf(table: string): Mount[] {
  const plain = (field: string): string => field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  const seen = new Set<string>();
  return table.split('\n').flatMap((line) => {
    const [device = '', place = ''] = line.split(' ');
    if (place === '' || seen.has(place)) return [];
    seen.add(place);
    return [{ device: plain(device), place: plain(place) }];
  });
}

/** The places where Linux puts what is plugged in, from its table of mounts alone. */
export function mountedDrives(table: string): Drive[] {
  return mountsOf(table)
    .filter(({ place }) => /^\/(?:media|run\/media|mnt)\//.test(place))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ place }) => ({ name: basename(place), path: place, removable: !place.startsWith('/mnt/') }));
}

/**
 * Drives with what the kernel says of the disk under each: whether it can be taken out (its medium, or the disk itself because it
 * hangs on USB), and what it calls itself. Where the kernel says nothing, the place decides.
 *
 * @param table `/proc/self/mounts`
 * @param sys where the kernel's own file system is; another one in tests
 */
export async function namedDrives(table: string, sys = '/sys'): Promise<Drive[]> {
  const usual = new Map(mountedDrives(table).map((drive) => [drive.path, drive]));
  const drives = await Promise.all(mountsOf(table).map(async ({ device, place }): Promise<Drive | null> => {
    const known = usual.get(place);
    if (!device.startsWith('/dev/') || place === '/') return known ?? null;
    const disk = await diskUnder(device, sys);
    if (disk === null) return known ?? null;
    if (known === undefined && !disk.removable) return null;
    const name = basename(place);
    return { name: disk.model === '' ? name : `${name} (${disk.model})`, path: place, removable: disk.removable };
  }));
  return drives.filter((drive) => drive !== null).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What the kernel says of the disk that a device is or stands on; null where it says nothing. */
async function diskUnder(device: string, sys: string, layers = MOST_LAYERS): Promise<{ readonly removable: boolean; readonly model: string } | null> {
  const name = basename(await realpath(device).catch(() => device));
  if (!/^[A-Za-z0-9!._-]+$/.test(name) || layers === 0) return null;
  const place = await realpath(join(sys, 'class/block', name)).catch(() => null);
  if (place === null) return null;
  const [below] = await readdir(join(place, 'slaves')).catch(() => []);
  if (below !== undefined) return diskUnder(below, sys, layers - 1);
  const own = await readFile(join(place, 'removable'), 'utf8').catch(() => null);
  const disk = own === null ? dirname(place) : place;
  const flag = own ?? (await readFile(join(disk, 'removable'), 'utf8').catch(() => null));
  if (flag === null) return null;
  const said = await Promise.all(['vendor', 'model'].map((each) => readFile(join(disk, 'device', each), 'utf8').catch(() => '')));
  const model = said.map((each) => each.replace(/[^\x20-\x7e]+/g, ' ').trim()).filter((each) => each !== '').join(' ').slice(0, 60);
  return { removable: flag.trim() === '1' || /\/usb\d+\//.test(disk), model };
}
