import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A point of the screen, in pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** What stood on the screen at one moment. */
export interface ScreenLook {
  /** Milliseconds on the clock of `performance.now()`. */
  readonly at: number;
  /** Mean of the green parts of the page's points, which the page counts up; null once none of them has the page's colour. */
  readonly shade: number | null;
}

const GRID = 24;
const LOOK_MS = 2;

/** Whether a colour is the test page's: magenta, whatever its green part, as no screen of the app has it. */
function isPage(red: number, green: number, blue: number): boolean {
  return red - green > 60 && blue - green > 60;
}

/** Reads what a virtual screen shows, from the file in which Xvfb keeps its pixels (`-fbdir`; format: XWDFile.h of the X Window System). */
export class ScreenPixels {
  readonly #file: number;
  readonly #start: number;
  readonly #bytesPerLine: number;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #pixel = Buffer.alloc(4);

  constructor(folder: string) {
    this.#file = openSync(`${folder}/Xvfb_screen0`, 'r');
    const header = Buffer.alloc(100);
    readSync(this.#file, header, 0, header.length, 0);
    const [headerSize, width, height, bits, bytesPerLine, colours] = [0, 4, 5, 11, 12, 19].map((word) => header.readUInt32BE(4 * word)) as [number, number, number, number, number, number];
    if (bits !== 32) throw new Error(`a screen of ${bits} bits a pixel`);
    this.#start = headerSize + 12 * colours;
    this.#bytesPerLine = bytesPerLine;
    this.#size = { width, height };
  }

  /** Points of a grid over the whole screen that have the page's colour now. */
  pagePoints(): readonly Point[] {
    const { width, height } = this.#size;
    const all = Array.from({ length: GRID * GRID }, (_, at) => ({ x: Math.floor((((at % GRID) + 0.5) * width) / GRID), y: Math.floor(((Math.floor(at / GRID) + 0.5) * height) / GRID) }));
    return all.filter((point) => this.#read(point) !== null);
  }

  /** Looks every two milliseconds until `done` resolves. */
  async watch(points: readonly Point[], done: Promise<unknown>): Promise<readonly ScreenLook[]> {
    const looks: ScreenLook[] = [];
    const over = new AbortController();
    const ended = done.finally(() => { over.abort(); });
    while (!over.signal.aborted) {
      looks.push({ at: performance.now(), shade: this.#shade(points) });
      // Looking without a pause would take a whole core from what is watched.
      await sleep(LOOK_MS);
    }
    await ended;
    return looks;
  }

  close(): void {
    closeSync(this.#file);
  }

  #shade(points: readonly Point[]): number | null {
    const greens = points.flatMap((point) => this.#read(point) ?? []);
    return greens.length === 0 ? null : Math.round(greens.reduce((sum, green) => sum + green, 0) / greens.length);
  }

  /** The green part where the point has the page's colour. */
  #read({ x, y }: Point): number | null {
    readSync(this.#file, this.#pixel, 0, 4, this.#start + y * this.#bytesPerLine + 4 * x);
    const [blue = 0, green = 0, red = 0] = this.#pixel;
    return isPage(red, green, blue) ? green : null;
  }
}
