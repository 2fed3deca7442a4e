import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processes started by `root` and by those, `root` first. Read from `/proc` on Linux and from `ps` on macOS; on Windows
 * only `root` itself.
 */
export function processTree(root: number): number[] {
  const parents = process.platform === 'linux' ? parentsFromProc() : process.platform === 'win32' ? new Map<number, number>() : parentsFromPs();
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid && !tree.includes(child)) tree.push(child);
  return tree;
}

/**
 * Stops every process of the tree where it stands (SIGSTOP). Parents first, and again until no new child shows up: a
 * process that is stopped starts no others, so this ends. Windows has no such signal; there nothing is stopped.
 *
 * @returns whether the system can do it.
 */
export function stopTree(root: number): boolean {
  if (process.platform === 'win32') return false;
  const stopped = new Set<number>();
  signal(-root, 'SIGSTOP');
  for (;;) {
    const running = processTree(root).filter((pid) => !stopped.has(pid));
    if (running.length === 0) return true;
    for (const pid of running) {
      signal(pid, 'SIGSTOP');
      stopped.add(pid);
    }
  }
}

/** Kills every process of the tree; a stopped one too. @returns which those were. */
export function killTree(root: number): number[] {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/PID', String(root), '/T', '/F'], { stdio: 'ignore' });
    return [root];
  }
  const tree = processTree(root);
  signal(-root, 'SIGKILL');
  for (const pid of tree) signal(pid, 'SIGKILL');
  return tree;
}

/** Kills every process, stopped ones too, with an argument that `isWanted`. Only Linux and macOS tell what they are. */
export function killByArgument(isWanted: (argument: string) => boolean): void {
  for (const [pid, words] of commandLines()) if (words.some(isWanted)) killTree(pid);
}

/** Waits until none of the processes runs any more, at most `timeoutMs`: a signal is sent at once and takes effect later. */
export async function allGone(pids: readonly number[], timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (pids.some(runs)) {
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

/** Whether a process runs; one that has ended and was not yet noticed by its parent does not. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile, which is all that was wanted.
  }
}

function processIds(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
}

function commandLines(): [pid: number, words: string[]][] {
  if (process.platform === 'win32') return [];
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8', timeout: 2_000 });
    return stdout.split('\n').map((line) => [Number.parseInt(line, 10), line.split(' ')]);
  }
  return processIds().map((pid) => {
    try {
      return [pid, readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/)];
    } catch {
      return [pid, []];
    }
  });
}

function parentsFromProc(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const pid of processIds()) {
    try {
      // The command's name stands in brackets and may itself hold brackets; the parent is the second field after it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      continue;
    }
  }
  return parents;
}

function parentsFromPs(): Map<number, number> {
  const { stdout } = spawnSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'latin1', timeout: 2_000 });
  const lines = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return new Map(lines.flatMap(([pid, parent]) => (pid === undefined || parent === undefined ? [] : [[pid, parent] as const])));
}
