import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../unit/vault/support.js';

const mounts: string[] = [];

/** A disk of a few megabytes, or null where none can be made; then `what` is said not to have been run. */
export function smallDisk(what: string, megabytes = 6): string | null {
  const folder = freshFolder();
  const made = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0;
  if (made) mounts.push(folder);
  else process.stdout.write(`fault: ${what} not run, a small disk cannot be mounted here\n`);
  return made ? folder : null;
}

/** Leaves no byte free. */
export function fill(disk: string): void {
  for (const size of [65_536, 4_096, 512, 1]) {
    try {
      for (;;) appendFileSync(join(disk, 'filler'), Buffer.alloc(size, 1));
    } catch {
      // Full for this size; the next is smaller.
    }
  }
}

/** Makes the space free again that {@link fill} took. */
export function empty(disk: string): void {
  rmSync(join(disk, 'filler'));
}

/** Takes every small disk away. */
export function unmountAll(): void {
  for (const mount of mounts.splice(0)) execFileSync('umount', [mount]);
}
