import type { Box } from './displayed-pictures.js';

/** A frame as pixels: three bytes each, rows from the top. */
export interface RawPicture {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Side of the squares that are compared. */
const SIDE = 32;
/** From which sum over red, green and blue on a pixel counts as another one: JPEG alone changes less. */
const DIFFERENT = 120;
/** How many pixels of a square may be others: a caret blinks, a letter is typed, and no picture can be made out in so few. */
const FEW = 60;
/** Every so many pixels of a row and rows of a square are compared. */
const STEP = 2;

/**
 * Knows since when each part of the frame shows what it shows. What scrolls with the page, or stays in place while it
 * scrolls, is the same; everything else begins anew.
 */
export class FrameChanges {
  #before: RawPicture | null = null;
  #scroll: { readonly x: number; readonly y: number } | null = null;
  #since = new Float64Array(0);

  /** Takes the next frame, drawn at `at`. `scroll` is where the page was scrolled to, in the frame's pixels; null where nobody tells. */
  take(frame: RawPicture, scroll: { readonly x: number; readonly y: number } | null, at: number): void {
    const before = this.#before;
    const [columns, rows] = [Math.ceil(frame.width / SIDE), Math.ceil(frame.height / SIDE)];
    const since = new Float64Array(columns * rows).fill(at);
    if (before?.width === frame.width && before.height === frame.height) {
      const by = scroll === null || this.#scroll === null ? null : { x: Math.round(scroll.x - this.#scroll.x), y: Math.round(scroll.y - this.#scroll.y) };
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const [x, y] = [column * SIDE, row * SIDE];
          const index = row * columns + column;
          if (same(before, frame, { x, y }, { x: 0, y: 0 })) since[index] = this.#since[index] ?? at;
          else if (by !== null && (by.x !== 0 || by.y !== 0) && same(before, frame, { x, y }, by)) since[index] = Math.min(at, this.#youngest({ x: x + by.x, y: y + by.y }, columns, rows));
        }
      }
    }
    if (before !== frame) before?.data.fill(0);
    this.#before = frame;
    this.#scroll = scroll;
    this.#since = since;
  }

  /** The parts of the latest frame, in its pixels, that began to show what they show after `then`. */
  after(then: number): Box[] {
    const frame = this.#before;
    if (frame === null) return [];
    const columns = Math.ceil(frame.width / SIDE);
    const boxes: Box[] = [];
    for (let at = 0; at < this.#since.length; at += 1) {
      if ((this.#since[at] ?? 0) <= then) continue;
      const [x, y] = [(at % columns) * SIDE, Math.floor(at / columns) * SIDE];
      const last = boxes.at(-1);
      if (last?.y === y && last.x + last.width === x) boxes[boxes.length - 1] = { ...last, width: last.width + SIDE };
      else boxes.push({ x, y, width: SIDE, height: SIDE });
    }
    return boxes;
  }

  /** Forgets every frame. */
  forget(): void {
    this.#before?.data.fill(0);
    this.#before = null;
    this.#scroll = null;
  }

  /** Since when the youngest of the squares stands there that a square of that place touches. */
  #youngest({ x, y }: { readonly x: number; readonly y: number }, columns: number, rows: number): number {
    let youngest = 0;
    for (const row of [Math.floor(y / SIDE), Math.floor((y + SIDE - 1) / SIDE)]) {
      for (const column of [Math.floor(x / SIDE), Math.floor((x + SIDE - 1) / SIDE)]) {
        const inside = row >= 0 && column >= 0 && row < rows && column < columns;
        youngest = Math.max(youngest, inside ? (this.#since[row * columns + column] ?? 0) : Number.POSITIVE_INFINITY);
      }
    }
    return youngest;
  }
}

/** Whether the square at `at` of `now` shows what `before` showed `by` further on; what lay outside was not shown. */
function same(before: RawPicture, now: RawPicture, at: { readonly x: number; readonly y: number }, by: { readonly x: number; readonly y: number }): boolean {
  const { width, height } = now;
  const [right, bottom] = [Math.min(width, at.x + SIDE), Math.min(height, at.y + SIDE)];
  if (at.x + by.x < 0 || at.y + by.y < 0 || right + by.x > width || bottom + by.y > height) return false;
  const [a, b] = [before.data, now.data];
  const most = FEW / (STEP * STEP);
  let others = 0;
  for (let y = at.y; y < bottom; y += STEP) {
    let from = 3 * ((y + by.y) * width + at.x + by.x);
    const end = 3 * (y * width + right);
    for (let to = 3 * (y * width + at.x); to < end; to += 3 * STEP, from += 3 * STEP) {
      const far = Math.abs((a[from] ?? 0) - (b[to] ?? 0)) + Math.abs((a[from + 1] ?? 0) - (b[to + 1] ?? 0)) + Math.abs((a[from + 2] ?? 0) - (b[to + 2] ?? 0));
      if (far >= DIFFERENT && ++others > most) return false;
    }
  }
  return true;
}
