import { readdir, readFile } from 'node:fs/promises';

/** How often the processes are looked at, in milliseconds. */
const EVERY_MS = 150;

/**
 * The most memory that a process and all that it started had at one time: the sum of their proportional set sizes (Linux,
 * `/proc/PID/smaps_rollup`), in which a page that several share counts once.
 */
export class PeakMemory {
  readonly #root: number;
  readonly #timer: NodeJS.Timeout;
  #peak = 0;
  #looking: Promise<void> = Promise.resolve();

  private constructor(root: number) {
    this.#root = root;
    this.#timer = setInterval(() => { this.#looking = this.#looking.then(() => this.#look()); }, EVERY_MS);
  }

  static watch(root: number): PeakMemory {
    return new PeakMemory(root);
  }

  /** Megabytes. */
  async stop(): Promise<number> {
    clearInterval(this.#timer);
    await this.#looking;
    await this.#look();
    return Math.round(this.#peak / 1000);
  }

  async #look(): Promise<void> {
    const sizes = await Promise.all((await family(this.#root)).map(proportionalKilobytes));
    this.#peak = Math.max(this.#peak, sizes.reduce((sum, size) => sum + size, 0));
  }
}

async function family(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0));
  }
  const found = [root];
  for (const each of found) for (const [pid, parent] of parents) if (parent === each) found.push(pid);
  return found;
}

async function proportionalKilobytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
}
