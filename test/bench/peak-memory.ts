import { readdir, readFile } from 'node:fs/promises';

/** How often the processes are looked at, in milliseconds. */
const EVERY_MS = 300;

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

/** A process and all that it started, without a look at any other: the watch must not be a part of what is measured. */
async function family(root: number): Promise<number[]> {
  const found = [root];
  for (const each of found) {
    for (const task of await readdir(`/proc/${each}/task`).catch(() => [])) {
      const children = await readFile(`/proc/${each}/task/${task}/children`, 'utf8').catch(() => '');
      found.push(...children.split(' ').filter((pid) => pid !== '').map(Number));
    }
  }
  return found;
}

async function proportionalKilobytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
}
