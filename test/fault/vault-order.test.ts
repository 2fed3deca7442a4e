import { afterAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshFolder, newVaultFolder, removeFolders } from '../unit/vault/support.js';

/*
 * Killing a process does not show what a power cut would lose: the system still writes what it was given. So here the
 * system calls are read: when the writer says "kept", every byte and name of the journal and of the evidence objects
 * that it wrote must have been flushed to the disk.
 */

afterAll(removeFolders);

const writer = join(dirname(fileURLToPath(import.meta.url)), 'vault-writer.js');
const CALL = /^(\d+)\s+(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)$/;

interface Tally {
  said: number;
  flushed: number;
  readonly early: string[];
}

/** Walks the calls in the order in which they were made. */
function walk(lines: readonly string[]): Tally {
  const dirty = new Set<string>();
  const flushing = new Map<string, string>();
  const tally: Tally = { said: 0, flushed: 0, early: [] };
  for (const line of lines) {
    const [, thread = '', resumed, begun, rest = ''] = CALL.exec(line) ?? [];
    const path = /^\d+<([^>]*)>/.exec(rest)?.[1] ?? '';
    const matters = path.endsWith('-wal') || path.includes('/objects');
    if (begun === 'write' && rest.includes('"kept ')) {
      tally.said += 1;
      tally.early.push(...[...dirty].map((p) => `${p} before ${rest}`));
    } else if ((begun === 'write' || begun === 'pwrite64' || begun === 'writev') && matters) dirty.add(path);
    else if (begun === 'rename') {
      const [, from = '', to = ''] = /^"([^"]*)", "([^"]*)"/.exec(rest) ?? [];
      if (dirty.has(from)) tally.early.push(`${from} renamed before it was flushed`);
      if (to.includes('/objects/')) dirty.add(dirname(to));
    } else if (begun === 'fsync' || begun === 'fdatasync') {
      if (rest.includes('unfinished')) flushing.set(thread, path);
      else if (dirty.delete(path)) tally.flushed += 1;
    } else if ((resumed === 'fsync' || resumed === 'fdatasync') && dirty.delete(flushing.get(thread) ?? '')) tally.flushed += 1;
  }
  return tally;
}

test('what is acknowledged was flushed to the disk before', async () => {
  if (spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status !== 0) {
    process.stdout.write('fault: order of flushing not run, strace cannot be used here\n');
    return;
  }
  const folder = await newVaultFolder();
  const log = join(freshFolder(), 'strace.txt');
  const run = spawnSync('strace', ['-f', '-y', '-qq', '-s', '40', '-o', log, '-e', 'trace=write,pwrite64,writev,fsync,fdatasync,rename', process.execPath, writer, folder, '40'], { encoding: 'utf8' });
  expect(run.stdout).toContain('closed');
  const tally = walk(readFileSync(log, 'utf8').split('\n'));
  expect(tally.early).toEqual([]);
  expect(tally.said).toBe(40);
  expect(tally.flushed).toBeGreaterThan(40);
  process.stdout.write(`fault: ${tally.said} acknowledged, each after its flush; ${tally.flushed} flushes seen\n`);
}, 60_000);
