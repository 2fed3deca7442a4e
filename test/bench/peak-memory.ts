import { readdir, readFile } from 'node:fs/promises';

/** How often the processes are looked at, in milliseconds. */
const EVERY_MS = 300;

/** Kilobytes of memory, and those of it that are pages of files. */
interface Sizes {
  readonly all: number;
  readonly files: number;
}

const NOTHING: Sizes = { all: 0, files: 0 };

/**
 * The most memory that a process and all that it started had at one time: the sum of their proportional set sizes (Linux,
 * `/proc/PID/smaps_rollup`), in which a page that several share counts once; and how much of it was pages of files, which are the programs
 * themselves (Chromium's alone is 200 MB), shared with whoever else runs them, and given back when memory runs short.
 */
export class PeakMemory {
  readonly #root: number;
  readonly #timer: NodeJS.Timeout;
  #peak: Sizes = NOTHING;
  #looking: Promise<void> = Promise.resolve();

  private constructor(root: number) {
    this.#root = root;
    this.#timer = setInterval(() => { this.#looking = this.#looking.then(() => this.#look()); }, EVERY_MS);
  }

  static watch(root: number): PeakMemory {
    return new PeakMemory(root);
  }

  /** Megabytes at the peak. */
  async stop(): Promise<{ readonly peakMegabytes: number; readonly peakProgramMegabytes: number }> {
    clearInterval(this.#timer);
    await this.#looking;
    await this.#look();
    return { peakMegabytes: Math.round(this.#peak.all / 1000), peakProgramMegabytes: Math.round(this.#peak.files / 1000) };
  }

  async #look(): Promise<void> {
    const sizes = await Promise.all((await family(this.#root)).map(proportionalKilobytes));
    const now = sizes.reduce((sum, size) => ({ all: sum.all + size.all, files: sum.files + size.files }), NOTHING);
    if (now.all > this.#peak.all) this.#peak = now;
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

async function proportionalKilobytes(pid: number): Promise<Sizes> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return { all: kilobytes('Pss'), files: kilobytes('Pss_File') };
}
